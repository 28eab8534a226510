import { defineAction } from "./action.ts";

export const allocate = defineAction({
  type: "allocate",
  doc: "Divides money between holders; told and not done yet.",
  money: false,
  // Such rules stand aside before they are asked: `lib/rules/acting.ts`.
  effect: () => null,
});
