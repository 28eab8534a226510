import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../lib/domain/canonical.ts";
import { accountSnapshotSchema, type InsightLevel } from "../../../lib/domain/snapshot.ts";
import { aCampaign, anAdSet, anInsightRow, QUIET_ACCOUNT } from "../../support/graph-fake.ts";
import { aFetchRequest, aMetaPlatform, EDITS_FROM_MS } from "../../support/meta-platform.ts";

const AD_SET = { platform: "meta", accountId: "1001", level: "adGroup", id: "3001" } as const;

async function fetched(
  answers: Readonly<Record<string, object>>,
  levels: readonly InsightLevel[] = ["account"],
) {
  const { graph, platform } = await aMetaPlatform(answers);
  return { graph, ...(await platform.fetchAccount(aFetchRequest({ levels }))) };
}

describe("lib/platforms/meta/read", () => {
  it("fetches an account as a snapshot: its facts, its census and the days it covers", async () => {
    const { snapshot } = await fetched({});
    expect(snapshot).toMatchObject({
      platform: "meta",
      accountId: "1001",
      name: "Atelier Lune",
      currency: "EUR",
      zone: "Europe/Paris",
      fetchedAtMs: 1_773_198_600_000,
      coveredFrom: "2026-02-04",
      coveredTo: "2026-03-10",
      levels: ["account"],
      conversion: "omni_purchase",
      attribution: "7dClick+1dView",
      countedOn: "conversion",
      minDailyBudgetMicros: 1_000_000n,
      budgetUnitMicros: 10_000n,
      insights: [],
      history: { fromMs: EDITS_FROM_MS, edits: [] },
    });
    expect(snapshot.entities.map(({ level, id }) => `${level} ${id}`)).toEqual([
      "campaign 2001",
      "adGroup 3001",
    ]);
    expect(accountSnapshotSchema.parse(JSON.parse(canonicalJson(snapshot)))).toEqual(snapshot);
  });

  it("makes one series of requests per list and level, whatever the number of entities", async () => {
    const adSets = Array.from({ length: 40 }, (_, index) => anAdSet({ id: String(3001 + index) }));
    const { graph, requests } = await fetched({ "act_1001/adsets": adSets }, [
      "account",
      "campaign",
      "adGroup",
      "adGroup",
    ]);
    expect(graph.requests.map(({ path, query }) => `${path} ${query.level ?? ""}`.trim())).toEqual([
      "act_1001",
      "act_1001/campaigns",
      "act_1001/adsets",
      "act_1001/insights account",
      "act_1001/insights campaign",
      "act_1001/insights adset",
      "act_1001/activities",
    ]);
    expect(requests).toBe(7);
  });

  it("reads exactly the levels asked for", async () => {
    const { graph, snapshot } = await fetched({}, ["campaign"]);
    expect(snapshot.levels).toEqual(["campaign"]);
    expect(graph.requests.flatMap(({ query }) => query.level ?? [])).toEqual(["campaign"]);
  });

  it("orders entities by id, so that the same account always gives the same snapshot", async () => {
    const ids = ["10000", "999", "1000"];
    const { snapshot } = await fetched({
      "act_1001/campaigns": ids.map((id) => aCampaign({ id })),
      "act_1001/adsets": ids.map((id) => anAdSet({ id: `${id}5`, campaign_id: "77" })),
    });
    expect(snapshot.entities.map(({ id }) => id)).toEqual([
      "999",
      "1000",
      "10000",
      "9995",
      "10005",
      "100005",
    ]);
    expect(snapshot.entities[3]).toMatchObject({ parentId: "77", objective: null });
  });

  it.each<[string, Record<string, object>, string]>([
    [
      "an ad set of another account",
      { "act_1001/adsets": [anAdSet({ account_id: "1002" })] },
      "3001 of another account",
    ],
    ["a campaign listed twice", { "act_1001/campaigns": [aCampaign(), aCampaign()] }, "lists 2001 twice"],
    [
      "a budget in words",
      { "act_1001/adsets": [anAdSet({ daily_budget: "much" })] },
      "an ad set is not as documented: daily_budget",
    ],
    ["a budget with decimals", { "act_1001/adsets": [anAdSet({ daily_budget: 42.5 })] }, "daily_budget"],
    [
      "both kinds of budget",
      { "act_1001/adsets": [anAdSet({ lifetime_budget: "9" })] },
      "a daily and a lifetime budget for 3001",
    ],
    [
      "an id as a number",
      { "act_1001/campaigns": [aCampaign({ id: 2001 })] },
      "a campaign is not as documented: id",
    ],
    [
      "another account",
      { act_1001: { ...QUIET_ACCOUNT.act_1001, account_id: "1002" } },
      "another account than 1001",
    ],
    [
      "no minimum budget",
      { act_1001: { ...QUIET_ACCOUNT.act_1001, min_daily_budget: undefined } },
      "min_daily_budget",
    ],
  ])("refuses an account with %s", async (_, answers, message) => {
    const { platform } = await aMetaPlatform(answers);
    const failure = platform.fetchAccount(aFetchRequest());
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toMatchObject({ name: "PlatformError", details: { kind: "malformed" } });
  });

  it("refuses a currency whose minor unit is not known", async () => {
    const { platform } = await aMetaPlatform({ act_1001: { ...QUIET_ACCOUNT.act_1001, currency: "ZZZ" } });
    await expect(platform.fetchAccount(aFetchRequest())).rejects.toThrow('the currency "ZZZ" is not known');
  });

  it("asks nothing at all with a dead attribution window, which would read as zero conversions", async () => {
    const { graph, platform } = await aMetaPlatform({});
    await expect(platform.fetchAccount(aFetchRequest({ attribution: "7dView" }))).rejects.toMatchObject({
      details: { kind: "invalid" },
    });
    expect(graph.requests).toEqual([]);
  });

  it.each([[[]], [["omni_purchase", "omni_add_to_cart"]]])(
    "asks nothing at all where %j is to be counted, since one purchase stands under several action types",
    async (conversions) => {
      const { graph, platform } = await aMetaPlatform({});
      await expect(platform.fetchAccount(aFetchRequest({ conversions }))).rejects.toMatchObject({
        name: "PlatformError",
        details: { kind: "invalid" },
      });
      expect(graph.requests).toEqual([]);
    },
  );

  it("shows what a budget holder has right now", async () => {
    const { platform } = await aMetaPlatform({ 3001: anAdSet({ status: "PAUSED", daily_budget: "3550" }) });
    expect(await platform.readHolder(AD_SET)).toEqual({
      status: "paused",
      dailyBudgetMicros: 35_500_000n,
      budgetName: "3001",
    });
  });

  it("reads the status that was set, not how delivery follows it", async () => {
    const { platform } = await aMetaPlatform({
      3001: anAdSet({ status: "ACTIVE", effective_status: "CAMPAIGN_PAUSED" }),
    });
    expect(await platform.readHolder(AD_SET)).toMatchObject({ status: "active" });
  });

  it.each([
    ["a lifetime budget", { daily_budget: "0", lifetime_budget: "9000" }],
    ["the campaign owning the money", { daily_budget: undefined, lifetime_budget: undefined }],
  ])("knows no daily budget with %s", async (_, fields) => {
    const { platform } = await aMetaPlatform({ 3001: anAdSet({ status: "ARCHIVED", ...fields }) });
    expect(await platform.readHolder(AD_SET)).toMatchObject({ status: "other", dailyBudgetMicros: null });
  });

  it("asks for the account's currency once and for the holder each time", async () => {
    const { graph, platform } = await aMetaPlatform({ 3001: anAdSet() });
    await platform.readHolder(AD_SET);
    await platform.readHolder(AD_SET);
    expect(graph.requests.map(({ path }) => path)).toEqual(["act_1001", "3001", "3001"]);
  });

  it.each([[{ id: "3002" }], [{ account_id: "1002" }]])(
    "refuses the answer for another holder: %j",
    async (fields) => {
      const { platform } = await aMetaPlatform({ 3001: anAdSet(fields) });
      await expect(platform.readHolder(AD_SET)).rejects.toThrow("another entity than 3001");
    },
  );

  it("refuses a shared budget before it asks Meta anything", async () => {
    const { graph, platform } = await aMetaPlatform({ 3001: anAdSet() });
    await expect(platform.readHolder({ ...AD_SET, level: "sharedBudget" })).rejects.toThrow(
      'Meta has no shared budgets, so "3001" cannot be one of its own',
    );
    expect(graph.requests).toEqual([]);
  });

  it("sends no id that could be another address", async () => {
    const { graph, platform } = await aMetaPlatform({});
    await expect(platform.readHolder({ ...AD_SET, id: "../me" })).rejects.toThrow(
      '"../me" is not an id of Meta',
    );
    expect(graph.requests.map(({ path }) => path)).toEqual(["act_1001"]);
  });

  it("reads rows that carry more than is known of them", async () => {
    const row = anInsightRow({
      brand_new_field: [1],
      actions: [{ action_type: "omni_purchase", "7d_click": "1", dda: "9" }],
    });
    const { snapshot } = await fetched({ "act_1001/insights account": [row] });
    expect(snapshot.insights[0]?.conversions).toBe(1);
  });
});
