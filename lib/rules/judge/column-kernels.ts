/**
 * What narrows many rows at once: each of these keeps the rows that a condition holds on, in their order and in place, and says
 * how many there are. Unknown is NaN among numbers and the first of the words: no comparison holds on it.
 */

import type { Column } from "./column.ts";

/** Rows that are narrowed together: few enough for what they touch to stay near the processor. */
export const BLOCK = 2_048;

/** Rows of a table, the first `count` of them. */
export type Rows = Int32Array;

/** The columns that rules read, by slot. */
export interface Table {
  columns: readonly (Column | undefined)[];
  /** A mark for each row, all of them 0 between two conditions. */
  marks: Uint8Array;
}

/** Keeps the rows that a condition holds on and says how many. @throws RuleError `rules.badReading` like `decide`. */
export type Narrow = (table: Table, rows: Rows, count: number) => number;

export interface Kernels {
  /** Numbers from `low` to `high`, both included. */
  inside(rows: Rows, count: number, values: Float64Array, low: number, high: number): number;
  /** Numbers under `low` or over `high`. */
  outside(rows: Rows, count: number, values: Float64Array, low: number, high: number): number;
  /** The difference of two multiples from `low` to `high`; under or over them where `isInside` is false. */
  apart(rows: Rows, count: number, sides: Sides, within: Range): number;
  /** What stands at a place of `chosen` that is 1. */
  among(rows: Rows, count: number, places: Uint8Array | Float64Array, chosen: Uint8Array): number;
  all(children: readonly Narrow[]): Narrow;
  any(children: readonly Narrow[]): Narrow;
}

/** `left * of` less `right * times + plus`, all of them integers. */
export interface Sides {
  left: Float64Array;
  right: Float64Array;
  of: number;
  times: number;
  plus: number;
}

export interface Range {
  low: number;
  high: number;
  isInside: boolean;
}

export const KERNELS: Kernels = {
  inside(rows, count, values, low, high) {
    let kept = 0;
    for (let place = 0; place < count; place++) {
      const row = rows[place] ?? 0;
      const value = values[row] ?? Number.NaN;
      rows[kept] = row;
      if (value >= low && value <= high) kept += 1;
    }
    return kept;
  },
  outside(rows, count, values, low, high) {
    let kept = 0;
    for (let place = 0; place < count; place++) {
      const row = rows[place] ?? 0;
      const value = values[row] ?? Number.NaN;
      rows[kept] = row;
      if (value < low || value > high) kept += 1;
    }
    return kept;
  },
  apart(rows, count, { left, right, of, times, plus }, { low, high, isInside }) {
    let kept = 0;
    for (let place = 0; place < count; place++) {
      const row = rows[place] ?? 0;
      const distance = (left[row] ?? Number.NaN) * of - ((right[row] ?? Number.NaN) * times + plus);
      rows[kept] = row;
      if (isInside ? distance >= low && distance <= high : distance < low || distance > high) kept += 1;
    }
    return kept;
  },
  among(rows, count, places, chosen) {
    let kept = 0;
    for (let place = 0; place < count; place++) {
      const row = rows[place] ?? 0;
      rows[kept] = row;
      kept += chosen[places[row] ?? 0] ?? 0;
    }
    return kept;
  },
  all: narrowAll,
  any: narrowAny,
};

function narrowAll(children: readonly Narrow[]): Narrow {
  const [only] = children;
  if (children.length === 1 && only !== undefined) return only;
  return (table, rows, count) => {
    let kept = count;
    for (const child of children) {
      if (kept === 0) return 0;
      kept = child(table, rows, kept);
    }
    return kept;
  };
}

/** Each child looks at what none before it held on; what any of them held on is marked meanwhile. */
function narrowAny(children: readonly Narrow[]): Narrow {
  const rest = new Int32Array(BLOCK);
  const held = new Int32Array(BLOCK);
  return (table, rows, count) => {
    const { marks } = table;
    let open = copied(rows, rest, count);
    for (const child of children) {
      copied(rest, held, open);
      mark(marks, held, child(table, held, open), 1);
      open = keepMarked(marks, rest, open, 0);
    }
    const kept = keepMarked(marks, rows, count, 1);
    mark(marks, rows, kept, 0);
    return kept;
  };
}

function copied(from: Rows, to: Rows, count: number): number {
  for (let place = 0; place < count; place++) to[place] = from[place] ?? 0;
  return count;
}

function mark(marks: Uint8Array, rows: Rows, count: number, as: 0 | 1): void {
  for (let place = 0; place < count; place++) marks[rows[place] ?? 0] = as;
}

function keepMarked(marks: Uint8Array, rows: Rows, count: number, as: 0 | 1): number {
  let kept = 0;
  for (let place = 0; place < count; place++) {
    const row = rows[place] ?? 0;
    rows[kept] = row;
    if (marks[row] === as) kept += 1;
  }
  return kept;
}
