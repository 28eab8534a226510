/**
 * Accounts whose counting of conversions is to be doubted: a pixel that died counts too few, one that fires twice makes every
 * campaign look excellent. Both move conversions per click of most of the account at once, and no change of a budget does.
 */
import type { Brand } from "../domain/brand.ts";
import { addDays, type Day } from "../domain/day.ts";
import { accountKey } from "../domain/ids.ts";
import type { AccountSnapshot, Snapshot } from "../domain/snapshot.ts";
import { sixDecimals } from "./arithmetic.ts";
import { type Column, MILLIONTHS } from "./delivery/columns.ts";
import {
  combine,
  covers,
  daysOf,
  type Series,
  type SeriesOf,
  seriesOfAccount,
  spanOf,
} from "./delivery/series.ts";
import { MIN_STABLE_CONVERSIONS, MIN_STABLE_DAYS, phi } from "./statistics.ts";

/** The days that are looked at, and the four whole weeks before them that say what is usual. */
const WATCHED_DAYS = 7;
const BASE_DAYS = 28;

/** Weight of the newest day in the moving average, and the variance that such an average keeps of one day's. */
const WEIGHT = 0.2;
const KEPT_VARIANCE = WEIGHT / (2 - WEIGHT);
const LIMIT_SIGMAS = 3;

/** A fault of counting is no nuance: less than this off what yesterday's clicks bring is the market. */
const LEAST_PERCENT = 30;

/** From so many a day on, five sigmas are one day's conversions: all missing, or all counted twice, is seen whatever the noise. */
const SEEN_ALONE_PER_DAY = 25;

/** Share of the account's spend whose conversions must have moved the same way on the same day. */
const SUSPECT_PERCENT = 40;

export interface TrackingInput {
  brand: Brand;
  snapshot: Snapshot;
  /** By platform, as `createFacts` takes it. */
  maturity: Readonly<Record<string, readonly number[]>>;
}

/** Yesterday's conversions of an account beside those that its clicks mostly bring, and the share of its spend that says so. */
export interface Suspicion {
  side: "high" | "low";
  account: string;
  day: Day;
  conversions: number;
  expected: number;
  percent: number;
}

/**
 * By account key why the account's tracking is suspect, or null where it is not. An account that is absent could
 * not be judged: without yesterday or clicks on it, without the four weeks before the last, or with too few conversions in them.
 *
 * Suspect is an account with as much as 40 % of yesterday's spend flagged to the same side. Looked at are campaigns with 25
 * conversions a day or more, each by itself, and the rest of the account as one: a small campaign's luck says nothing of the
 * pixel.
 *
 * Per part, with w0 = conversions per click of the base (clicks counted as far as their conversions can have arrived) and phi of
 * the base's days: sigma = sqrt(w0 x (1 - w0) x phi / clicks of yesterday), and the moving average w = 0.2 x rate of the day + 0.8
 * x w over the last 7 days, from w0 on. It is flagged when yesterday's rate is at least 30 % off w0, and either |w - w0| > 3 x sigma
 * x sqrt(0.2 / 1.8), which sees what lasts, or |rate - w0| > 3 x sigma, which sees what began yesterday.
 */
export function suspicionsOf({
  brand,
  snapshot,
  maturity,
}: TrackingInput): ReadonlyMap<string, Suspicion | null> {
  const looked = brand.accounts.flatMap(({ platform, accountId }) => {
    const key = accountKey({ platform, accountId });
    const account = snapshot.accounts.find((one) => accountKey(one) === key);
    const curve = maturity[platform];
    if (account === undefined || curve === undefined) return [];
    const reason = suspicionOf(account, key, curve, snapshot.day);
    return reason === undefined ? [] : [[key, reason] as const];
  });
  return new Map(looked);
}

