/** What a new source changes against the one that was published last, and what of it is only watched at first. */
import { canonicalJson } from "../domain/canonical.ts";
import { parseJson } from "../domain/json-file.ts";
import type { BrandState } from "../domain/state.ts";
import { type Mode, strictest } from "../domain/verdict.ts";
import type { Rule } from "../rules/types.ts";
import type { BrandConfig, ConfigSource } from "./ports.ts";

/** Rules as `pack/id`, sorted. Only what is enabled counts: a rule that is switched off is removed. */
export interface SourceChanges {
  /** Keys of the brand file whose values differ; all of them where nothing was published before. */
  brandKeys: readonly string[];
  added: readonly string[];
  removed: readonly string[];
  /** What decides is another: such a rule is new to the log and is watched again. */
  edited: readonly string[];
  /** The same rule, with another say in the matter. */
  modes: readonly { rule: string; from: Mode; to: Mode }[];
}

/** A rule that moves money and may not ask for anything yet. */
export interface WatchedRule {
  rule: string;
  nightsLeft: number;
}

/** `before` is null at the first publication, and where this version cannot read what was published. */
export function changesBetween(before: BrandConfig | null, after: BrandConfig): SourceChanges {
  const old = rulesOf(before);
  const now = rulesOf(after);
  const names = [...now.keys()].sort();
  return {
    brandKeys: changedKeys(before?.source ?? null, after.source),
    added: names.filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)).sort(),
    edited: names.filter((name) => old.has(name) && old.get(name)?.hash !== now.get(name)?.hash),
    modes: names.flatMap((rule) => {
      const from = old.get(rule)?.mode;
      const to = now.get(rule)?.mode;
      return from === undefined || to === undefined || from === to ? [] : [{ rule, from, to }];
    }),
  };
}

/** Rules that would ask for money or take some, and that have not been watched for as many nights as the brand wants. */
export function watchedRules({ brand, ruleset }: BrandConfig, state: BrandState): WatchedRule[] {
  return ruleset.rules
    .filter((rule) => asksForMoney(rule) && strictest(rule.mode, brand.mode) !== "shadow")
    .map((rule) => {
      const nights = state.ruleNights[rule.hash] ?? 0;
      return { rule: nameOf(rule), nightsLeft: Math.max(0, brand.limits.shadowNights - nights) };
    })
    .filter(({ nightsLeft }) => nightsLeft > 0)
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** True once a rule may propose or apply: from then on somebody needs permission to write. */
export function hasLeftShadow(config: BrandConfig, state: BrandState): boolean {
  const { brand, ruleset } = config;
  const asking = ruleset.rules.filter(
    (rule) => asksForMoney(rule) && strictest(rule.mode, brand.mode) !== "shadow",
  );
  return asking.length > watchedRules(config, state).length;
}

function asksForMoney({ action }: Rule): boolean {
  return action.type !== "hold" && action.type !== "notify";
}

function rulesOf(config: BrandConfig | null): ReadonlyMap<string, Rule> {
  return new Map(config?.ruleset.rules.map((rule) => [nameOf(rule), rule]));
}

function nameOf({ pack, id }: Rule): string {
  return `${pack}/${id}`;
}

function changedKeys(before: ConfigSource | null, after: ConfigSource): string[] {
  const old = valuesOf(before);
  const now = valuesOf(after);
  const textAt = (values: Readonly<Record<string, unknown>>, key: string) =>
    canonicalJson(values[key] ?? null);
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => key !== "$schema" && textAt(old, key) !== textAt(now, key))
    .sort();
}

function valuesOf(source: ConfigSource | null): Readonly<Record<string, unknown>> {
  if (source === null) return {};
  const parsed = parseJson(source.brandText, source.brandFile);
  return parsed.ok ? Object(parsed.json.value) : {};
}
