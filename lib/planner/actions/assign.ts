import { plannerMessage } from "../messages.ts";
import { defineAction } from "./action.ts";

export const assign = defineAction({
  type: "assign",
  doc: "Moves an entity to another group of the brand; told and not done yet.",
  money: false,
  effect: () => ({ kind: "notActed", reason: plannerMessage("notActed.assign") }),
});
