import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const hold: PlanningGuardrail = {
  id: "hold",
  doc: "A hold in force keeps back what it names; a hold on raises is in force for want of data, too.",
  scope: "change",
  atSend: false,
  figures: { blocked: { rule: "text" } },
  check(draft, { holds }) {
    const holding = holds.find((one) => one.blocks.includes(draft.direction));
    return holding === undefined ? ALLOW : { kind: "block", values: { rule: holding.ruleId } };
  },
};
