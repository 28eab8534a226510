import { percentOf } from "../../domain/money.ts";
import { cutAtLeast, cutOf, raiseAtMost, raiseOf } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const step: HardGuardrail = {
  id: "step",
  doc: "One step moves a budget by a limited share, a smaller one when nobody is asked: sudden moves spoil results.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { clamped: { limit: "percent" }, blocked: { limit: "percent" } },
  check(draft, { brand }) {
    const { stepPercentApplied, stepPercentProposed } = brand.limits;
    const limit = draft.mode === "apply" ? stepPercentApplied : stepPercentProposed;
    const raise = raiseOf(draft);
    if (raise !== null) {
      return raiseAtMost(raise, raise.fromMicros + percentOf(raise.fromMicros, limit), { limit });
    }
    const cut = cutOf(draft);
    return cut === null
      ? ALLOW
      : cutAtLeast(cut, cut.fromMicros - percentOf(cut.fromMicros, limit), { limit });
  },
};
