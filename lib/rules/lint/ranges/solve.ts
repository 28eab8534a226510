/**
 * Whether comparisons can hold together: never, with an example of figures for which they do, or unknown. `never` is proven
 * and an example is checked with the operators that decide at night, so neither is ever wrong; what is too hard is unknown.
 */
import type { Unit } from "../../../domain/figure.ts";
import type { KnownFact } from "../../files/context.ts";
import { IS_KNOWN, operatorsById } from "../../judge/operators.ts";
import type { Leaf } from "../../types.ts";
import { isIn, narrowed, type Range, type Ranges } from "./bounds.ts";
import { type AskedFigure, ATOMS, type FigureName, figuresOf, keyOf } from "./figures.ts";
import { byDivision, divisionsOf, lawsOf } from "./laws.ts";
import { linearOf, narrowedByLiteral, rightScalars } from "./numbers.ts";
import { textFor } from "./texts.ts";

export interface ExampleFigure extends FigureName {
  unit: Unit;
  /** Money in micros; null: there must be no data. */
  value: number | string | boolean | null;
}

export type Solution =
  | { kind: "never" }
  | { kind: "unknown" }
  | { kind: "example"; figures: readonly ExampleFigure[] };

/** Values that a reader knows, tried first: a brand's own target makes a better example than any number. */
export type Hints = ReadonlyMap<string, number>;

/** Numbers tried for one example; where none of them fits, there may still be others. */
const MAX_TRIES = 200;

/** Conditions looked at in all tries together, so that the longest rules take no longer than a second. */
const MAX_WORK = 20_000;

/** True when it is proven that they cannot hold together; no example is looked for, which takes longer. */
export function isImpossible(leaves: readonly Leaf[], facts: ReadonlyMap<string, KnownFact>): boolean {
  return solve(leaves, facts, new Map(), 0).kind === "never";
}

export function solve(
  leaves: readonly Leaf[],
  facts: ReadonlyMap<string, KnownFact>,
  hints: Hints = new Map(),
  mostTries = MAX_TRIES,
): Solution {
  const all = figuresOf(leaves, facts);
  const missing = new Set(leaves.filter(wantsNoData).map(keyOf));
  const compared = leaves.filter((leaf) => leaf.operator !== IS_KNOWN);
  const read = new Set([
    ...figuresOf(compared, facts).keys(),
    ...leaves.filter((leaf) => leaf.operator === IS_KNOWN && !wantsNoData(leaf)).map(keyOf),
  ]);
  if ([...missing].some((key) => read.has(key))) return { kind: "never" };
  const known = [...all.values()].filter(({ key }) => read.has(key));
  const texts = new Map<string, string | boolean>();
  for (const figure of known.filter(({ kind }) => kind !== "number")) {
    const own = compared.filter((leaf) => keyOf(leaf) === figure.key);
    const found = textFor(figure, own);
    if (found.kind !== "text") return found;
    texts.set(figure.key, found.value);
  }
  const numbers = known.filter(({ kind }) => kind === "number");
  const found = numbersFor(numbers, compared, hints, mostTries);
  if (found === "never" || found === "unknown") return { kind: found };
  const foundFor = ({ key }: AskedFigure) => {
    const atoms = found.get(key);
    return atoms === undefined ? (texts.get(key) ?? null) : atoms;
  };
  const figures = [...all.values()].map((figure): ExampleFigure => {
    const { fact, params, unit } = figure;
    const value = foundFor(figure);
    const scale = unit === "money" ? 1 : Number(ATOMS);
    return { fact, params, unit, value: typeof value === "bigint" ? Number(value) / scale : value };
  });
  return { kind: "example", figures };
}

function wantsNoData({ operator, right }: Leaf): boolean {
  return operator === IS_KNOWN && right.kind === "literal" && right.value === false;
}

function numbersFor(
  figures: readonly AskedFigure[],
  compared: readonly Leaf[],
  hints: Hints,
  mostTries: number,
): ReadonlyMap<string, bigint> | "never" | "unknown" {
  const byKey = new Map(figures.map((figure) => [figure.key, figure]));
  const leaves = compared.filter((leaf) => byKey.has(keyOf(leaf)));
  const unitOf = (leaf: Leaf) => byKey.get(keyOf(leaf))?.unit ?? "count";
  let start: Ranges = new Map(
    figures.map(({ key, lo, hi }): [string, Range] => [key, { lo, hi, holes: [] }]),
  );
  for (const leaf of leaves) start = narrowedByLiteral(start, leaf);
  const conditions = [...leaves.flatMap((leaf) => linearOf(leaf, unitOf(leaf))), ...lawsOf(byKey)];
  const divisions = divisionsOf(byKey);
  const narrow = (ranges: Ranges) =>
    narrowed(ranges, conditions, (inner) => divisions.reduce<Ranges>(byDivision, inner));
  const first = narrow(start);
  if (first === null) return "never";
  // Right sides first: what others are measured by is best a number that people know.
  const rights = new Set(leaves.flatMap(({ right }) => (right.kind === "fact" ? [keyOf(right)] : [])));
  const order = [...byKey.keys()].toSorted((a, b) => Number(rights.has(b)) - Number(rights.has(a)));
  const most = Math.min(mostTries, MAX_WORK / Math.max(1, conditions.length));
  let tries = 0;
  const search = (ranges: Ranges): ReadonlyMap<string, bigint> | null => {
    const open = order.find((key) => ranges.get(key)?.lo !== ranges.get(key)?.hi);
    if (open === undefined) {
      const values = new Map([...ranges].map(([key, { lo }]) => [key, lo]));
      return leaves.every((leaf) => holdsFor(leaf, unitOf(leaf), values)) ? values : null;
    }
    const range = ranges.get(open);
    for (const value of range === undefined
      ? []
      : candidates(range, hints.get(byKey.get(open)?.fact ?? ""))) {
      tries += 1;
      if (tries > most || range === undefined) return null;
      const next = narrow(new Map([...ranges, [open, { ...range, lo: value, hi: value }]]));
      const found = next === null ? null : search(next);
      if (found !== null) return found;
    }
    return null;
  };
  return search(first) ?? "unknown";
}

/** Whole units before fractions, and something rather than nothing. */
function candidates(range: Range, hint: number | undefined): bigint[] {
  const { lo, hi } = range;
  const whole = -(-lo / ATOMS) * ATOMS;
  const next = whole < lo ? whole + ATOMS : whole;
  const given = hint === undefined ? [] : [BigInt(hint)];
  const tried = [...given, ...(next === 0n ? [100n * ATOMS, ATOMS] : []), next, lo, hi, (lo + hi) / 2n];
  return [...new Set(tried)].filter((value) => isIn(range, value));
}

function holdsFor(leaf: Leaf, unit: Unit, values: ReadonlyMap<string, bigint>): boolean {
  const left = values.get(keyOf(leaf));
  const right = rightScalars(leaf, unit, values);
  return (
    left !== undefined &&
    right !== null &&
    operatorsById.get(leaf.operator)?.holds(left * 1000n, right) === true
  );
}
