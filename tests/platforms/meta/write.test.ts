import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { Edit } from "../../../lib/domain/change.ts";
import { createMetaApi } from "../../../lib/platforms/meta/api.ts";
import { createMetaPlatform } from "../../../lib/platforms/meta/index.ts";
import { writeEdit } from "../../../lib/platforms/meta/write.ts";
import type { LiveHolder } from "../../../lib/platforms/port.ts";
import {
  graphError,
  inTurn,
  QUIET_ACCOUNT,
  type Reply,
  startGraph,
  TOKEN,
} from "../../support/graph-fake.ts";
import { patienceMs } from "../../support/patience.ts";

const AD_SET = { platform: "meta", accountId: "1001", level: "adGroup", id: "3001" } as const;
const RAISE: Edit = { kind: "dailyBudget", fromMicros: 35_000_000n, toMicros: 42_000_000n };
const PAUSE: Edit = { kind: "status", from: "active", to: "paused", budgetMicros: 35_000_000n };
const RESUME: Edit = { kind: "status", from: "paused", to: "active", budgetMicros: 35_000_000n };
const LIVE: LiveHolder = { status: "active", dailyBudgetMicros: 35_000_000n, budgetName: "3001" };
const DONE = { json: { success: true } };

async function written(reply: Reply, edit: Edit = RAISE, currency = "EUR") {
  const graph = await startGraph(inTurn(reply));
  const api = createMetaApi({ token: TOKEN, baseUrl: graph.url, timeoutMs: patienceMs(reply) });
  return { graph, outcome: await writeEdit(api, AD_SET, edit, currency) };
}

async function aPlatform(...replies: Reply[]) {
  const graph = await startGraph(inTurn(...replies));
  const sleep = async () => {};
  return {
    graph,
    platform: createMetaPlatform({ token: TOKEN, baseUrl: graph.url, timeoutMs: 2_000, sleep }),
  };
}

