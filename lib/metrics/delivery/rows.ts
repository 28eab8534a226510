/** From an account's rows to blocks: each row is read once, in the order in which it came. */

import type { BrandAccount } from "../../domain/brand.ts";
import { type Day, daysBetween, eachDay } from "../../domain/day.ts";
import type { AccountSnapshot, CountedOn, Insight, InsightLevel } from "../../domain/snapshot.ts";
import { placeOf } from "../claims.ts";
import { accumulate, type Block, type Counter, dayOf, newBlock, runningTotal, type Shape } from "./block.ts";
import {
  COUNTED,
  type Column,
  type ColumnReader,
  type CountedColumn,
  claimIn,
  claimReaderOf,
  PLAIN_OF,
  readerOf,
  SETTLED_FROM,
} from "./columns.ts";
import { settledOf } from "./exposure.ts";

/** Whose rows a block holds, by the id that the rows carry. */
export interface LevelBlock {
  block: Block;
  entityOf: ReadonlyMap<string, number>;
}

/**
 * The account's rows by level. Rows outside the covered days are left out: nothing is known of their neighbours. `named` says
 * what the conversions that a condition may name are called here; without it there are none.
 * @throws DomainError `metrics.unsafeSum` when a sum leaves the exact range of numbers.
 */
export function blocksOfAccount(
  account: AccountSnapshot,
  curve: readonly number[],
  today: Day,
  named: BrandAccount | null = null,
): ReadonlyMap<InsightLevel, LevelBlock> {
  const { coveredFrom, coveredTo } = account;
  const dayIndex = new Map(eachDay(coveredFrom, coveredTo).map((day, index) => [day, index]));
  const shape = { coveredFrom, coveredTo, days: dayIndex.size };
  const ageOfFirst = daysBetween(coveredFrom, today);
  const byLevel = Map.groupBy(account.insights, ({ level }) => level);
  const levels = new Set([...account.levels, ...byLevel.keys()]);
  return new Map(
    [...levels].map((level) => {
      const placed = placeRows(byLevel.get(level) ?? [], level, shape, dayIndex);
      const { inside, entityOf } = placed;
      const counted = countersOf(placed, shape.days, account.countedOn);
      const entities = entityOf.size;
      const block: Block = newBlock(shape, entities, inside, (column) => {
        const known = counted.get(column);
        if (known !== undefined) return known;
        if (claimIn(column) !== null) return claimCounter(column, block, placed, account, named);
        const settle = (daily: Float64Array): Float64Array =>
          settledOf(daily, curve, account.countedOn, ageOfFirst);
        return settledCounter(column, block, settle);
      });
      return [level, { block, entityOf }];
    }),
  );
}

interface Placed {
  rows: readonly Insight[];
  /** Where in a column each row's figures go; -1 for rows that are not wholly covered. */
  places: Int32Array;
  entityOf: ReadonlyMap<string, number>;
  inside: Uint8Array | null;
}

/** The entity that no row is about. */
const NOBODY = "";

function placeRows(
  rows: readonly Insight[],
  level: InsightLevel,
  { coveredFrom, days }: Shape,
  dayIndex: ReadonlyMap<Day, number>,
): Placed {
  const entityOf = new Map([[NOBODY, 0]]);
  const places = new Int32Array(rows.length);
  const wide: { at: number; first: number; end: number }[] = [];
  let [lastId, entity] = [NOBODY, 0];
  rows.forEach((row, index) => {
    // `account` rows belong to the account whatever id they carry.
    const id = level === "account" ? level : row.entityId;
    if (id !== lastId) {
      lastId = id;
      entity = entityOf.get(id) ?? entityOf.size;
      if (entity === entityOf.size) entityOf.set(id, entity);
    }
    const at = entity * (days + 1);
    if (row.days === undefined) {
      const day = dayIndex.get(row.day);
      places[index] = day === undefined ? -1 : at + day + 1;
      return;
    }
    const first = daysBetween(coveredFrom, row.day);
    const end = first + row.days;
    places[index] = first >= 0 && end <= days ? at + first + 1 : -1;
    wide.push({ at, first, end });
  });
  const inside = wide.length === 0 ? null : new Uint8Array(entityOf.size * (days + 1));
  for (const { at, first, end } of wide) {
    inside?.fill(1, at + Math.max(0, first + 1), at + Math.max(0, Math.min(days + 1, end)));
  }
  return { rows, places, entityOf, inside };
}

