import { defineAction } from "./action.ts";

export const assign = defineAction({
  type: "assign",
  doc: "Moves an entity to another group of the brand; told and not done yet.",
  money: false,
  // Such rules stand aside before they are asked: `lib/rules/acting.ts`.
  effect: () => null,
});
