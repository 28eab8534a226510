import { plannerMessage } from "../messages.ts";
import { defineAction } from "./action.ts";

export const allocate = defineAction({
  type: "allocate",
  doc: "Divides money between holders; told and not done yet.",
  money: false,
  effect: () => ({ kind: "notActed", reason: plannerMessage("notActed.allocate") }),
});
