import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const sharedBudget: HardGuardrail = {
  id: "sharedBudget",
  doc: "A shared budget can be raised and cut, never paused or resumed: only the campaigns that it feeds have a switch.",
  scope: "rule",
  atSend: true,
  bindsRestore: true,
  figures: { blocked: {} },
  check({ target, edit }) {
    const isSwitch = target.level === "sharedBudget" && edit.kind === "status";
    return isSwitch ? { kind: "block", values: {} } : ALLOW;
  },
};