/** Where conversions are counted on their own day anyhow, both columns are one. */
function countersOf(placed: Placed, days: number, countedOn: CountedOn): ReadonlyMap<Column, Counter | null> {
  const isSame = (column: Column): boolean => countedOn === "conversion" && PLAIN_OF[column] !== undefined;
  const made = COUNTED.filter((column) => !isSame(column)).map((column) => newTally(column, placed, days));
  // Row by row, as they lie in memory: column by column each of them would be fetched many times.
  for (let index = 0; index < placed.rows.length; index++) {
    const row = placed.rows[index] as Insight;
    const place = placed.places[index] as number;
    for (const tally of made) count(tally, row, place);
  }
  const counters = new Map(made.map((tally) => [tally.column, counterOf(tally, days)]));
  for (const column of COUNTED.filter(isSame)) {
    counters.set(column, counters.get(PLAIN_OF[column] ?? column) ?? null);
  }
  return counters;
}

/** Made when first asked for: most rules name no conversion. */
function claimCounter(
  column: Column,
  { counter, days }: Block,
  placed: Placed,
  account: AccountSnapshot,
  named: BrandAccount | null,
): Counter | null {
  const claim = claimIn(column);
  const place = claim === null || named === null ? null : placeOf(named, account, claim.params);
  if (claim === null || place === null) return null;
  if (place.kind === "plain") return counter(claim.plain);
  if (place.kind === "leads") {
    return claim.plain === "conversionMillionths" ? counter("leadMillionths") : null;
  }
  const tally = tallyOf(column, claimReaderOf(claim.plain, place.key), placed, days);
  for (const [index, row] of placed.rows.entries()) count(tally, row, placed.places[index] as number);
  return counterOf(tally, days);
}

/** One column while its rows are counted; sums and unknowns are of each day alone until then. */
interface Tally {
  column: Column;
  read(row: Insight): number | null;
  sums: Float64Array;
  unknown: Int32Array | null;
  /** Places that have a row, for what must not be added to; null for all else. */
  seen: Uint8Array | null;
  isReported: boolean;
}

function newTally(column: CountedColumn, placed: Placed, days: number): Tally {
  return tallyOf(column, readerOf(column), placed, days);
}

function tallyOf(
  column: Column,
  { read, isOptional, isAdditive }: ColumnReader,
  { rows, entityOf }: Placed,
  days: number,
): Tally {
  const size = entityOf.size * (days + 1);
  const isReported = rows.length === 0 && !isOptional;
  const seen = isAdditive ? null : new Uint8Array(size);
  return { column, read, sums: new Float64Array(size), unknown: null, seen, isReported };
}

function count(tally: Tally, row: Insight, place: number): void {
  const value = tally.read(row);
  if (value !== null) tally.isReported = true;
  if (place < 0) return;
  const { sums, seen } = tally;
  if (value === null || seen?.[place] === 1) {
    tally.unknown ??= new Int32Array(sums.length);
    tally.unknown[place] = 1;
  } else {
    sums[place] = (sums[place] as number) + value;
  }
  if (seen !== null) seen[place] = 1;
}

function counterOf({ column, sums, unknown, isReported }: Tally, days: number): Counter | null {
  if (!isReported) return null;
  accumulate(column, sums, days);
  if (unknown !== null) runningTotal(unknown, days);
  return { sums, unknown };
}

/** What can be held against the conversions that are there; unknown for an entity as soon as one of its days is. */
function settledCounter(
  column: Column,
  { counter, days, entities }: Block,
  settle: (daily: Float64Array) => Float64Array,
): Counter | null {
  const from = SETTLED_FROM[column];
  const plain = from === undefined ? null : counter(from.column);
  if (from === undefined || plain === null) return null;
  const sums = new Float64Array(plain.sums.length);
  const unknown = plain.unknown === null ? null : new Int32Array(plain.sums.length);
  const daily = new Float64Array(days);
  for (let entity = 0, at = 0; entity < entities; entity++, at += days + 1) {
    for (let day = 0; day < days; day++) daily[day] = dayOf(plain.sums, at, day) * from.times;
    const settled = settle(daily);
    for (let day = 0; day < days; day++) sums[at + day + 1] = Math.round(settled[day] as number);
    if (unknown !== null && (plain.unknown?.[at + days] ?? 0) > 0) unknown.fill(1, at + 1, at + days + 1);
  }
  accumulate(column, sums, days);
  if (unknown !== null) runningTotal(unknown, days);
  return { sums, unknown };
}
