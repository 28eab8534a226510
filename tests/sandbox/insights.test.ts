import { describe, expect, it } from "vitest";
import { advance, loadWorld, saveWorld } from "../../lib/sandbox/index.ts";
import { allRows, aServedWorld, type GraphBody, serveWorld } from "../support/sandbox.ts";

const DAY = { since: "2026-03-09", until: "2026-03-09" };

describe("lib/sandbox/meta/insights", () => {
  const question = { level: "adset", time_range: DAY, time_increment: 1, limit: 100 };

  it("shows figures as texts, amounts in major units, the day twice", async () => {
    const world = await aServedWorld();
    const fields = "adset_id,adset_name,campaign_id,account_id,spend,impressions,clicks,inline_link_clicks";
    const { data } = await world.call("GET", "act_1001/insights", { ...question, fields });
    const row = data.find((one: GraphBody) => one.adset_name === "Lookalike 1% buyers");
    expect(row).toMatchObject({
      account_id: "1001",
      adset_id: await world.idOf("Lookalike 1% buyers"),
      campaign_id: await world.idOf("PROS | Lookalike | FR"),
      date_start: "2026-03-09",
      date_stop: "2026-03-09",
    });
    expect(row.spend).toMatch(/^1\d\d(\.\d{1,2})?$/);
    expect(Number(row.spend)).toBeGreaterThan(135);
    expect(Number(row.spend)).toBeLessThan(185);
    for (const counter of ["impressions", "clicks", "inline_link_clicks"])
      expect(row[counter]).toMatch(/^\d+$/);
  });

  it("shows a purchase under three types, one part per window asked for, and nothing for windows that Meta has dropped", async () => {
    const world = await aServedWorld();
    const { data } = await world.call("GET", "act_1001/insights", {
      ...question,
      level: "account",
      time_range: { since: "2026-02-20", until: "2026-02-20" },
      fields: "actions,action_values",
      action_attribution_windows: ["1d_click", "7d_click", "28d_click", "1d_view", "7d_view"],
    });
    const [row] = data;
    const byType = Object.fromEntries(row.actions.map((one: GraphBody) => [one.action_type, one]));
    expect(Object.keys(byType)).toEqual([
      "link_click",
      "omni_purchase",
      "purchase",
      "offsite_conversion.fb_pixel_purchase",
    ]);
    const omni = byType.omni_purchase;
    expect(byType.purchase.value).toBe(omni.value);
    expect(Number(byType["offsite_conversion.fb_pixel_purchase"].value)).toBeLessThan(Number(omni.value));
    expect(Number(omni["7d_click"]) + Number(omni["1d_view"])).toBe(Number(omni.value));
    expect(Number(omni["1d_click"])).toBeLessThan(Number(omni["7d_click"]));
    expect(Number(omni["28d_click"])).toBeGreaterThan(Number(omni["7d_click"]));
    expect(omni).not.toHaveProperty("7d_view");
    const value = row.action_values.find((one: GraphBody) => one.action_type === "omni_purchase");
    expect(Number(value.value) / Number(omni.value)).toBeGreaterThan(100);
    expect(row.action_values.map((one: GraphBody) => one.action_type)).not.toContain("link_click");
  });

  it("leaves actions out where there are none, and gives no row to a day without delivery", async () => {
    const world = await aServedWorld();
    const { data } = await world.call("GET", "act_1001/insights", {
      ...question,
      fields: "adset_name,action_values",
    });
    const names = data.map((one: GraphBody) => one.adset_name);
    expect(data).toHaveLength(37);
    expect(names).not.toContain("Winter sale stories");
    expect(names).not.toContain("UGC test 13");
    const dud = data.find((one: GraphBody) => one.adset_name === "Yoga and meditation");
    expect(Object.keys(dud).sort()).toEqual(["adset_name", "date_start", "date_stop"]);
  });

  it("shows only purchases of windows that were asked for as keys", async () => {
    const world = await aServedWorld();
    const { data } = await world.call("GET", "act_1001/insights", {
      ...question,
      level: "account",
      fields: "actions",
      use_unified_attribution_setting: true,
    });
    expect(Object.keys(data[0].actions[1])).toEqual(["action_type", "value"]);
  });

  it("counts a purchase on the day it was made: today grows, and no day that is over", async () => {
    const world = await aServedWorld();
    async function purchases(day: string): Promise<number> {
      const { data } = await world.call("GET", "act_1001/insights", {
        ...question,
        level: "account",
        time_range: { since: day, until: day },
        fields: "actions",
      });
      return Number(data[0].actions.find((one: GraphBody) => one.action_type === "omni_purchase").value);
    }
    const [today, yesterday] = [await purchases("2026-03-11"), await purchases("2026-03-10")];
    await world.client.advance({ ms: 8 * 86_400_000 });
    // 4 h 10 min of 24 had passed.
    expect(await purchases("2026-03-11")).toBeGreaterThan(today * 3);
    expect(await purchases("2026-03-10")).toBe(yesterday);
  });

  it("covers today as far as it has come, and nothing after", async () => {
    const world = await aServedWorld();
    const { data } = await world.call("GET", "act_1001/insights", {
      ...question,
      level: "account",
      time_range: { since: "2026-03-10", until: "2026-03-14" },
      fields: "spend",
    });
    expect(data.map((one: GraphBody) => one.date_start)).toEqual(["2026-03-10", "2026-03-11"]);
    // 4 h 10 min of 24.
    expect(Number(data[1].spend) / Number(data[0].spend)).toBeCloseTo(0.174, 1);
  });

  it.each([
    ["without time_range", { level: "adset", time_increment: "1" }],
    [
      "with the days the wrong way round",
      { time_range: '{"since":"2026-03-09","until":"2026-03-08"}', time_increment: "1" },
    ],
    [
      "over days that do not exist",
      { time_range: '{"since":"2026-02-28","until":"2026-02-30"}', time_increment: "1" },
    ],
    ["by the week", { time_range: JSON.stringify(DAY), time_increment: "7" }],
    ["of ads, which it has none of", { level: "ad", time_range: JSON.stringify(DAY), time_increment: "1" }],
    ["of an unknown level", { level: "adgroup", time_range: JSON.stringify(DAY), time_increment: "1" }],
    [
      "for an unknown window",
      { time_range: JSON.stringify(DAY), time_increment: "1", action_attribution_windows: '["14d_click"]' },
    ],
    ["broken down by age", { time_range: JSON.stringify(DAY), time_increment: "1", breakdowns: '["age"]' }],
    [
      "broken down by device",
      { time_range: JSON.stringify(DAY), time_increment: "1", action_breakdowns: '["action_device"]' },
    ],
    ["in a range that is no JSON", { time_range: "[yesterday", time_increment: "1" }],
  ])("refuses insights %s", async (_, query) => {
    const world = await aServedWorld();
    const { status, body } = await world.raw("/v25.0/act_1001/insights", query);
    expect([status, body.error.code]).toEqual([400, 100]);
  });

  it("adds days up where none are asked for by themselves, but counts people once", async () => {
    const world = await aServedWorld();
    const week = { since: "2026-03-04", until: "2026-03-10" };
    const rowsOf = async (level: string, fields: object): Promise<GraphBody[]> => {
      const asked = {
        level,
        fields: "adset_name,campaign_id,reach,impressions,spend",
        limit: 500,
        ...fields,
      };
      return (await world.call("GET", "act_1001/insights", asked)).data;
    };
    const sum = (rows: readonly GraphBody[], field: string) =>
      rows.reduce((total, row) => total + Number(row[field]), 0);
    const whole = await rowsOf("adset", { time_range: week });
    const daily = await rowsOf("adset", { time_range: week, time_increment: 1 });
    for (const row of whole) {
      const days = daily.filter((one) => one.adset_name === row.adset_name);
      expect(row).toMatchObject({ date_start: "2026-03-04", date_stop: "2026-03-10" });
      expect(Number(row.impressions)).toBe(sum(days, "impressions"));
      expect(Number(row.spend)).toBeCloseTo(sum(days, "spend"), 2);
      expect(Number(row.reach)).toBeLessThanOrEqual(Number(row.impressions));
      expect(Number(row.reach)).toBeLessThanOrEqual(sum(days, "reach"));
      expect(Math.max(...days.map((day) => Number(day.reach)))).toBeLessThanOrEqual(Number(row.reach));
    }
    const [account] = await rowsOf("account", { time_range: week });
    const campaigns = await rowsOf("campaign", { time_range: week });
    expect(Number(account.reach)).toBeLessThan(sum(campaigns, "reach"));
    expect(sum(campaigns, "reach")).toBeLessThan(sum(whole, "reach"));
    // Visitors of the shop are few, and see the same ads again and again.
    const visitors = whole.find((row) => row.adset_name === "Visitors 1-7 days");
    expect(Number(visitors.impressions) / Number(visitors.reach)).toBeGreaterThan(1.5);
    expect(sum(whole, "impressions") / sum(whole, "reach")).toBeLessThan(1.5);
  });

  it("pages through 92 days of forty ad sets", async () => {
    const world = await aServedWorld();
    const rows = await allRows(
      await world.call("GET", "act_1001/insights", {
        ...question,
        time_range: { since: "2025-12-09", until: "2026-03-10" },
        fields: "adset_id,spend,impressions,clicks,actions,action_values",
        limit: 500,
      }),
    );
    expect(new Set(rows.map(({ adset_id, date_start }) => `${adset_id} ${date_start}`)).size).toBe(
      rows.length,
    );
    // 33 whole histories; those born 24, 17 and twice 2 days ago; one paused 12 days ago, two paused 40 days ago.
    const delivered = rows.filter(({ impressions }) => impressions !== "0");
    expect(delivered).toHaveLength(33 * 92 + 24 + 17 + 2 * 2 + 81 + 2 * 53);
  });

  it("gives a row to a day without delivery on which a purchase of earlier clicks was made", async () => {
    const world = await aServedWorld();
    const { data } = await world.call("GET", "act_1001/insights", {
      ...question,
      time_range: { since: "2026-01-31", until: "2026-02-28" },
      fields: "adset_name,spend,impressions,actions",
      limit: 5000,
    });
    // Paused on 30 January at ten.
    const late = data.filter((one: GraphBody) => one.adset_name.startsWith("Winter sale"));
    expect(late).not.toEqual([]);
    for (const row of late) {
      expect(row).toMatchObject({ spend: "0", impressions: "0" });
      expect(row.date_start < "2026-02-10").toBe(true);
      expect(row.actions.map((one: GraphBody) => one.action_type)).toContain("purchase");
    }
  });

  it("follows a budget that was raised on the days after, not before", async () => {
    const world = await aServedWorld();
    const adSet = await world.idOf("UGC Clara");
    const plain = advance(loadWorld(world.folder), 72 * 3_600_000);
    await world.call("POST", adSet, { daily_budget: 12_600 });
    await world.client.advance({ ms: 72 * 3_600_000 });
    async function spend(one: typeof world, day: string): Promise<number> {
      const { data } = await one.call("GET", "act_1001/insights", {
        ...question,
        time_range: { since: day, until: day },
        fields: "adset_id,spend",
      });
      return Number(data.find((row: GraphBody) => row.adset_id === adSet).spend);
    }
    const raised = [await spend(world, "2026-03-10"), await spend(world, "2026-03-12")];
    await world.close();
    saveWorld(world.folder, plain);
    const unraised = await serveWorld(world.folder);
    expect(await spend(unraised, "2026-03-10")).toBe(raised[0]);
    expect((raised[1] ?? 0) / (await spend(unraised, "2026-03-12"))).toBeCloseTo(1.2, 2);
  });
});
