import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  advance,
  advanceToNextNight,
  createWorld,
  foundWorld,
  loadWorld,
  SandboxError,
  saveWorld,
} from "../../lib/sandbox/index.ts";
import { humanEdit } from "../../lib/sandbox/world.ts";
import { aFolder } from "../support/folder.ts";
import { aServedWorld, FIRST_NIGHT, serveWorld } from "../support/sandbox.ts";

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SandboxError) return error.code;
    throw error;
  }
  return "nothing thrown";
}

describe("lib/sandbox/world", () => {
  it("begins on the first night at 04:10 in Paris", () => {
    expect(createWorld({ seed: 1, firstNight: "2026-03-11" }).clockMs).toBe(
      Date.parse("2026-03-11T04:10:00+01:00"),
    );
    expect(createWorld({ seed: 1, firstNight: "2026-07-01" }).clockMs).toBe(
      Date.parse("2026-07-01T04:10:00+02:00"),
    );
  });

  it("has twelve campaigns of both budget kinds and forty ad sets, and never two owners of one budget", () => {
    const { campaigns, adSets } = createWorld({ seed: 1, firstNight: FIRST_NIGHT }).meta;
    expect(campaigns).toHaveLength(12);
    expect(adSets).toHaveLength(40);
    expect(campaigns.filter((campaign) => campaign.budgets.length > 0)).toHaveLength(7);
    for (const adSet of adSets) {
      const campaign = campaigns.find(({ id }) => id === adSet.campaignId);
      expect((campaign?.budgets.length ?? 0) > 0).toBe(adSet.budgets.length === 0);
    }
  });

  it("gives every entity an id of its own, 18 digits as Meta's", () => {
    const { campaigns, adSets } = createWorld({ seed: 1, firstNight: FIRST_NIGHT }).meta;
    const ids = [...campaigns, ...adSets].map(({ id }) => id);
    expect(new Set(ids).size).toBe(52);
    for (const id of ids) expect(id).toMatch(/^\d{18}$/);
    expect(createWorld({ seed: 2, firstNight: FIRST_NIGHT }).meta.campaigns[0]?.id).not.toBe(ids[0]);
  });

  it("moves to the next 04:10 on the clock face, 23 hours on when the clocks go forward", () => {
    const before = createWorld({ seed: 1, firstNight: "2026-03-28" });
    const after = advanceToNextNight(before);
    expect(after.clockMs).toBe(Date.parse("2026-03-29T04:10:00+02:00"));
    expect(after.clockMs - before.clockMs).toBe(23 * 3_600_000);
    const evening = advance(after, 16 * 3_600_000);
    expect(advanceToNextNight(evening).clockMs).toBe(Date.parse("2026-03-30T04:10:00+02:00"));
    const early = advance(evening, 5 * 3_600_000);
    expect(advanceToNextNight(early).clockMs).toBe(Date.parse("2026-03-30T04:10:00+02:00"));
  });

  it("refuses to move the clock back or not at all", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    for (const ms of [0, -1, 0.5, Number.NaN])
      expect(codeOf(() => advance(world, ms))).toBe("sandbox.clockBackwards");
  });

  it("lets a person's edit happen when the clock gets there, at its own time", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const entityId = world.meta.adSets.find(({ name }) => name === "UGC Clara")?.id ?? "";
    const atMs = world.clockMs + 2000;
    const planned = humanEdit(world, { entityId, edit: { field: "daily_budget", cents: 9000 }, atMs });
    expect(advance(planned, 1999).ledger).toEqual([]);
    const later = advance(planned, 60_000);
    expect(later.pendingEdits).toEqual([]);
    expect(later.ledger).toEqual([
      {
        seq: 1,
        atMs,
        actor: "person",
        by: "Camille Roy",
        via: "Ads Manager",
        platform: "meta",
        level: "adset",
        entityId,
        field: "daily_budget",
        from: 10_500,
        to: 9000,
        applied: true,
        stored: 9000,
        reason: null,
      },
    ]);
    expect(later.meta.adSets.find(({ id }) => id === entityId)?.budgets.at(-1)).toEqual({
      atMs,
      cents: 9000,
    });
  });

  it("refuses a person's edit of a budget that another level owns, and of what does not exist", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const entityId = world.meta.adSets.find(({ name }) => name === "Advantage+ video")?.id ?? "";
    const edit = { field: "daily_budget", cents: 9000 } as const;
    expect(codeOf(() => humanEdit(world, { entityId, edit }))).toBe("sandbox.editImpossible");
    expect(codeOf(() => humanEdit(world, { entityId: "1", edit }))).toBe("sandbox.entityUnknown");
  });

  it("lets people and other tools edit Google's campaigns and budgets, by their own names", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const { campaigns, budgets } = world.google;
    const budgetId = budgets.find(({ name }) => name === "Search generic")?.id ?? "";
    const campaignId = campaigns.find(({ name }) => name === "PROS | PMax | FR")?.id ?? "";
    const raised = humanEdit(world, { entityId: budgetId, edit: { field: "daily_budget", cents: 30_000 } });
    const paused = humanEdit(raised, {
      entityId: campaignId,
      edit: { field: "status", status: "PAUSED" },
      by: "nadia@other-tool.example",
      via: "GOOGLE_ADS_SCRIPTS",
    });
    expect(paused.ledger).toMatchObject([
      {
        platform: "google",
        level: "budget",
        by: "Camille Roy",
        via: "GOOGLE_ADS_WEB_CLIENT",
        from: 25_000,
        to: 30_000,
      },
      {
        platform: "google",
        level: "campaign",
        by: "nadia@other-tool.example",
        via: "GOOGLE_ADS_SCRIPTS",
        from: "ACTIVE",
      },
    ]);
    const { google } = paused;
    expect(google.budgets.find(({ id }) => id === budgetId)?.budgets.at(-1)?.cents).toBe(30_000);
    expect(google.campaigns.find(({ id }) => id === campaignId)?.statuses.at(-1)?.status).toBe("PAUSED");
  });

  it("keeps who and through what of an edit that waits for its time", () => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const entityId = world.meta.adSets.find(({ name }) => name === "UGC Clara")?.id ?? "";
    const [by, via, atMs] = ["Nadia Petit", "Other Tool", world.clockMs + 1000];
    const edit = { field: "daily_budget", cents: 9000 } as const;
    const later = advance(humanEdit(world, { entityId, edit, atMs, by, via }), 2000);
    expect(later.ledger).toMatchObject([{ by, via, platform: "meta" }]);
  });

  it.each([
    ["a daily budget of a Google campaign", "campaigns", "PROS | PMax | FR", "daily_budget"],
    ["a removed campaign", "campaigns", "PROS | Shopping | Old feed | FR", "status"],
    ["a removed budget", "budgets", "PROS | Shopping | Old feed | FR", "daily_budget"],
    ["a daily amount of a budget with a total", "budgets", "AWA | Display | FR", "daily_budget"],
    ["a status of a budget", "budgets", "Search generic", "status"],
  ] as const)("refuses a person's edit of %s", (_, list, name, field) => {
    const world = createWorld({ seed: 1, firstNight: FIRST_NIGHT });
    const entityId = world.google[list].find((one) => one.name === name)?.id ?? "";
    const edit = field === "status" ? ({ field, status: "PAUSED" } as const) : { field, cents: 9000 };
    expect(codeOf(() => humanEdit(world, { entityId, edit }))).toBe("sandbox.editImpossible");
  });

  it("reloads equal from its folder", () => {
    const folder = aFolder();
    const founded = foundWorld(folder, { seed: 7, firstNight: FIRST_NIGHT });
    expect(loadWorld(folder)).toEqual(founded);
    const moved = advanceToNextNight(founded);
    saveWorld(folder, moved);
    expect(loadWorld(folder)).toEqual(moved);
  });

  it("says so when there is no world or a broken one", () => {
    const folder = aFolder();
    expect(codeOf(() => loadWorld(folder))).toBe("sandbox.worldMissing");
    writeFileSync(join(folder, "world.json"), '{"v":1');
    expect(codeOf(() => loadWorld(folder))).toBe("sandbox.worldMalformed");
  });
});

