import { percentOf } from "../../domain/money.ts";
import { ADVICE, defineAction } from "./action.ts";

export const cutBudget = defineAction({
  type: "cutBudget",
  doc: "Cuts the holder's daily budget by a percentage or an amount, never under the rule's floor.",
  money: true,
  effect(action, verdict, holder) {
    if (verdict.result !== "matched") return null;
    if (holder === null) return ADVICE;
    const from = holder.budget.amountMicros;
    const by = action.by.kind === "percent" ? percentOf(from, action.by.percent) : action.by.micros;
    return {
      kind: "change",
      direction: "cut",
      edit: { kind: "dailyBudget", fromMicros: from, toMicros: by < from ? from - by : 0n },
      floorMicros: action.floorMicros,
      ceilingMicros: null,
    };
  },
});
