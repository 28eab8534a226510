import { describe, expect, it } from "vitest";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import {
  aRuleFile,
  aStatedBrand,
  aStatedHolder,
  countOf,
  loaded,
  spentAtLeast,
  statedFacts,
  verdictOn,
} from "../support/rule.ts";
import { aBrand, aCampaign } from "../support/snapshot.ts";

describe("lib/rules/evaluate, evidence", () => {
  it("names both sides, the factor, the result and the distance of every condition in the order written", async () => {
    const condition = {
      not: {
        any: [
          countOf("7d", "lessThan", 15),
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
        thresholdPlus: null,
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
        thresholdPlus: 0,
        result: "matched",
        distancePercent: null,
      },
    ]);
  });

  it("carries the reason of a missing figure, and no distance", async () => {
    const { evidence } = await verdictOn(countOf("7d", "lessThan", 3), { "conversions window=7d": null });
    expect(evidence).toEqual([
      expect.objectContaining({
        value: expect.objectContaining({ value: null, reason: { key: "noData.stated", values: {} } }),
        result: "noData",
        distancePercent: null,
      }),
    ]);
  });

  it.each([
    [countOf("7d", "between", [10, 20]), 8, 10, 20],
    [countOf("7d", "between", [10, 20]), 25, 20, 25],
    [countOf("7d", "equal", 0), 3, 0, null],
    [countOf("7d", "greaterThan", 4), 4, 4, 0],
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
