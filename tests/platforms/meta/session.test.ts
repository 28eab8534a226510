import { describe, expect, it } from "vitest";
import { createMetaApi } from "../../../lib/platforms/meta/api.ts";
import { createReadSession } from "../../../lib/platforms/meta/session.ts";
import { graphError, inTurn, type Reply, type Script, startGraph, TOKEN } from "../../support/graph-fake.ts";

const DONE = { json: { data: [{ id: "1" }] } };
const CAMPAIGNS = { path: ["act_1001", "campaigns"], params: {}, range: null };
const INSIGHTS = { path: ["act_1001", "insights"], params: { level: "account" } };
const TOO_MUCH = graphError(500, 1);

async function aSession(script: Script, options: { stopsAtUsage?: boolean } = {}) {
  const graph = await startGraph(script);
  const sleptMs: number[] = [];
  const session = createReadSession({
    api: createMetaApi({ token: TOKEN, baseUrl: graph.url, timeoutMs: 2_000 }),
    sleep: async (ms) => {
      sleptMs.push(ms);
    },
    stopsAtUsage: options.stopsAtUsage ?? true,
  });
  return { graph, session, sleptMs };
}

/** A page that points at the next one, at Meta's own address as Meta would. */
function page(ids: readonly string[], after: string | null): Reply {
  const next = `https://graph.facebook.com/v25.0/act_1001/campaigns?limit=500&after=${after}`;
  return { json: { data: ids.map((id) => ({ id })), ...(after === null ? {} : { paging: { next } }) } };
}

