import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../lib/sandbox/index.ts";
import { aServedWorld, type GraphBody, type ServedWorld } from "../support/sandbox.ts";

interface Tried {
  world: ServedWorld;
  adSet: string;
  outcome: GraphBody;
}

/** Raises a budget through the official SDK while the fault waits for it. */
async function raiseUnder(fault: FaultKind): Promise<Tried> {
  const world = await aServedWorld();
  const adSet = await world.idOf("UGC Clara");
  await world.client.fault({ method: "POST", path: `/${adSet}`, fault });
  const outcome = await world
    .call("POST", adSet, { daily_budget: 12_600 })
    .catch((error: GraphBody) => error);
  return { world, adSet, outcome };
}

async function budgetOf({ world, adSet }: Tried): Promise<string> {
  return (await world.call("GET", adSet, { fields: "daily_budget" })).daily_budget;
}

describe("lib/sandbox/faults", () => {
  it("drops the connection before anything is applied", async () => {
    const tried = await raiseUnder({ kind: "dropBefore" });
    expect(tried.outcome).toMatchObject({ name: "FacebookRequestError", status: null });
    expect(await budgetOf(tried)).toBe("10500");
    expect(await tried.world.client.ledger()).toEqual([]);
  });

  it("applies the change and drops the connection", async () => {
    const tried = await raiseUnder({ kind: "dropAfter" });
    expect(tried.outcome).toMatchObject({ name: "FacebookRequestError", status: null });
    expect(await budgetOf(tried)).toBe("12600");
    expect(await tried.world.client.ledger()).toHaveLength(1);
  });

  it("applies the change and answers an error", async () => {
    const tried = await raiseUnder({ kind: "errorAfter" });
    expect(tried.outcome).toMatchObject({ status: 500, response: { code: 1, is_transient: true } });
    expect(await budgetOf(tried)).toBe("12600");
  });

  it("answers a page of HTML, which the SDK cannot read", async () => {
    const tried = await raiseUnder({ kind: "html502" });
    expect(tried.outcome.name).toBe("SyntaxError");
    expect(await budgetOf(tried)).toBe("10500");
  });

  it("throttles with the code and subcode told", async () => {
    const tried = await raiseUnder({ kind: "throttle", code: 17, subcode: 2446079 });
    expect(tried.outcome).toMatchObject({ status: 400, response: { code: 17, error_subcode: 2446079 } });
    expect(await budgetOf(tried)).toBe("10500");
    const plain = await raiseUnder({ kind: "throttle", code: 80004, subcode: null });
    expect(plain.outcome.response).not.toHaveProperty("error_subcode");
  });

  it("lets the token expire", async () => {
    const tried = await raiseUnder({ kind: "expiredToken" });
    expect(tried.outcome).toMatchObject({ status: 401, response: { code: 190, error_subcode: 463 } });
    expect(await budgetOf(tried)).toBe("10500");
  });

  it("loses the permission", async () => {
    const tried = await raiseUnder({ kind: "permissionDenied" });
    expect(tried.outcome).toMatchObject({ status: 403, response: { code: 200 } });
    expect(tried.outcome.response.message).toMatch(/^\(#200\) /);
    expect(await budgetOf(tried)).toBe("10500");
    expect(await tried.world.client.ledger()).toEqual([]);
  });

  it("refuses to queue a fault that only Google knows for Meta", async () => {
    const world = await aServedWorld();
    const fault = { kind: "quota", code: "RESOURCE_EXHAUSTED", retryAfterSeconds: 60 } as const;
    await expect(world.client.fault({ method: "GET", path: "/act_1001", fault })).rejects.toThrow(
      "the fault quota is Google's; Meta has throttle",
    );
    await world.client.fault({ method: "GRPC", path: "/CampaignBudgetService/*", fault });
    await world.client.fault({ method: "POST", path: "/customers/*", fault });
    expect((await world.client.state()).faults).toHaveLength(2);
  });

  it("stores another budget than was asked for, and says success", async () => {
    const tried = await raiseUnder({ kind: "clamp", cents: 12_000 });
    expect(tried.outcome).toEqual({ success: true });
    expect(await budgetOf(tried)).toBe("12000");
    expect(await tried.world.client.ledger()).toEqual([
      expect.objectContaining({ from: 10_500, to: 12_600, stored: 12_000, applied: true }),
    ]);
  });

  it("answers what is not JSON after applying", async () => {
    const tried = await raiseUnder({ kind: "malformed" });
    expect(tried.outcome).toBe('{"success":true');
    expect(await budgetOf(tried)).toBe("12600");
  });

  it("answers late", async () => {
    const startedMs = performance.now();
    const tried = await raiseUnder({ kind: "delay", delayMs: 150 });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(149);
    expect(tried.outcome).toEqual({ success: true });
  });

  it("never answers, applies nothing, and can still be closed", async () => {
    const world = await aServedWorld();
    const adSet = await world.idOf("UGC Clara");
    await world.client.fault({ method: "POST", path: "*", fault: { kind: "hang" } });
    const init = { method: "POST", body: '{"daily_budget":12600}', signal: AbortSignal.timeout(500) };
    await expect(world.raw(`/v25.0/${adSet}`, {}, init)).rejects.toThrow(/timeout/);
    expect(await world.client.ledger()).toEqual([]);
    await world.client.fault({ method: "GET", path: "*", fault: { kind: "hang" } });
    const hanging = world.raw("/v25.0/act_1001").catch((error: Error) => error.message);
    await expect.poll(async () => (await world.client.state()).faults, { timeout: 30_000 }).toEqual([]);
    await world.close();
    expect(await hanging).toBe("fetch failed");
  });

  it("empties a list that was not empty", async () => {
    const world = await aServedWorld();
    await world.client.fault({ method: "GET", path: "/act_1001/adsets", fault: { kind: "emptyData" } });
    expect(await world.call("GET", "act_1001/adsets", { fields: "name" })).toEqual({ data: [] });
    expect((await world.call("GET", "act_1001/adsets", { fields: "name" })).data).toHaveLength(25);
  });

  it("answers with another account's rows", async () => {
    const world = await aServedWorld();
    await world.client.fault({ method: "GET", path: "/act_1001/campaigns", fault: { kind: "wrongAccount" } });
    await world.client.fault({ method: "GET", path: "/act_1001", fault: { kind: "wrongAccount" } });
    const { data } = await world.call("GET", "act_1001/campaigns", { fields: "account_id" });
    expect(new Set(data.map((one: GraphBody) => one.account_id))).toEqual(new Set(["9999"]));
    expect(await world.call("GET", "act_1001", { fields: "account_id" })).toEqual({
      id: "act_9999",
      account_id: "9999",
    });
    expect(await world.call("GET", "act_1001", { fields: "account_id" })).toEqual({
      id: "act_1001",
      account_id: "1001",
    });
  });

  it("happens once each, in the order queued, to requests of its method and path alone", async () => {
    const world = await aServedWorld();
    const throttle = (code: number): FaultKind => ({ kind: "throttle", code, subcode: null });
    await world.client.fault({ method: "GET", path: "/act_1001/*ts", fault: throttle(4) });
    await world.client.fault({ method: "GET", path: "/act_1001/*s", fault: throttle(17) });
    await world.client.fault({ method: "POST", path: "/act_1001/adsets", fault: throttle(613) });
    const code = async (path: string) => (await world.raw(`/v25.0/${path}`)).body.error?.code;
    expect(await code("act_1001")).toBeUndefined();
    expect(await code("act_1001/campaigns")).toBe(17);
    expect(await code("act_1001/campaigns")).toBeUndefined();
    expect(await code("act_1001/adsets")).toBe(4);
    expect(await code("act_1001/adsets")).toBeUndefined();
    expect((await world.client.state()).faults).toEqual([
      { method: "POST", path: "/act_1001/adsets", fault: { kind: "throttle", code: 613, subcode: null } },
    ]);
  });
});

describe("lib/sandbox/control", () => {
  it("tells the time and moves it", async () => {
    const world = await aServedWorld();
    expect(await world.client.clock()).toEqual({
      clockMs: Date.parse("2026-03-11T04:10:00+01:00"),
      day: "2026-03-11",
      seed: 1,
      grpcPort: world.grpcPort,
    });
    expect(await world.client.advance({ ms: 60_000 })).toBe(Date.parse("2026-03-11T04:11:00+01:00"));
    expect(await world.client.advance({ to: "nextNight" })).toBe(Date.parse("2026-03-12T04:10:00+01:00"));
  });

  it("lets a person change a budget or a status", async () => {
    const world = await aServedWorld();
    const id = await world.idOf("UGC Clara");
    await world.client.edit({ entityId: id, edit: { field: "daily_budget", cents: 9000 } });
    await world.client.edit({ entityId: id, edit: { field: "status", status: "PAUSED" } });
    const read = await world.call("GET", id, { fields: "daily_budget,status" });
    expect(read).toMatchObject({ daily_budget: "9000", status: "PAUSED" });
    expect((await world.client.ledger()).map(({ actor, to }) => [actor, to])).toEqual([
      ["person", 9000],
      ["person", "PAUSED"],
    ]);
  });

  it("says why it refuses", async () => {
    const world = await aServedWorld();
    const edit = { field: "daily_budget", cents: 9000 } as const;
    await expect(world.client.edit({ entityId: "1", edit })).rejects.toThrow(
      "no account has a campaign, ad set or budget 1",
    );
    await expect(world.client.advance({ ms: -5 })).rejects.toThrow(/./);
    const owner = await world.idOf("Advantage+ video");
    await expect(world.client.edit({ entityId: owner, edit })).rejects.toThrow(
      "owns no budget: its campaign does",
    );
  });

  it.each([
    ["advance", '{"to":"yesterday"}'],
    ["advance", '{"ms":1,"to":"nextNight"}'],
    ["advance", "not JSON"],
    ["fault", '{"method":"GET","path":"*","fault":{"kind":"explode"}}'],
    ["fault", '{"method":"GET","path":"*","fault":{"kind":"hang","forMs":3}}'],
    ["edit", '{"entityId":"1","edit":{"field":"daily_budget","cents":0}}'],
  ])("checks what is posted to %s: %s", async (path, body) => {
    const world = await aServedWorld();
    const before = await world.client.state();
    const answer = await world.raw(`/_sandbox/${path}`, {}, { method: "POST", body });
    expect([answer.status, answer.body.error.code]).toEqual([400, "sandbox.requestRefused"]);
    expect(await world.client.state()).toEqual(before);
  });

  it("has no other controls", async () => {
    const world = await aServedWorld();
    expect((await world.raw("/_sandbox/reset")).status).toBe(404);
  });
});
