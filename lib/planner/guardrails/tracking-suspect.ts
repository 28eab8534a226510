import { accountKey } from "../../domain/ids.ts";
import { addsMoney } from "../draft.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

export const trackingSuspect: HardGuardrail = {
  id: "trackingSuspect",
  doc: "While the tracking of an account is suspect nothing is raised in the brand, and nothing else is done in that account: it would be decided by figures that may be wrong. Only a stop of a whole account by money alone goes on.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { blocked: { account: "text", since: "instant" } },
  check(draft, { state }) {
    // What it spends is not what is suspect.
    if (draft.accountStop === true && draft.bounds.byMoney === true) return ALLOW;
    const raises = addsMoney(draft);
    const alert = Object.values(state.alerts).find(
      ({ kind, subject, clearedAtMs }) =>
        kind === "trackingSuspect" &&
        clearedAtMs === null &&
        (raises || subject === accountKey(draft.target)),
    );
    if (alert === undefined) return ALLOW;
    return { kind: "block", values: { account: alert.subject, since: alert.raisedAtMs } };
  },
};