describe("lib/sandbox/server", () => {
  it("goes on from its folder where a former server stopped", async () => {
    const first = await aServedWorld();
    const entityId = await first.idOf("UGC Clara");
    await first.call("POST", entityId, { daily_budget: 11_000 });
    await first.client.fault({ method: "GET", path: "/act_1001", fault: { kind: "html502" } });
    await first.client.advance({ to: "nextNight" });
    const state = await first.client.state();
    await first.close();
    const second = await serveWorld(first.folder);
    expect(await second.client.state()).toEqual(state);
    expect(await second.call("GET", entityId, { fields: "daily_budget" })).toEqual({
      id: entityId,
      daily_budget: "11000",
    });
  });

  it("answers the same question the same after a restart and for the same seed", async () => {
    const [one, two] = [await aServedWorld({ seed: 5 }), await aServedWorld({ seed: 5 })];
    const question = {
      level: "campaign",
      fields: "campaign_id,spend,actions",
      time_range: { since: "2026-03-01", until: "2026-03-10" },
      time_increment: 1,
      limit: 500,
    };
    const answer = await one.call("GET", "act_1001/insights", question);
    expect(answer.data.length).toBeGreaterThan(90);
    expect((await two.call("GET", "act_1001/insights", question)).data).toEqual(answer.data);
  });

  it("keeps the old world when the disk refuses the new one", async () => {
    const world = await aServedWorld();
    const entityId = await world.idOf("UGC Clara");
    rmSync(world.folder, { recursive: true });
    const answer = await world.raw(
      `/v25.0/${entityId}`,
      {},
      { method: "POST", body: '{"daily_budget":11000}' },
    );
    expect(answer.status).toBe(500);
    expect(answer.body.error.code).toBe(2);
    const read = await world.raw(`/v25.0/${entityId}`, { fields: "daily_budget" });
    expect(read.body.daily_budget).toBe("10500");
    expect(await world.client.ledger()).toEqual([]);
  });
});

