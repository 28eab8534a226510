import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Result, Verdict } from "../../lib/domain/verdict.ts";
import { evaluateRules } from "../../lib/rules/evaluate.ts";
import {
  aRuleFile,
  aStatedBrand,
  aStatedHolder,
  type Json,
  loaded,
  type Readings,
  spentAtLeast,
  statedFacts,
} from "../support/rule.ts";
import { aBrand, aCampaign } from "../support/snapshot.ts";

async function verdictOn(condition: Json, readings: Readings): Promise<Verdict> {
  const [verdict] = await evaluateRules(
    loaded([aRuleFile({ conditions: { all: [condition] } })]),
    statedFacts(aStatedHolder(readings)),
  );
  if (verdict === undefined) throw new Error("expected a verdict");
  return verdict;
}

async function resultOn(condition: Json, readings: Readings): Promise<Result> {
  return (await verdictOn(condition, readings)).result;
}

function count(window: string, operator: string, value: unknown): Json {
  return { fact: "conversions", params: { window }, operator, value };
}

describe("lib/rules/evaluate, comparisons", () => {
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
    [count("7d", "equal", 0), 0, "matched"],
    [count("7d", "equal", 0), 0.4, "notMatched"],
    [count("7d", "notEqual", 0), 0.4, "matched"],
    [count("7d", "lessThan", 3), 3, "notMatched"],
    [count("7d", "lessThanInclusive", 3), 3, "matched"],
    [count("7d", "greaterThan", 3), 3, "notMatched"],
    [count("7d", "greaterThanInclusive", 3), 3, "matched"],
    [count("7d", "between", [3, 5]), 3, "matched"],
    [count("7d", "between", [3, 5]), 5, "matched"],
    [count("7d", "between", [3, 5]), 5.000001, "notMatched"],
    [count("7d", "notBetween", [3, 5]), 5, "notMatched"],
    [count("7d", "notBetween", [3, 5]), 2, "matched"],
  ])("%j of %d is %s", async (condition, conversions, result) => {
    expect(await resultOn(condition, { "conversions window=7d": conversions })).toBe(result);
  });

  it.each([
    [{ fact: "status", operator: "in", value: ["active", "paused"] }, "paused", "matched"],
    [{ fact: "status", operator: "notIn", value: ["active", "paused"] }, "paused", "notMatched"],
    [{ fact: "status", operator: "notEqual", value: "active" }, "paused", "matched"],
    [{ fact: "name", operator: "matches", value: "*lookalike*" }, "FR Lookalike 1 %", "matched"],
    [{ fact: "name", operator: "doesNotMatch", value: "*lookalike*" }, "FR Broad", "matched"],
    [{ fact: "always", operator: "equal", value: true }, true, "matched"],
    [{ fact: "always", operator: "equal", value: false }, true, "notMatched"],
  ])("%j of %j is %s", async (condition, value, result) => {
    expect(await resultOn(condition, { [condition.fact]: value })).toBe(result);
  });
});

