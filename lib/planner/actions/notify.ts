import { defineAction } from "./action.ts";

export const notify = defineAction({
  type: "notify",
  doc: "Tells people and changes nothing, once while it stands unless the rule says daily or weekly; a rule in shadow stays silent.",
  money: false,
  effect: ({ urgency }) => ({ kind: "notice", urgent: urgency === "now" }),
});
