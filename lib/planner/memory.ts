/** What a night leaves for the nights after it: the log keeps it, and every decision is made with what the former one left. */
import { addDays, type Day, daysBetween } from "../domain/day.ts";
import type { Notice, Plan } from "../domain/plan.ts";
import type { Remembered, RuleMemory, Streak } from "../domain/state.ts";
import type { Result, Subject, Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { isNightOf } from "../rules/acting.ts";
import type { Rule } from "../rules/types.ts";
import type { BuildInput } from "./build-input.ts";
import { takenOver } from "./pauses.ts";
import { isUnread, scopesAfter } from "./scopes.ts";

/** So many nights in a row without data end a streak: nobody knows any more whether it lasted. */
const MOST_BLIND = 2;

/** A notice for want of data stands apart from one that matched on the same subject. */
const BLIND = "noData ";

/** By what a rule remembers a subject: keys of holders and of their ad groups may be the same. */
export function subjectKey({ level, key }: Pick<Subject, "level" | "key">): string {
  return `${level} ${key}`;
}

/** By what a notice that stands is remembered, below its rule. */
export function toldKey(subject: Pick<Subject, "level" | "key">, blind: boolean): string {
  return `${blind ? BLIND : ""}${subjectKey(subject)}`;
}

/** For how many nights in a row the rule has matched on the subject, tonight's match included: 1 for the first. */
export function nightsWith(
  memory: Pick<RuleMemory, "streaks">,
  rule: Pick<Rule, "hash">,
  subject: Pick<Subject, "level" | "key">,
  day: Day,
): number {
  const streak = memory.streaks[rule.hash]?.[subjectKey(subject)];
  if (streak === undefined || blindBefore(streak, day) >= MOST_BLIND) return 1;
  // A preview after the night sees what the night itself left.
  return streak.day === day && streak.blind === 0 ? streak.nights : streak.nights + 1;
}

/**
 * The last night of a hold that is meant to last, prolonged by tonight's match; null where none is in force any more. `what`
 * is what it holds, as `ActiveHold.scope` says it.
 */
export function holdUntil(
  memory: Pick<RuleMemory, "holds">,
  rule: Pick<Rule, "id" | "action">,
  { what, day, matched }: { what: string; day: Day; matched: boolean },
): Day | null {
  const nights = rule.action.type === "hold" ? rule.action.forAtLeastNights : null;
  if (nights === null) return null;
  const kept = memory.holds[rule.id]?.[what]?.until ?? "";
  const until = matched ? addDays(day, nights - 1) : "";
  const last = kept > until ? kept : until;
  return last >= day ? last : null;
}

/** Pure, as the plan is. Rules in shadow remember how long they match; they tell and hold nothing. */
export function rememberedBy(
  input: BuildInput,
  facts: Facts,
  verdicts: readonly Verdict[],
  plan: Plan,
): Remembered {
  const byRule = Map.groupBy(verdicts, ({ ruleId }) => ruleId);
  const night: Night = {
    memory: input.state.memory,
    day: input.snapshot.day,
    isUnread: (key) => isUnread(input.snapshot, key),
    verdictsOf: ({ id }) => new Map((byRule.get(id) ?? []).map((one) => [subjectKey(one.subject), one])),
  };
  const { rules } = input.ruleset;
  return {
    streaks: tableOf(
      rules,
      ({ hash }) => hash,
      (rule) => streaksAfter(rule, night),
    ),
    told: tableOf(
      rules,
      ({ id }) => id,
      (rule) => toldAfter(rule, plan.notices, night),
    ),
    holds: tableOf(
      rules,
      ({ id }) => id,
      (rule) => holdsAfter(rule, plan),
    ),
    scopes: scopesAfter(input, facts, verdicts),
    pausesOver: takenOver(input),
    channels: channelsOf(input, plan),
  };
}

interface Night {
  memory: RuleMemory;
  day: Day;
  /** True for what may be there but was not read tonight. */
  isUnread(key: string): boolean;
  /** The rule's verdicts by `subjectKey`. */
  verdictsOf(rule: Rule): ReadonlyMap<string, Verdict>;
}

/** Only what stands is kept: most rules have nothing to remember. */
function tableOf<T>(
  rules: readonly Rule[],
  keyOf: (rule: Rule) => string,
  rowsOf: (rule: Rule) => [string, T][],
): Record<string, Record<string, T>> {
  const tables = rules.map((rule) => [keyOf(rule), Object.fromEntries(rowsOf(rule))] as const);
  return Object.fromEntries(tables.filter(([, rows]) => Object.keys(rows).length > 0));
}

function streaksAfter(rule: Rule, { memory, day, verdictsOf }: Night): [string, Streak][] {
  if (rule.nightsInARow <= 1) return [];
  const known = memory.streaks[rule.hash] ?? {};
  const verdicts = verdictsOf(rule);
  const seen = [...verdicts].flatMap(([key, verdict]): [string, Streak][] => {
    const streak = known[key];
    const result = certain(rule, verdict);
    if (result === "matched") {
      return [[key, { nights: nightsWith(memory, rule, verdict.subject, day), blind: 0, day }]];
    }
    if (streak === undefined || result === "notMatched") return [];
    const blind = blindBefore(streak, day) + 1;
    return blind < MOST_BLIND ? [[key, { nights: streak.nights, blind, day }]] : [];
  });
  // Out of scope or not read: its day stays, so that this night counts as one without data.
  const unseen = Object.entries(known).filter(
    ([key, streak]) => !verdicts.has(key) && blindBefore(streak, day) + 1 < MOST_BLIND,
  );
  return [...seen, ...unseen];
}

/** Nights in a row without data up to the night before `day`, those included in which it was not looked at. */
function blindBefore({ blind, day: last }: Streak, day: Day): number {
  return blind + Math.max(0, daysBetween(last, day) - 1);
}

/** What the two executors of rules judge differently is no match to count on. A hold's result is the stricter one already. */
function certain(rule: Rule, { result, dispute }: Verdict): Result {
  return dispute !== undefined && rule.action.type !== "hold" ? "noData" : result;
}

/** Notices of this night, and those of former nights that still stand without being told again. */
function toldAfter(
  rule: Rule,
  notices: readonly Notice[],
  night: Night,
): [string, { since: Day; on: Day }][] {
  const known = night.memory.told[rule.id] ?? {};
  if (rule.mode === "shadow") return [];
  const verdicts = night.verdictsOf(rule);
  const kept = Object.entries(known).filter(([key]) => standsTold(rule, key, verdicts, night));
  const told = notices
    .filter(({ ruleId, blind }) => ruleId === rule.id && (blind || rule.action.type === "notify"))
    .map(({ subject, blind }): [string, { since: Day; on: Day }] => {
      const key = toldKey(subject, blind);
      return [key, { since: known[key]?.since ?? night.day, on: night.day }];
    });
  return [...kept, ...told];
}

/** For want of data nothing has ended; what left the scope has. */
function standsTold(
  rule: Rule,
  key: string,
  verdicts: ReadonlyMap<string, Verdict>,
  { day, isUnread: unread }: Night,
): boolean {
  const blind = key.startsWith(BLIND);
  const subject = blind ? key.slice(BLIND.length) : key;
  const result = verdicts.get(subject)?.result;
  if (result === undefined) return !isNightOf(rule, day) || unread(subject.slice(subject.indexOf(" ") + 1));
  return result === "noData" || (!blind && result === "matched");
}

/** As the plan says it, so that the log never knows of a hold that nobody was told of. */
function holdsAfter(rule: Rule, { holds }: Plan): [string, { until: Day }][] {
  return holds.flatMap(({ ruleId, scope, until }): [string, { until: Day }][] =>
    ruleId === rule.id && until !== null ? [[scope, { until }]] : [],
  );
}

/** Channels that are told of this night besides the brand's own, which is told of all of it. */
function channelsOf({ brand }: BuildInput, { notices }: Plan): string[] {
  const named = new Set(notices.flatMap(({ to }) => to));
  return [...named].filter((channel) => channel !== brand.slack?.channel).sort();
}
