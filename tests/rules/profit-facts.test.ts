import { describe, expect, it } from "vitest";
import { aRuleFile, type Json, problemsOf, resultOn } from "../support/rule.ts";

function leaf(fact: string, operator: string, value: unknown): Json {
  return { fact, params: { window: "7d" }, operator, value };
}

const rule = (condition: Json): Json => aRuleFile({ conditions: { all: [condition] } });

describe("lib/rules: facts that may be negative, and break-even", () => {
  it.each([
    [-2_000_001, "matched"],
    [-2_000_000, "notMatched"],
    [0, "notMatched"],
    [null, "noData"],
  ])("a margin left of %s micros under -2 EUR is %s", async (micros, result) => {
    const condition = leaf("grossMarginLeft", "lessThan", -2);
    expect(await resultOn(condition, { "grossMarginLeft window=7d": micros })).toBe(result);
  });

  it("holds MER against its break-even, and what an order costs against what it may", async () => {
    const mer = leaf("mer", "lessThan", { fact: "breakEvenMer", params: { window: "28d" } });
    expect(await resultOn(mer, { "mer window=7d": 2.12, "breakEvenMer window=28d": 2.12766 })).toBe(
      "matched",
    );
    const cost = leaf("costPerOrder", "lessThan", {
      fact: "breakEvenCpa",
      params: { window: "28d", times: 0.5 },
    });
    const readings = { "costPerOrder window=7d": 14_687_500, "breakEvenCpa window=28d": 29_375_000 };
    expect(await resultOn(cost, readings)).toBe("notMatched");
  });

  it.each(["cm3", "grossMarginLeft"])("refuses a factor on %s, but not an offset", (fact) => {
    const compared = (params: Json) =>
      rule(leaf(fact, "lessThan", { fact, params: { window: "28d", ...params } }));
    expect(problemsOf([compared({ times: 1.3 })])).toMatchObject([
      {
        code: "rule.notAllowed",
        fix: `${fact} can be negative, where a factor changes its meaning: use plus`,
      },
    ]);
    expect(problemsOf([compared({ plus: 10 })])).toEqual([]);
  });
});
