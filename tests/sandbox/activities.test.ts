import { describe, expect, it } from "vitest";
import { allRows, aServedWorld, type GraphBody } from "../support/sandbox.ts";

const FIELDS =
  "event_type,event_time,object_id,object_name,object_type,actor_id,actor_name,application_id,application_name,extra_data";
const PATH = "act_1001/activities";

describe("lib/sandbox/meta/activities", () => {
  it("tells what Palier and people changed, newest first, with who, through what, from and to", async () => {
    const world = await aServedWorld();
    const clara = await world.idOf("UGC Clara");
    const broad = await world.idOf("PROS | Broad | FR");
    await world.call("POST", clara, { daily_budget: 12_600 });
    await world.client.advance({ ms: 60_000 });
    await world.client.edit({ entityId: broad, edit: { field: "daily_budget", cents: 40_000 } });
    await world.client.edit({ entityId: broad, edit: { field: "status", status: "PAUSED" } });
    await world.client.edit({
      entityId: clara,
      edit: { field: "status", status: "PAUSED" },
      by: "Nadia Petit",
      via: "Other Tool",
    });
    const { data } = await world.call("GET", PATH, { fields: FIELDS });
    expect(data).toMatchObject([
      {
        event_type: "update_ad_set_run_status",
        object_id: clara,
        actor_name: "Nadia Petit",
        application_name: "Other Tool",
        extra_data: '{"old_value":"Active","new_value":"Inactive"}',
      },
      { event_type: "update_campaign_run_status", object_id: broad, object_type: "CAMPAIGN_GROUP" },
      {
        event_type: "update_campaign_budget",
        event_time: "2026-03-11T03:11:00+0000",
        object_id: broad,
        object_name: "PROS | Broad | FR",
        actor_name: "Camille Roy",
        application_name: "Ads Manager",
        extra_data:
          '{"currency":"EUR","old_value":{"old_value":43000,"type":"Per day"},"new_value":{"new_value":40000,"type":"Per day"}}',
      },
      {
        event_type: "update_ad_set_budget",
        event_time: "2026-03-11T03:10:00+0000",
        object_id: clara,
        object_type: "CAMPAIGN",
        actor_name: "Palier",
        application_name: "Palier",
      },
    ]);
    expect(data[2].actor_id).toMatch(/^\d+$/);
    expect(data[2].actor_id).toBe(data[1].actor_id);
    expect(data[2].actor_id).not.toBe(data[0].actor_id);
  });

  it("leaves out what was refused, only asked for or changed nothing, and what happened on Google", async () => {
    const world = await aServedWorld();
    const clara = await world.idOf("UGC Clara");
    await world.call("POST", clara, { daily_budget: 5 }).catch(() => undefined);
    await world.call("POST", clara, { daily_budget: 11_000, execution_options: ["validate_only"] });
    await world.call("POST", clara, { daily_budget: 10_500 });
    const shared = await world.idOf("Search generic");
    await world.client.edit({ entityId: shared, edit: { field: "daily_budget", cents: 20_000 } });
    expect(await world.client.ledger()).toHaveLength(4);
    expect((await world.call("GET", PATH, { fields: FIELDS })).data).toEqual([]);
  });

  it("answers for the last week unless told, and between the seconds or days asked for", async () => {
    const world = await aServedWorld();
    const entityId = await world.idOf("UGC Clara");
    for (const cents of [9000, 9500, 9900]) {
      await world.client.edit({ entityId, edit: { field: "daily_budget", cents } });
      await world.client.advance({ ms: 4 * 86_400_000 });
    }
    async function amounts(query: object): Promise<number[]> {
      const { data } = await world.call("GET", PATH, { fields: "extra_data", ...query });
      return data.map((row: GraphBody) => JSON.parse(row.extra_data).new_value.new_value);
    }
    // Edits on 11, 15 and 19 March at 04:10; it is 23 March.
    expect(await amounts({})).toEqual([9900]);
    expect(await amounts({ since: "2026-03-11" })).toEqual([9900, 9500, 9000]);
    expect(await amounts({ since: "2026-03-12", until: "2026-03-19" })).toEqual([9500]);
    const secondMs = Date.parse("2026-03-15T04:10:00+01:00") / 1000;
    expect(await amounts({ since: secondMs, until: secondMs })).toEqual([9500]);
    expect(await amounts({ since: secondMs + 1 })).toEqual([9900]);
  });

  it("narrows to a category", async () => {
    const world = await aServedWorld();
    const entityId = await world.idOf("UGC Clara");
    const campaign = await world.idOf("PROS | Broad | FR");
    await world.client.edit({ entityId, edit: { field: "daily_budget", cents: 9000 } });
    await world.client.edit({ entityId: campaign, edit: { field: "status", status: "PAUSED" } });
    async function types(category: string): Promise<string[]> {
      const { data } = await world.call("GET", PATH, { fields: "event_type", category });
      return data.map((row: GraphBody) => row.event_type);
    }
    expect(await types("BUDGET")).toEqual(["update_ad_set_budget"]);
    expect(await types("STATUS")).toEqual(["update_campaign_run_status"]);
    expect(await types("AD_SET")).toEqual(["update_ad_set_budget"]);
    expect(await types("CAMPAIGN")).toEqual(["update_campaign_run_status"]);
    expect(await types("TARGETING")).toEqual([]);
  });

  it("comes in pages", async () => {
    const world = await aServedWorld();
    const entityId = await world.idOf("UGC Clara");
    for (const cents of [9000, 9500, 9900])
      await world.client.edit({ entityId, edit: { field: "daily_budget", cents } });
    const first = await world.call("GET", PATH, { fields: "object_id", limit: 2 });
    expect(first.data).toHaveLength(2);
    expect(await allRows(first)).toHaveLength(3);
  });

  it.each([
    ["an unknown category", { category: "BUDGETS" }],
    ["a time that is none", { since: "yesterday" }],
    ["a field that activities have not", { fields: "id" }],
    ["a field that is not simulated", { fields: "translated_event_type" }],
    ["a parameter that is not simulated", { oid: "1" }],
  ])("refuses %s", async (_, query) => {
    const world = await aServedWorld();
    const { status, body } = await world.raw(`/v25.0/${PATH}`, query);
    expect([status, body.error.code]).toEqual([400, 100]);
  });
});
