import { describe, expect, it } from "vitest";
import type { SharedBudget } from "../../lib/domain/snapshot.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import { dailyRows, factsOf, repeat } from "../support/readings.ts";
import { aRuleFile, type Json, loaded } from "../support/rule.ts";
import { aSharedBudget, aSharingAccount, aSnapshot } from "../support/snapshot.ts";

/** Campaigns 100 and 101 spent 20 and 90 EUR in 7 days: neither 100 EUR, both together more. */
const INSIGHTS = [
  ...dailyRows(repeat(2, { spendMicros: 10_000_000n }), { level: "campaign", entityId: "100" }),
  ...dailyRows(repeat(3, { spendMicros: 30_000_000n }), { level: "campaign", entityId: "101" }),
];

async function resultsOf(
  appliesTo: Json,
  campaigns: Parameters<typeof aSharingAccount>[0] = {},
  budget: Partial<SharedBudget> = {},
): Promise<string[]> {
  const account = aSharingAccount(campaigns, {
    insights: INSIGHTS,
    sharedBudgets: [aSharedBudget(budget)],
  });
  const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }) });
  const verdicts = await evaluateRules(loaded([aRuleFile({ appliesTo })]), facts);
  return verdicts.map(({ subject, result }) => `${subject.key} ${result}`);
}

const MATCHED = ["meta/1001/sharedBudget/900 matched"];

describe("lib/rules/scope, shared budgets", () => {
  it("judges the budget by the sum of its campaigns", async () => {
    expect(await resultsOf({})).toEqual(MATCHED);
  });

  it.each<[string, Json]>([
    ["the owner shared", { budget: { owner: ["shared"] } }],
    ["globs that every campaign meets", { campaigns: ["PROS *"] }],
    ["the budget's own name", { names: ["Search*"] }],
    ["the budget's id", { ids: ["900"] }],
    ["the stage of all campaigns", { stages: ["prospecting"] }],
    ["an exception that touches none", { except: { campaigns: ["AWA *"] } }],
  ])("looks at it for %s", async (_, appliesTo) => {
    expect(await resultsOf(appliesTo)).toEqual(MATCHED);
  });

  it.each<[string, Json]>([
    ["owners that are entities", { budget: { owner: ["campaign", "adGroup"] } }],
    ["lifetime budgets", { budget: { period: ["lifetime"] } }],
    ["globs that one campaign does not meet", { campaigns: ["*Broad*"] }],
    ["an exception that touches one campaign", { except: { campaigns: ["*Narrow*"] } }],
    ["what is paused", { status: ["paused"] }],
  ])("leaves it alone for %s", async (_, appliesTo) => {
    expect(await resultsOf(appliesTo)).toEqual([]);
  });

  it("puts a budget over two stages in neither of them, but in mixed", async () => {
    const twoStages = { 101: { name: "RTG Cart" } };
    expect(await resultsOf({ stages: ["prospecting", "retargeting"] }, twoStages)).toEqual([]);
    expect(await resultsOf({ stages: ["mixed"] }, twoStages)).toEqual(MATCHED);
  });

  it("takes it for active while one campaign is, and for paused when all are", async () => {
    const paused = { status: "paused" } as const;
    expect(await resultsOf({}, { 101: paused })).toEqual(MATCHED);
    expect(await resultsOf({}, { 100: paused, 101: paused })).toEqual([]);
    expect(await resultsOf({ status: ["paused"] }, { 100: paused, 101: paused })).toEqual(MATCHED);
  });

  it("has no data while a campaign is out of sight, and no verdict where that one may be excepted", async () => {
    const unseen = { campaignIds: ["100", "101", "gone"] };
    expect(await resultsOf({}, {}, unseen)).toEqual(["meta/1001/sharedBudget/900 noData"]);
    expect(await resultsOf({ except: { campaigns: ["AWA *"] } }, {}, unseen)).toEqual([]);
  });
});
