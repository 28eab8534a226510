import { describe, expect, it } from "vitest";
import type { Json } from "../../support/rule.ts";
import { aSource, GIVEN, problemsOf, reportOf } from "../../support/rule-tests.ts";

const PASSES = { name: "it spends", expect: { verdict: "matched" } };

describe("lib/rules/cases/read: what a test file may not say", () => {
  it.each<[string, Json, string, string]>([
    ["an unknown key", { serie: {} }, "test.unknownKey", 'did you mean "series"?'],
    ["another word's key", { entity: { budget: 3 } }, "test.unknownKey", "write dailyBudget"],
    ["an unknown figure", { series: { spnd: "1x3" } }, "test.unknownKey", 'did you mean "spend"?'],
    [
      "no series",
      { series: { spend: "20*14" } },
      "test.notAllowed",
      'write such as "20x14" (fourteen days of 20) or "10 12 0 - 15x3" (- is a day without data)',
    ],
    ["a verdict of another word", { expect: { verdict: "nodata" } }, "test.unknownWord", "write noData"],
    [
      "a change that is none",
      { expect: { verdict: "matched", change: "up" } },
      "test.notAllowed",
      'use "+20%", "-15%", "to 60", pause, resume, notify, hold, blocked, notYet or none',
    ],
    [
      "a day that does not exist",
      { day: "2026-02-30" },
      "test.notAllowed",
      "use a calendar day such as 2026-03-31",
    ],
    [
      "a part of a person",
      { entity: { people: { "7d": { reach: 2.5, impressions: 9 } } } },
      "test.wrongType",
      "write a whole number",
    ],
    ["another name for a platform", { entity: { platform: "facebook" } }, "test.unknownWord", "write meta"],
    ["figures without spend", { series: { spend: null, clicks: "1x3" } }, "test.missing", 'add "spend"'],
    [
      "figures on more days than spend",
      { series: { conversions: "1x36" } },
      "test.notAllowed",
      "make spend as long, or shorten conversions",
    ],
    [
      "a gap in spend",
      { series: { spend: "20x30 - 20x4", conversions: null } },
      "test.notAllowed",
      "write 0 for a day without spend",
    ],
    ["orders without revenue", { brand: { shop: { orders: "1x3" } } }, "test.missing", 'add "revenue"'],
    [
      "two budgets",
      { entity: { dailyBudget: 5, lifetimeBudget: 9 } },
      "test.notAllowed",
      "keep one of dailyBudget and lifetimeBudget",
    ],
    [
      "a parameter that nobody knows",
      { brand: { parameters: { payout: 3 } } },
      "test.unknownParameter",
      'say its unit: "units": { "payout": "money" }',
    ],
    [
      "a misspelt parameter",
      { brand: { parameters: { targetCps: 3 } } },
      "test.unknownParameter",
      'did you mean "targetCpa"?',
    ],
  ])("refuses %s and says what to write", async (_, one, code, fix) => {
    const problems = await problemsOf(aSource([{ ...PASSES, ...one }]));
    expect(problems.map(([found, , told]) => [found, told])).toEqual([[code, fix]]);
  });

  it("refuses a night without a day, and two cases of one name", async () => {
    const { day: _, ...given } = GIVEN;
    expect(await problemsOf(aSource([PASSES, { ...PASSES, day: "2026-03-11" }], {}, given))).toEqual([
      ["test.missing", "cases[0]", 'add "day" to the case, or to given for all of them'],
      ["test.duplicateName", "cases[1].name", "say what is different about this case"],
    ]);
  });

  it("tells what is wrong with the brand of a case where the test file says it", async () => {
    const given = { ...GIVEN, brand: { ...(GIVEN.brand as Json), limits: { dailyCeilng: 50 } } };
    const cases = [
      PASSES,
      { ...PASSES, name: "elsewhere", brand: { currency: "EUX", bands: { awareness: [9, 5] } } },
    ];
    const problems = await problemsOf(aSource(cases, {}, given));
    expect(problems.map(([code, path]) => [code, path])).toEqual([
      ["brand.unknownKey", "given.brand.limits.dailyCeilng"],
      ["brand.notAllowed", "cases[1].brand.currency"],
    ]);
  });

  it("tells what is wrong with the rule once, however many cases there are", async () => {
    const cases = [PASSES, { ...PASSES, name: "again" }];
    expect(await problemsOf(aSource(cases, { action: { type: "cutBudget", percent: 20 } }))).toEqual([
      ["rule.missing", "action.floor", "add floor to the action, or limits.dailyFloor to the brand file"],
    ]);
    const given = { ...GIVEN, brand: { limits: { dailyFloor: 5 } } };
    const report = await reportOf(aSource([PASSES], { action: { type: "cutBudget", percent: 20 } }, given));
    expect(report.cases[0]?.differences).toEqual([]);
  });

  it("knows a parameter of the brand's own by its unit, set or not", async () => {
    const conditions = {
      all: [{ fact: "spend", params: { window: "7d" }, operator: "greaterThan", value: { fact: "payout" } }],
    };
    const given = { ...GIVEN, brand: { parameters: { payout: 139.99 }, units: { payout: "money" } } };
    const cases = [
      PASSES,
      { name: "dearer", brand: { parameters: { payout: 140 } }, expect: { verdict: "notMatched" } },
      { name: "unset", brand: { parameters: { payout: null } }, expect: { verdict: "noData" } },
    ];
    const { cases: reports } = await reportOf(aSource(cases, { conditions }, given));
    expect(reports.map(({ differences }) => differences)).toEqual([[], [], []]);
  });
});
