/** Rules that Palier understands and does not act on yet, with why. */
import type { Message } from "../domain/figure.ts";
import type { Plan } from "../domain/plan.ts";
import { notActedYet } from "../rules/acting.ts";
import type { Rule } from "../rules/types.ts";
import { compareText, ruleKey } from "./draft.ts";
import { plannerMessage } from "./messages.ts";

type NotActed = Plan["notActed"];

/** Why nothing is done by a rule, whatever it finds; null for all that Palier acts on. */
export function standsAside(rule: Pick<Rule, "appliesTo" | "schedule" | "action">): Message | null {
  const why = notActedYet(rule);
  return why === null ? null : plannerMessage(`notActed.${why}`);
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
