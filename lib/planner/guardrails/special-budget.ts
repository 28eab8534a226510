import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const specialBudget: PlanningGuardrail = {
  id: "specialBudget",
  doc: "A budget that is not of its platform's ordinary kind follows rules of its own and is left alone.",
  scope: "change",
  atSend: false,
  figures: { blocked: { kind: "text" } },
  check(draft) {
    const { special } = draft.holder.budget;
    return special === undefined ? ALLOW : { kind: "block", values: { kind: special } };
  },
};
