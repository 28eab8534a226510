import { defineAction } from "./action.ts";

export const hold = defineAction({
  type: "hold",
  doc: "Keeps back the named kinds of change in the brand, a stage, an account or the entity itself, for as many nights as it says. For want of data raises and resumes are kept back as well unless the rule says otherwise; cuts and pauses are not, because blocking a stop is the dangerous side.",
  money: false,
  actsBlind: true,
  effect({ blocks, scope }, { rule, verdict: { result } }) {
    if (result === "matched") return { kind: "hold", blocks, scope };
    if (result === "notMatched" || rule.onNoData !== "hold") return null;
    const opening = blocks.filter((one) => one === "raise" || one === "resume");
    return opening.length === 0 ? null : { kind: "hold", blocks: opening, scope };
  },
});
