import { describe, expect, it } from "vitest";
import type { Json } from "../../support/rule.ts";
import { aSource, caseOf, GIVEN, reportOf } from "../../support/rule-tests.ts";

const RAISE = { action: { type: "raiseBudget", percent: 20 } };
/** 60 of the 100 at which the rule pauses. */
const CHEAP = { series: { spend: "0x28 60 0x6" } };

/** Every difference as "what: expected, found". */
async function differences(one: Json, rule: Json = {}): Promise<string[]> {
  const report = await caseOf(one, rule);
  return report.differences.map(({ what, expected, found }) => `${what}: ${expected}, ${found}`);
}

describe("lib/rules/cases/judge", () => {
  it("passes a case that expects what the plan says", async () => {
    expect(await differences({ expect: { verdict: "matched", reason: ["spend"], change: "pause" } })).toEqual(
      [],
    );
  });

  it.each<[string, Json, Json, string[]]>([
    ["another verdict", {}, { verdict: "notMatched" }, ["verdict: notMatched, matched"]],
    [
      "no data",
      { series: { spend: "20x3", conversions: null } },
      { verdict: "matched" },
      ["verdict: matched, noData"],
    ],
    ["another change", {}, { verdict: "matched", change: "-20%" }, ["change: -20%, pause"]],
    ["no change", {}, { verdict: "matched", change: "none" }, ["change: none, pause"]],
    ["other reasons", {}, { verdict: "matched", reason: ["cpa", "spend"] }, ["reason: cpa, spend, spend"]],
    [
      "another distance",
      CHEAP,
      { verdict: "notMatched", distancePercent: { spend: 41 } },
      ["distancePercent.spend: 41, 40"],
    ],
    [
      "a distance where there is none",
      {},
      { verdict: "matched", distancePercent: { spend: 3 } },
      ["distancePercent.spend: 3, none"],
    ],
    [
      "a guardrail that let it pass",
      {},
      { verdict: "matched", guardrail: "learning" },
      ["guardrail: learning, none"],
    ],
    ["an entity in scope", {}, { verdict: "outOfScope" }, ["verdict: outOfScope, matched"]],
  ])("fails a case that expects %s", async (_, one, expected, found) => {
    expect(await differences({ ...one, expect: expected })).toEqual(found);
  });

  it("tells with another change which guardrails had a say", async () => {
    const one = { entity: { learning: "learning" }, series: { conversions: "2x35" } };
    const expected = { verdict: "matched", change: "+20%" };
    expect(await differences({ ...one, expect: expected }, RAISE)).toEqual([
      "change: +20%, blocked (blocked by learning)",
    ]);
  });

  it.each([
    ["+20%", 50],
    ["+20.0%", 50],
    ["to 60", 50],
    ["to 14.4", 12],
  ])("takes %s for a raise of %d by a fifth", async (change, dailyBudget) => {
    const one = { entity: { dailyBudget }, series: { conversions: "2x35" } };
    expect(await differences({ ...one, expect: { verdict: "matched", change } }, RAISE)).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ["notify", { appliesTo: { level: "budgetHolder" }, action: { type: "notify" } }, "notify"],
    ["hold", { appliesTo: { level: "brand" }, action: { type: "hold", blocks: ["raise"] } }, "hold"],
    ["cut", { action: { type: "cutBudget", percent: 20, floor: 5 } }, "-20%"],
    ["an account", { appliesTo: { level: "account" }, action: { type: "notify" } }, "notify"],
  ])("knows what becomes of a rule on %s", async (_, rule, change) => {
    expect(await differences({ expect: { verdict: "matched", change } }, rule)).toEqual([]);
  });

  it("tests a rule before it is switched on, and none outside its dates", async () => {
    const expected = { expect: { verdict: "matched", change: "pause" } };
    expect(await differences(expected, { enabled: false })).toEqual([]);
    expect(await differences(expected, { validFrom: "2026-03-12" })).toEqual([
      "verdict: matched, outOfScope",
      "change: pause, none",
    ]);
  });

  it("fails a case whose figures no rule can read", async () => {
    const one = { series: { spend: "20x35", clicks: "0.5x35" }, expect: { verdict: "matched" } };
    const condition = { fact: "clicks", params: { window: "7d" }, operator: "greaterThan", value: 1 };
    const [told] = await differences(one, { conditions: { all: [condition] } });
    expect(told).toMatch(/^figures: figures that a rule can read, .*clicks/);
  });
});

describe("lib/rules/cases/coverage", () => {
  it("shows which conditions no case has seen true or false, in the words of rules", async () => {
    const conditions = {
      all: [
        {
          fact: "spend",
          params: { window: "7d" },
          operator: "greaterThan",
          value: { fact: "targetCpa", params: { times: 1.5, plus: 2.5 } },
        },
        { not: { fact: "conversions", params: { window: "14d" }, operator: "between", value: [1, 3] } },
        { fact: "stage", operator: "in", value: ["prospecting", "retargeting"] },
      ],
    };
    const source = aSource(
      [
        { name: "spent", expect: { verdict: "matched" } },
        { name: "nothing spent", series: { spend: "0x35" }, expect: { verdict: "notMatched" } },
      ],
      { conditions },
    );
    expect((await reportOf(source)).coverage).toEqual([
      { condition: "spend (7d) over 1.5 x targetCpa plus 2.5", seenTrue: true, seenFalse: true },
      {
        condition: "conversions (14d) under the first or over the second 1, 3",
        seenTrue: true,
        seenFalse: false,
      },
      { condition: "stage one of prospecting, retargeting", seenTrue: true, seenFalse: false },
    ]);
  });

  it("counts no condition as seen where there was no data", async () => {
    const one = {
      name: "unknown",
      series: { spend: "20x3", conversions: null },
      expect: { verdict: "noData" },
    };
    expect((await reportOf(aSource([one], {}, GIVEN))).coverage).toEqual([
      { condition: "spend (7d) at least 100", seenTrue: false, seenFalse: false },
    ]);
  });
});
