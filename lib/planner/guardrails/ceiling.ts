import { raiseAtMost, raiseOf } from "../money-edit.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const ceiling: HardGuardrail = {
  id: "ceiling",
  doc: "No raise ends above the lower of the brand's ceiling and the rule's, and nothing starts again above it.",
  scope: "change",
  atSend: true,
  bindsRestore: true,
  figures: { clamped: { limit: "money" }, blocked: { limit: "money" } },
  check(draft, { brand }) {
    const { edit } = draft;
    const raise = raiseOf(draft);
    const ceilings = [brand.limits.dailyCeilingMicros, draft.bounds.ceilingMicros].filter(
      (one) => one !== null,
    );
    const [first, ...others] = ceilings;
    if (first === undefined) return ALLOW;
    const limit = others.reduce((lowest, one) => (one < lowest ? one : lowest), first);
    if (raise !== null) return raiseAtMost(raise, limit, { limit });
    const startsAbove = edit.kind === "status" && edit.to === "active" && edit.budgetMicros > limit;
    return startsAbove ? { kind: "block", values: { limit } } : ALLOW;
  },
};
