/** A small table in memory: days of the shop, other spend, events. One row per key, whoever tells it. */
import { type Complaints, type Place, placeText } from "./complaints.ts";

interface Kept<Row> {
  row: Row;
  at: Place;
  /** 0 for what the dataset has already. */
  source: number;
}

export interface Book<Row> {
  /** `sum`: rows of one key and source are added up, by `plus`. */
  add(row: Row, at: Place, source: number, rows: "once" | "sum"): void;
  /** What the dataset has already; rows of the files take its place. */
  keep(row: Row, at: Place): void;
  isEmpty(): boolean;
  /** True where a file told a row. */
  isNew(): boolean;
  replaced(): number;
  /** By key. */
  rows(): Row[];
  placeOf(row: Row): Place | null;
}

export function createBook<Row>(
  keyOf: (row: Row) => string,
  nameOf: (row: Row) => string,
  complaints: Complaints,
  plus: ((one: Row, other: Row) => Row) | null = null,
): Book<Row> {
  const kept = new Map<string, Kept<Row>>();
  let replaced = 0;
  let fresh = false;
  return {
    add(row, at, source, rows) {
      fresh = true;
      const before = kept.get(keyOf(row));
      if (before === undefined || before.source === 0) {
        replaced += before === undefined ? 0 : 1;
        kept.set(keyOf(row), { row, at, source });
      } else if (rows === "sum" && plus !== null && before.source === source) {
        kept.set(keyOf(row), { ...before, row: plus(before.row, row) });
      } else {
        complaints.add(at, {
          code: "import.duplicateRow",
          path: "",
          found: `a second row for ${nameOf(row)}`,
          allowed: `one row each; the first stands in ${placeText(before.at)}`,
          fix: "remove one of the two, or import files that share no days",
        });
      }
    },
    keep(row, at) {
      kept.set(keyOf(row), { row, at, source: 0 });
    },
    isEmpty: () => kept.size === 0,
    isNew: () => fresh,
    replaced: () => replaced,
    rows: () => [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { row }]) => row),
    placeOf: (row) => kept.get(keyOf(row))?.at ?? null,
  };
}
