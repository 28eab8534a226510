import { describe, expect, it } from "vitest";
import { aCampaign, anAdSet, QUIET_ACCOUNT } from "../../support/graph-fake.ts";
import { aFetchRequest, aMetaPlatform } from "../../support/meta-platform.ts";

async function fetched(answers: Readonly<Record<string, object>>) {
  const { platform } = await aMetaPlatform(answers);
  return await platform.fetchAccount(aFetchRequest());
}

describe("lib/platforms/meta/entities", () => {
  it("maps an ad set with its budget, labels, creation and learning phase", async () => {
    const row = anAdSet({
      adlabels: [{ id: "1", name: "evergreen" }, { id: "2" }],
      learning_stage_info: { status: "LEARNING", last_sig_edit_ts: 1_773_000_000, conversions: 12 },
      is_budget_schedule_enabled: true,
    });
    const { snapshot } = await fetched({ "act_1001/adsets": [row] });
    expect(snapshot.entities[1]).toEqual({
      platform: "meta",
      accountId: "1001",
      level: "adGroup",
      id: "3001",
      parentId: "2001",
      name: "Broad",
      status: "active",
      platformStatus: "ACTIVE",
      objective: "OUTCOME_SALES",
      labels: ["evergreen"],
      createdAtMs: 1_767_600_000_000,
      budget: { period: "daily", amountMicros: 42_000_000n },
      learning: "learning",
      lastEditAtMs: 1_773_000_000_000,
      budgetScheduled: true,
    });
  });

  it("tells how an ad set bids, by its campaign's word where it has none of its own", async () => {
    const answers = (campaign: object, adSet: object) => ({
      "act_1001/campaigns": [aCampaign(campaign)],
      "act_1001/adsets": [anAdSet(adSet)],
    });
    const of = async (campaign: object, adSet: object) =>
      (await fetched(answers(campaign, adSet))).snapshot.entities.map(({ bidStrategy }) => bidStrategy);
    expect(await of({ bid_strategy: "COST_CAP" }, {})).toEqual(["COST_CAP", "COST_CAP"]);
    expect(await of({ bid_strategy: null }, { bid_strategy: "LOWEST_COST_WITH_BID_CAP" })).toEqual([
      undefined,
      "LOWEST_COST_WITH_BID_CAP",
    ]);
  });

  it.each([
    [{ daily_budget: "0", lifetime_budget: "0" }],
    [{ daily_budget: null, lifetime_budget: null }],
    [{ daily_budget: undefined, lifetime_budget: undefined }],
  ])("takes %j for no budget, never for a budget of 0", async (fields) => {
    const { snapshot } = await fetched({ "act_1001/adsets": [anAdSet(fields)] });
    expect(snapshot.entities[1]?.budget).toBeNull();
  });

  it("keeps a lifetime budget apart from a daily one", async () => {
    const { snapshot } = await fetched({
      "act_1001/adsets": [anAdSet({ daily_budget: "0", lifetime_budget: "90000" })],
    });
    expect(snapshot.entities[1]?.budget).toEqual({ period: "lifetime", amountMicros: 900_000_000n });
  });

  it("reads budgets in Meta's own unit of the currency", async () => {
    const { snapshot } = await fetched({
      act_1001: { ...QUIET_ACCOUNT.act_1001, currency: "HUF", min_daily_budget: "400" },
    });
    expect(snapshot.entities[1]?.budget).toEqual({ period: "daily", amountMicros: 4_200_000_000n });
    expect(snapshot).toMatchObject({ minDailyBudgetMicros: 400_000_000n, budgetUnitMicros: 1_000_000n });
  });

  it.each([
    ["ACTIVE", "active"],
    ["PAUSED", "paused"],
    ["CAMPAIGN_PAUSED", "paused"],
    ["DELETED", "removed"],
    ["ARCHIVED", "other"],
    ["WITH_ISSUES", "other"],
    ["IN_PROCESS", "other"],
    ["A_WORD_OF_NEXT_YEAR", "other"],
    ["toString", "other"],
  ])("takes the effective status %s as %s and keeps Meta's word", async (effective, status) => {
    const { snapshot } = await fetched({ "act_1001/adsets": [anAdSet({ effective_status: effective })] });
    expect(snapshot.entities[1]).toMatchObject({ status, platformStatus: effective });
  });

  it.each([
    [{ status: "SUCCESS" }, "learned"],
    [{ status: "FAIL" }, "limited"],
    [{ status: "SOMETHING_NEW" }, "unknown"],
    [{}, "unknown"],
    [undefined, "unknown"],
  ])("takes the learning state %j as %s", async (info, learning) => {
    const { snapshot } = await fetched({ "act_1001/adsets": [anAdSet({ learning_stage_info: info })] });
    expect(snapshot.entities[1]).toMatchObject({ learning, lastEditAtMs: null });
  });

  it.each<[string[], string]>([
    [["SUCCESS", "LEARNING", "SUCCESS"], "learning"],
    [["SUCCESS", "FAIL"], "limited"],
    [["SUCCESS", "NONE"], "unknown"],
    [["SUCCESS", "SUCCESS"], "learned"],
    [[], "unknown"],
  ])("takes a campaign whose delivering ad sets are %j as %s", async (states, learning) => {
    const adSets = states.map((status, index) =>
      anAdSet({ id: String(3001 + index), learning_stage_info: { status, last_sig_edit_ts: 1_000 + index } }),
    );
    const paused = { id: "3900", effective_status: "PAUSED", learning_stage_info: { status: "LEARNING" } };
    const { snapshot } = await fetched({ "act_1001/adsets": [...adSets, anAdSet(paused)] });
    expect(snapshot.entities[0]).toMatchObject({
      learning,
      lastEditAtMs: states.length === 0 ? null : (999 + states.length) * 1000,
    });
  });
});
