import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const lifetimeBudget: PlanningGuardrail = {
  id: "lifetimeBudget",
  doc: "A lifetime budget is not a daily one and is left alone.",
  scope: "change",
  atSend: false,
  figures: { blocked: {} },
  check(draft) {
    return draft.holder.budget.period === "daily" ? ALLOW : { kind: "block", values: {} };
  },
};
