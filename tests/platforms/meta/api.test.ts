import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createMetaApi } from "../../../lib/platforms/meta/api.ts";
import axios from "../../../lib/platforms/meta/axios-cjs.cjs";
import { graphError, inTurn, type Reply, startGraph, TOKEN } from "../../support/graph-fake.ts";
import { patienceMs } from "../../support/patience.ts";

async function anApi(replies: readonly Reply[], options: object = {}) {
  const graph = await startGraph(inTurn(...replies));
  return {
    graph,
    api: createMetaApi({ token: TOKEN, baseUrl: graph.url, timeoutMs: patienceMs(null), ...options }),
  };
}

const EMPTY = { json: { data: [] } };

describe("lib/platforms/meta/api", () => {
  it("asks for v25.0 where no version is configured, whatever the SDK would ask for", async () => {
    const { graph, api } = await anApi([EMPTY, { json: { success: true } }]);
    await api.get(["act_1001", "campaigns"], {});
    await api.post(["3001"], { status: "PAUSED" });
    expect(graph.requests.map(({ version }) => version)).toEqual(["v25.0", "v25.0"]);
  });

  it("asks for the configured version", async () => {
    const { graph, api } = await anApi([EMPTY], { version: "v26.0" });
    await api.get(["act_1001"], {});
    expect(graph.requests[0]).toMatchObject({ method: "GET", version: "v26.0", path: "act_1001" });
  });

  it("writes lists and objects into the address as JSON", async () => {
    const { graph, api } = await anApi([EMPTY]);
    const timeRange = { since: "2026-03-01", until: "2026-03-10" };
    await api.get(["act_1001", "insights"], {
      time_range: timeRange,
      action_attribution_windows: ["7d_click"],
      limit: 500,
    });
    expect(graph.requests[0]?.query).toEqual({
      access_token: TOKEN,
      time_range: '{"since":"2026-03-01","until":"2026-03-10"}',
      action_attribution_windows: '["7d_click"]',
      limit: "500",
    });
  });

  it("posts the given fields and nothing else, with the token in the address alone", async () => {
    const { graph, api } = await anApi([{ json: { success: true } }]);
    await api.post(["3001"], { daily_budget: 4200 });
    expect(graph.requests[0]).toMatchObject({
      method: "POST",
      path: "3001",
      body: '{"daily_budget":4200}',
      query: { access_token: TOKEN },
    });
    expect(JSON.stringify(graph.requests[0]?.headers)).not.toContain("secretToken");
  });

  it("leaves the caller's parameters as they were, so that one call cannot leak into the next", async () => {
    const { graph, api } = await anApi([EMPTY, { json: { success: true } }, { json: { success: true } }]);
    const params = { fields: "id" };
    const fields = { daily_budget: 4200 };
    await api.get(["act_1001"], params);
    await api.post(["3001"], fields);
    await api.post(["3001"], fields);
    expect(params).toEqual({ fields: "id" });
    expect(fields).toEqual({ daily_budget: 4200 });
    expect(graph.requests.slice(1).map(({ body }) => body)).toEqual([
      '{"daily_budget":4200}',
      '{"daily_budget":4200}',
    ]);
  });

  it("proves the app's secret on every call, pages included", async () => {
    const { graph, api } = await anApi([EMPTY, EMPTY], { appSecret: "app-secret" });
    await api.get(["act_1001"], {});
    await api.follow("https://graph.facebook.com/v25.0/act_1001/campaigns?after=abc");
    // HMAC-SHA256 of the token with the secret, by openssl.
    const proof = "84cde784ba0a13d6739e2e8c534ae2c32c59e4334ac239f773c95d12f6a22b8c";
    expect(graph.requests.map(({ query }) => query.appsecret_proof)).toEqual([proof, proof]);
  });

  it("asks for the next page at its own host with its own token, wherever the address points", async () => {
    const { graph, api } = await anApi([EMPTY, EMPTY, EMPTY]);
    await api.follow(
      "https://graph.facebook.com/v25.0/act_1001/adsets?after=abc&limit=500&access_token=stale",
    );
    await api.follow("http://evil.example:81/v25.0/act_1001/adsets?after=def");
    await api.follow("https://graph.facebook.com//evil.example/act_1001?after=ghi");
    expect(graph.requests.map(({ path, query }) => ({ path, ...query }))).toEqual([
      { path: "act_1001/adsets", after: "abc", limit: "500", access_token: TOKEN },
      { path: "act_1001/adsets", after: "def", access_token: TOKEN },
      { path: "evil.example/act_1001", after: "ghi", access_token: TOKEN },
    ]);
  });

  it("calls a next page without an address malformed", async () => {
    const { api } = await anApi([]);
    expect(await api.follow("/v25.0/act_1001")).toMatchObject({
      kind: "failure",
      failure: { kind: "malformed" },
    });
  });

  it("shows the answer's headers, so that usage is known before a refusal", async () => {
    const { api } = await anApi([{ json: { data: [] }, headers: { "X-App-Usage": '{"call_count":12}' } }]);
    const answer = await api.get(["act_1001"], {});
    expect(answer).toMatchObject({
      kind: "answer",
      headers: { "x-app-usage": '{"call_count":12}' },
      body: { data: [] },
    });
  });

  it.each<[string, Reply]>([
    ["a server that never answers", "silence"],
    ["a server whose answer never ends", "trickle"],
  ])("gives up at the deadline on %s", async (_, reply) => {
    const { api } = await anApi([reply], { timeoutMs: 150 });
    const answer = await api.get(["act_1001"], {});
    expect(answer).toMatchObject({ kind: "failure", failure: { kind: "unavailable", code: "ETIMEDOUT" } });
  });

  it.each<[string, Reply, object]>([
    ["a connection that is reset", "reset", { kind: "unavailable", code: "ECONNRESET", status: null }],
    [
      "a gateway's HTML page",
      { status: 502, text: "<html>" },
      { kind: "unavailable", code: "HTTP 502", status: 502 },
    ],
    ["an empty 503", { status: 503, text: "" }, { kind: "unavailable", code: "HTTP 503", status: 503 }],
    ["a 200 that is not JSON", { text: "<html>" }, { kind: "unavailable", code: "HTTP 200", status: 200 }],
    ["a bare true", { json: true }, { kind: "unavailable", code: "HTTP 200", status: 200 }],
    ["a 200 that carries an error", graphError(200, 190), { kind: "auth", code: 190 }],
    ["a 404 page", { status: 404, text: "<html>" }, { kind: "malformed", code: "HTTP 404" }],
    ["JSON without an error", { status: 400, json: { oops: 1 } }, { kind: "malformed", code: "HTTP 400" }],
    ["a 429 without a body", { status: 429, text: "" }, { kind: "throttled", code: "HTTP 429" }],
  ])("keeps the cause of %s, which the SDK throws away", async (_, reply, failure) => {
    const { api } = await anApi([reply]);
    expect(await api.get(["act_1001"], {})).toMatchObject({ kind: "failure", failure });
  });

  it("reads no answer without bounds", async () => {
    const { api } = await anApi([{ json: { data: "x".repeat(33 * 1024 * 1024) } }]);
    expect(await api.get(["act_1001"], {})).toMatchObject({
      kind: "failure",
      failure: { kind: "unavailable", code: "ERR_BAD_RESPONSE" },
    });
  });

  it("names a refused connection", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const api = createMetaApi({ token: TOKEN, baseUrl: `http://127.0.0.1:${port}` });
    expect(await api.get(["act_1001"], {})).toMatchObject({
      failure: { kind: "unavailable", code: "ECONNREFUSED" },
    });
  });

  it("follows no redirect, because the address carries the token", async () => {
    const elsewhere = await startGraph(inTurn());
    const { api } = await anApi([
      { status: 302, text: "", headers: { location: `${elsewhere.url}/v25.0/act_1001` } },
    ]);
    expect(await api.get(["act_1001"], {})).toMatchObject({
      failure: { kind: "malformed", code: "HTTP 302" },
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it("installs no handler of uncaught exceptions, as the SDK would by default", () => {
    const before = process.listenerCount("uncaughtException");
    createMetaApi({ token: TOKEN });
    expect(process.listenerCount("uncaughtException")).toBe(before);
  });

  it("leaves other users of the same HTTP client alone", async () => {
    const target = await startGraph(inTurn({ json: { fine: true } }));
    const source = await startGraph(
      inTurn({ status: 302, text: "", headers: { location: `${target.url}/x` } }),
    );
    expect((await axios.get(source.url)).data).toEqual({ fine: true });
  });

  it.each(["http://graph.facebook.com", "ftp://127.0.0.1", "graph.facebook.com"])(
    "refuses the address %s",
    (baseUrl) => {
      expect(() => createMetaApi({ token: TOKEN, baseUrl })).toThrow(
        "must be https, or http on this machine",
      );
    },
  );

  it("refuses an empty token", () => {
    expect(() => createMetaApi({ token: "" })).toThrow("no access token is set for Meta");
  });

  it("keeps calls apart that run at the same time", async () => {
    const graph = await startGraph(({ path }) =>
      path === "1" ? "reset" : { json: { id: path }, headers: { "x-app-usage": `{"call_count":${path}}` } },
    );
    onTestFinished(() => expect(graph.requests).toHaveLength(3));
    const api = createMetaApi({ token: TOKEN, baseUrl: graph.url });
    const answers = await Promise.all(["1", "2", "3"].map((id) => api.get([id], {})));
    expect(answers).toMatchObject([
      { failure: { code: "ECONNRESET" } },
      { body: { id: "2" }, headers: { "x-app-usage": '{"call_count":2}' } },
      { body: { id: "3" }, headers: { "x-app-usage": '{"call_count":3}' } },
    ]);
  });
});
