import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const disputed: PlanningGuardrail = {
  id: "disputed",
  doc: "What the two executors of rules judge differently is not done: one of them is wrong, and nobody knows which.",
  scope: "rule",
  atSend: false,
  figures: { blocked: {} },
  check(draft) {
    return draft.disputed ? { kind: "block", values: {} } : ALLOW;
  },
};
