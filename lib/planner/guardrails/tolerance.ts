import { changePercent } from "../../domain/change.ts";
import { cutOf, raiseOf } from "../money-edit.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const tolerance: PlanningGuardrail = {
  id: "tolerance",
  doc: "A change too small to matter is not worth an edit; also when other limits made it so small.",
  scope: "change",
  atSend: false,
  figures: { blocked: { percent: "percent", limit: "percent" } },
  check(draft, { brand }) {
    const edit = raiseOf(draft) ?? cutOf(draft);
    if (edit === null) return ALLOW;
    const limit = brand.limits.tolerancePercent;
    const difference =
      draft.direction === "raise" ? edit.toMicros - edit.fromMicros : edit.fromMicros - edit.toMicros;
    if (difference > 0n && difference * 100_000n >= edit.fromMicros * BigInt(Math.round(limit * 1000)))
      return ALLOW;
    const percent = changePercent(draft.edit);
    return { kind: "block", values: { percent: percent === null ? null : Math.abs(percent), limit } };
  },
};
