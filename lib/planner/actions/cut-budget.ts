import { defineAction, NO_BUDGET, stepMicros } from "./action.ts";

export const cutBudget = defineAction({
  type: "cutBudget",
  doc: "Cuts the holder's daily budget by a percentage or an amount, never under the rule's floor.",
  money: true,
  effect(action, { holder }) {
    if (holder === null) return NO_BUDGET;
    const from = holder.budget.amountMicros;
    const by = stepMicros(action.by, from);
    return {
      kind: "change",
      direction: "cut",
      edit: { kind: "dailyBudget", fromMicros: from, toMicros: by < from ? from - by : 0n },
      floorMicros: action.floorMicros,
      ceilingMicros: null,
      until: null,
    };
  },
});
