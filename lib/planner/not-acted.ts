/** Rules that Palier understands and does not act on yet, with why. */
import type { Message } from "../domain/figure.ts";
import type { Plan } from "../domain/plan.ts";
import type { Rule } from "../rules/types.ts";
import { compareText, ruleKey } from "./draft.ts";
import { isOfNights } from "./due.ts";
import { plannerMessage } from "./messages.ts";

type NotActed = Plan["notActed"];

/** Why nothing is done by a rule, whatever it finds; null for all that Palier acts on. */
export function standsAside({ appliesTo, schedule }: Pick<Rule, "appliesTo" | "schedule">): Message | null {
  if (appliesTo.level === "ad") return plannerMessage("notActed.ads");
  return isOfNights({ schedule }) ? null : plannerMessage("notActed.byDay");
}

/** Once per rule and reason, with the number of subjects on which it matched. */
export function notActedOn(given: readonly { rule: Rule; reason: Message }[]): NotActed {
  const lines = new Map<string, NotActed[number]>();
  for (const { rule, reason } of given) {
    const key = `${ruleKey(rule)} ${reason.key}`;
    const subjects = (lines.get(key)?.subjects ?? 0) + 1;
    lines.set(key, { ruleId: rule.id, pack: rule.pack, reason, subjects });
  }
  return [...lines.entries()].sort(([a], [b]) => compareText(a, b)).map(([, line]) => line);
}
