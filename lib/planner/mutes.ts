/** Rules that leave an entity alone because another one has acted on it. */
import type { Brand } from "../domain/brand.ts";
import { type Day, daysBetween } from "../domain/day.ts";
import type { BrandState } from "../domain/state.ts";
import type { Rule } from "../rules/types.ts";
import { actsOf } from "./acts.ts";
import { compareText } from "./draft.ts";

export interface MutedBy {
  rule: string;
  /** Of its last act on the holder. */
  lastDay: Day;
  /** Nights that are left, tonight included; null: for ever. */
  nights: number | null;
}

interface Night {
  brand: Brand;
  state: BrandState;
  day: Day;
  ruleset: { rules: readonly Rule[] };
}

/** The rule that mutes this one on the holder for longest; null where none does. Only what was really done mutes. */
export function mutedBy(
  { id }: Pick<Rule, "id">,
  holderKey: string,
  { brand, state, day, ruleset }: Night,
): MutedBy | null {
  const muting = ruleset.rules.flatMap((rule): MutedBy[] => {
    if (rule.mutes?.rules.includes(id) !== true) return [];
    const { lastDay } = actsOf(state, { ruleId: rule.id, holderKey }, brand.zone, null);
    if (lastDay === null) return [];
    if (rule.mutes.nights === "always") return [{ rule: rule.id, lastDay, nights: null }];
    const nights = rule.mutes.nights - daysBetween(lastDay, day);
    return nights > 0 ? [{ rule: rule.id, lastDay, nights }] : [];
  });
  const longest = (one: MutedBy): number => one.nights ?? Number.MAX_SAFE_INTEGER;
  return muting.sort((a, b) => longest(b) - longest(a) || compareText(a.rule, b.rule))[0] ?? null;
}
