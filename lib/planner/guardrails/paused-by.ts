import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const pausedBy: PlanningGuardrail = {
  id: "pausedBy",
  doc: "What a rule turns on again must have been paused by whom it names, and nobody else since: what a person paused, or paused again, is theirs.",
  scope: "rule",
  atSend: false,
  figures: { blocked: { by: "state" } },
  check({ rule: { action }, holder }, { ownPauses }) {
    if (action.type !== "resume" || action.pausedBy.kind === "anyone") return ALLOW;
    const pause = ownPauses.get(holder.key);
    if (pause === undefined) return { kind: "block", values: { by: "notPalier" } };
    const { pausedBy: named } = action;
    const meant = named.kind === "palier" || named.ids.includes(pause.ruleId);
    return meant ? ALLOW : { kind: "block", values: { by: "otherRule" } };
  },
};
