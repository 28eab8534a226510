/** Which rules count on a day, and how freely. */
import type { Day } from "../domain/day.ts";
import type { Mode } from "../domain/verdict.ts";
import type { Rule, Ruleset } from "./types.ts";

const STRICTEST_FIRST: readonly Mode[] = ["shadow", "propose", "apply"];

/**
 * The ruleset as it counts in a round of `day` (in the brand's zone): rules outside their dates are left out, and a rule whose
 * review is due is at most proposed. Every round evaluates and plans with this, never with the ruleset as loaded.
 */
export function rulesOn(ruleset: Ruleset, day: Day): Ruleset {
  return { ...ruleset, rules: ruleset.rules.flatMap((rule) => ruleOn(rule, day) ?? []) };
}

export function strictest(one: Mode, other: Mode): Mode {
  return STRICTEST_FIRST.find((mode) => mode === one || mode === other) ?? "shadow";
}

function ruleOn(rule: Rule, day: Day): Rule | null {
  if (rule.validFrom !== undefined && day < rule.validFrom) return null;
  if (rule.validUntil !== undefined && day > rule.validUntil) return null;
  if (rule.reviewOn === undefined || day <= rule.reviewOn) return rule;
  return { ...rule, mode: strictest(rule.mode, "propose") };
}
