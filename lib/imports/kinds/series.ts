/** A brand's series, one point per day or week: its revenue, and what each channel spent and delivered. */
import { addDays, type Day, daysBetween } from "../../domain/day.ts";
import type { AccountRef } from "../../domain/ids.ts";
import type { Complain, RowSink } from "../kind.ts";
import { type Exact, exactMicros, exactWhole, isWhole } from "./exact.ts";

/** One campaign of one account. */
export interface Channel extends AccountRef {
  campaignId: string;
}

/** Null where the file does not say. */
export interface Delivered {
  spend: Exact;
  impressions: Exact | null;
  clicks: Exact | null;
}

export interface Point {
  day: Day;
  revenue: Exact | null;
  orders: number | null;
  newCustomers: number | null;
  newCustomerRevenue: Exact | null;
  /** In the order of the channels; null where the file has nothing of one, which is no delivery. */
  delivered: readonly (Delivered | null)[];
  events: readonly string[];
  /** Names the row of the point. */
  complain: Complain;
}

/** What the file and the person say of the accounts. */
export interface SeriesAccounts {
  currency: string | null;
  zone: string | null;
}

const STEPS = [1, 7];
const NONE: Delivered = { spend: 0n, impressions: 0n, clicks: 0n };

/** Hands the points over as rows of a dataset; a gap between them, or a step that is none, is complained of at `dayColumn`. */
export function emitSeries(
  found: Iterable<Point>,
  channels: readonly Channel[],
  accounts: SeriesAccounts,
  { sink, dayColumn }: { sink: RowSink; dayColumn: number | null },
): void {
  const points = [...found].sort((one, other) => (one.day < other.day ? -1 : 1));
  const days = stepOf(points, dayColumn);
  if (days === null) return;
  const span = days > 1 ? { days } : {};
  const used = channels.map((_, index) =>
    points.some(({ delivered }) => (delivered[index] ?? null) !== null),
  );
  for (const [index, { platform, accountId, campaignId }] of channels.entries()) {
    if (!used[index]) continue;
    const { currency, zone } = accounts;
    sink.account({
      ...{ platform, accountId },
      ...(currency !== null && { currency }),
      ...(zone !== null && { zone }),
    });
    sink.entity({ platform, accountId, level: "campaign", id: campaignId, name: campaignId });
  }
  for (const point of points) {
    emitShop(point, span, sink);
    for (const name of point.events) {
      sink.event({ name, from: point.day, to: addDays(point.day, days - 1), kind: null });
    }
    for (const [index, channel] of channels.entries()) {
      if (used[index]) emitChannel(point, span, channel, point.delivered[index] ?? NONE, sink);
    }
  }
}

function emitShop(point: Point, span: { days?: number }, sink: RowSink): void {
  const { day, orders, newCustomers, revenue, newCustomerRevenue } = point;
  if (revenue === null) return;
  sink.revenue({
    ...{ day, ...span, revenueMicros: exactMicros(revenue), orders, newCustomers, sessions: null },
    ...(newCustomerRevenue !== null && { newCustomerRevenueMicros: exactMicros(newCustomerRevenue) }),
  });
}

function emitChannel(
  { day }: Point,
  span: { days?: number },
  { platform, accountId, campaignId }: Channel,
  { spend, impressions, clicks }: Delivered,
  sink: RowSink,
): void {
  sink.insight({
    ...{ platform, accountId, level: "campaign", entityId: campaignId, day, ...span },
    ...{ spendMicros: exactMicros(spend), conversions: null, conversionValueMicros: null },
    ...{ impressions: countOf(impressions, sink), clicks: countOf(clicks, sink) },
  });
}

/** Models spread their series over weeks and places, and so count in fractions. */
function countOf(counter: Exact | null, sink: RowSink): number | null {
  if (counter === null) return null;
  if (!isWhole(counter)) sink.note("fractions of impressions and clicks are rounded");
  return exactWhole(counter);
}

/** Days from each point to the next, the same for all; null when they differ, which is complained of. */
function stepOf(points: readonly Point[], dayColumn: number | null): number | null {
  const [first, second] = points;
  const step = first === undefined || second === undefined ? 0 : daysBetween(first.day, second.day);
  if (first === undefined) return null;
  if (!STEPS.includes(step)) {
    (second ?? first).complain(dayColumn, {
      allowed: `a row per day or per week: the next after ${first.day} on ${addDays(first.day, 1)} or ${addDays(first.day, 7)}`,
      fix: "bring the series into one row per day or per week, at least two of them",
      code: "import.seriesStep",
    });
    return null;
  }
  const gap = points.findIndex((point, index) => {
    const before = points[index - 1];
    return before !== undefined && daysBetween(before.day, point.day) !== step;
  });
  if (gap < 0) return step;
  const before = points[gap - 1]?.day ?? first.day;
  points[gap]?.complain(dayColumn, {
    allowed: `${addDays(before, step)}: the row after ${before} in a series of every ${step === 1 ? "day" : "7 days"}`,
    fix: "add the rows that are missing, or take out those that are too many",
    code: "import.seriesGap",
  });
  return null;
}

/** Adds figures of the same time and different places; unknown when one of them is. */
export function plus(one: Exact | null, other: Exact | null): Exact | null {
  return one === null || other === null ? null : one + other;
}
