import { mutedBy } from "../mutes.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const muted: PlanningGuardrail = {
  id: "muted",
  doc: "A rule leaves alone what another rule has acted on and keeps it away from, for some nights or for ever; the end of its own pause is not kept away.",
  scope: "rule",
  atSend: false,
  figures: { blocked: { rule: "text", last: "day", span: "state" } },
  check({ rule, holderKey, endsPause }, round) {
    const by = endsPause === undefined ? mutedBy(rule, holderKey, round) : null;
    if (by === null) return ALLOW;
    const span = by.nights === null ? "forEver" : "forSomeNights";
    return { kind: "block", values: { rule: by.rule, last: by.lastDay, span } };
  },
};