describe("lib/sandbox/shop", () => {
  function linesOf(folder: string): string[] {
    return readFileSync(join(folder, "revenue.csv"), "utf8").trimEnd().split("\n");
  }

  it("writes every complete day up to yesterday, with 92 days of history and more", () => {
    const folder = aFolder();
    foundWorld(folder, { seed: 1, firstNight: FIRST_NIGHT });
    const [header, ...lines] = linesOf(folder);
    expect(header).toBe("date,revenue,orders,new_customers,sessions,revenue_from_meta,revenue_from_google");
    expect(lines).toHaveLength(106);
    expect(lines[0]).toMatch(/^2025-11-25,\d+\.\d\d,\d+,\d+,\d+,\d+\.\d\d,\d+\.\d\d$/);
    expect(lines.at(-1)).toMatch(/^2026-03-10,\d+\.\d\d,\d+,\d+,\d+,\d+\.\d\d,\d+\.\d\d$/);
  });

  it("adds the days that pass and never rewrites one", async () => {
    const world = await aServedWorld();
    const before = linesOf(world.folder);
    await world.client.advance({ ms: 60_000 });
    expect(linesOf(world.folder)).toEqual(before);
    await world.client.advance({ to: "nextNight" });
    await world.client.advance({ to: "nextNight" });
    const after = linesOf(world.folder);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).map((line) => line.slice(0, 10))).toEqual(["2026-03-11", "2026-03-12"]);
  });

  it("is brought up to date by the next server when one was killed before writing it", async () => {
    const folder = aFolder();
    const world = foundWorld(folder, { seed: 1, firstNight: FIRST_NIGHT });
    saveWorld(folder, advanceToNextNight(world));
    await serveWorld(folder);
    expect(linesOf(folder).at(-1)).toMatch(/^2026-03-11,/);
    rmSync(join(folder, "revenue.csv"));
    await serveWorld(folder);
    expect(linesOf(folder)).toHaveLength(108);
  });
});
