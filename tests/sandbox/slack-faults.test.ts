import { describe, expect, it } from "vitest";
import { aServedSlack, CHANNEL, type ServedSlack } from "../support/slack-sandbox.ts";

type Kind = ServedSlack["workspace"]["faults"][number]["fault"];

/** One post under one fault: what the client made of it, and the messages that are there. */
async function postUnder(fault: Kind) {
  const slack = await aServedSlack();
  const { client, url, workspace } = slack;
  const queued = await fetch(`${url}/_sandbox/slack/fault`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ method: "chat.postMessage", fault }),
  });
  expect(queued.status).toBe(200);
  const outcome = await client.chat
    .postMessage({ channel: CHANNEL, text: "a" })
    .catch((error: object) => error);
  const [call] = workspace.calls;
  return { outcome, stored: workspace.store.messages.all().length, recorded: call?.outcome };
}

describe("lib/sandbox/slack/faults", () => {
  it.each<[string, Kind, object, number]>([
    [
      "throttles",
      { kind: "throttle", retryAfterSeconds: 7 },
      { code: "slack_webapi_rate_limited_error", retryAfter: 7 },
      0,
    ],
    [
      "fails before the effect",
      { kind: "serverError", status: 503 },
      { code: "slack_webapi_http_error", statusCode: 503 },
      0,
    ],
    [
      "fails after the effect",
      { kind: "errorAfter", status: 500 },
      { code: "slack_webapi_http_error", statusCode: 500 },
      1,
    ],
    [
      "drops the connection before the effect",
      { kind: "dropBefore" },
      { code: "slack_webapi_request_error" },
      0,
    ],
    [
      "drops the connection after the effect",
      { kind: "dropAfter" },
      { code: "slack_webapi_request_error" },
      1,
    ],
    [
      "refuses in any words",
      { kind: "refuse", error: "invalid_auth" },
      { data: { error: "invalid_auth" } },
      0,
    ],
    ["is slow", { kind: "delay", delayMs: 5 }, { ok: true, ts: "1773208800.000000" }, 1],
  ])("%s", async (_, fault, outcome, stored) => {
    expect(await postUnder(fault)).toMatchObject({ outcome, stored });
  });

  it("swallows a message: ok, but nothing is named and nothing is there", async () => {
    const { outcome, stored, recorded } = await postUnder({ kind: "swallow" });
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome).not.toHaveProperty("ts");
    expect({ stored, recorded }).toEqual({ stored: 0, recorded: "swallow" });
  });

  it.each<[Kind["kind"] & ("hang" | "hangAfter"), number]>([
    ["hang", 0],
    ["hangAfter", 1],
  ])("never answers under %s", async (kind, stored) => {
    const { apiUrl, workspace, client } = await aServedSlack();
    workspace.faults.push({ method: "*", fault: { kind } });
    const ended = new AbortController();
    const waiting = fetch(`${apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${client.token}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: CHANNEL, text: "a" }),
      signal: ended.signal,
    }).catch((error: Error) => error.name);
    while (workspace.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(workspace.calls).toMatchObject([{ outcome: kind }]);
    expect(workspace.store.messages.all()).toHaveLength(stored);
    ended.abort();
    expect(await waiting).toBe("AbortError");
  });

  it("happens to the method that it was meant for, once", async () => {
    const { client, workspace } = await aServedSlack();
    workspace.faults.push({ method: "chat.update", fault: { kind: "refuse", error: "fatal_error" } });
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "a" });
    const update = () => client.chat.update({ channel: CHANNEL, ts, text: "b" }).catch(({ data }) => data);
    expect(await update()).toMatchObject({ error: "fatal_error" });
    expect(await update()).toMatchObject({ ok: true });
  });

  it("limits how often a channel is posted to", async () => {
    const { client, later, workspace } = await aServedSlack({ postsPerSecond: 1 });
    const post = () => client.chat.postMessage({ channel: CHANNEL, text: "a" });
    await post();
    later(999);
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    later(1);
    await post();
    expect(workspace.store.messages.all()).toHaveLength(2);
  });
});
