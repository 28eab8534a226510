/**
 * What compiled rules are put together from: how figures become comparable, how they compare, how answers combine. Tests put a
 * wrong part in the place of a right one and see whether json-rules-engine finds it.
 */
import { type Reading, UNITS, type Unit } from "../../domain/figure.ts";
import { factCatalogue } from "../../metrics/index.ts";
import type { Params } from "../../metrics/port.ts";
import type { Leaf } from "../types.ts";
import { kindOf, kindOfValue } from "./kinds.ts";
import type { Operator } from "./operators.ts";
import { type DayParams, daysOfLeaf } from "./series.ts";

/** Kleene's answers in their order: `all` is the least of its children's, `any` the greatest. */
export const NO = 0;
export const UNKNOWN = 1;
export const YES = 2;
export type Answer = typeof NO | typeof UNKNOWN | typeof YES;

/** A slot without data; one whose figure breaks its own unit. Every other code is that of a unit. */
export const ABSENT = 0;
export const BROKEN = 1;

/** How two numbers stand; an operator is the set of orders in which it holds. */
export const LESS = 1;
export const EQUAL = 2;
export const MORE = 4;

/** The figures of one subject, each fact with its parameters in a slot of its own. */
export interface Row {
  codes: Uint8Array;
  /** Numbers as integers: micros of money, millionths of everything else. */
  atoms: Float64Array;
  readings: Reading[];
}

export type Test = (row: Row) => Answer;

/** `left * of` against `right * times + plus`, all of them integers; an offset that is none is left to exact arithmetic. */
export interface Scale {
  of: number;
  times: number;
  plusMoney: number;
  plusOther: number;
}

export interface Parts {
  slotOf(fact: string, params: Params): string;
  /** Whether it depends on whom the rule looks at, so that no other rule may read the same slot. */
  isRanked(fact: string): boolean;
  /** What is read on each day of a leaf, the newest first. */
  daysOf(leaf: Pick<Leaf, "params" | "right">): readonly DayParams[];
  codeOf(reading: Reading): number;
  /** NaN where the figure is no exact integer. */
  atomsOf(value: number, unit: Unit): number;
  scaleOf(timesPermille: number, plus: number): Scale;
  /** Of what the magnitudes of all products come to: false sends a comparison to integers of any size. */
  isExact(magnitude: number): boolean;
  /** Orders in which an operator on two numbers holds; whatever is not listed compares as `operators.ts` says. */
  orders: Readonly<Record<string, number>>;
  isInside(value: number, low: number, high: number): boolean;
  /** Of operators on a range, whether they hold inside it. */
  ranges: Readonly<Record<string, boolean>>;
  /** Comparisons of texts and flags. */
  holds(operator: Operator): Operator["holds"];
  isKnown(code: number): boolean;
  /** What a comparison with something unknown answers. */
  unknown: Answer;
  all(tests: readonly Test[]): Test;
  any(tests: readonly Test[]): Test;
  /** One comparison on several days. */
  everyDay(tests: readonly Test[]): Test;
}

const CODES = new Map(UNITS.map((unit, index) => [unit, index + 2]));
/** By code; the first two are of no unit. */
const NUMBER_CODES = [false, false, ...UNITS.map((unit) => kindOf(unit) === "number")];

export function codeOfUnit(unit: Unit): number {
  return CODES.get(unit) ?? BROKEN;
}

export function isNumberCode(code: number): boolean {
  return NUMBER_CODES[code] === true;
}

const RANKED = new Set(factCatalogue.flatMap(({ id, ranked }) => (ranked === true ? [id] : [])));

export const PARTS: Parts = {
  slotOf: (fact, params) =>
    JSON.stringify([
      fact,
      ...Object.keys(params)
        .sort()
        .map((name) => [name, params[name]]),
    ]),
  isRanked: (fact) => RANKED.has(fact),
  daysOf: daysOfLeaf,
  codeOf({ value, unit }) {
    if (value === null) return ABSENT;
    const kind = kindOf(unit);
    if (kind === null || kind !== kindOfValue(value)) return BROKEN;
    if (typeof value === "number" && Number.isNaN(PARTS.atomsOf(value, unit))) return BROKEN;
    return codeOfUnit(unit);
  },
  atomsOf(value, unit) {
    const atoms = unit === "money" ? value : Math.round(value * 1e6);
    return Number.isSafeInteger(atoms) ? atoms : Number.NaN;
  },
  // In the smallest integers that keep thousandths: 3 times is 3, not 3000 against 1000, so most comparisons stay exact.
  scaleOf(timesPermille, plus) {
    const common = greatestCommonDivisor(1000, timesPermille);
    const of = 1000 / common;
    return {
      of,
      times: timesPermille / common,
      plusMoney: plus * of,
      plusOther: Math.round(plus * 1e6) * of,
    };
  },
  isExact: (magnitude) => magnitude <= Number.MAX_SAFE_INTEGER,
  orders: {
    lessThan: LESS,
    lessThanInclusive: LESS | EQUAL,
    equal: EQUAL,
    notEqual: LESS | MORE,
    greaterThanInclusive: MORE | EQUAL,
    greaterThan: MORE,
  },
  isInside: (value, low, high) => value >= low && value <= high,
  ranges: { between: true, notBetween: false },
  holds: (operator) => operator.holds,
  isKnown: (code) => code !== ABSENT,
  unknown: UNKNOWN,
  all: (tests) => (row) => {
    let least: Answer = YES;
    for (const test of tests) {
      const answer = test(row);
      if (answer === NO) return NO;
      if (answer < least) least = answer;
    }
    return least;
  },
  any: (tests) => (row) => {
    let greatest: Answer = NO;
    for (const test of tests) {
      const answer = test(row);
      if (answer === YES) return YES;
      if (answer > greatest) greatest = answer;
    }
    return greatest;
  },
  everyDay: (tests) => PARTS.all(tests),
};

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
