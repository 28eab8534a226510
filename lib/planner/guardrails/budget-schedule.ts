import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const budgetSchedule: PlanningGuardrail = {
  id: "budgetSchedule",
  doc: "While a scheduled increase runs, the stored budget is not what may be spent today, so it is left alone.",
  scope: "change",
  atSend: false,
  figures: { blocked: {} },
  check(draft) {
    return draft.holder.budgetScheduled ? { kind: "block", values: {} } : ALLOW;
  },
};
