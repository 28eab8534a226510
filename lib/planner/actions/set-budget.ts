import { defineAction } from "./action.ts";

export const setBudget = defineAction({
  type: "setBudget",
  doc: "Sets the daily budget to an amount, or moves it to where a metric would come to its target.",
  money: true,
  effect(_action, verdict) {
    return verdict.result === "matched" ? { kind: "notYet" } : null;
  },
});
