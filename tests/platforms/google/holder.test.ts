import { describe, expect, it } from "vitest";
import { aCampaign, aGooglePlatform } from "../../support/google-platform.ts";

const CAMPAIGN = { platform: "google", accountId: "2000000002", level: "campaign", id: "5001" } as const;
const SHARED = { platform: "google", accountId: "2000000002", level: "sharedBudget", id: "7009" } as const;
const SHARED_BUDGET = { resourceName: "customers/2000000002/campaignBudgets/7009", id: "7009", name: "Both" };

describe("lib/platforms/google/read, one holder", () => {
  it("reads a campaign's live budget, whose name a write will use", async () => {
    const { google, platform } = await aGooglePlatform();
    expect(await platform.readHolder(CAMPAIGN)).toEqual({
      status: "active",
      dailyBudgetMicros: 35_000_000n,
      budgetName: "customers/2000000002/campaignBudgets/7001",
    });
    expect(google.rest[0]?.gaql).toMatch(/ FROM campaign WHERE campaign.id = 5001$/);
    expect(await platform.readHolder(CAMPAIGN)).toMatchObject({ status: "active" });
    // The currency's step was asked for once.
    expect(google.rest).toHaveLength(3);
  });

  it.each<[string, object, object, object]>([
    ["shared by now", {}, { explicitlyShared: true }, { dailyBudgetMicros: null }],
    ["drawn on by another campaign by now", {}, { referenceCount: "2" }, { dailyBudgetMicros: null }],
    ["removed", {}, { status: "REMOVED" }, { dailyBudgetMicros: null }],
    [
      "for a whole period",
      {},
      { period: "CUSTOM_PERIOD", totalAmountMicros: "1" },
      { dailyBudgetMicros: null },
    ],
    ["of an experiment", { experimentType: "EXPERIMENT" }, {}, { dailyBudgetMicros: null }],
    ["of a paused campaign", { status: "PAUSED" }, {}, { status: "paused", dailyBudgetMicros: 35_000_000n }],
    ["of a removed campaign", { status: "REMOVED" }, {}, { status: "other" }],
  ])("reads a live budget that is %s", async (_, campaign, budget, expected) => {
    const { platform } = await aGooglePlatform({ campaign: [aCampaign(campaign, budget)] });
    expect(await platform.readHolder(CAMPAIGN)).toMatchObject(expected);
  });

  it.each<[string, object, object]>([
    ["enabled", { referenceCount: "3" }, { status: "active", dailyBudgetMicros: 35_000_000n }],
    ["made to be shared", { explicitlyShared: true }, { status: "active", dailyBudgetMicros: 35_000_000n }],
    ["shared no longer", {}, { dailyBudgetMicros: null }],
    ["removed", { referenceCount: "3", status: "REMOVED" }, { status: "other", dailyBudgetMicros: null }],
  ])("reads a live shared budget that is %s", async (_, fields, expected) => {
    const row = aCampaign({}, { ...SHARED_BUDGET, ...fields });
    const { google, platform } = await aGooglePlatform({ campaign_budget: [row] });
    expect(await platform.readHolder(SHARED)).toMatchObject({
      ...expected,
      budgetName: SHARED_BUDGET.resourceName,
    });
    expect(google.rest[0]?.gaql).toMatch(/ FROM campaign_budget WHERE campaign_budget.id = 7009$/);
  });

  it.each<[string, object, Parameters<typeof aGooglePlatform>[0], string]>([
    ["a campaign that is not there", CAMPAIGN, { campaign: [] }, "notFound"],
    ["another campaign's row", CAMPAIGN, { campaign: [aCampaign({ id: "5002" })] }, "malformed"],
    ["a shared budget that is not there", SHARED, { campaign_budget: [] }, "notFound"],
    ["another budget's row", SHARED, { campaign_budget: [aCampaign()] }, "malformed"],
    ["an ad group", { ...CAMPAIGN, level: "adGroup" }, {}, "invalid"],
    ["an id that is no number", { ...CAMPAIGN, id: "1 OR 1=1" }, {}, "invalid"],
  ])("refuses to read %s as a holder", async (_, target, answers, kind) => {
    const { platform } = await aGooglePlatform(answers);
    await expect(platform.readHolder({ ...CAMPAIGN, ...target })).rejects.toMatchObject({
      details: { kind },
    });
  });
});
