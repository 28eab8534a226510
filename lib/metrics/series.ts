/**
 * Day-indexed counters of one entity as prefix sums, so that any window is two reads and a subtraction. Every column holds
 * safe integers, which makes sums exact and independent of the order of rows.
 */
import { type Day, dayNumber, daysBetween, eachDay } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import { safeMicros } from "../domain/money.ts";
import type { AccountSnapshot, CountedOn, Insight } from "../domain/snapshot.ts";
import { cached } from "./cache.ts";
import { settledOf } from "./exposure.ts";

/** Conversions are attributed in fractions; six decimals of them are kept, as integers. */
export const MILLIONTHS = 1_000_000;

/**
 * `onDay` columns count conversions on their own day whatever the account's plain ones do, 0 where it does not offer them.
 * `settled` columns hold what the plain conversions of each day can be held against; see `exposure.ts`.
 */
const COLUMNS = [
  "spendMicros",
  "conversionValueMicros",
  "impressions",
  "clicks",
  "linkClicks",
  "conversionMillionths",
  "onDayConversionMillionths",
  "onDayValueMicros",
  "settledSpendMicros",
  "settledClickMillionths",
] as const;
export type Column = (typeof COLUMNS)[number];

/** Sums over one window, in the unit each name carries. */
export type Totals = Readonly<Record<Column, number>>;

export interface Series {
  coveredFrom: Day;
  coveredTo: Day;
  /** Number of the first covered day, so that no window parses it again. */
  firstNumber: number;
  /** Column sums over the days before each index; one element more than there are days. */
  prefix: Readonly<Record<Column, Float64Array>>;
}

/** Key of a series within its account; `account` rows belong to the account whatever id they carry. */
export function seriesKey(level: Insight["level"], entityId: string): string {
  return level === "account" ? level : `${level}/${entityId}`;
}

/**
 * The account's series by `seriesKey`. Rows outside the covered days are left out: nothing is known of their neighbours.
 * @throws DomainError `metrics.unsafeSum` when a sum leaves the exact range of numbers.
 */
export function seriesOfAccount(
  account: AccountSnapshot,
  curve: readonly number[],
  today: Day,
): ReadonlyMap<string, Series> {
  const indexOf = new Map(eachDay(account.coveredFrom, account.coveredTo).map((day, index) => [day, index]));
  const daily = new Map<string, Record<Column, Float64Array>>();
  for (const row of account.insights) {
    const index = indexOf.get(row.day);
    if (index !== undefined) {
      const columns = cached(daily, seriesKey(row.level, row.entityId), () => emptyColumns(indexOf.size));
      addRow(columns, index, row, account.countedOn);
    }
  }
  const ageOfFirst = daysBetween(account.coveredFrom, today);
  return new Map(
    [...daily].map(([key, columns]) => {
      settle(columns, (daily) => settledOf(daily, curve, account.countedOn, ageOfFirst));
      return [key, asSeries(account.coveredFrom, account.coveredTo, columns)];
    }),
  );
}

/** The series of an entity without a row: no delivery on any covered day. */
export function zeroSeries(coveredFrom: Day, coveredTo: Day): Series {
  const prefix = emptyColumns(daysCovered(coveredFrom, coveredTo) + 1);
  return { coveredFrom, coveredTo, firstNumber: dayNumber(coveredFrom), prefix };
}

/** Day by day `plus` minus `minus`, over the days that all of them cover. */
export function combine(plus: readonly Series[], minus: readonly Series[] = []): Series {
  const all = [...plus, ...minus];
  const coveredFrom = all.reduce((latest, one) => (one.coveredFrom > latest ? one.coveredFrom : latest), "");
  const coveredTo = all.reduce(
    (earliest, one) => (one.coveredTo < earliest ? one.coveredTo : earliest),
    "9999-12-31",
  );
  const columns = emptyColumns(daysCovered(coveredFrom, coveredTo));
  for (const one of plus) addSeries(columns, one, coveredFrom, 1);
  for (const one of minus) addSeries(columns, one, coveredFrom, -1);
  return asSeries(coveredFrom, coveredTo, columns);
}

