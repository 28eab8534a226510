/** Bugs that rules over columns could have, each as the kernel that would be wrong. The fuzz must find every one. */
import { KERNELS, type Kernels, type Narrow } from "../../lib/rules/judge/column-kernels.ts";

interface ColumnBug {
  name: string;
  kernels: Kernels;
}

/** The children, then whatever else they leave. */
const within =
  (wrong: (children: readonly Narrow[]) => readonly Narrow[], kind: "all" | "any") =>
  (children: readonly Narrow[]) =>
    KERNELS[kind](wrong(children));

const BUGS: Readonly<Record<string, Partial<Kernels>>> = {
  "a range leaves out its lower end": {
    inside: (rows, count, values, low, high) => KERNELS.inside(rows, count, values, low + 1, high),
  },
  "a range leaves out its upper end": {
    inside: (rows, count, values, low, high) => KERNELS.inside(rows, count, values, low, high - 1),
  },
  "what is outside counts an end": {
    outside: (rows, count, values, low, high) => KERNELS.outside(rows, count, values, low + 1, high),
  },
  "what is unknown is zero": {
    inside: (rows, count, values, low, high) =>
      KERNELS.inside(
        rows,
        count,
        values.map((value) => (Number.isNaN(value) ? 0 : value)),
        low,
        high,
      ),
  },
  "what is unknown is outside": {
    outside: (rows, count, values, low, high) =>
      KERNELS.outside(
        rows,
        count,
        values.map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)),
        low,
        high,
      ),
  },
  "the last row is never looked at": {
    inside: (rows, count, ...rest) => KERNELS.inside(rows, count - 1, ...rest),
  },
  "a factor is not applied": {
    apart: (rows, count, sides, range) => KERNELS.apart(rows, count, { ...sides, of: 1, times: 1 }, range),
  },
  "an offset is forgotten": {
    apart: (rows, count, sides, range) => KERNELS.apart(rows, count, { ...sides, plus: 0 }, range),
  },
  "both sides are swapped": {
    apart: (rows, count, sides, range) =>
      KERNELS.apart(rows, count, { ...sides, left: sides.right, right: sides.left }, range),
  },
  "not equal is equal": {
    apart: (rows, count, sides, range) => KERNELS.apart(rows, count, sides, { ...range, isInside: true }),
  },
  "no word is a word": {
    among: (rows, count, places, chosen) => KERNELS.among(rows, count, places, chosen.with(0, 1)),
  },
  "all leaves out its last condition": {
    all: within((all) => (all.length > 1 ? all.slice(0, -1) : all), "all"),
  },
  "any leaves out its last condition": {
    any: within((all) => (all.length > 1 ? all.slice(0, -1) : all), "any"),
  },
  "any is all": { any: KERNELS.all },
  "any looks at rows that are gone": {
    any: (children) => (table, rows, count) =>
      KERNELS.any(children)(table, rows, Math.min(count + 1, rows.length)),
  },
  "any leaves its marks": {
    any: (children) => (table, rows, count) => {
      const kept = KERNELS.any(children)(table, rows, count);
      for (const row of rows.subarray(0, kept)) table.marks[row] = 1;
      return kept;
    },
  },
};

export const columnBugs: readonly ColumnBug[] = Object.entries(BUGS).map(([name, wrong]) => ({
  name,
  kernels: { ...KERNELS, ...wrong },
}));
