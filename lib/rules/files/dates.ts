/** Whether a rule counts on a day, and how freely. */
import type { Day } from "../../domain/day.ts";
import { strictest } from "../../domain/verdict.ts";
import type { Rule } from "../types.ts";

/** Days in the brand's zone, each the last or first on which something holds. */
export interface RuleDates {
  validFrom: Day | undefined;
  validUntil: Day | undefined;
  reviewOn: Day | undefined;
}

/** The rule as it counts on `day`: null outside its dates, and at most proposed once its review is due. */
export function ruleOn(day: Day, rule: Rule, { validFrom, validUntil, reviewOn }: RuleDates): Rule | null {
  if (validFrom !== undefined && day < validFrom) return null;
  if (validUntil !== undefined && day > validUntil) return null;
  if (reviewOn === undefined || day <= reviewOn) return rule;
  return { ...rule, mode: strictest(rule.mode, "propose") };
}
