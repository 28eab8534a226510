/** Sums of the shop's figures over a window: all of its days or none. */
import { addDays, type Day, dayNumber } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import type { Message } from "../domain/figure.ts";
import type { ShopDay, ShopSnapshot } from "../domain/snapshot.ts";
import { cached } from "./cache.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData } from "./outcome.ts";
import type { Params } from "./port.ts";
import type { WindowDays } from "./windows/window.ts";

type Value = bigint | number | null | undefined;

/** Each figure of a row: micros, or a count. */
const FIGURES = {
  revenue: (day: ShopDay): Value => day.revenueMicros,
  orders: (day: ShopDay): Value => day.orders,
  newCustomers: (day: ShopDay): Value => day.newCustomers,
  newCustomerRevenue: (day: ShopDay): Value => day.newCustomerRevenueMicros,
  sessions: (day: ShopDay): Value => day.sessions,
  productCost: (day: ShopDay): Value => day.productCostMicros,
  fees: (day: ShopDay): Value => day.feesMicros,
  qualifiedLeads: (day: ShopDay): Value => day.qualifiedLeads,
} as const;

export type ShopFigure = keyof typeof FIGURES;

/** What new customers brought of each: a first order is one order. */
const OF_NEW = { revenue: "newCustomerRevenue", orders: "newCustomers" } as const;

const CUSTOMERS_UNCLEAR = noData(metricMessage("noData.customersUnclear", {}));

/**
 * Revenue or orders of the customers that a condition asks for; those of returning ones are the rest beside the new.
 * @throws DomainError `metrics.badParams` for any but all, new and returning ones.
 */
export function soldTo(
  { customers = "all" }: Params,
  of: keyof typeof OF_NEW,
  total: (figure: ShopFigure) => ShopTotal | NoData,
): ShopTotal | NoData {
  if (customers === "all") return total(of);
  if (customers === "new") return total(OF_NEW[of]);
  if (customers !== "returning") {
    throw new DomainError("metrics.badParams", "customers is all, new or returning");
  }
  const all = total(of);
  if (all.kind === "noData") return all;
  const ofNew = total(OF_NEW[of]);
  if (ofNew.kind === "noData") return ofNew;
  const value = all.value - ofNew.value;
  return of === "orders" && value < 0 ? CUSTOMERS_UNCLEAR : { ...all, value };
}

/** `value` is micros for amounts, a count for the others. */
export interface ShopTotal {
  kind: "shop";
  value: number;
  source: string;
}

export interface ShopSource {
  /** @throws DomainError `metrics.unsafeSum` when a row holds what is no exact integer. */
  total(figure: ShopFigure, window: WindowDays): ShopTotal | NoData;
  /** Revenue that the shop puts down to `channel`; no data as soon as it does not on one day. Throws as `total` does. */
  ofSource(channel: string, window: WindowDays): ShopTotal | NoData;
}

export function shopSource(shop: ShopSnapshot | null): ShopSource {
  if (shop === null) {
    const none = noData(metricMessage("noData.noShop", {}));
    return { total: () => none, ofSource: () => none };
  }
  const calendar = calendarOf(shop.days);
  const columns = new Map<string, Column>();
  const over = (name: string, window: WindowDays, asked: Asked): ShopTotal | NoData => {
    const gap = gapIn(calendar, window);
    if (gap !== null) return gap;
    const column = cached(columns, name, () => columnOf(calendar, name, asked.read));
    const total = totalOf(calendar, column, window, asked);
    return typeof total === "number" ? { kind: "shop", value: total, source: shop.source } : total;
  };
  return {
    total: (figure, window) =>
      over(figure, window, {
        figure,
        read: FIGURES[figure],
        lacking: (day) => metricMessage("noData.shopFigureMissing", { figure, day }),
      }),
    ofSource: (channel, window) =>
      over(`revenue from ${channel}`, window, {
        figure: "revenue",
        read: ({ revenueBySource: sources = {} }) => own(sources, channel),
        lacking: (day) => metricMessage("noData.sourceMissing", { channel, day }),
      }),
  };
}

interface Asked {
  figure: ShopFigure;
  read(row: ShopDay): Value;
  /** Why there is no sum when the row that begins on `day` does not say. */
  lacking(day: Day): Message;
}

/** Which days have a row. Places are days since the first row's first; arrays run one further. */
interface Calendar {
  rows: readonly ShopDay[];
  first: number;
  length: number;
  /** How many days before this place are covered by a row. */
  coveredBefore: Int32Array;
  /** 1 where a row covers both this place and the one before it: no window begins or ends here. */
  inside: Uint8Array;
}

