import { ADVICE, defineAction } from "./action.ts";

export const pause = defineAction({
  type: "pause",
  doc: "Pauses the entity that owns the budget; its budget stays as it is.",
  money: true,
  effect(_, verdict, holder) {
    if (verdict.result !== "matched") return null;
    if (holder === null) return ADVICE;
    return {
      kind: "change",
      direction: "pause",
      edit: { kind: "status", from: "active", to: "paused", budgetMicros: holder.budget.amountMicros },
      floorMicros: null,
      ceilingMicros: null,
    };
  },
});