describe("lib/platforms/meta/write", () => {
  it.each<[string, Edit, string, string]>([
    ["a budget in cents", RAISE, "EUR", '{"daily_budget":4200}'],
    ["a budget in whole yen", RAISE, "JPY", '{"daily_budget":42}'],
    ["a pause", PAUSE, "EUR", '{"status":"PAUSED"}'],
    ["a resumption", RESUME, "EUR", '{"status":"ACTIVE"}'],
  ])("sends %s as one field and nothing else", async (_, edit, currency, body) => {
    const { graph, outcome } = await written(DONE, edit, currency);
    expect(outcome).toEqual({ kind: "applied" });
    expect(graph.requests).toMatchObject([
      { method: "POST", path: "3001", body, query: { access_token: TOKEN } },
    ]);
  });

  it.each<[string, bigint]>([
    ["half a cent", 42_005_000n],
    ["nothing", 0n],
    ["less than nothing", -10_000n],
    ["more than 2^53 cents", 90_071_992_547_409_920_000n],
  ])("sends no budget of %s", async (_, toMicros) => {
    const graph = await startGraph(inTurn());
    const api = createMetaApi({ token: TOKEN, baseUrl: graph.url });
    const outcome = await writeEdit(api, AD_SET, { kind: "dailyBudget", fromMicros: 1n, toMicros }, "EUR");
    expect(outcome).toMatchObject({ kind: "refused", code: "invalidAmount" });
    expect(graph.requests).toEqual([]);
  });

  it.each<[string, Reply, string]>([
    ["too many changes in an hour", graphError(400, 613, { error_subcode: 1_487_632 }), "613/1487632"],
    ["a throttled account", graphError(400, 17, { error_subcode: 2_446_079 }), "17/2446079"],
    ["a throttled app that calls it transient", graphError(400, 4, { is_transient: true }), "4"],
    ["a throttled app with HTTP 500", graphError(500, 4), "4"],
    ["a throttled bucket", graphError(400, 80_004), "80004"],
    ["a budget that is too low", graphError(400, 100, { error_subcode: 1_885_272 }), "100/1885272"],
    ["a budget at both levels", graphError(400, 100, { error_subcode: 1_885_621 }), "100/1885621"],
    ["a dead token", graphError(401, 190, { error_subcode: 460 }), "190/460"],
    ["a missing permission", graphError(403, 200), "200"],
    ["an invisible object", graphError(400, 100, { error_subcode: 33 }), "100/33"],
  ])("calls %s refused, because Meta says so, and does not try again", async (_, reply, code) => {
    const { graph, outcome } = await written(reply);
    expect(outcome).toEqual({ kind: "refused", code, detail: "scripted" });
    expect(graph.requests).toHaveLength(1);
  });

  it.each<[string, Reply, string]>([
    ["silence", "silence", "ETIMEDOUT"],
    ["an answer that never ends", "trickle", "ETIMEDOUT"],
    ["a reset connection", "reset", "ECONNRESET"],
    ["a gateway's page", { status: 502, text: "<html>" }, "HTTP 502"],
    ["an empty 503", { status: 503, text: "" }, "HTTP 503"],
    ["a 200 that is not JSON", { text: "<html>" }, "HTTP 200"],
    ["a bare true", { json: true }, "HTTP 200"],
    ["a 200 that carries an error", graphError(200, 100), "100"],
    ["success that is false", { json: { success: false } }, "noSuccess"],
    ["an answer without success", { json: { id: "3001" } }, "noSuccess"],
    ["an unknown error", graphError(500, 1), "1"],
    ["an error with HTTP 500", graphError(500, 100, { error_subcode: 99 }), "100/99"],
    ["a service that is down", graphError(400, 2), "2"],
    ["an error that Meta calls transient", graphError(400, 368, { is_transient: true }), "368"],
    ["an internal error", graphError(400, -3), "-3"],
    ["JSON that is no error", { status: 400, json: { oops: 1 } }, "HTTP 400"],
    ["a redirect", { status: 302, text: "", headers: { location: "http://127.0.0.1:9/" } }, "HTTP 302"],
  ])("calls the outcome after %s unknown, and does not try again", async (_, reply, code) => {
    const { graph, outcome } = await written(reply);
    expect(outcome).toMatchObject({ kind: "unknown", code });
    expect(graph.requests).toHaveLength(1);
  });

  it("calls a refused connection refused: nothing was sent", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const api = createMetaApi({ token: TOKEN, baseUrl: `http://127.0.0.1:${port}` });
    expect(await writeEdit(api, AD_SET, RAISE, "EUR")).toMatchObject({
      kind: "refused",
      code: "unavailable",
    });
  });

  it("quotes Meta's message for people, without the token", async () => {
    const { outcome } = await written(graphError(400, 100, { error_user_msg: `Budget too low (${TOKEN})` }));
    expect(outcome).toMatchObject({ detail: "Budget too low ([redacted])" });
  });

  it("is one request after the live read, which has told the account's currency", async () => {
    const yen = { json: { ...QUIET_ACCOUNT.act_1001, currency: "JPY" } };
    const holder = {
      json: {
        id: "3001",
        account_id: "1001",
        status: "ACTIVE",
        effective_status: "ACTIVE",
        daily_budget: "35",
      },
    };
    const { graph, platform } = await aPlatform(yen, holder, DONE);
    const live = await platform.readHolder(AD_SET);
    expect(live).toMatchObject({ dailyBudgetMicros: 35_000_000n });
    expect(await platform.write(AD_SET, RAISE, live)).toEqual({ kind: "applied" });
    expect(graph.requests.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      "GET act_1001 {}",
      "GET 3001 {}",
      'POST 3001 {"daily_budget":42}',
    ]);
  });

  it("refuses a shared budget before it sends anything", async () => {
    const { graph, platform } = await aPlatform(DONE);
    expect(await platform.write({ ...AD_SET, level: "sharedBudget" }, RAISE, LIVE)).toEqual({
      kind: "refused",
      code: "notSent",
      detail: 'Meta has no shared budgets, so "3001" cannot be one of its own',
    });
    expect(graph.requests).toEqual([]);
  });

  it("refuses to rely on a live read of another holder, before it sends anything", async () => {
    const { graph, platform } = await aPlatform(DONE);
    expect(await platform.write(AD_SET, RAISE, { ...LIVE, budgetName: "3002" })).toEqual({
      kind: "refused",
      code: "notSent",
      detail: "the live read was of 3002, not of 3001",
    });
    expect(graph.requests).toEqual([]);
  });

  it("changes no budget where the live read shows none, and pauses all the same", async () => {
    const { graph, platform } = await aPlatform({ json: QUIET_ACCOUNT.act_1001 }, DONE);
    const live = { ...LIVE, dailyBudgetMicros: null };
    expect(await platform.write(AD_SET, RAISE, live)).toEqual({
      kind: "refused",
      code: "notSent",
      detail: "the live read shows no daily budget of 3001",
    });
    expect(graph.requests).toEqual([]);
    expect(await platform.write(AD_SET, PAUSE, live)).toEqual({ kind: "applied" });
  });

  it("offers no preflight and asks Meta nothing for one: the question itself could make the change", async () => {
    const { graph, platform } = await aPlatform(DONE);
    expect(await platform.preflight(AD_SET, RAISE, LIVE)).toEqual({ kind: "notOffered" });
    expect(graph.requests).toEqual([]);
  });

  it("sends nothing while the account's currency cannot be read", async () => {
    const { graph, platform } = await aPlatform(graphError(401, 190));
    expect(await platform.write(AD_SET, RAISE, LIVE)).toEqual({
      kind: "refused",
      code: "notSent",
      detail: "scripted (190)",
    });
    expect(graph.requests.map(({ method }) => method)).toEqual(["GET"]);
  });
});
