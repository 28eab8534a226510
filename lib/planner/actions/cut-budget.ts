import { percentOf } from "../../domain/money.ts";
import { defineAction, NO_BUDGET } from "./action.ts";

export const cutBudget = defineAction({
  type: "cutBudget",
  doc: "Cuts the holder's daily budget by a percentage or an amount, never under the rule's floor.",
  money: true,
  effect(action, { holder }) {
    if (holder === null) return NO_BUDGET;
    const from = holder.budget.amountMicros;
    const by = action.by.kind === "percent" ? percentOf(from, action.by.percent) : action.by.micros;
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
