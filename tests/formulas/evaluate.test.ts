import { describe, expect, it } from "vitest";
import { cyclesIn } from "../../lib/formulas/cycles.ts";
import { evaluate } from "../../lib/formulas/evaluate.ts";
import { aFormula } from "../support/formula.ts";

const NONE = { kind: "noData", why: "none" } as const;
const OTHER = { kind: "noData", why: "other" } as const;

const VALUES: Readonly<Record<string, number | typeof NONE | typeof OTHER>> = {
  spend: 30_000_000,
  value: 100_000_000,
  margin: 0.15,
  zero: 0,
  tiny: 1.5e-7,
  huge: 9_007_199_254_740_991,
  none: NONE,
  other: OTHER,
};

function valueOfFormula(text: string) {
  return evaluate(aFormula(text), (name) => VALUES[name] ?? 0);
}

describe("lib/formulas/evaluate", () => {
  it.each<[string, bigint, bigint]>([
    ["0.1 + 0.2", 3n, 10n],
    ["value * margin / spend", 1n, 2n],
    ["spend - value", -70_000_000n, 1n],
    ["-spend / 3", -10_000_000n, 1n],
    ["1 / (0.1 - 0.4)", -10n, 3n],
    ["tiny * 2", 3n, 10_000_000n],
    ["huge * huge - huge", 81_129_638_414_606_654_674_191_240_921_090n, 1n],
    ["min(margin, 0.2, 0.1)", 1n, 10n],
    ["max(-1, margin, 0.1)", 3n, 20n],
  ])("works out %s exactly", (text, numerator, denominator) => {
    const result = valueOfFormula(text);
    if (result.kind !== "fraction") throw new Error(`${text} is ${result.kind}`);
    expect(result.numerator * denominator).toBe(numerator * result.denominator);
    expect(result.denominator > 0n).toBe(true);
  });

  it.each(["1 / zero", "spend / (margin - 0.15)", "max(1, spend / zero)"])("has no value for %s", (text) => {
    expect(valueOfFormula(text)).toEqual({ kind: "dividedByZero" });
  });

  it.each([
    ["spend / none", NONE],
    ["other + none", OTHER],
    ["none / zero", NONE],
    ["max(spend, none)", NONE],
    ["min(zero * none, other)", NONE],
    ["zero * other", OTHER],
  ])("passes on the first missing value of %s", (text, missing) => {
    expect(valueOfFormula(text)).toBe(missing);
  });
});

describe("lib/formulas/cycles", () => {
  it("tells the way back of each name that is defined by itself, and of no other", () => {
    const formulas = new Map(
      Object.entries({ a: "b + 1", b: "c * d", c: "a", d: "e", e: "spend", self: "self * 2" }).map(
        ([name, text]) => [name, aFormula(text)],
      ),
    );
    expect(cyclesIn(formulas)).toEqual([
      ["a", "b", "c", "a"],
      ["b", "c", "a", "b"],
      ["c", "a", "b", "c"],
      ["self", "self"],
    ]);
  });
});
