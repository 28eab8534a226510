import { defineAction } from "./action.ts";

export const resume = defineAction({
  type: "resume",
  doc: "Turns on again what was paused.",
  money: true,
  effect(_action, verdict) {
    return verdict.result === "matched" ? { kind: "notYet" } : null;
  },
});
