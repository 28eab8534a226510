import { defineAction } from "./action.ts";

export const allocate = defineAction({
  type: "allocate",
  doc: "Divides money between holders; told and not done yet.",
  money: false,
  effect(_action, verdict) {
    return verdict.result === "matched" ? { kind: "notYet" } : null;
  },
});
