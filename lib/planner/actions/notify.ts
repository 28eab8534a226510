import { defineAction } from "./action.ts";

export const notify = defineAction({
  type: "notify",
  doc: "Tells people and changes nothing; a rule in shadow stays silent.",
  money: false,
  effect(action, verdict) {
    return verdict.result === "matched" ? { kind: "notice", urgent: action.urgency === "now" } : null;
  },
});
