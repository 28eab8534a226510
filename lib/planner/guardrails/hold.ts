import { holdsHolder } from "../holds.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const hold: PlanningGuardrail = {
  id: "hold",
  doc: "A hold in force keeps back what it names, in the brand, a stage, an account or one entity; a hold on raises is in force for want of data, too.",
  scope: "change",
  atSend: false,
  figures: { blocked: { rule: "text" } },
  check({ direction, holder }, round) {
    const holding = round.holds.find(
      (one) => one.blocks.includes(direction) && holdsHolder(one, holder, round),
    );
    return holding === undefined ? ALLOW : { kind: "block", values: { rule: holding.ruleId } };
  },
};