describe("lib/rules/evaluate, missing data", () => {
  const few = count("7d", "lessThan", 3);
  const many = count("28d", "greaterThan", 10);

  it.each([
    [{ all: [few, many] }, null, 11, "noData"],
    [{ all: [few, many] }, null, 10, "notMatched"],
    [{ any: [few, many] }, null, 11, "matched"],
    [{ any: [few, many] }, null, 10, "noData"],
    [{ not: few }, null, 0, "noData"],
    [{ not: { all: [few, many] } }, null, 10, "matched"],
    [{ not: { any: [few, many] } }, null, 11, "notMatched"],
    [count("7d", "isKnown", true), null, 0, "notMatched"],
    [count("7d", "isKnown", false), null, 0, "matched"],
    [{ not: count("7d", "isKnown", false) }, 5, 0, "matched"],
  ])("%j with 7d %j and 28d %j is %s", async (condition, seven, twentyEight, result) => {
    const readings = { "conversions window=7d": seven, "conversions window=28d": twentyEight };
    expect(await resultOn(condition, readings)).toBe(result);
  });

  it("agrees with Kleene's logic on any tree of conditions and any gaps in the data", async () => {
    const windows = ["1d", "2d", "3d", "4d", "5d"];
    const leaf = fc.record({
      window: fc.constantFrom(...windows),
      operator: fc.constantFrom("lessThan", "equal", "isKnown"),
    });
    const { tree } = fc.letrec<{ tree: Tree; node: Tree }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, tie("node")),
      node: fc.oneof(
        fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie("tree") }),
      ),
    }));
    const values = fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(tree, values, async (condition, counts) => {
        const readings = Object.fromEntries(
          windows.map((window, index) => [`conversions window=${window}`, counts[index] ?? null]),
        );
        const truth = kleene(condition, (window) => readings[`conversions window=${window}`] ?? null);
        const expected = truth === null ? "noData" : truth ? "matched" : "notMatched";
        expect(await resultOn(written(condition), readings)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

type Tree = { all: Tree[] } | { any: Tree[] } | { not: Tree } | { window: string; operator: string };

function written(tree: Tree): Json {
  if ("all" in tree) return { all: tree.all.map(written) };
  if ("any" in tree) return { any: tree.any.map(written) };
  if ("not" in tree) return { not: written(tree.not) };
  return count(tree.window, tree.operator, tree.operator === "isKnown" ? true : 2);
}

/** Kleene's three values, null for unknown: the plain textbook form, sharing nothing with the code under test. */
function kleene(tree: Tree, countIn: (window: string) => number | null): boolean | null {
  if ("not" in tree) {
    const inner = kleene(tree.not, countIn);
    return inner === null ? null : !inner;
  }
  if ("all" in tree) {
    const inner = tree.all.map((child) => kleene(child, countIn));
    return inner.includes(false) ? false : inner.includes(null) ? null : true;
  }
  if ("any" in tree) {
    const inner = tree.any.map((child) => kleene(child, countIn));
    return inner.includes(true) ? true : inner.includes(null) ? null : false;
  }
  const have = countIn(tree.window);
  if (tree.operator === "isKnown") return have !== null;
  if (have === null) return null;
  return tree.operator === "equal" ? have === 2 : have < 2;
}

describe("lib/rules/evaluate, evidence", () => {
  it("names both sides, the factor, the result and the distance of every condition in the order written", async () => {
    const condition = {
      not: {
        any: [
          count("7d", "lessThan", 15),
          { not: spentAtLeast({ fact: "targetCpa", params: { times: 3 } }) },
        ],
      },
    };
    const verdict = await verdictOn(condition, {
      "conversions window=7d": 12,
      "spend window=7d": 140_000_000,
      targetCpa: 35_000_000,
    });
    expect(verdict).toMatchObject({
      ruleId: "stop",
      pack: "roads",
      result: "notMatched",
      subject: { key: "meta/1001/adGroup/200" },
    });
    expect(verdict.evidence).toEqual([
      {
        fact: "conversions",
        params: { window: "7d" },
        operator: "greaterThanInclusive",
        value: { value: 12, unit: "count", from: null, to: null, reason: null, source: null },
        threshold: { value: 15, unit: "count", from: null, to: null, reason: null, source: null },
        thresholdFact: null,
        thresholdTimes: null,
        result: "notMatched",
        distancePercent: 20,
      },
      {
        fact: "spend",
        params: { window: "7d" },
        operator: "greaterThanInclusive",
        value: { value: 140_000_000, unit: "money", from: null, to: null, reason: null, source: null },
        threshold: { value: 105_000_000, unit: "money", from: null, to: null, reason: null, source: null },
        thresholdFact: "targetCpa",
        thresholdTimes: 3,
        result: "matched",
        distancePercent: null,
      },
    ]);
  });

  it("carries the reason of a missing figure, and no distance", async () => {
    const { evidence } = await verdictOn(count("7d", "lessThan", 3), { "conversions window=7d": null });
    expect(evidence).toEqual([
      expect.objectContaining({
        value: expect.objectContaining({ value: null, reason: { key: "noData.stated", values: {} } }),
        result: "noData",
        distancePercent: null,
      }),
    ]);
  });

  it.each([
    [count("7d", "between", [10, 20]), 8, 10, 20],
    [count("7d", "between", [10, 20]), 25, 20, 25],
    [count("7d", "equal", 0), 3, 0, null],
    [count("7d", "greaterThan", 4), 4, 4, 0],
  ])(
    "%j with %d shows the threshold %d and the distance %j",
    async (condition, have, threshold, distancePercent) => {
      const { evidence } = await verdictOn(condition, { "conversions window=7d": have });
      expect(evidence[0]).toMatchObject({
        threshold: { value: threshold },
        result: "notMatched",
        distancePercent,
      });
    },
  );

  it("shows a list as it was written", async () => {
    const { evidence } = await verdictOn(
      { fact: "status", operator: "in", value: ["paused", "other"] },
      { status: "active" },
    );
    expect(evidence[0]).toMatchObject({
      threshold: { value: "paused, other", unit: "text" },
      distancePercent: null,
    });
  });
});

describe("lib/rules/evaluate, whom and in which order", () => {
  const spent = { "spend window=7d": 100_000_000 };
  const holders = [aStatedHolder(spent, "201"), aStatedHolder(spent, "202"), aStatedHolder(spent, "203")];

  it("gives verdicts in the order of rules, then of subjects", async () => {
    const verdicts = await evaluateRules(
      loaded([aRuleFile({ id: "b" }), aRuleFile({ id: "a" })]),
      statedFacts(...holders),
    );
    expect(verdicts.map(({ ruleId, subject }) => `${ruleId} ${subject.ref?.id}`)).toEqual([
      "a 201",
      "a 202",
      "a 203",
      "b 201",
      "b 202",
      "b 203",
    ]);
  });

  it("gives none outside the scope, and reads no figure there", async () => {
    const elsewhere = aStatedHolder({}, "204");
    elsewhere.subject.stage = null;
    const rules = loaded([aRuleFile({ appliesTo: { stages: ["prospecting"], except: { ids: ["202"] } } })]);
    const verdicts = await evaluateRules(rules, statedFacts(...holders, elsewhere));
    expect(verdicts.map(({ subject }) => subject.ref?.id)).toEqual(["201", "203"]);
  });

  it("looks at the brand once, whatever holders there are", async () => {
    const mer = { fact: "mer", params: { window: "7d" }, operator: "lessThan", value: { fact: "merAlarm" } };
    const alarm = aRuleFile({
      id: "alarm",
      conditions: { all: [mer] },
      action: { type: "notify" },
      appliesTo: { level: "brand" },
    });
    const verdicts = await evaluateRules(
      loaded([alarm]),
      statedFacts(...holders, aStatedBrand({ "mer window=7d": 1.9, merAlarm: 2 })),
    );
    expect(verdicts.map(({ subject, result }) => [subject.key, result])).toEqual([
      ["atelier-lune", "matched"],
    ]);
  });

  it("is quiet without rules and without subjects", async () => {
    expect(await evaluateRules({ rules: [], hash: "" }, statedFacts(...holders))).toEqual([]);
    expect(await evaluateRules(loaded([aRuleFile()]), statedFacts())).toEqual([]);
  });

  it("tells how far it is, and lets timers fire in between", async () => {
    const many = Array.from({ length: 200 }, (_, index) => aStatedHolder(spent, String(1000 + index)));
    const seen: number[] = [];
    let firedAt: number | null = null;
    setImmediate(() => {
      firedAt = seen.length;
    });
    await evaluateRules(loaded([aRuleFile()]), statedFacts(...many), (done, total) => {
      expect(total).toBe(200);
      seen.push(done);
    });
    expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(firedAt).toBe(32);
  });

  it("takes a holder under a paused campaign for paused", async () => {
    const campaign = aCampaign({ status: "paused" });
    const facts = statedFacts(aStatedHolder(spent, "200", { campaign }));
    expect(await evaluateRules(loaded([aRuleFile()]), facts)).toEqual([]);
    expect(
      await evaluateRules(loaded([aRuleFile({ appliesTo: { status: ["paused"] } })]), facts),
    ).toHaveLength(1);
  });

  it.each([
    [{ platforms: ["meta"], accounts: ["1001"] }, 1],
    [{ accounts: ["1002"] }, 0],
    [{ campaigns: ["PROS *"] }, 1],
    [{ campaigns: ["RTG *"] }, 0],
    [{ names: ["broad*"] }, 1],
    [{ budget: { owner: ["campaign"] } }, 0],
    [{ budget: { owner: ["adGroup"] } }, 1],
    [{ budget: { period: ["lifetime"] } }, 0],
    [{ status: ["paused"] }, 0],
    [{ except: { campaigns: ["*FR"] } }, 0],
    [{ stages: ["retargeting"] }, 0],
  ])(
    "with appliesTo %j gives %i verdicts on an active ad group of PROS Broad FR",
    async (appliesTo, length) => {
      const rules = loaded([aRuleFile({ appliesTo })], aBrand());
      expect(await evaluateRules(rules, statedFacts(aStatedHolder(spent)))).toHaveLength(length);
    },
  );
});
