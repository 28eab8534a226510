import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../lib/sandbox/model.ts";
import { aGoogleWorld, BUDGETS, type GoogleWorld, thrownBy, tokenAnswer } from "../support/sandbox-google.ts";

const READ = "/customers/2000000002/googleAds:searchStream/campaign";
const WRITE = "/CampaignBudgetService/MutateCampaignBudgets";
const QUERY = "SELECT campaign.id, customer.id FROM campaign LIMIT 1";

/** Sends one raise of a budget from 160 to 170 EUR into a fault: what the client sees, and what is stored afterwards. */
async function raisedInto(
  world: GoogleWorld,
  fault: FaultKind,
): Promise<{ answer: unknown; cents: unknown }> {
  await world.fault("GRPC", WRITE, fault);
  const update = [{ resource_name: BUDGETS.candles, amount_micros: 170_000_000 }];
  const answer = await world.customer.campaignBudgets.update(update).catch((error: unknown) => error);
  const { google } = await world.client.state();
  const { budgets = [] } = google.budgets.find(({ id }) => id === "11521288403") ?? {};
  return { answer, cents: budgets.at(-1)?.cents };
}

describe("lib/sandbox/google faults of reads", () => {
  it.each([
    [
      { kind: "quota", code: "RESOURCE_EXHAUSTED", retryAfterSeconds: 300 },
      429,
      "RESOURCE_EXHAUSTED",
      "300s",
    ],
    [
      { kind: "quota", code: "RESOURCE_TEMPORARILY_EXHAUSTED", retryAfterSeconds: null },
      429,
      "RESOURCE_TEMPORARILY_EXHAUSTED",
      undefined,
    ],
    [{ kind: "throttle", code: 17, subcode: null }, 429, "RESOURCE_TEMPORARILY_EXHAUSTED", "30s"],
    [{ kind: "permissionDenied" }, 403, "USER_PERMISSION_DENIED", undefined],
    [{ kind: "errorAfter" }, 500, "INTERNAL_ERROR", undefined],
  ] as [FaultKind, number, string, string | undefined][])(
    "answers %j once as Google does",
    async (fault, status, code, delay) => {
      const { ask, fault: queue } = await aGoogleWorld();
      await queue("POST", READ, fault);
      const refused = await ask(QUERY);
      const [error] = refused.body[0].error.details[0].errors;
      expect([refused.status, Object.values(error.errorCode)]).toEqual([status, [code]]);
      expect(error.details?.quotaErrorDetails?.retryDelay).toBe(delay);
      expect((await ask(QUERY)).status).toBe(200);
    },
  );

  it("hits only queries from the resource that the fault names", async () => {
    const { ask, fault } = await aGoogleWorld();
    await fault("POST", READ, { kind: "permissionDenied" });
    expect((await ask("SELECT customer.id\nFROM customer")).status).toBe(200);
    expect((await ask("SELECT campaign.id\nFROM campaign")).status).toBe(403);
  });

  it("refuses an expired access token with what the official client cannot read, and an expired grant", async () => {
    const { ask, fault, customer, url } = await aGoogleWorld();
    await fault("POST", READ, { kind: "expiredToken" });
    const { status, body } = await ask(QUERY);
    expect([status, body[0].error.details[0].reason]).toEqual([401, "ACCESS_TOKEN_EXPIRED"]);
    await fault("POST", READ, { kind: "expiredToken" });
    const failure = await thrownBy(customer.query(QUERY));
    expect(failure.errors ?? []).toEqual([]);
    await fault("POST", "/token", { kind: "expiredToken" });
    expect(await tokenAnswer(url)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  it("breaks answers: cut text, a proxy's page, another customer, no rows, no answer at all", async () => {
    const { ask, fault, customer, rows } = await aGoogleWorld();
    await fault("POST", READ, { kind: "malformed" });
    expect(await thrownBy(ask(QUERY))).toBeInstanceOf(SyntaxError);
    await fault("POST", READ, { kind: "html502" });
    expect(await thrownBy(customer.query(QUERY))).toBeInstanceOf(Error);
    await fault("POST", READ, { kind: "wrongAccount" });
    const [row] = await rows(QUERY);
    expect(row.customer).toEqual({ resourceName: "customers/9999999999", id: "9999999999" });
    await fault("POST", READ, { kind: "emptyData" });
    expect(await customer.query(QUERY)).toEqual([]);
    for (const kind of ["dropBefore", "dropAfter"] as const) {
      await fault("POST", READ, { kind });
      expect(await thrownBy(customer.query(QUERY))).toMatchObject({ code: "ECONNRESET" });
    }
    await fault("POST", READ, { kind: "delay", delayMs: 5 });
    expect(await customer.query(QUERY)).toHaveLength(1);
  });
});

describe("lib/sandbox/google faults of writes", () => {
  it.each([
    ["dropBefore", 14, 16_000],
    ["dropAfter", 14, 17_000],
    ["html502", 14, 16_000],
    ["malformed", 13, 17_000],
    ["expiredToken", 16, 16_000],
  ] as const)(
    "leaves the client with status %s %i and the world with %i cents",
    async (kind, code, cents) => {
      const world = await aGoogleWorld();
      const raised = await raisedInto(world, { kind });
      expect(raised.answer).toMatchObject({ code });
      expect(raised.cents).toBe(cents);
      // The next one goes through, over a new connection where the old one died.
      await world.customer.campaignBudgets.update([
        { resource_name: BUDGETS.brand, amount_micros: 90_000_000 },
      ]);
    },
  );

  it.each([
    [{ kind: "errorAfter" }, { internal_error: "INTERNAL_ERROR" }, 17_000],
    [{ kind: "permissionDenied" }, { authorization_error: "USER_PERMISSION_DENIED" }, 16_000],
    [
      { kind: "quota", code: "RESOURCE_EXHAUSTED", retryAfterSeconds: 30 },
      { quota_error: "RESOURCE_EXHAUSTED" },
      16_000,
    ],
  ] as [FaultKind, object, number][])("refuses with %j as a failure", async (fault, code, cents) => {
    const raised = await raisedInto(await aGoogleWorld(), fault);
    const [error] = JSON.parse(JSON.stringify(raised.answer)).errors;
    expect(error.error_code).toEqual(code);
    expect(raised.cents).toBe(cents);
    if (fault.kind === "quota") {
      expect(error.details.quota_error_details).toMatchObject({
        rate_scope: "DEVELOPER",
        retry_delay: { seconds: "30" },
      });
    }
  });

  it("stores another amount than it was asked for, without a word", async () => {
    const world = await aGoogleWorld();
    const raised = await raisedInto(world, { kind: "clamp", cents: 16_500 });
    expect(raised.answer).toMatchObject({ results: [{ resource_name: BUDGETS.candles }] });
    expect(raised.cents).toBe(16_500);
    expect(await world.client.ledger()).toMatchObject([{ to: 17_000, stored: 16_500, applied: true }]);
  });

  it("answers with nothing or for another customer although it did what was asked", async () => {
    const empty = await raisedInto(await aGoogleWorld(), { kind: "emptyData" });
    expect(empty).toMatchObject({ answer: { results: [] }, cents: 17_000 });
    const wrong = await raisedInto(await aGoogleWorld(), { kind: "wrongAccount" });
    expect(wrong).toMatchObject({
      answer: { results: [{ resource_name: "customers/9999999999/campaignBudgets/1" }] },
      cents: 17_000,
    });
  });

  it("never answers a call that hangs: the client's deadline ends it, and closing the sandbox does not wait", async () => {
    const world = await aGoogleWorld({ timeoutMs: 400 });
    // The first call loads the library, which takes longer than this deadline.
    await thrownBy(
      world.customer.campaignBudgets.update([{ resource_name: BUDGETS.brand, amount_micros: 1 }]),
    );
    const raised = await raisedInto(world, { kind: "hang" });
    expect(raised).toMatchObject({ answer: { code: 4 }, cents: 16_000 });
    await world.fault("POST", READ, { kind: "hang" });
    const waiting = thrownBy(world.ask(QUERY));
    while ((await world.client.state()).faults.length > 0);
    await world.close();
    expect(await waiting).toBeInstanceOf(Error);
  });

  it("hits only the service and method that the fault names", async () => {
    const { customer, fault } = await aGoogleWorld();
    await fault("GRPC", "/CampaignService/*", { kind: "permissionDenied" });
    const update = [{ resource_name: BUDGETS.candles, amount_micros: 170_000_000 }];
    expect((await customer.campaignBudgets.update(update)).results).toHaveLength(1);
  });
});

describe("lib/sandbox/google/grpc-port", () => {
  it("tells whoever knows the sandbox's address where gRPC is spoken", async () => {
    const { client, grpcPort, port } = await aGoogleWorld();
    expect((await client.clock()).grpcPort).toBe(grpcPort);
    expect(grpcPort).not.toBe(port);
  });
});