/** One figure, each row at the place of its first day. */
interface Column {
  /** Sums of what stands before this place: differences are exact, also where the sums themselves wrap around. */
  sumBefore: BigInt64Array;
  /** How many rows that begin before this place do not say. */
  unknownBefore: Int32Array;
}

function calendarOf(rows: readonly ShopDay[]): Calendar {
  const starts = rows.map(({ day }) => dayNumber(day));
  const ends = rows.map(({ days = 1 }, index) => (starts[index] ?? 0) + days);
  const first = starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const length = rows.length === 0 ? 0 : ends.reduce((most, end) => Math.max(most, end)) - first;
  const covered = new Uint8Array(length);
  const inside = new Uint8Array(length + 1);
  for (const [index, start] of starts.entries()) {
    covered.fill(1, start - first, (ends[index] ?? 0) - first);
    inside.fill(1, start - first + 1, (ends[index] ?? 0) - first);
  }
  const coveredBefore = new Int32Array(length + 1);
  for (let at = 0; at < length; at += 1) {
    coveredBefore[at + 1] = (coveredBefore[at] ?? 0) + (covered[at] ?? 0);
  }
  return { rows, first, length, coveredBefore, inside };
}

function columnOf({ rows, first, length }: Calendar, name: string, read: (day: ShopDay) => Value): Column {
  const sumBefore = new BigInt64Array(length + 1);
  const unknownBefore = new Int32Array(length + 1);
  for (const row of rows) {
    const at = dayNumber(row.day) - first + 1;
    const value = read(row) ?? null;
    if (value === null) unknownBefore[at] = 1;
    else sumBefore[at] = exact(value, name);
  }
  for (let at = 1; at <= length; at += 1) {
    sumBefore[at] = (sumBefore[at] ?? 0n) + (sumBefore[at - 1] ?? 0n);
    unknownBefore[at] = (unknownBefore[at] ?? 0) + (unknownBefore[at - 1] ?? 0);
  }
  return { sumBefore, unknownBefore };
}

function exact(value: bigint | number, name: string): bigint {
  if (Number.isSafeInteger(Number(value))) return BigInt(value);
  const detail = `${name}: ${value} is not an integer that numbers hold exactly (2^53)`;
  throw new DomainError("metrics.unsafeSum", detail);
}

/** Why no rows make up the window; null when they do. */
function gapIn(calendar: Calendar, { from, to }: WindowDays): NoData | null {
  const [start, end] = placesOf(calendar, { from, to });
  const days = dayNumber(to) - dayNumber(from) + 1;
  const missing = days - difference(calendar.coveredBefore, start, end);
  if (missing > 0) {
    const firstMissing = firstDay(calendar, from, days);
    return noData(metricMessage("noData.noShopDays", { missing, firstMissing }));
  }
  const isTiled = calendar.inside[start] === 0 && calendar.inside[end] === 0;
  return isTiled ? null : noData(metricMessage("noData.notTiled", { from, to }));
}

function firstDay(calendar: Calendar, from: Day, days: number): Day {
  const { first, coveredBefore } = calendar;
  const start = dayNumber(from) - first;
  const isCovered = (at: number): boolean => difference(coveredBefore, at, at + 1) === 1;
  const offset = Array.from({ length: days }, (_, index) => index).find((one) => !isCovered(start + one));
  return addDays(from, offset ?? 0);
}

function totalOf(
  calendar: Calendar,
  { sumBefore, unknownBefore }: Column,
  window: WindowDays,
  { figure, lacking }: Asked,
): number | NoData {
  const [start, end] = placesOf(calendar, window);
  if (difference(unknownBefore, start, end) > 0) {
    const at = unknownBefore.findIndex((count) => count > (unknownBefore[start] ?? 0));
    return noData(lacking(addDays(window.from, at - 1 - start)));
  }
  const sum = Number(BigInt.asIntN(64, (sumBefore[end] ?? 0n) - (sumBefore[start] ?? 0n)));
  return Number.isSafeInteger(sum) ? sum : noData(metricMessage("noData.sumTooLarge", { figure }));
}

/** The window's first place and the one after its last, as far as the calendar goes. */
function placesOf({ first, length }: Calendar, { from, to }: WindowDays): [number, number] {
  const place = (day: Day): number => Math.min(length, Math.max(0, dayNumber(day) - first));
  return [place(from), place(addDays(to, 1))];
}

function difference(before: Int32Array, start: number, end: number): number {
  return (before[end] ?? 0) - (before[start] ?? 0);
}

/** A channel may be called like a part of every object. */
function own(sources: Readonly<Record<string, bigint>>, channel: string): bigint | undefined {
  return Object.hasOwn(sources, channel) ? sources[channel] : undefined;
}
