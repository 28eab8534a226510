import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const unansweredAlert: HardGuardrail = {
  id: "unansweredAlert",
  doc: "While an alert stands that nobody answered in time, nothing is done without asking: whoever should watch does not.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { degraded: { alert: "state", since: "instant" } },
  check(draft, { state }) {
    const alert = Object.values(state.alerts).find(
      ({ escalatedAtMs, takenAtMs, clearedAtMs }) =>
        escalatedAtMs !== null && takenAtMs === null && clearedAtMs === null,
    );
    if (alert === undefined || draft.mode !== "apply") return ALLOW;
    return { kind: "degrade", mode: "propose", values: { alert: alert.kind, since: alert.raisedAtMs } };
  },
};
