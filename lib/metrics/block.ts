/**
 * Counters by day of all entities of one level of one account, entity after entity, as prefix sums: any window of any entity is
 * two reads and a subtraction. Every column holds safe integers, which makes sums exact and independent of the order of rows.
 */
import { type Day, dayNumber, daysBetween, eachDay } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import type { AccountSnapshot, CountedOn, Insight, InsightLevel } from "../domain/snapshot.ts";
import { COUNTED, type Column, type CountedColumn, PLAIN_OF, readerOf, SETTLED_FROM } from "./columns.ts";
import { settledOf } from "./exposure.ts";

export interface Counter {
  /** Sum over the days before each index; for each entity one element more than there are days. */
  sums: Float64Array;
  /** In the same places how many of those days are not reported; null where all are. */
  unknown: Int32Array | null;
}

export interface Block {
  coveredFrom: Day;
  coveredTo: Day;
  /** Number of the first covered day, so that no window parses it again. */
  firstNumber: number;
  days: number;
  /** Entities; the first has no row, so its delivery is zero. */
  entities: number;
  /** Null for a column that the source does not report at all. Throws DomainError `metrics.unsafeSum`. */
  counter(column: Column): Counter | null;
  /** In the places of `sums`: 1 where the start of that day lies inside a row of several; null where every row is one day. */
  inside: Uint8Array | null;
  /** By window: what `sumsOver` has made. */
  made: Map<number, WindowSums>;
}

/** Sums of one window for all entities of a block; a column is made when first asked for. */
export interface WindowSums {
  start: number;
  end: number;
  columns: Partial<Record<Column, Float64Array>>;
}

/** Days as indexes of a block, `end` not included. */
export interface Span {
  start: number;
  end: number;
}

/** Whose rows a block holds, by the id that the rows carry. */
export interface LevelBlock {
  block: Block;
  entityOf: ReadonlyMap<string, number>;
}

interface Shape {
  coveredFrom: Day;
  coveredTo: Day;
  days: number;
}

export function newBlock(
  { coveredFrom, coveredTo, days }: Shape,
  entities: number,
  inside: Uint8Array | null,
  make: (column: Column) => Counter | null,
): Block {
  const counters = new Map<Column, Counter | null>();
  const counter = (column: Column): Counter | null => {
    const known = counters.get(column);
    if (known !== undefined) return known;
    const made = make(column);
    counters.set(column, made);
    return made;
  };
  const firstNumber = dayNumber(coveredFrom);
  return { coveredFrom, coveredTo, firstNumber, days, entities, counter, inside, made: new Map() };
}

/** Each span's sum for each entity, an entity's spans side by side, in `out`; NaN where a day of it is not reported. */
export function windowSums(
  { sums, unknown }: Counter,
  days: number,
  entities: number,
  spans: readonly Span[],
  out: Float64Array = new Float64Array(entities * spans.length),
): Float64Array {
  const width = spans.length;
  const starts = Int32Array.from(spans, ({ start }) => start);
  const ends = Int32Array.from(spans, ({ end }) => end);
  for (let entity = 0, at = 0, to = 0; entity < entities; entity++, at += days + 1) {
    for (let span = 0; span < width; span++, to++) {
      out[to] =
        (sums[at + (ends[span] as number)] as number) - (sums[at + (starts[span] as number)] as number);
    }
  }
  if (unknown === null) return out;
  for (let to = 0; to < out.length; to++) {
    const at = Math.floor(to / width) * (days + 1);
    const [start, end] = [starts[to % width] as number, ends[to % width] as number];
    if (unknown[at + end] !== unknown[at + start]) out[to] = Number.NaN;
  }
  return out;
}

/** The sums of one window, made once for all who ask. */
export function sumsOver(block: Block, { start, end }: Span): WindowSums {
  const key = start * (block.days + 1) + end;
  const known = block.made.get(key);
  if (known !== undefined) return known;
  const made: WindowSums = { start, end, columns: {} };
  block.made.set(key, made);
  return made;
}

/** One column of them; all unknown where the source does not report it. */
export function columnSums(block: Block, window: WindowSums, column: Column): Float64Array {
  const known = window.columns[column];
  if (known !== undefined) return known;
  const counter = block.counter(column);
  const made =
    counter === null
      ? new Float64Array(block.entities).fill(Number.NaN)
      : windowSums(counter, block.days, block.entities, [window]);
  window.columns[column] = made;
  return made;
}

/**
 * The account's rows by level. Rows outside the covered days are left out: nothing is known of their neighbours.
 * @throws DomainError `metrics.unsafeSum` when a sum leaves the exact range of numbers.
 */
export function blocksOfAccount(
  account: AccountSnapshot,
  curve: readonly number[],
  today: Day,
): ReadonlyMap<InsightLevel, LevelBlock> {
  const { coveredFrom, coveredTo } = account;
  const dayIndex = new Map(eachDay(coveredFrom, coveredTo).map((day, index) => [day, index]));
  const shape = { coveredFrom, coveredTo, days: dayIndex.size };
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
        const settle = (daily: Float64Array): Float64Array =>
          settledOf(daily, curve, account.countedOn, daysBetween(coveredFrom, today));
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
  const counters = new Map<Column, Counter | null>();
  for (const column of COUNTED) {
    const same = countedOn === "conversion" ? PLAIN_OF[column] : undefined;
    const known = same === undefined ? undefined : counters.get(same);
    counters.set(column, known === undefined ? counterOf(column, placed, days) : known);
  }
  return counters;
}

function counterOf(column: CountedColumn, { rows, places, entityOf }: Placed, days: number): Counter | null {
  const { read, isOptional, isAdditive } = readerOf(column);
  const size = entityOf.size * (days + 1);
  const sums = new Float64Array(size);
  let unknown: Int32Array | null = null;
  let reported = rows.length === 0 && !isOptional;
  const seen = isAdditive ? null : new Uint8Array(size);
  for (let index = 0; index < rows.length; index++) {
    const place = places[index] as number;
    const value = read(rows[index] as Insight);
    if (value !== null) reported = true;
    if (place < 0) continue;
    if (value === null || seen?.[place] === 1) {
      unknown ??= new Int32Array(size);
      unknown[place] = 1;
    } else {
      sums[place] = (sums[place] as number) + value;
    }
    if (seen !== null) seen[place] = 1;
  }
  if (!reported) return null;
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

/** One day of the entity whose figures begin at `at`. */
export function dayOf(sums: Float64Array | Int32Array, at: number, day: number): number {
  return (sums[at + day + 1] as number) - (sums[at + day] as number);
}

/** Turns days, each one place after its own, into sums; @throws DomainError `metrics.unsafeSum`. */
export function accumulate(column: Column, sums: Float64Array, days: number): void {
  for (let at = 0; at < sums.length; at += days + 1) {
    let sum = 0;
    for (let place = at + 1; place <= at + days; place++) {
      const value = sums[place] as number;
      sum += value;
      if (!Number.isSafeInteger(value) || !Number.isSafeInteger(sum)) {
        throw new DomainError(
          "metrics.unsafeSum",
          `${column}: ${sum} is not an integer that numbers hold exactly (2^53)`,
        );
      }
      sums[place] = sum;
    }
  }
}

/** The same for small counts. */
export function runningTotal(counts: Int32Array, days: number): void {
  for (let at = 0; at < counts.length; at += days + 1) {
    for (let place = at + 1; place <= at + days; place++) {
      counts[place] = (counts[place] as number) + (counts[place - 1] as number);
    }
  }
}
