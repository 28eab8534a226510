/** One thing under every rule of a night: what was decided, taken from the plan that decided it. */

import type { Brand } from "../../domain/brand.ts";
import type {
  Became,
  BecameChange,
  Exclusion,
  Explanation,
  Judgement,
  RuleExplanation,
} from "../../domain/explanation.ts";
import { handsOffHolder } from "../../domain/match.ts";
import type { ActiveHold, Plan } from "../../domain/plan.ts";
import type { Subject, Verdict } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import { explainCondition } from "../../rules/explain/condition.ts";
import { exclusionsOf } from "../../rules/explain/scope.ts";
import { leavesToTurn } from "../../rules/judge/turning.ts";
import type { Rule, Ruleset } from "../../rules/types.ts";

/** A night as it was decided: the plan with the brand, the rules and the entities that it was made from. */
export interface DecidedNight {
  brand: Brand;
  ruleset: Ruleset;
  facts: Facts;
  plan: Plan;
}

/** `subjects` are one thing at each level that it is known at; `ruleId` null: every rule. Those that look at it come first. */
export function explainSubject(
  night: DecidedNight,
  subjects: readonly Subject[],
  ruleId: string | null,
): Explanation {
  const { plan, ruleset } = night;
  const rules = ruleset.rules
    .filter((rule) => ruleId === null || rule.id === ruleId)
    .map((rule) => explainRule(night, rule, subjects));
  return {
    brand: plan.brand,
    roundId: plan.roundId,
    day: plan.day,
    subjects,
    refused: plan.refused,
    rules: [
      ...rules.filter(({ judged }) => judged !== null),
      ...rules.filter(({ judged }) => judged === null),
    ],
  };
}

function explainRule(night: DecidedNight, rule: Rule, subjects: readonly Subject[]): RuleExplanation {
  const { id, pack, description, owner, action, mode, appliesTo } = rule;
  const subject = subjects.find(({ level }) => level === appliesTo.level);
  const verdict = night.plan.verdicts.find(
    (one) =>
      one.ruleId === id &&
      one.pack === pack &&
      one.subject.level === subject?.level &&
      one.subject.key === subject.key,
  );
  return {
    ...{ ruleId: id, pack, description, owner, action: action.type, mode },
    exclusions: verdict !== undefined ? [] : exclusions(night, rule, subjects, subject),
    judged: verdict === undefined ? null : judgement(night.plan, rule, verdict),
    ends:
      subjects
        .flatMap((one) => changesOf(night.plan, rule, one))
        .find(({ endsPause }) => endsPause !== undefined) ?? null,
  };
}

function exclusions(
  { brand, facts, plan }: DecidedNight,
  { appliesTo }: Rule,
  subjects: readonly Subject[],
  subject: Subject | undefined,
): Exclusion[] {
  if (subject === undefined) {
    const levels = subjects.map(({ level }) => level);
    return [
      { key: "level", wanted: [appliesTo.level], found: levels },
      ...(appliesTo.level === "budgetHolder" ? ownedBy(facts, subjects) : []),
    ];
  }
  const holder = facts.holder(subject.key);
  const handsOff = holder === null ? null : handsOffHolder(brand.handsOff, plan.day, holder);
  return [
    ...(handsOff === null ? [] : [{ key: "handsOff", wanted: [], found: [handsOff.by] }]),
    ...exclusionsOf(appliesTo, subject, facts),
  ];
}

/** Whose budget feeds what owns none: that is what a rule on money looks at. */
function ownedBy(facts: Facts, subjects: readonly Subject[]): Exclusion[] {
  const keys = new Set(subjects.map(({ key }) => key));
  const ids = new Set(subjects.flatMap(({ ref }) => (ref === null ? [] : [ref.id])));
  const owners = facts
    .holders()
    .filter(
      ({ key, ref, campaigns, feeds }) =>
        !keys.has(key) &&
        subjects.some((one) => one.ref?.platform === ref.platform && one.ref.accountId === ref.accountId) &&
        [...campaigns, ...feeds].some((one) => ids.has(one.id)),
    );
  return owners.length === 0
    ? []
    : [{ key: "noBudget", wanted: ["budgetHolder"], found: owners.map(({ key }) => key) }];
}

function judgement(plan: Plan, rule: Rule, verdict: Verdict): Judgement {
  const { subject, result, evidence } = verdict;
  const isOurs = (one: OfRule & { subject: Subject }) => isOf(rule, one) && isSame(one.subject, subject);
  const tooSmall = plan.tooSmall.find(isOurs);
  const miss = tooSmall ?? plan.nearMisses.find(isOurs);
  return {
    subject,
    result,
    condition: explainCondition(rule.condition, evidence),
    turns: leavesToTurn(rule.condition, evidence, result !== "matched"),
    forecast: miss?.forecast ?? null,
    never: tooSmall !== undefined,
    became: becameOf(plan, rule, verdict),
  };
}

function becameOf(plan: Plan, rule: Rule, { subject, result }: Verdict): Became {
  const isOurs = (one: OfRule & { subject: Subject }) => isOf(rule, one) && isSame(one.subject, subject);
  const notice = plan.notices.find(isOurs);
  const hold = plan.holds.find(
    (one) =>
      isOf(rule, one) && holds(one, subject) && (one.because === result || one.because === "notMatched"),
  );
  const notActed = result === "matched" ? plan.notActed.find((one) => isOf(rule, one)) : undefined;
  return {
    changes: changesOf(plan, rule, subject).filter(({ endsPause }) => endsPause === undefined),
    notice: notice === undefined ? null : notice.urgent ? "now" : "digest",
    hold:
      hold === undefined
        ? null
        : { blocks: hold.blocks, because: hold.because, scope: hold.scope, until: hold.until },
    silent: plan.silent.find(isOurs)?.reason ?? null,
    notActed: notActed?.reason ?? null,
  };
}

/** Of a whole account, whatever the rule does in it. */
function changesOf(plan: Plan, rule: Rule, subject: Subject): BecameChange[] {
  return plan.changes
    .filter(
      (one) =>
        isOf(rule, one) &&
        (one.holderKey === subject.key ||
          (subject.level === "account" && one.holderKey.startsWith(`${subject.key}/`))),
    )
    .map(({ id, outcome, mode, edit, wantedMicros, notes, until, endsPause }) => ({
      ...{ id, outcome, mode, edit, wantedMicros, notes },
      ...(until === undefined ? {} : { until }),
      ...(endsPause === undefined ? {} : { endsPause }),
    }));
}

interface OfRule {
  ruleId: string;
  pack: string;
}

function isOf({ id, pack }: Rule, one: OfRule): boolean {
  return one.ruleId === id && one.pack === pack;
}

function isSame(one: Subject, other: Subject): boolean {
  return one.level === other.level && one.key === other.key;
}

/** Whether the hold may come from what the rule found of this subject. */
function holds({ scope }: ActiveHold, { level, key }: Subject): boolean {
  if (scope === `${level} ${key}`) return true;
  const [platform, account] = key.split("/");
  return scope === "brand" || scope.startsWith("stage:") || scope === `account ${platform}/${account}`;
}
