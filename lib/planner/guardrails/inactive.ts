import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const inactive: PlanningGuardrail = {
  id: "inactive",
  doc: "What does not deliver, by itself or because its campaign does not, is left as people set it.",
  scope: "change",
  atSend: false,
  figures: { blocked: { status: "text" } },
  check(draft) {
    const { status, platformStatus } = draft.holder;
    return status === "active" ? ALLOW : { kind: "block", values: { status: platformStatus } };
  },
};
