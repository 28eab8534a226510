/** Builders for rule files, packs and stated figures: a test states only what it is about. */
import type { Brand } from "../../lib/domain/brand.ts";
import type { Entity } from "../../lib/domain/entity.ts";
import type { Reading } from "../../lib/domain/figure.ts";
import { type BudgetHolder, budgetHoldersOf } from "../../lib/domain/holder.ts";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import type { Result, Subject, Verdict } from "../../lib/domain/verdict.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import { loadRuleset, type RuleFile } from "../../lib/rules/files/load.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import type { Ruleset } from "../../lib/rules/types.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, ROUND_DAY } from "./snapshot.ts";

export type Json = Record<string, unknown>;

/** A pause of every holder that spent 100 EUR in 7 days. */
export function aRuleFile(given: Json = {}): Json {
  return {
    id: "stop",
    description: "Pause what spent too much.",
    owner: "lea",
    conditions: { all: [spentAtLeast(100)] },
    action: { type: "pause" },
    mode: "propose",
    ...given,
  };
}

export function spentAtLeast(value: unknown): Json {
  return { fact: "spend", params: { window: "7d" }, operator: "greaterThanInclusive", value };
}

export const PACK_FILE: RuleFile = {
  path: "rules/packs/roads/pack.json",
  text: JSON.stringify({ id: "roads", description: "A pack for tests." }),
};

/** Files of the pack `roads`, each rule in a file named after its id. */
export function packFiles(...rules: readonly Json[]): RuleFile[] {
  return [
    PACK_FILE,
    ...rules.map((rule) => ({
      path: `rules/packs/roads/${rule.id}.json`,
      text: JSON.stringify(rule, null, 2),
    })),
  ];
}

/** @throws Error with the problems when a rule does not load. */
export function loaded(rules: readonly Json[], brand: Brand = aBrand(), day = ROUND_DAY): Ruleset {
  const result = loadRuleset(packFiles(...rules), brand, day);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.ruleset;
}

export function problemsOf(rules: readonly Json[], brand: Brand = aBrand()): ConfigProblem[] {
  const result = loadRuleset(packFiles(...rules), brand, ROUND_DAY);
  return result.ok ? [] : result.problems;
}

/** Figures by fact and parameters ("spend window=7d"); null is no data, absent is a test's mistake. */
export type Readings = Readonly<Record<string, Reading["value"]>>;

export interface Stated {
  subject: Subject;
  holder: BudgetHolder | null;
  readings: Readings;
}

/** The ad group with that id as a budget holder, with its figures. */
export function aStatedHolder(
  readings: Readings,
  id = "200",
  given: { campaign?: Partial<Entity>; adGroup?: Partial<Entity> } = {},
): Stated {
  const entities = [aCampaign(given.campaign), anAdGroup({ ...given.adGroup, id })];
  const [holder] = budgetHoldersOf(anAccount({ entities }));
  if (holder === undefined) throw new Error(`ad group ${id} holds no budget`);
  const { key, name, ref } = holder;
  return { subject: { level: "budgetHolder", key, name, ref, stage: "prospecting" }, holder, readings };
}

export function aStatedBrand(readings: Readings): Stated {
  const subject: Subject = {
    level: "brand",
    key: "atelier-lune",
    name: "Atelier Lune",
    ref: null,
    stage: null,
  };
  return { subject, holder: null, readings };
}

/** Facts that know what is stated and throw on everything else. */
export function statedFacts(...all: readonly Stated[]): Facts {
  const holders = all.flatMap((one) => one.holder ?? []);
  const subjects: Facts["subjects"] = (level) =>
    all.filter((one) => one.subject.level === level).map((one) => one.subject);
  const read: Facts["read"] = (subject, fact, params) => {
    const stated = all.find((one) => one.subject.key === subject.key);
    const value = stated?.readings[readingKey(fact, params)];
    if (value === undefined) throw new Error(`nobody stated ${readingKey(fact, params)} of ${subject.key}`);
    return aReading(fact, value);
  };
  return {
    subjects,
    everySubject: subjects,
    entity: () => null,
    memberOf: () => null,
    holders: () => holders,
    holder: (key) => holders.find((one) => one.key === key) ?? null,
    read,
    readAll: (level, fact, params) => subjects(level).map((subject) => read(subject, fact, params)),
    days: ({ key }) => {
      throw new Error(`nobody stated the days of ${key}`);
    },
  };
}

/** A reading in the unit that the catalogue gives the fact; a parameter of its own is a ratio. */
export function aReading(fact: string, value: Reading["value"]): Reading {
  const unit = factCatalogue.find((one) => one.id === fact)?.unit ?? "ratio";
  const reason = value === null ? { key: "noData.stated", values: {} } : null;
  return { value, unit, from: null, to: null, reason, source: null };
}

function readingKey(fact: string, params: Params): string {
  return [
    fact,
    ...Object.keys(params)
      .sort()
      .map((name) => `${name}=${params[name]}`),
  ].join(" ");
}

/** The verdict of a rule with that one condition on a holder with those figures. */
export async function verdictOn(condition: Json, readings: Readings): Promise<Verdict> {
  const [verdict] = await evaluateRules(
    loaded([aRuleFile({ conditions: { all: [condition] } })]),
    statedFacts(aStatedHolder(readings)),
  );
  if (verdict === undefined) throw new Error("expected a verdict");
  return verdict;
}

export async function resultOn(condition: Json, readings: Readings): Promise<Result> {
  return (await verdictOn(condition, readings)).result;
}

/** A comparison of conversions. */
export function countOf(window: string, operator: string, value: unknown): Json {
  return { fact: "conversions", params: { window }, operator, value };
}