describe("lib/platforms/meta/session", () => {
  it("follows pages until there is no next one, short and empty pages included", async () => {
    const { graph, session } = await aSession(
      inTurn(page(["1", "2"], "a"), page([], "b"), page(["3"], null)),
    );
    expect(await session.list(CAMPAIGNS)).toEqual([{ id: "1" }, { id: "2" }, { id: "3" }]);
    expect(graph.requests.map(({ query }) => query.after)).toEqual([undefined, "a", "b"]);
    expect(session.requests()).toBe(3);
  });

  it("asks for large pages, because Meta's own are 25 rows", async () => {
    const { graph, session } = await aSession(inTurn(DONE));
    await session.list(CAMPAIGNS);
    expect(graph.requests[0]?.query.limit).toBe("500");
  });

  it("refuses a page that repeats", async () => {
    const { session } = await aSession(inTurn(page(["1"], "a"), page(["2"], "a")));
    await expect(session.list(CAMPAIGNS)).rejects.toMatchObject({
      message: "Meta repeats a page of act_1001/campaigns",
      details: { kind: "malformed" },
    });
  });

  it("refuses pages without end", async () => {
    const { graph, session } = await aSession((_, index) => page([String(index)], `cursor${index}`));
    await expect(session.list(CAMPAIGNS)).rejects.toMatchObject({
      message: "act_1001/campaigns has more than 400 pages",
      details: { kind: "malformed" },
    });
    expect(graph.requests.length).toBeLessThanOrEqual(401);
  });

  it.each<[string, unknown]>([
    ["no data", { paging: {} }],
    ["data that is no list", { data: { id: "1" } }],
  ])("refuses a page with %s", async (_, json) => {
    const { session } = await aSession(inTurn({ json }));
    await expect(session.list(CAMPAIGNS)).rejects.toMatchObject({ details: { kind: "malformed" } });
  });

  it.each<[string, Reply]>([
    ["a reset connection", "reset"],
    ["a gateway's page", { status: 502, text: "<html>" }],
    ["a 200 that is not JSON", { text: "<html>" }],
    ["an error that Meta calls transient", graphError(400, 368, { is_transient: true })],
    ["a throttled call", graphError(400, 17, { error_subcode: 2_446_079 })],
  ])("tries again after %s, waiting longer each time", async (_, reply) => {
    const { session, sleptMs } = await aSession(inTurn(reply, reply, DONE));
    expect(await session.list(CAMPAIGNS)).toEqual([{ id: "1" }]);
    expect(sleptMs).toEqual([1_000, 4_000]);
    expect(session.requests()).toBe(3);
  });

  it("gives up after the second retry", async () => {
    const { graph, session } = await aSession(
      inTurn(graphError(500, 2), graphError(500, 2), graphError(500, 2)),
    );
    await expect(session.list(CAMPAIGNS)).rejects.toMatchObject({
      details: { kind: "unavailable", code: 2 },
    });
    expect(graph.requests).toHaveLength(3);
  });

  it.each<[string, Reply]>([
    ["a dead token", graphError(401, 190)],
    ["a missing permission", graphError(403, 200)],
    ["a refused parameter", graphError(400, 100)],
    ["an invisible object", graphError(400, 100, { error_subcode: 33 })],
  ])("never tries again after %s", async (_, reply) => {
    const { graph, session, sleptMs } = await aSession(inTurn(reply));
    await expect(session.get(["act_1001"], {})).rejects.toThrow("scripted");
    expect(graph.requests).toHaveLength(1);
    expect(sleptMs).toEqual([]);
  });

  it("waits as long as the platform asks", async () => {
    const throttled = graphError(400, 4, {}, { "retry-after": "12" });
    const { session, sleptMs } = await aSession(inTurn(throttled, DONE));
    await session.list(CAMPAIGNS);
    expect(sleptMs).toEqual([12_000]);
  });

  it("hands a wait of minutes to its caller rather than sleeping through it", async () => {
    const usage = '{"1":[{"call_count":100,"estimated_time_to_regain_access":3}]}';
    const throttled = graphError(400, 80_000, {}, { "x-business-use-case-usage": usage });
    const { session, sleptMs } = await aSession(inTurn(throttled));
    await expect(session.list(CAMPAIGNS)).rejects.toMatchObject({
      details: { kind: "throttled", code: 80_000, retryAfterMs: 180_000 },
    });
    expect(sleptMs).toEqual([]);
  });

  it("stops reading at 90 % of any quota, and keeps what it has read", async () => {
    const headers = { "x-ad-account-usage": '{"acc_id_util_pct":90,"reset_time_duration":240}' };
    const { graph, session } = await aSession(inTurn({ ...DONE, headers }));
    expect(await session.list(CAMPAIGNS)).toEqual([{ id: "1" }]);
    await expect(session.list(CAMPAIGNS)).rejects.toMatchObject({
      message: "90 % of Meta's quota is used; reading stops at 90 %",
      details: { kind: "throttled", retryAfterMs: 240_000 },
    });
    expect(graph.requests).toHaveLength(1);
  });

  it("reads on below 90 %", async () => {
    const headers = { "x-app-usage": '{"call_count":89}' };
    const { session } = await aSession(inTurn({ ...DONE, headers }, DONE));
    await session.list(CAMPAIGNS);
    expect(await session.list(CAMPAIGNS)).toEqual([{ id: "1" }]);
  });

  it("goes on above 90 % for the single reads around a change, which the reserve is for", async () => {
    const reply = { json: { id: "3001" }, headers: { "x-app-usage": '{"call_count":97}' } };
    const { session } = await aSession(inTurn(reply, reply), { stopsAtUsage: false });
    await session.get(["3001"], {});
    expect(await session.get(["3001"], {})).toEqual({ id: "3001" });
  });

  it("halves the days where Meta says that the data are too much, and loses no day", async () => {
    const { graph, session, sleptMs } = await aSession(
      inTurn(
        TOO_MUCH,
        { json: { data: [{ id: "1" }] } },
        graphError(400, 100, { error_subcode: 1_487_534 }),
        { json: { data: [{ id: "2" }] } },
        { json: { data: [{ id: "3" }] } },
      ),
    );
    const rows = await session.list({ ...INSIGHTS, range: { from: "2026-03-01", to: "2026-03-05" } });
    expect(rows).toEqual([{ id: "1" }, { id: "2" }, { id: "3" }]);
    expect(graph.requests.map(({ query }) => JSON.parse(query.time_range ?? ""))).toEqual([
      { since: "2026-03-01", until: "2026-03-05" },
      { since: "2026-03-01", until: "2026-03-03" },
      { since: "2026-03-04", until: "2026-03-05" },
      { since: "2026-03-04", until: "2026-03-04" },
      { since: "2026-03-05", until: "2026-03-05" },
    ]);
    expect(sleptMs).toEqual([]);
  });

  it("drops the pages already read of a series that turns out too big, so that no row comes twice", async () => {
    const { session } = await aSession(inTurn(page(["1"], "a"), TOO_MUCH, page(["1", "2"], null)));
    expect(await session.list(CAMPAIGNS)).toEqual([{ id: "1" }, { id: "2" }]);
  });

  it("halves the page of what has no days, and gives up before it becomes tiny", async () => {
    const { graph, session } = await aSession(inTurn(TOO_MUCH, TOO_MUCH, TOO_MUCH, TOO_MUCH));
    await expect(session.list(CAMPAIGNS)).rejects.toMatchObject({
      details: { kind: "unavailable", code: 1 },
    });
    expect(graph.requests.map(({ query }) => query.limit)).toEqual(["500", "250", "125", "62"]);
  });

  it("takes the same code for one object as trouble that may pass", async () => {
    const { session, sleptMs } = await aSession(inTurn(TOO_MUCH, { json: { id: "3001" } }));
    expect(await session.get(["3001"], {})).toEqual({ id: "3001" });
    expect(sleptMs).toEqual([1_000]);
  });
});
