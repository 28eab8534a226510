/** How many subjects each rule looks at, compared with the night before: a scope that grew asks before it acts. */
import { accountKey } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { inScope } from "../rules/judge/scope.ts";
import type { Rule } from "../rules/types.ts";
import type { BuildInput } from "./build-input.ts";
import { compareText, ruleKey } from "./draft.ts";

/** A quarter more, and two at least: one new ad group among three is everyday work. */
const GROWN_PERCENT = 25;
const GROWN_BY = 2;

/** `before` is null where nobody knows: a new rule, or one that was edited. */
function hasGrown(size: number, before: number | null): boolean {
  if (before === null || size - before < GROWN_BY) return false;
  return size * 100 >= before * (100 + GROWN_PERCENT);
}

/** True for what may be there but was not read tonight: an account that is missing, and all that is in it. */
export function isUnread({ missing }: Pick<Snapshot, "missing">, key: string): boolean {
  return missing.some((account) => {
    const unread = accountKey(account);
    return key === unread || key.startsWith(`${unread}/`);
  });
}

/** Subjects that the rule looks at tonight. Everything in a scope has a verdict, unless it is not the rule's night. */
function scopeSize(rule: Rule, facts: Facts, verdicts: readonly Verdict[]): number {
  if (verdicts.length > 0) return verdicts.length;
  return facts.subjects(rule.appliesTo.level).filter((subject) => inScope(rule.appliesTo, subject, facts))
    .length;
}

/** By rule hash. While accounts are missing a scope only seems smaller, and would seem to grow when they are back. */
export function scopesAfter(
  { ruleset, snapshot, state }: BuildInput,
  facts: Facts,
  verdicts: readonly Verdict[],
): Record<string, number> {
  const byRule = verdictsByRule(verdicts);
  const sizes = ruleset.rules.map((rule): [string, number] => {
    const size = scopeSize(rule, facts, byRule.get(ruleKey(rule)) ?? []);
    const before = snapshot.missing.length === 0 ? 0 : (state.memory.scopes[rule.hash] ?? 0);
    return [rule.hash, Math.max(size, before)];
  });
  return Object.fromEntries(sizes);
}

/** Rules that look at nobody, or at many more than the night before, by name. */
export function scopeLines(
  { ruleset, snapshot, state }: BuildInput,
  facts: Facts,
  verdicts: readonly Verdict[],
): Plan["scopes"] {
  const byRule = verdictsByRule(verdicts);
  return ruleset.rules
    .map((rule) => ({
      ruleId: rule.id,
      pack: rule.pack,
      size: scopeSize(rule, facts, byRule.get(ruleKey(rule)) ?? []),
      before: state.memory.scopes[rule.hash] ?? null,
    }))
    .filter(({ size, before }) => hasGrown(size, before) || (size === 0 && snapshot.missing.length === 0))
    .sort((a, b) => compareText(`${a.pack}/${a.ruleId}`, `${b.pack}/${b.ruleId}`));
}

function verdictsByRule(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  return Map.groupBy(verdicts, ({ pack, ruleId }) => ruleKey({ pack, id: ruleId }));
}
