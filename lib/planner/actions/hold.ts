import { defineAction } from "./action.ts";

export const hold = defineAction({
  type: "hold",
  doc: "Keeps back the named kinds of change in the whole brand. Raises and resumes are kept back for want of data as well; cuts and pauses are not, because blocking a stop is the dangerous side.",
  money: false,
  effect(action, verdict) {
    if (verdict.result === "notMatched") return null;
    const blocks =
      verdict.result === "matched"
        ? action.blocks
        : action.blocks.filter((one) => one === "raise" || one === "resume");
    return blocks.length === 0 ? null : { kind: "hold", blocks, scope: action.scope };
  },
});
