import { describe, expect, it } from "vitest";
import { countOf, resultOn, spentAtLeast } from "../support/rule.ts";

describe("lib/rules/operators", () => {
  it.each([
    [104.999999, "notMatched"],
    [105, "matched"],
    [105.000001, "matched"],
  ])("spend of %d EUR against at least 3 x a target CPA of 35 is %s", async (spend, result) => {
    const condition = spentAtLeast({ fact: "targetCpa", params: { times: 3 } });
    const readings = { "spend window=7d": Math.round(spend * 1e6), targetCpa: 35_000_000 };
    expect(await resultOn(condition, readings)).toBe(result);
  });

  it("takes 220 for 200 times 1.1, where floats say 220.00000000000003", async () => {
    const condition = spentAtLeast({ fact: "spend", params: { window: "28d", times: 1.1 } });
    expect(
      await resultOn(condition, { "spend window=7d": 220_000_000, "spend window=28d": 200_000_000 }),
    ).toBe("matched");
    expect(
      await resultOn(condition, { "spend window=7d": 219_999_999, "spend window=28d": 200_000_000 }),
    ).toBe("notMatched");
  });

  it("is exact for ratios too: a MER of 1.9 is 0.95 times 2", async () => {
    const held = {
      fact: "mer",
      params: { window: "7d" },
      operator: "greaterThanInclusive",
      value: { fact: "mer", params: { window: "28d", times: 0.95 } },
    };
    expect(await resultOn(held, { "mer window=7d": 1.9, "mer window=28d": 2 })).toBe("matched");
    expect(await resultOn(held, { "mer window=7d": 1.899999, "mer window=28d": 2 })).toBe("notMatched");
  });

  it("keeps the third decimal of a factor", async () => {
    const condition = spentAtLeast({ fact: "targetCpa", params: { times: 1.125 } });
    expect(await resultOn(condition, { "spend window=7d": 45_000_000, targetCpa: 40_000_000 })).toBe(
      "matched",
    );
    expect(await resultOn(condition, { "spend window=7d": 44_999_999, targetCpa: 40_000_000 })).toBe(
      "notMatched",
    );
  });

  it("adds the offset after the factor, in the fact's own unit", async () => {
    const condition = spentAtLeast({ fact: "spend", params: { window: "1d", times: 2, plus: 10 } });
    expect(await resultOn(condition, { "spend window=7d": 50_000_000, "spend window=1d": 20_000_000 })).toBe(
      "matched",
    );
    expect(await resultOn(condition, { "spend window=7d": 49_999_999, "spend window=1d": 20_000_000 })).toBe(
      "notMatched",
    );
  });

  it.each([
    [countOf("7d", "equal", 0), 0, "matched"],
    [countOf("7d", "equal", 0), 0.4, "notMatched"],
    [countOf("7d", "notEqual", 0), 0.4, "matched"],
    [countOf("7d", "lessThan", 3), 3, "notMatched"],
    [countOf("7d", "lessThanInclusive", 3), 3, "matched"],
    [countOf("7d", "greaterThan", 3), 3, "notMatched"],
    [countOf("7d", "greaterThanInclusive", 3), 3, "matched"],
    [countOf("7d", "between", [3, 5]), 3, "matched"],
    [countOf("7d", "between", [3, 5]), 5, "matched"],
    [countOf("7d", "between", [3, 5]), 5.000001, "notMatched"],
    [countOf("7d", "notBetween", [3, 5]), 5, "notMatched"],
    [countOf("7d", "notBetween", [3, 5]), 2, "matched"],
  ])("%j of %d is %s", async (condition, conversions, result) => {
    expect(await resultOn(condition, { "conversions window=7d": conversions })).toBe(result);
  });

  it.each([
    [{ fact: "status", operator: "in", value: ["active", "paused"] }, "paused", "matched"],
    [{ fact: "status", operator: "notIn", value: ["active", "paused"] }, "paused", "notMatched"],
    [{ fact: "status", operator: "notEqual", value: "active" }, "paused", "matched"],
    [{ fact: "name", operator: "matches", value: "*lookalike*" }, "FR Lookalike 1 %", "matched"],
    [{ fact: "name", operator: "doesNotMatch", value: "*lookalike*" }, "FR Broad", "matched"],
    [{ fact: "labels", operator: "contains", value: "proven" }, ["FR", "proven"], "matched"],
    [{ fact: "labels", operator: "contains", value: "proven" }, ["Proven", "provenance"], "notMatched"],
    [{ fact: "labels", operator: "contains", value: "proven" }, [], "notMatched"],
    [{ fact: "labels", operator: "doesNotContain", value: "proven" }, ["FR"], "matched"],
    [{ fact: "labels", operator: "doesNotContain", value: "proven" }, ["proven"], "notMatched"],
    [{ fact: "labels", operator: "doesNotContain", value: "proven" }, null, "noData"],
    [{ fact: "labels", operator: "isKnown", value: true }, [], "matched"],
    [{ fact: "always", operator: "equal", value: true }, true, "matched"],
    [{ fact: "always", operator: "equal", value: false }, true, "notMatched"],
  ])("%j of %j is %s", async (condition, value, result) => {
    expect(await resultOn(condition, { [condition.fact]: value })).toBe(result);
  });
});
