import { defineAction, NO_BUDGET, stepMicros } from "./action.ts";

export const raiseBudget = defineAction({
  type: "raiseBudget",
  doc: "Raises the holder's daily budget by a percentage or an amount, never above the rule's ceiling.",
  money: true,
  effect(action, { holder }) {
    if (holder === null) return NO_BUDGET;
    const from = holder.budget.amountMicros;
    const by = stepMicros(action.by, from);
    return {
      kind: "change",
      direction: "raise",
      edit: { kind: "dailyBudget", fromMicros: from, toMicros: from + by },
      floorMicros: null,
      ceilingMicros: action.ceilingMicros,
      until: null,
    };
  },
});
