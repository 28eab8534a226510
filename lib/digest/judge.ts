/**
 * What a change did. Before and after, not cause: season and demand move both sides, so a verdict says what came with the
 * change, and only where that is more than chance.
 */
import type { Brand } from "../domain/brand.ts";
import { type Change, directionOf } from "../domain/change.ts";
import { addDays, type Day, eachDay } from "../domain/day.ts";
import type { Judgement } from "../domain/digest.ts";
import type { Message, Reading, Unit } from "../domain/figure.ts";
import { accountKey } from "../domain/ids.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Subject } from "../domain/verdict.ts";
import { createFacts, type FactsInput } from "../metrics/index.ts";
import { metricMessage } from "../metrics/messages.ts";
import type { Facts, Params } from "../metrics/port.ts";
import type { DayCount } from "../metrics/statistics.ts";
import { type Days, unread, windowOf } from "./days.ts";
import type { MadeChange } from "./made.ts";
import { changedMeanwhile } from "./meanwhile.ts";
import { digestMessage } from "./messages.ts";
import { type Weighed, weigh } from "./weigh.ts";

/** Everything that changes of one brand are judged by, as it was on one day. */
export interface Bench {
  brand: Brand;
  snapshot: Snapshot;
  facts: Facts;
  /** All that took effect, so that one is not judged by the days of another. */
  made: readonly MadeChange[];
}

type Read = (fact: string, unit: Unit, days: Days, params?: Params) => Reading;

/** The bench on `day`, the snapshot's own or an earlier one: what had settled by then, by the days' ages. */
export function benchOf(input: FactsInput, made: readonly MadeChange[], day = input.snapshot.day): Bench {
  const snapshot = { ...input.snapshot, day };
  return { brand: input.brand, snapshot, facts: createFacts({ ...input, snapshot }), made };
}

/**
 * Compares `days` days before the change's day with as many after it. The day itself is left out: it had both. Both spans are
 * whole weeks, so weekdays weigh alike. `weigh` says how; its money is spend that the conversions counted by now can be held
 * against, so that those still on their way tip nothing.
 */
export function judgeChange(bench: Bench, one: MadeChange, days: 7 | 14): Judgement {
  const { change, day } = one;
  const before = { from: addDays(day, -days), to: addDays(day, -1) };
  const after = daysAfter(one, days);
  const read = readerOf(bench, change);
  const { id: changeId, name, target: ref, ruleId, pack, edit } = change;
  const figures = {
    spendBefore: read("spend", "money", before),
    spendAfter: read("spend", "money", after),
    conversionsBefore: read("conversions", "count", before),
    conversionsAfter: read("conversions", "count", after),
    targetCpa: read("targetCpa", "money", after),
  };
  const judgement = { changeId, name, ref, ruleId, pack, edit, day, days, ...figures };
  const without = (verdict: "tooEarly" | "noData", reason: Message): Judgement => {
    return { ...judgement, verdict, reason, marginalCpa: unread("money", after, reason) };
  };
  const early = earlyReason(bench, read, after);
  if (early !== null) return without("tooEarly", early);
  const missing = Object.values(figures).find(({ value }) => value === null)?.reason ?? null;
  if (missing !== null) return without("noData", missing);
  const meanwhile = changedMeanwhile({ ...bench, zone: bench.brand.zone }, one, days);
  if (meanwhile !== null) return without("noData", meanwhile);
  const wanted = ["raise", "resume"].includes(directionOf(edit)) ? "more" : "less";
  const weighed = weigh(
    dayCounts(read, before),
    dayCounts(read, after),
    Number(figures.targetCpa.value),
    wanted,
  );
  const { verdict, marginalCpa } = weighed;
  const reason = reasonOf(weighed, wanted);
  const nothing = unread("money", after, digestMessage("judged.noMargin", {}));
  return { ...judgement, verdict, reason, marginalCpa: { ...nothing, ...marginOf(marginalCpa) } };
}

/** What `judgeChange` would call too early, without the rest of its work. */
export function isTooEarly(bench: Bench, one: MadeChange, days: 7 | 14): boolean {
  return earlyReason(bench, readerOf(bench, one.change), daysAfter(one, days)) !== null;
}

function daysAfter({ day }: MadeChange, days: number): Days {
  return { from: addDays(day, 1), to: addDays(day, days) };
}

/** A figure of the change's holder over any days, or why there is none. */
function readerOf({ snapshot, facts }: Bench, change: Change): Read {
  const { holderKey: key, name, target: ref, stage } = change;
  const subject: Subject = { level: "budgetHolder", key, name, ref, stage };
  const account = snapshot.accounts.find((known) => accountKey(known) === accountKey(ref));
  return (fact, unit, days, params = {}) => {
    if (account === undefined) {
      return unread(unit, days, metricMessage("noData.accountMissing", { account: accountKey(ref) }));
    }
    if (facts.holder(key) === null) return unread(unit, days, digestMessage("judged.gone", {}));
    if (fact === "targetCpa") return facts.read(subject, fact, {});
    const window = windowOf(days, snapshot.day);
    if (window !== null) return facts.read(subject, fact, { ...params, window });
    const { coveredFrom, coveredTo } = account;
    return unread(unit, days, metricMessage("noData.outsideCoverage", { ...days, coveredFrom, coveredTo }));
  };
}

/** Why it is too early: days to come, or too few of their conversions there. Where nothing was spent there are none to wait for. */
function earlyReason({ brand, snapshot }: Bench, read: Read, after: Days): Message | null {
  if (snapshot.day <= after.to) return notOver(after.to);
  const needed = brand.limits.settledPercent;
  const settled = read("settledPercent", "percent", after).value;
  if (typeof settled !== "number" || settled >= needed) return null;
  return digestMessage("judged.notSettled", { percent: settled, needed });
}

function dayCounts(read: Read, { from, to }: Days): DayCount[] {
  return eachDay(from, to).map((day) => {
    const one = { from: day, to: day };
    return {
      spend: Number(read("spend", "money", one, { correctedForDelay: true }).value),
      conversions: Number(read("conversions", "count", one).value),
    };
  });
}

function reasonOf({ verdict, followed, spend, ...counts }: Weighed, wanted: "more" | "less"): Message {
  const { conversions, needed, chance } = counts;
  const money = Math.round(spend);
  if (!followed) return digestMessage("judged.spendDidNotFollow", { spend: money });
  if (verdict === "unclear") {
    return digestMessage("judged.withinChance", { spend: money, conversions, needed, chance });
  }
  if (wanted === "more") {
    const key = verdict === "paid" ? "judged.moreThanNeeded" : "judged.lessThanNeeded";
    return digestMessage(key, { spend: money, conversions, needed });
  }
  const key = verdict === "paid" ? "judged.lossBelowSaved" : "judged.lossAboveSaved";
  return digestMessage(key, { spend: -money, conversions: 0 - conversions, needed: 0 - needed });
}

function notOver(until: Day): Message {
  return digestMessage("judged.daysNotOver", { until });
}

function marginOf(marginalCpa: number | null): Partial<Reading> {
  if (marginalCpa === null) return {};
  const source = "difference of spend / difference of conversions";
  return { value: marginalCpa, reason: null, source };
}
