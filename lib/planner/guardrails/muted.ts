import { addDays, type Day } from "../../domain/day.ts";
import { type MutedBy, mutedBy } from "../mutes.ts";
import { ALLOW, type MessageValues, type PlanningGuardrail } from "./guardrail.ts";

export const muted: PlanningGuardrail = {
  id: "muted",
  doc: "A rule leaves alone what another rule has acted on and keeps it away from, for some nights or for ever; the end of its own pause is not kept away.",
  scope: "rule",
  atSend: false,
  figures: { blocked: { rule: "text", last: "day", free: "state" } },
  check({ rule, holderKey, endsPause }, round) {
    const by = endsPause === undefined ? mutedBy(rule, holderKey, round) : null;
    return by === null ? ALLOW : { kind: "block", values: mutedValues(by, round.day) };
  },
};

/** With the night from which the rule may act on it again. */
export function mutedValues({ rule, lastDay, nights }: MutedBy, day: Day): MessageValues {
  return { rule, last: lastDay, free: nights === null ? "never" : addDays(day, nights) };
}
