/** Bugs that a compiler of rules could have, each as the part that would be wrong. The fuzz must find every one. */
import type { Params } from "../../lib/metrics/port.ts";
import { slidWindow } from "../../lib/metrics/windows/window.ts";
import {
  ABSENT,
  EQUAL,
  LESS,
  MORE,
  NO,
  PARTS,
  type Parts,
  UNKNOWN,
  YES,
} from "../../lib/rules/judge/compile-parts.ts";

interface CompilerBug {
  name: string;
  parts: Parts;
}

const orders = (wrong: Readonly<Record<string, number>>): Partial<Parts> => ({
  orders: { ...PARTS.orders, ...wrong },
});

const BUGS: Readonly<Record<string, Partial<Parts>>> = {
  "at least leaves out the threshold": orders({ greaterThanInclusive: MORE }),
  "at most leaves out the threshold": orders({ lessThanInclusive: LESS }),
  "over counts the threshold": orders({ greaterThan: MORE | EQUAL }),
  "under counts the threshold": orders({ lessThan: LESS | EQUAL }),
  "under and over are swapped": orders({ lessThan: MORE, greaterThan: LESS }),
  "equal holds for more": orders({ equal: EQUAL | MORE }),
  "not equal holds for more alone": orders({ notEqual: MORE }),
  "a range leaves out its lower end": { isInside: (value, low, high) => value > low && value <= high },
  "a range leaves out its upper end": { isInside: (value, low, high) => value >= low && value < high },
  "a range has no upper end": { isInside: (value, low) => value >= low },
  "outside a range is inside": { ranges: { between: true, notBetween: true } },
  "minus zero is under zero": {
    atomsOf: (value, unit) => (Object.is(value, -0) ? -1 : PARTS.atomsOf(value, unit)),
  },
  "all is any": { all: PARTS.any },
  "any is all": { any: PARTS.all },
  "all looks at its first condition alone": { all: ([first]) => first ?? (() => YES) },
  "any leaves out its last condition": {
    any: (tests) => PARTS.any(tests.length > 1 ? tests.slice(0, -1) : tests),
  },
  "all stops at what is unknown": {
    all: (tests) => (row) => tests.map((test) => test(row)).find((answer) => answer !== YES) ?? YES,
  },
  "any stops at what is unknown": {
    any: (tests) => (row) => tests.map((test) => test(row)).find((answer) => answer !== NO) ?? NO,
  },
  "all takes unknown for met": {
    all: (tests) => (row) => (tests.some((test) => test(row) === NO) ? NO : YES),
  },
  "any forgets what is unknown": {
    any: (tests) => (row) => (tests.some((test) => test(row) === YES) ? YES : NO),
  },
  "a comparison with something unknown is not met": { unknown: NO },
  "a missing threshold is met": { unknown: YES },
  "isKnown is true of everything": { isKnown: () => true },
  "isKnown is turned round": { isKnown: (code) => code === ABSENT },
  "what breaks its unit is unknown": {
    isKnown: (code) => code > UNKNOWN,
  },
  "a factor is not applied": { scaleOf: (_, plus) => PARTS.scaleOf(1000, plus) },
  "a factor is rounded to hundredths": {
    scaleOf: (timesPermille, plus) => PARTS.scaleOf(Math.round(timesPermille / 10) * 10, plus),
  },
  "a factor is applied in floats": {
    scaleOf: (timesPermille, plus) => {
      const { plusMoney, plusOther } = PARTS.scaleOf(1000, plus);
      return { of: 1, times: timesPermille / 1000, plusMoney, plusOther };
    },
    isExact: () => true,
  },
  "an offset is forgotten": { scaleOf: (timesPermille) => PARTS.scaleOf(timesPermille, 0) },
  "an offset is taken away": { scaleOf: (timesPermille, plus) => PARTS.scaleOf(timesPermille, -plus) },
  "an offset is multiplied as well": {
    scaleOf: (timesPermille, plus) => PARTS.scaleOf(timesPermille, Math.round((plus * timesPermille) / 1000)),
  },
  "an offset of money is taken for one of counts": {
    scaleOf: (timesPermille, plus) => {
      const scale = PARTS.scaleOf(timesPermille, plus);
      return { ...scale, plusMoney: scale.plusOther };
    },
  },
  "products beyond 2^53 are compared as they come": { isExact: () => true },
  "figures are cut after the sixth decimal instead of rounded": {
    atomsOf: (value, unit) => (unit === "money" ? value : Math.trunc(value * 1e6)),
  },
  "figures are not brought to millionths": { atomsOf: (value) => value },
  "NaN passes for a figure": {
    codeOf: (reading) => PARTS.codeOf(Number.isNaN(reading.value) ? { ...reading, value: 0 } : reading),
  },
  "what is beyond 2^53 passes for exact": {
    codeOf: (reading) => {
      const beyond = typeof reading.value === "number" && Math.abs(reading.value) >= 2 ** 53;
      return PARTS.codeOf(beyond ? { ...reading, value: 0 } : reading);
    },
    atomsOf: (value, unit) => (unit === "money" ? value : Math.round(value * 1e6)),
  },
  "a text passes for money": {
    codeOf: (reading) => {
      const text = reading.unit === "money" && typeof reading.value === "string";
      return PARTS.codeOf(text ? { ...reading, value: 0 } : reading);
    },
  },
  "a missing figure is zero": {
    codeOf: (reading) => PARTS.codeOf(reading.value === null ? { ...reading, value: 0 } : reading),
  },
  "windows share a slot": { slotOf: (fact) => fact },
  "one parameter is forgotten in the name of a slot": {
    slotOf: (fact, { window }) => PARTS.slotOf(fact, window === undefined ? {} : { window }),
  },
  "a rank is that among everybody": { isRanked: () => false },
  "a series is its newest day": { everyDay: ([newest]) => newest ?? (() => YES) },
  "a series holds when one day does": { everyDay: PARTS.any },
  "a series takes unknown days for met": {
    everyDay: (tests) => (row) => (tests.some((test) => test(row) === NO) ? NO : YES),
  },
  "a series with an unknown day is not met": {
    everyDay: (tests) => (row) => (tests.every((test) => test(row) === YES) ? YES : NO),
  },
  "a series stops at what is unknown": {
    everyDay: (tests) => (row) => tests.map((test) => test(row)).find((answer) => answer !== YES) ?? YES,
  },
  "a series leaves out its oldest day": {
    daysOf: (leaf) => {
      const days = PARTS.daysOf(leaf);
      return days.length > 1 ? days.slice(0, -1) : days;
    },
  },
  "every day of a series reads the newest": {
    daysOf: (leaf) => PARTS.daysOf(leaf).map((day, _, [newest]) => newest ?? day),
  },
  "what slides on the right stands still": {
    daysOf: (leaf) => PARTS.daysOf(leaf).map((day, _, all) => ({ ...day, right: all[0]?.right ?? null })),
  },
  "a window slides twice as far": {
    daysOf: (leaf) => PARTS.daysOf(leaf).map((day, nights) => ({ ...day, left: slidOnce(day.left, nights) })),
  },
  "a label is found in a longer one": {
    holds: (operator) => (left, right) =>
      operator.id === "contains" && typeof left === "object"
        ? left.some((label) => label.includes(String(right[0])))
        : operator.holds(left, right),
  },
  "labels compare without capitals": {
    holds: (operator) => (left, right) =>
      typeof left === "object"
        ? operator.holds(
            left.map((label) => label.toLowerCase()),
            right.map((label) => String(label).toLowerCase()),
          )
        : operator.holds(left, right),
  },
  "does not contain is contains": {
    holds: (operator) => (left, right) => operator.holds(left, right) !== (operator.id === "doesNotContain"),
  },
  "no labels are no data": {
    codeOf: (reading) =>
      PARTS.codeOf(
        Array.isArray(reading.value) && reading.value.length === 0 ? { ...reading, value: null } : reading,
      ),
  },
  "one of looks for parts of texts": {
    holds: (operator) => (left, right) =>
      operator.id === "in"
        ? right.some((one) => String(one).includes(String(left)))
        : operator.holds(left, right),
  },
  "globs look at capitals": {
    holds: (operator) => (left, right) =>
      operator.id === "matches" ? right[0] === "*" || right[0] === left : operator.holds(left, right),
  },
  "texts compare without capitals": {
    holds: (operator) => (left, right) =>
      typeof left === "string"
        ? operator.holds(
            left.toLowerCase(),
            right.map((one) => (typeof one === "string" ? one.toLowerCase() : one)),
          )
        : operator.holds(left, right),
  },
};

/** The window of a day moved back again by as many nights. */
function slidOnce(params: Params, nights: number): Params {
  return nights === 0 ? params : { ...params, window: slidWindow(String(params.window), nights) };
}

export const compilerBugs: readonly CompilerBug[] = Object.entries(BUGS).map(([name, wrong]) => ({
  name,
  parts: { ...PARTS, ...wrong },
}));
