import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEveryRule } from "../../../lib/rules/files/load.ts";
import { scalarsOf } from "../../../lib/rules/judge/operand.ts";
import { operatorsById } from "../../../lib/rules/judge/operators.ts";
import { solve } from "../../../lib/rules/lint/ranges/solve.ts";
import type { Leaf } from "../../../lib/rules/types.ts";
import { aReading, aRuleFile, packFiles } from "../../support/rule.ts";
import { aBrand } from "../../support/snapshot.ts";

const read = readEveryRule(packFiles(aRuleFile()), aBrand());
const facts = read.ok ? read.facts : new Map();

/** Money that owes each other nothing, so that any values of them are figures that somebody can have. */
const FACTS = ["spend", "revenue", "targetCpa"] as const;
type Values = Readonly<Record<string, number>>;

const micros = fc.integer({ min: 0, max: 6 }).map((value) => value * 1_000_000);
const name = fc
  .constantFrom(...FACTS)
  .map((fact) => ({ fact, params: fact === "targetCpa" ? {} : { window: "7d" } }));
const NUMERIC = ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive", "equal", "notEqual"];
const literal = fc
  .oneof(
    fc.record({ operator: fc.constantFrom(...NUMERIC), value: micros }),
    fc.record({
      operator: fc.constantFrom("between", "notBetween"),
      value: fc.tuple(micros, micros).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]),
    }),
  )
  .map(({ operator, value }) => ({ operator, right: { kind: "literal", value, unit: "money" } as const }));
const against = fc
  .record({
    operator: fc.constantFrom(...NUMERIC),
    right: name,
    timesPermille: fc.constantFrom(1, 500, 1000, 1001, 2500),
    plus: fc.constantFrom(-1_000_000, 0, 1, 2_000_000),
  })
  .map(({ operator, right, ...factor }) => ({
    operator,
    right: { kind: "fact", ...right, ...factor } as const,
  }));
const leaf = fc.tuple(name, fc.oneof(literal, against)).map(([left, rest]): Leaf => ({ ...left, ...rest }));

function holds({ fact, operator, right }: Leaf, values: Values): boolean {
  const operand = (id: string, timesPermille: number, plus: number) =>
    scalarsOf({ kind: "fact", fact: id, reading: aReading(id, values[id] ?? 0), timesPermille, plus });
  const [left] = operand(fact, 1000, 0);
  const other =
    right.kind === "literal" ? scalarsOf(right) : operand(right.fact, right.timesPermille, right.plus);
  return left !== undefined && operatorsById.get(operator)?.holds(left, other) === true;
}

describe("lib/rules/lint/ranges", () => {
  it("never calls impossible what some figures meet, and gives no example that does not hold", () => {
    const values = fc.record({ spend: micros, revenue: micros, targetCpa: micros });
    const leaves = fc.array(leaf, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(leaves, fc.array(values, { minLength: 8, maxLength: 8 }), (all, tried) => {
        const solution = solve(all, facts);
        if (solution.kind === "example") {
          const example = Object.fromEntries(
            solution.figures.map(({ fact, value }) => [fact, Number(value)]),
          );
          expect(all.every((one) => holds(one, example))).toBe(true);
        }
        if (solution.kind === "never") {
          expect(tried.filter((one) => all.every((each) => holds(each, one)))).toEqual([]);
        }
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it("never calls impossible what counters and their quotients can be", () => {
    const count = fc.integer({ min: 0, max: 4 });
    const counters = fc.record({ spend: count, conversions: count, clicks: count, impressions: count });
    const bar = fc.record({
      index: fc.nat(),
      operator: fc.constantFrom(...NUMERIC),
      off: fc.constantFrom(-1, 0, 1),
    });
    fc.assert(
      fc.property(counters, fc.array(bar, { minLength: 2, maxLength: 6 }), (sums, bars) => {
        const figures = figuresOf(sums);
        const all = bars.map(({ index, operator, off }): Leaf => {
          const [fact, atoms, unit] = figures[index % figures.length] ?? ["spend", 0, "money"];
          const value = unit === "money" ? atoms + off : (atoms + off) / 1e6;
          const right = { kind: "literal", value, unit } as const;
          return { fact, params: { window: "7d" }, operator, right };
        });
        const holding = all.filter((one) => {
          const atoms = figures.find(([fact]) => fact === one.fact)?.[1] ?? 0;
          const left = scalarsOf({ kind: "literal", value: atoms, unit: "money" })[0];
          const value = one.right.kind === "literal" ? Number(one.right.value) : 0;
          const bar =
            one.right.kind === "literal" && one.right.unit === "money" ? value : Math.round(value * 1e6);
          const right = scalarsOf({ kind: "literal", value: bar, unit: "money" });
          return left !== undefined && operatorsById.get(one.operator)?.holds(left, right) === true;
        });
        expect(solve(holding, facts).kind).not.toBe("never");
      }),
      { numRuns: 400, seed: 11 },
    );
  });
});

/** Counters and what they make, in atoms, rounded as figures are; a quotient without a divisor is not there. */
function figuresOf(sums: Readonly<Record<"spend" | "conversions" | "clicks" | "impressions", number>>) {
  const { spend, conversions, clicks, impressions } = sums;
  const made = (fact: string, unit: "money" | "percent", dividend: number, divisor: number) =>
    divisor === 0 ? [] : [[fact, Math.round((dividend / divisor) * 1e6), unit] as const];
  return [
    ["spend", spend * 1e6, "money"] as const,
    ["conversions", conversions * 1e6, "count"] as const,
    ["clicks", clicks * 1e6, "count"] as const,
    ["impressions", impressions * 1e6, "count"] as const,
    ...made("cpa", "money", spend, conversions),
    ...made("cpaAtLeast", "money", spend, Math.max(1, conversions)),
    ...made("cpm", "money", 1000 * spend, impressions),
    ...made("ctrPercent", "percent", 100 * clicks, impressions),
    ...made("conversionRatePercent", "percent", 100 * conversions, clicks),
  ];
}