/** Undefined where it cannot be judged. */
function suspicionOf(
  account: AccountSnapshot,
  key: string,
  curve: readonly number[],
  today: Day,
): Suspicion | null | undefined {
  const seriesOf = seriesOfAccount(account, curve, today);
  const whole = seriesOf("account", account.accountId);
  const to = addDays(today, -1);
  if (!covers(whole, addDays(to, 1 - WATCHED_DAYS - BASE_DAYS), to)) return undefined;
  const all = watched(whole, to);
  if (all === null || all.spend <= 0) return undefined;
  const parts = partsOf(account, seriesOf, whole, to);
  const percentOf = (side: "high" | "low"): number => {
    const flagged = parts.filter((part) => sideOf(part) === side);
    return sixDecimals((100 * sum(flagged, ({ spend }) => spend)) / all.spend);
  };
  const side = (["low", "high"] as const).find((one) => percentOf(one) >= SUSPECT_PERCENT);
  if (side === undefined) return null;
  return {
    side,
    account: key,
    day: to,
    conversions: all.conversions,
    expected: sixDecimals(all.baseRate * all.clicks),
    percent: percentOf(side),
  };
}

/** Campaigns that can be seen by themselves, then what the account has besides, removed campaigns included. */
function partsOf(account: AccountSnapshot, seriesOf: SeriesOf, whole: Series, to: Day): Watched[] {
  const campaigns = account.entities
    .filter(({ level }) => level === "campaign")
    .map(({ id }) => seriesOf("campaign", id));
  const alone = campaigns.filter((one) => (watched(one, to)?.basePerDay ?? 0) >= SEEN_ALONE_PER_DAY);
  return [...alone, combine([whole], alone)].flatMap((one) => watched(one, to) ?? []);
}

/** One part of an account; rates are conversions per click, `spend`, `clicks` and `conversions` yesterday's. */
interface Watched {
  spend: number;
  clicks: number;
  conversions: number;
  baseRate: number;
  basePerDay: number;
  phi: number;
  average: number;
}

/** Null where the base has too few days or conversions to say what is usual, yesterday had no click, or a day is not known. */
function watched(series: Series, to: Day): Watched | null {
  const days = countsOf(series, addDays(to, 1 - WATCHED_DAYS - BASE_DAYS), addDays(to, -WATCHED_DAYS));
  const recent = countsOf(series, addDays(to, 1 - WATCHED_DAYS), to);
  const yesterday = recent?.at(-1);
  if (days === null || recent === null || yesterday === undefined || yesterday.spend <= 0) return null;
  const base = days.filter(({ spend }) => spend > 0);
  const conversions = sum(base, ({ conversions }) => conversions);
  const clicks = sum(base, ({ spend }) => spend);
  if (base.length < MIN_STABLE_DAYS || conversions < MIN_STABLE_CONVERSIONS) return null;
  const baseRate = conversions / clicks;
  const average = recent
    .filter(({ spend }) => spend > 0)
    .reduce((before, day) => WEIGHT * (day.conversions / day.spend) + (1 - WEIGHT) * before, baseRate);
  return {
    spend: knownDays(series, "spendMicros", to, to)?.[0] ?? 0,
    clicks: yesterday.spend,
    conversions: yesterday.conversions,
    ...{ baseRate, average, phi: phi(base) },
    basePerDay: conversions / BASE_DAYS,
  };
}

function sideOf({ average, baseRate, clicks, conversions, phi: dispersion }: Watched): "high" | "low" | null {
  const rate = conversions / clicks;
  if (Math.abs(rate - baseRate) * 100 < baseRate * LEAST_PERCENT) return null;
  const limit = LIMIT_SIGMAS * Math.sqrt((baseRate * Math.max(0, 1 - baseRate) * dispersion) / clicks);
  const lasting = limit * Math.sqrt(KEPT_VARIANCE);
  if (rate > baseRate) return rate - baseRate > limit || average - baseRate > lasting ? "high" : null;
  return baseRate - rate > limit || baseRate - average > lasting ? "low" : null;
}

interface ClickCount {
  /** Clicks as far as their conversions can have arrived: what a conversion is held against here, as money is elsewhere. */
  spend: number;
  conversions: number;
}

function countsOf(series: Series, from: Day, to: Day): ClickCount[] | null {
  const conversions = knownDays(series, "conversionMillionths", from, to);
  const clicks = knownDays(series, "settledClickMillionths", from, to);
  if (conversions === null || clicks === null) return null;
  return clicks.map((count, index) => ({
    spend: count / MILLIONTHS,
    conversions: (conversions[index] ?? 0) / MILLIONTHS,
  }));
}

function knownDays(series: Series, column: Column, from: Day, to: Day): number[] | null {
  const days = daysOf(series, column, spanOf(series, from, to));
  const known = days.filter((day) => day !== null);
  return known.length === days.length ? known : null;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
