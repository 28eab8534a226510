/** One comparison over columns: the rows on which it holds for certain. */

import { RuleError } from "../errors.ts";
import type { Leaf } from "../types.ts";
import type { Column } from "./column.ts";
import type { Kernels, Narrow, Range, Rows, Table } from "./column-kernels.ts";
import {
  ABSENT,
  BROKEN,
  codeOfUnit,
  EQUAL,
  isNumberCode,
  LESS,
  MORE,
  type Parts,
  type Row,
  type Test,
  YES,
} from "./compile-parts.ts";
import { scalarsOf } from "./operand.ts";
import { IS_KNOWN, operatorsById } from "./operators.ts";

/** A leaf on one of its days, with the test that decides it row by row. */
export interface ColumnLeaf {
  leaf: Leaf;
  left: number;
  right: number | null;
  test: Test;
}

/** Where all figures of a column are sound and of one unit there is a way over all rows; else each row is tested by itself. */
export function narrowLeaf(day: ColumnLeaf, parts: Parts, kernels: Kernels): Narrow {
  const byRow = narrowByRow(day);
  const short =
    day.leaf.operator === IS_KNOWN
      ? narrowKnown(day, parts, kernels)
      : (narrowLiteral(day, parts, kernels) ?? narrowFact(day, parts, kernels));
  return (table, rows, count) => short?.(table, rows, count) ?? byRow(table, rows, count);
}

/** Null where the columns at hand need the long way. */
type Short = (table: Table, rows: Rows, count: number) => number | null;

function narrowByRow({ left, right, test }: ColumnLeaf): Narrow {
  const slots = right === null ? [left] : [left, right];
  const row: Row = {
    codes: new Uint8Array(Math.max(...slots) + 1),
    atoms: new Float64Array(Math.max(...slots) + 1),
    readings: [],
  };
  return ({ columns }, rows, count) => {
    let kept = 0;
    for (let place = 0; place < count; place++) {
      const at = rows[place] ?? 0;
      for (const slot of slots) {
        const column = columns[slot];
        const reading = column?.readings[at];
        if (column === undefined || reading === undefined)
          throw new RuleError("rules.engine", "a column was not read");
        row.codes[slot] = column.codes[at] ?? BROKEN;
        row.atoms[slot] = column.atoms[at] ?? Number.NaN;
        row.readings[slot] = reading;
      }
      rows[kept] = at;
      if (test(row) === YES) kept += 1;
    }
    return kept;
  };
}

function narrowKnown({ leaf, left }: ColumnLeaf, parts: Parts, kernels: Kernels): Short {
  const wanted = leaf.right.kind === "literal" && leaf.right.value === true;
  const chosen = Uint8Array.from({ length: 256 }, (_, code) => Number(parts.isKnown(code) === wanted));
  return ({ columns }, rows, count) => {
    const codes = columns[left]?.codes;
    return codes === undefined ? null : kernels.among(rows, count, codes, chosen);
  };
}

function narrowLiteral({ leaf, left }: ColumnLeaf, parts: Parts, kernels: Kernels): Short | null {
  const { right } = leaf;
  if (right.kind !== "literal") return null;
  const code = codeOfUnit(right.unit);
  if (!isNumberCode(code)) return narrowWords({ leaf, left }, code, parts, kernels);
  const [low = Number.NaN, high = low] = [right.value]
    .flat()
    .map((one) => (typeof one === "number" ? parts.atomsOf(one, right.unit) : Number.NaN));
  const range = rangeOf(leaf.operator, low, high, parts);
  if (range === null || Number.isNaN(low) || Number.isNaN(high)) return null;
  const narrow = range.isInside ? kernels.inside : kernels.outside;
  return ({ columns }, rows, count) => {
    const column = columns[left];
    if (column?.code === ABSENT) return 0;
    return column?.code === code ? narrow(rows, count, column.atoms, range.low, range.high) : null;
  };
}

/** Texts, flags and labels: each different one is asked about once. */
function narrowWords(
  { leaf, left }: Pick<ColumnLeaf, "leaf" | "left">,
  code: number,
  parts: Parts,
  kernels: Kernels,
): Short | null {
  const operator = operatorsById.get(leaf.operator);
  if (operator === undefined || leaf.right.kind !== "literal") return null;
  const against = scalarsOf(leaf.right);
  const holds = parts.holds(operator);
  const chosenOf = new WeakMap<Column, Uint8Array>();
  return ({ columns }, rows, count) => {
    const column = columns[left];
    if (column?.code === ABSENT) return 0;
    if (column?.code !== code) return null;
    const chosen =
      chosenOf.get(column) ??
      Uint8Array.from(column.words, (word) => Number(word !== null && holds(word, against)));
    chosenOf.set(column, chosen);
    return kernels.among(rows, count, column.atoms, chosen);
  };
}

/** Two figures of one unit, where no product of them can leave what numbers hold exactly. */
function narrowFact({ leaf, left, right }: ColumnLeaf, parts: Parts, kernels: Kernels): Short | null {
  const range = rangeOf(leaf.operator, 0, 0, parts);
  if (leaf.right.kind !== "fact" || right === null || range === null) return null;
  const { of, times, plusMoney, plusOther } = parts.scaleOf(leaf.right.timesPermille, leaf.right.plus);
  const money = codeOfUnit("money");
  return ({ columns }, rows, count) => {
    const [one, other] = [columns[left], columns[right]];
    if (one === undefined || other === undefined) return null;
    if (one.code === ABSENT || other.code === ABSENT) return 0;
    if (one.code !== other.code || !isNumberCode(one.code)) return null;
    const plus = one.code === money ? plusMoney : plusOther;
    if (!parts.isExact(one.magnitude * of + other.magnitude * times + Math.abs(plus))) return null;
    return kernels.apart(rows, count, { left: one.atoms, right: other.atoms, of, times, plus }, range);
  };
}

/** The integers for which an operator holds, or outside of which it does; null for one that does not compare numbers. */
function rangeOf(operator: string, low: number, high: number, parts: Parts): Range | null {
  const inside = parts.ranges[operator];
  if (inside !== undefined) return { low, high, isInside: inside };
  const orders = parts.orders[operator];
  if (orders === undefined) return null;
  if (orders === (LESS | MORE)) return { low, high, isInside: false };
  const atLeast = orders & EQUAL ? low : low + 1;
  const atMost = orders & EQUAL ? high : high - 1;
  return {
    low: orders & LESS ? Number.NEGATIVE_INFINITY : atLeast,
    high: orders & MORE ? Number.POSITIVE_INFINITY : atMost,
    isInside: true,
  };
}
