import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const learning: PlanningGuardrail = {
  id: "learning",
  doc: "A holder in its learning phase is never raised: the edit would start the phase again.",
  scope: "change",
  atSend: false,
  figures: { blocked: {} },
  check(draft) {
    const isLearning = draft.direction === "raise" && draft.holder.learning === "learning";
    return isLearning ? { kind: "block", values: {} } : ALLOW;
  },
};
