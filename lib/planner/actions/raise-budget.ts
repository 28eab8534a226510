import { percentOf } from "../../domain/money.ts";
import { defineAction, NO_BUDGET } from "./action.ts";

export const raiseBudget = defineAction({
  type: "raiseBudget",
  doc: "Raises the holder's daily budget by a percentage or an amount, never above the rule's ceiling.",
  money: true,
  effect(action, { holder }) {
    if (holder === null) return NO_BUDGET;
    const from = holder.budget.amountMicros;
    const by = action.by.kind === "percent" ? percentOf(from, action.by.percent) : action.by.micros;
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
