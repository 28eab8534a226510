import { raiseAtMost, raiseOf } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const ceiling: HardGuardrail = {
  id: "ceiling",
  doc: "No raise ends above the lower of the brand's ceiling and the rule's.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: { clamped: { limit: "money" }, blocked: { limit: "money" } },
  check(draft, { brand }) {
    const raise = raiseOf(draft);
    const ceilings = [brand.limits.dailyCeilingMicros, draft.bounds.ceilingMicros].filter(
      (one) => one !== null,
    );
    const [first, ...others] = ceilings;
    if (raise === null || first === undefined) return ALLOW;
    const limit = others.reduce((lowest, one) => (one < lowest ? one : lowest), first);
    return raiseAtMost(raise, limit, { limit });
  },
};
