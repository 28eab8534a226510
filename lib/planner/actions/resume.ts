import { defineAction, NO_BUDGET, resuming } from "./action.ts";

export const resume = defineAction({
  type: "resume",
  doc: "Turns on again what was paused, by the rules that it names, by any rule of Palier's, or by anyone; its budget stays as it is.",
  money: true,
  effect: (_action, { holder }) => (holder === null ? NO_BUDGET : resuming(holder)),
});
