/**
 * Counters by day of all entities of one level of one account, entity after entity, as prefix sums: any window of any entity is
 * two reads and a subtraction. Every column holds safe integers, which makes sums exact and independent of the order of rows.
 */
import { type Day, dayNumber } from "../../domain/day.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Column } from "./columns.ts";

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

export interface Shape {
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
    let end = -1;
    let until = 0;
    for (let span = 0; span < width; span++, to++) {
      // Windows of different lengths mostly end on the same day.
      if (end !== ends[span]) {
        end = ends[span] as number;
        until = sums[at + end] as number;
      }
      out[to] = until - (sums[at + (starts[span] as number)] as number);
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
