import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { InsightLevel } from "../../../lib/domain/snapshot.ts";
import { anInsightRow, type GraphFake, TOKEN } from "../../support/graph-fake.ts";
import { aFetchRequest, aMetaPlatform } from "../../support/meta-platform.ts";

async function fetchInsights(
  answers: Readonly<Record<string, object>>,
  levels: readonly InsightLevel[],
  attribution = "7dClick+1dView",
) {
  const { graph, platform } = await aMetaPlatform(answers);
  const { snapshot } = await platform.fetchAccount(aFetchRequest({ levels, attribution }));
  return { graph, insights: snapshot.insights };
}

function insightsQuery({ requests }: GraphFake) {
  return requests.find(({ path }) => path === "act_1001/insights")?.query;
}

describe("lib/platforms/meta/insights", () => {
  it("asks for single days of explicit dates with the attribution pinned", async () => {
    const { graph } = await fetchInsights({}, ["adGroup"]);
    expect(insightsQuery(graph)).toEqual({
      access_token: TOKEN,
      level: "adset",
      time_increment: "1",
      time_range: '{"since":"2026-02-04","until":"2026-03-10"}',
      action_attribution_windows: '["7d_click","1d_view"]',
      fields:
        "spend,impressions,clicks,inline_link_clicks,actions,action_values,date_start,date_stop,account_id,adset_id",
      limit: "500",
    });
  });

  it("pins each ad set's own attribution for asSet", async () => {
    const row = anInsightRow({ actions: [{ action_type: "omni_purchase", value: "4", "7d_click": "3" }] });
    const { graph, insights } = await fetchInsights(
      { "act_1001/insights account": [row] },
      ["account"],
      "asSet",
    );
    expect(insightsQuery(graph)).toMatchObject({ use_unified_attribution_setting: "true" });
    expect(insightsQuery(graph)).not.toHaveProperty("action_attribution_windows");
    expect(insights[0]?.conversions).toBe(4);
  });

  it("reads amounts in major units exactly, and one action type over the windows asked for", async () => {
    const row = anInsightRow({
      spend: "5339.57",
      clicks: "204",
      inline_link_clicks: "150",
      actions: [
        { action_type: "omni_purchase", value: "9", "7d_click": "0.1", "1d_view": "0.2" },
        { action_type: "purchase", value: "9", "7d_click": "7" },
      ],
      action_values: [
        { action_type: "omni_purchase", value: "999", "7d_click": "310.15", "1d_view": "20.05" },
      ],
    });
    const { insights } = await fetchInsights({ "act_1001/insights account": [row] }, ["account"]);
    expect(insights).toEqual([
      {
        level: "account",
        entityId: "1001",
        day: "2026-03-10",
        spendMicros: 5_339_570_000n,
        impressions: 1000,
        clicks: 204,
        linkClicks: 150,
        conversions: 0.3,
        conversionValueMicros: 330_200_000n,
      },
    ]);
  });

  it("counts what Meta leaves out of a row as none", async () => {
    const { insights } = await fetchInsights({ "act_1001/insights account": [anInsightRow()] }, ["account"]);
    expect(insights[0]).toMatchObject({
      clicks: 0,
      linkClicks: 0,
      conversions: 0,
      conversionValueMicros: 0n,
    });
  });

  it("names rows by their level's id and orders them by level, entity and day", async () => {
    const rows = [
      anInsightRow({ adset_id: "30010" }),
      anInsightRow({ adset_id: "3002", date_start: "2026-03-10", date_stop: "2026-03-10" }),
      anInsightRow({ adset_id: "3002", date_start: "2026-02-04", date_stop: "2026-02-04" }),
    ];
    const { insights } = await fetchInsights(
      {
        "act_1001/insights account": [anInsightRow()],
        "act_1001/insights campaign": [anInsightRow({ campaign_id: "2001" })],
        "act_1001/insights adset": rows,
      },
      ["account", "campaign", "adGroup"],
    );
    expect(insights.map(({ level, entityId, day }) => `${level} ${entityId} ${day}`)).toEqual([
      "account 1001 2026-03-10",
      "campaign 2001 2026-03-10",
      "adGroup 3002 2026-02-04",
      "adGroup 3002 2026-03-10",
      "adGroup 30010 2026-03-10",
    ]);
  });

  it.each<[string, object[], string]>([
    ["of another account", [anInsightRow({ account_id: "1002" })], "another account"],
    ["of no entity", [anInsightRow({ campaign_id: undefined })], "of no entity"],
    [
      "before the days asked for",
      [anInsightRow({ date_start: "2026-02-03", date_stop: "2026-02-03" })],
      "2026-02-03",
    ],
    ["of today", [anInsightRow({ date_start: "2026-03-11", date_stop: "2026-03-11" })], "2026-03-11"],
    ["of several days", [anInsightRow({ date_start: "2026-03-01" })], "2026-03-01 to 2026-03-10"],
    ["of an impossible day", [anInsightRow({ date_start: "2026-02-30" })], "date_start"],
    ["twice", [anInsightRow(), anInsightRow()], "twice for 2001 on 2026-03-10"],
    ["without spend", [anInsightRow({ spend: undefined })], "spend"],
    ["with spend in words", [anInsightRow({ spend: "12,34" })], "spend"],
    ["without impressions", [anInsightRow({ impressions: undefined })], "impressions"],
    ["with half a click", [anInsightRow({ clicks: "0.5" })], "clicks"],
    ["with half an action", [anInsightRow({ actions: [{ value: "1" }] })], "actions.0.action_type"],
  ])("refuses rows %s: a wrong figure is worse than none", async (_, rows, message) => {
    const answers = { "act_1001/insights campaign": rows.map((row) => ({ campaign_id: "2001", ...row })) };
    const failure = fetchInsights(answers, ["campaign"]);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toMatchObject({ details: { kind: "malformed" } });
  });

  it("refuses Meta's recorded answer over four days, which is not the daily one asked for", async () => {
    const recorded = JSON.parse(readFileSync("tests/fixtures/meta/insights_account_range.json", "utf8"));
    const rows = recorded.data.map((row: object) => ({ account_id: "1001", impressions: "1", ...row }));
    await expect(fetchInsights({ "act_1001/insights account": rows }, ["account"])).rejects.toThrow(
      "2024-06-21 to 2024-06-24",
    );
  });

  it("goes without single ads, and says so by the levels of its snapshot", async () => {
    const { platform } = await aMetaPlatform({});
    const { snapshot } = await platform.fetchAccount(aFetchRequest({ levels: ["account", "ad"] }));
    expect(snapshot.levels).toEqual(["account"]);
  });

  it("counts further conversions and attributions with the same request, none as absent", async () => {
    const rows = [
      anInsightRow({
        actions: [
          { action_type: "omni_purchase", value: "9", "7d_click": "5", "1d_view": "1", "1d_click": "4" },
          { action_type: "lead", value: "3.5", "7d_click": "2", "1d_view": "1" },
        ],
        action_values: [
          { action_type: "omni_purchase", value: "99.5", "7d_click": "50", "1d_click": "40.01" },
        ],
      }),
      anInsightRow({ date_start: "2026-03-09", date_stop: "2026-03-09" }),
    ];
    const { graph, platform } = await aMetaPlatform({ "act_1001/insights account": rows });
    const { snapshot, requests } = await platform.fetchAccount(
      aFetchRequest({
        claims: [
          { key: "purchase/1dClick", names: ["omni_purchase"], attribution: "1dClick" },
          { key: "lead/7dClick+1dView", names: ["lead"], attribution: "7dClick+1dView" },
          { key: "purchase/asSet", names: ["omni_purchase"], attribution: "asSet" },
          { key: "call/7dClick+1dView", names: [], attribution: "7dClick+1dView" },
        ],
      }),
    );
    expect(snapshot.claims).toEqual(["purchase/1dClick", "lead/7dClick+1dView", "purchase/asSet"]);
    expect(snapshot.insights[0]).not.toHaveProperty("claims");
    expect(snapshot.insights[1]).toMatchObject({ conversions: 6, conversionValueMicros: 50_000_000n });
    expect(snapshot.insights[1]?.claims).toEqual({
      "purchase/1dClick": { conversions: 4, conversionValueMicros: 40_010_000n },
      "lead/7dClick+1dView": { conversions: 3, conversionValueMicros: 0n },
      "purchase/asSet": { conversions: 9, conversionValueMicros: 99_500_000n },
    });
    // Account, campaigns, ad sets, the one series of insights, history.
    expect(requests).toBe(5);
    expect(insightsQuery(graph)).toMatchObject({
      use_unified_attribution_setting: "true",
      action_attribution_windows: '["7d_click","1d_view","1d_click"]',
    });
  });
});
