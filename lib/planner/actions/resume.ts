import { defineAction, NO_BUDGET } from "./action.ts";

export const resume = defineAction({
  type: "resume",
  doc: "Turns on again what was paused, by the rules that it names, by any rule of Palier's, or by anyone; its budget stays as it is.",
  money: true,
  effect(_action, { holder }) {
    if (holder === null) return NO_BUDGET;
    return {
      kind: "change",
      direction: "resume",
      edit: { kind: "status", from: "paused", to: "active", budgetMicros: holder.budget.amountMicros },
      floorMicros: null,
      ceilingMicros: null,
      until: null,
    };
  },
});
