/** Day-indexed counters of one entity, or of several put together. */
import type { BrandAccount } from "../../domain/brand.ts";
import { type Day, dayNumber } from "../../domain/day.ts";
import type { AccountSnapshot, InsightLevel } from "../../domain/snapshot.ts";
import { accumulate, type Block, type Counter, dayOf, newBlock, runningTotal, type Span } from "./block.ts";
import type { Column } from "./columns.ts";
import { blocksOfAccount } from "./rows.ts";

/** One entity of a block. */
export interface Series {
  block: Block;
  entity: number;
  /** Put together from several, whose people reached may be the same ones. */
  isSum: boolean;
}

/** The series of each entity of an account; one without a row has delivered nothing on any covered day. */
export type SeriesOf = (level: InsightLevel, id: string) => Series;

/**
 * @throws DomainError `metrics.unsafeSum` when a sum leaves the exact range of numbers; so does reading a combined or a settled
 * column.
 */
export function seriesOfAccount(
  account: AccountSnapshot,
  curve: readonly number[],
  today: Day,
  named: BrandAccount | null = null,
): SeriesOf {
  const blocks = blocksOfAccount(account, curve, today, named);
  const { coveredFrom, coveredTo } = account;
  const nothing: Series = { block: emptyBlock(coveredFrom, coveredTo), entity: 0, isSum: false };
  return (level, id) => {
    const found = blocks.get(level);
    if (found === undefined) return nothing;
    const entity = found.entityOf.get(level === "account" ? level : id) ?? 0;
    return { block: found.block, entity, isSum: false };
  };
}

/** Day by day `plus` minus `minus`, over the days that all of them cover. */
export function combine(plus: readonly Series[], minus: readonly Series[] = []): Series {
  const [only] = plus;
  if (only !== undefined && plus.length === 1 && minus.length === 0) return only;
  const all = [...plus, ...minus];
  const coveredFrom = all.reduce((latest, { block }) => later(latest, block.coveredFrom), "0001-01-01");
  const coveredTo = all.reduce((first, { block }) => earlier(first, block.coveredTo), "9999-12-31");
  const days = daysCovered(coveredFrom, coveredTo);
  const places = all.map(({ block, entity }): Place => {
    const at = entity * (block.days + 1);
    return { block, at: at + (dayNumber(coveredFrom) - block.firstNumber) };
  });
  const counter = (column: Column): Counter | null => combinedCounter(column, places, plus.length, days);
  const block = newBlock({ coveredFrom, coveredTo, days }, 1, combinedInside(places, days), counter);
  return { block, entity: 0, isSum: true };
}

/** The part of a series that is common with the others: from `at` on. */
interface Place {
  block: Block;
  at: number;
}

function combinedCounter(
  column: Column,
  places: readonly Place[],
  added: number,
  days: number,
): Counter | null {
  const sums = new Float64Array(days + 1);
  const unknown = new Int32Array(days + 1);
  for (const [index, { block, at }] of places.entries()) {
    const counter = block.counter(column);
    if (counter === null) return null;
    const sign = index < added ? 1 : -1;
    for (let day = 0; day < days; day++) {
      sums[day + 1] = (sums[day + 1] as number) + sign * dayOf(counter.sums, at, day);
      if (counter.unknown !== null && dayOf(counter.unknown, at, day) > 0) unknown[day + 1] = 1;
    }
  }
  accumulate(column, sums, days);
  runningTotal(unknown, days);
  return { sums, unknown: unknown.at(-1) === 0 ? null : unknown };
}

/** A day starts inside a row as soon as it does in one part. */
function combinedInside(places: readonly Place[], days: number): Uint8Array | null {
  const wide = places.filter(({ block }) => block.inside !== null);
  if (wide.length === 0) return null;
  return Uint8Array.from({ length: days + 1 }, (_, day) =>
    wide.some(({ block, at }) => block.inside?.[at + day] === 1) ? 1 : 0,
  );
}

function emptyBlock(coveredFrom: Day, coveredTo: Day): Block {
  const days = daysCovered(coveredFrom, coveredTo);
  const zero: Counter = { sums: new Float64Array(days + 1), unknown: null };
  return newBlock({ coveredFrom, coveredTo, days }, 1, null, () => zero);
}

/** True when every day from `from` to `to` is covered. */
export function covers({ block }: Series, from: Day, to: Day): boolean {
  return from >= block.coveredFrom && to <= block.coveredTo;
}

/** `from` to `to`, both included and covered, as indexes. */
export function spanOf({ block }: Series, from: Day, to: Day): Span {
  return { start: dayNumber(from) - block.firstNumber, end: dayNumber(to) - block.firstNumber + 1 };
}

/** True when no row reaches over an end of the span. */
export function isTiled(series: Series, { start, end }: Span): boolean {
  return !startsInside(series, start) && !startsInside(series, end);
}

/** True when every row of the series is about a single day. */
export function isDaily({ block, entity }: Series): boolean {
  const at = entity * (block.days + 1);
  return block.inside === null || !block.inside.subarray(at, at + block.days + 1).includes(1);
}

/** True when the span is a single day of one entity, or all of it one row. */
export function isOneRow(series: Series, { start, end }: Span): boolean {
  if (series.isSum) return false;
  for (let day = start + 1; day < end; day++) if (!startsInside(series, day)) return false;
  return isTiled(series, { start, end });
}

/** One column day by day, oldest first; null for days that are not reported, or part of a row of several. */
export function daysOf(series: Series, column: Column, { start, end }: Span): (number | null)[] {
  const { block, entity } = series;
  const counter = block.counter(column);
  const at = entity * (block.days + 1);
  const days: (number | null)[] = [];
  for (let day = start; day < end; day++) {
    const isUnknown =
      counter === null ||
      startsInside(series, day) ||
      startsInside(series, day + 1) ||
      (counter.unknown !== null && dayOf(counter.unknown, at, day) > 0);
    days.push(isUnknown ? null : dayOf(counter.sums, at, day));
  }
  return days;
}

function startsInside({ block, entity }: Series, day: number): boolean {
  return block.inside !== null && block.inside[entity * (block.days + 1) + day] === 1;
}

function daysCovered(from: Day, to: Day): number {
  return Math.max(0, dayNumber(to) - dayNumber(from) + 1);
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}