/** True when every day from `from` to `to` is covered. */
export function covers(series: Series, from: Day, to: Day): boolean {
  return from >= series.coveredFrom && to <= series.coveredTo;
}

/** Sums over `from`..`to`, both included and covered. */
export function totalsOf(series: Series, from: Day, to: Day): Totals {
  const start = dayNumber(from) - series.firstNumber;
  const end = dayNumber(to) - series.firstNumber + 1;
  return mapColumns((column) => between(series.prefix[column], start, end));
}

/** One column day by day over `from`..`to`, oldest first; both ends are covered. */
export function daysOf(series: Series, column: Column, from: Day, to: Day): number[] {
  const start = dayNumber(from) - series.firstNumber;
  const length = dayNumber(to) - series.firstNumber + 1 - start;
  return Array.from({ length }, (_, offset) =>
    between(series.prefix[column], start + offset, start + offset + 1),
  );
}

function addRow(
  columns: Record<Column, Float64Array>,
  index: number,
  row: Insight,
  countedOn: CountedOn,
): void {
  add(columns.spendMicros, index, safeMicros(row.spendMicros));
  add(columns.conversionValueMicros, index, safeMicros(row.conversionValueMicros));
  add(columns.impressions, index, row.impressions);
  add(columns.clicks, index, row.clicks);
  add(columns.linkClicks, index, row.linkClicks);
  add(columns.conversionMillionths, index, Math.round(row.conversions * MILLIONTHS));
  const onDay = countedOn === "conversion" ? row : row.onConversionDay;
  if (onDay === undefined) return;
  add(columns.onDayConversionMillionths, index, Math.round(onDay.conversions * MILLIONTHS));
  add(columns.onDayValueMicros, index, safeMicros(onDay.conversionValueMicros));
}

function settle(columns: Record<Column, Float64Array>, settled: (daily: Float64Array) => Float64Array): void {
  columns.settledSpendMicros.set(settled(columns.spendMicros).map(Math.round));
  const clickMillionths = columns.clicks.map((clicks) => clicks * MILLIONTHS);
  columns.settledClickMillionths.set(settled(clickMillionths).map(Math.round));
}

function addSeries(columns: Record<Column, Float64Array>, series: Series, from: Day, sign: 1 | -1): void {
  const offset = dayNumber(from) - series.firstNumber;
  for (const column of COLUMNS) {
    columns[column].forEach((_, index, sums) => {
      add(sums, index, sign * between(series.prefix[column], offset + index, offset + index + 1));
    });
  }
}

function asSeries(coveredFrom: Day, coveredTo: Day, daily: Record<Column, Float64Array>): Series {
  const prefix = mapColumns((column) => prefixSums(column, daily[column]));
  return { coveredFrom, coveredTo, firstNumber: dayNumber(coveredFrom), prefix };
}

function prefixSums(column: Column, daily: Float64Array): Float64Array {
  const prefix = new Float64Array(daily.length + 1);
  daily.forEach((value, index) => {
    const sum = (prefix[index] ?? 0) + value;
    if (!Number.isSafeInteger(value) || !Number.isSafeInteger(sum)) {
      throw new DomainError(
        "metrics.unsafeSum",
        `${column}: ${sum} is not an integer that numbers hold exactly (2^53)`,
      );
    }
    prefix[index + 1] = sum;
  });
  return prefix;
}

function daysCovered(from: Day, to: Day): number {
  return Math.max(0, dayNumber(to) - dayNumber(from) + 1);
}

function emptyColumns(length: number): Record<Column, Float64Array> {
  return mapColumns(() => new Float64Array(length));
}

function mapColumns<T>(make: (column: Column) => T): Record<Column, T> {
  return Object.fromEntries(COLUMNS.map((column) => [column, make(column)])) as Record<Column, T>;
}

function add(column: Float64Array, index: number, value: number): void {
  column[index] = (column[index] ?? 0) + value;
}

function between(prefix: Float64Array, start: number, end: number): number {
  return (prefix[end] ?? 0) - (prefix[start] ?? 0);
}
