import { describe, expect, it } from "vitest";
import { aServedWorld, type GraphBody, type ServedWorld } from "../support/sandbox.ts";

async function post(world: ServedWorld, id: string, body: object): Promise<GraphBody> {
  const answer = await world.raw(`/v25.0/${id}`, {}, { method: "POST", body: JSON.stringify(body) });
  if (answer.status === 200) return answer.body;
  return { status: answer.status, code: answer.body.error.code, subcode: answer.body.error.error_subcode };
}

async function budgetOf(world: ServedWorld, id: string): Promise<string> {
  return (await world.call("GET", id, { fields: "daily_budget" })).daily_budget;
}

describe("lib/sandbox/meta/write", () => {
  it("takes an ad set's and a campaign's budget through the official SDK, in cents", async () => {
    const world = await aServedWorld();
    const [adSet, campaign] = [await world.idOf("UGC Clara"), await world.idOf("PROS | Advantage+ | FR")];
    expect(await world.call("POST", adSet, { daily_budget: 12_600 })).toEqual({ success: true });
    expect(await world.call("POST", campaign, { daily_budget: 62_400 })).toEqual({ success: true });
    expect([await budgetOf(world, adSet), await budgetOf(world, campaign)]).toEqual(["12600", "62400"]);
    expect(await world.client.ledger()).toEqual([
      expect.objectContaining({
        seq: 1,
        actor: "api",
        level: "adset",
        from: 10_500,
        to: 12_600,
        stored: 12_600,
        applied: true,
      }),
      expect.objectContaining({
        seq: 2,
        actor: "api",
        level: "campaign",
        from: 52_000,
        to: 62_400,
        stored: 62_400,
        applied: true,
      }),
    ]);
  });

  it("pauses and resumes, and shows it on the ad sets of a paused campaign", async () => {
    const world = await aServedWorld();
    const [campaign, adSet] = [await world.idOf("PROS | Creators | FR"), await world.idOf("UGC Clara")];
    const status = async () =>
      (await world.call("GET", adSet, { fields: "status,effective_status" })).effective_status;
    await world.call("POST", campaign, { status: "PAUSED" });
    expect(await status()).toBe("CAMPAIGN_PAUSED");
    await world.call("POST", adSet, { status: "PAUSED" });
    expect(await status()).toBe("PAUSED");
    await world.call("POST", campaign, { status: "ACTIVE" });
    await world.call("POST", adSet, { status: "ACTIVE" });
    expect(await status()).toBe("ACTIVE");
    expect((await world.client.ledger()).map(({ from, to }) => [from, to])).toEqual([
      ["ACTIVE", "PAUSED"],
      ["ACTIVE", "PAUSED"],
      ["PAUSED", "ACTIVE"],
      ["PAUSED", "ACTIVE"],
    ]);
  });

  it("refuses a budget on the level that does not own it", async () => {
    const world = await aServedWorld();
    for (const name of ["Advantage+ video", "PROS | Lookalike | FR"]) {
      const id = await world.idOf(name);
      expect(await post(world, id, { daily_budget: 9000 })).toEqual({
        status: 400,
        code: 100,
        subcode: 1885621,
      });
    }
    expect(await world.client.ledger()).toEqual([
      expect.objectContaining({ from: null, to: 9000, applied: false, stored: null, reason: "100/1885621" }),
      expect.objectContaining({ from: null, to: 9000, applied: false, stored: null, reason: "100/1885621" }),
    ]);
  });

  it("refuses less than one euro, and less than today has already cost", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    expect(await post(world, id, { daily_budget: 99 })).toEqual({ status: 400, code: 100, subcode: 1885272 });
    // By 04:10 about 18 of 105 EUR are gone.
    expect(await post(world, id, { daily_budget: 1000 })).toEqual({
      status: 400,
      code: 100,
      subcode: 1885650,
    });
    expect(await post(world, id, { daily_budget: 3000 })).toEqual({ success: true });
    expect((await world.client.ledger()).map(({ stored }) => stored)).toEqual([10_500, 10_500, 3000]);
  });

  it("refuses the fifth change within an hour, a person's included, until the hour has passed", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    await world.client.edit({ entityId: id, edit: { field: "daily_budget", cents: 10_600 } });
    for (const cents of [10_700, 10_800, 10_900])
      expect(await post(world, id, { daily_budget: cents })).toEqual({ success: true });
    expect(await post(world, id, { daily_budget: 11_000 })).toEqual({
      status: 400,
      code: 613,
      subcode: 1487632,
    });
    await world.client.advance({ ms: 3_600_000 - 1 });
    expect(await post(world, id, { daily_budget: 11_000 })).toMatchObject({ code: 613 });
    await world.client.advance({ ms: 1 });
    expect(await post(world, id, { daily_budget: 11_000 })).toEqual({ success: true });
    expect(await budgetOf(world, id)).toBe("11000");
  });

  it("does not count a write of what already stands as a change", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    for (let time = 0; time < 6; time += 1)
      expect(await post(world, id, { daily_budget: 10_500 })).toEqual({ success: true });
    expect(await post(world, id, { daily_budget: 10_600 })).toEqual({ success: true });
  });

  it("checks and changes nothing under validate_only", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    const dry = { execution_options: ["validate_only"] };
    expect(await post(world, id, { daily_budget: 12_600, ...dry })).toEqual({ success: true });
    expect(await post(world, id, { daily_budget: 50, ...dry })).toMatchObject({ subcode: 1885272 });
    expect(await budgetOf(world, id)).toBe("10500");
    expect((await world.client.ledger()).map(({ reason }) => reason)).toEqual([
      "validate_only",
      "100/1885272",
    ]);
  });

  it("applies several edits together or not at all", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    expect(await post(world, id, { status: "PAUSED", daily_budget: 50 })).toMatchObject({ subcode: 1885272 });
    const read = await world.call("GET", id, { fields: "status,daily_budget" });
    expect(read).toMatchObject({ status: "ACTIVE", daily_budget: "10500" });
    expect((await world.client.ledger()).map(({ field, applied }) => [field, applied])).toEqual([
      ["daily_budget", false],
      ["status", false],
    ]);
  });

  it("answers success to an empty edit, as Graph does, and changes nothing", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    expect(await world.call("POST", id, { daily_budget: undefined })).toEqual({ success: true });
    expect(await world.client.ledger()).toEqual([]);
  });

  it.each([
    ["a fraction of a cent", { daily_budget: 10.5 }],
    ["a negative amount", { daily_budget: -100 }],
    ["an amount with a unit", { daily_budget: "105 EUR" }],
    ["null", { daily_budget: null }],
    ["an unknown parameter", { budget: 12_600 }],
    ["one that it does not simulate", { lifetime_budget: 100_000 }],
    ["a stale id, as a read object would send it", { daily_budget: 12_600, id: "1" }],
    ["an unknown status", { status: "STOPPED" }],
    ["a status it does not simulate", { status: "ARCHIVED" }],
    ["an unknown execution option", { daily_budget: 12_600, execution_options: ["dry_run"] }],
    ["recommendations", { daily_budget: 12_600, execution_options: ["include_recommendations"] }],
    ["a body that is no object", []],
  ])("refuses %s and keeps no record of it", async (_, body) => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    expect(await post(world, id, body)).toMatchObject({ status: 400, code: 100 });
    expect(await budgetOf(world, id)).toBe("10500");
    expect(await world.client.ledger()).toEqual([]);
  });

  it("refuses writes to the account, to edges and to strangers", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    for (const path of ["act_1001", "act_1001/campaigns", `${id}/copies`, "120200000000000001"]) {
      expect(await post(world, path, { daily_budget: 12_600 })).toMatchObject({ code: 100, subcode: 33 });
    }
  });
});
