import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkSignature } from "../../lib/domain/signature.ts";
import { deliver, prepareClick, prepareHomeOpened, signatureOf } from "../../lib/sandbox/slack/index.ts";
import {
  type AnApp,
  aCard,
  anApp,
  aServedSlack,
  CARD,
  CHANNEL,
  payloadOf,
  SECRET,
  START_MS,
} from "../support/slack-sandbox.ts";

const LEA = "U0LEA0001";
const MARC = "U0MARC001";

function isSigned({ got }: AnApp, at: number, nowMs: number): string {
  const { headers = {}, body = "" } = got[at] ?? {};
  const signed = {
    timestamp: headers["x-slack-request-timestamp"] ?? "",
    signature: headers["x-slack-signature"] ?? "",
    body: Buffer.from(body),
  };
  return checkSignature(signed, { version: "v0", key: SECRET, nowMs });
}

/** Keys at every depth of `expected` that `found` lacks. */
function missing(expected: unknown, found: unknown, path = ""): string[] {
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) return [];
  return Object.entries(expected).flatMap(([key, value]) => {
    const inside = (found as Record<string, unknown> | undefined)?.[key];
    return inside === undefined ? [`${path}${key}`] : missing(value, inside, `${path}${key}.`);
  });
}

describe("lib/sandbox/slack: clicks", () => {
  it("signs as Slack's published example does", () => {
    const vector = JSON.parse(readFileSync("tests/fixtures/slack/signature_vector.json", "utf8"));
    const { signing_secret, timestamp, raw_body, signature } = vector;
    expect(signatureOf(signing_secret, Number(timestamp), raw_body)).toBe(signature);
  });

  it("tells the app what was clicked, by whom and where, signed", async () => {
    const { workspace, app, click, ts } = await aCard({});
    expect(await deliver(workspace, prepareClick(workspace, click(LEA)))).toMatchObject({
      status: 200,
      body: "",
    });
    expect(isSigned(app, 0, START_MS)).toBe("ok");
    expect(app.got[0]?.headers).toMatchObject({ "content-type": "application/x-www-form-urlencoded" });
    expect(payloadOf(app, 0)).toMatchObject({
      type: "block_actions",
      user: { id: LEA, team_id: "T0LUNE001" },
      team: { id: "T0LUNE001" },
      api_app_id: "A0PALIER1",
      channel: { id: CHANNEL, name: "budget-lune" },
      container: { type: "message", message_ts: ts, channel_id: CHANNEL, is_ephemeral: false },
      message: { ts, text: "Night", bot_id: "B0PALIERBOT" },
      actions: [{ type: "button", action_id: "yes", block_id: "answers", value: "c1" }],
    });
  });

  it("has every field of a click that Slack recorded", async () => {
    const { workspace, app, click } = await aCard({});
    await deliver(workspace, prepareClick(workspace, click(LEA)));
    const recorded = JSON.parse(readFileSync("tests/fixtures/slack/block_actions_button.json", "utf8"));
    const sent = payloadOf(app, 0);
    // The recorded workspace belongs to an organisation; this one does not.
    expect(missing(recorded, sent)).toEqual(["team.enterprise_id", "team.enterprise_name"]);
    expect(missing(recorded.actions[0], sent.actions[0])).toEqual([]);
  });

  it("sends the same click twice, and another as another", async () => {
    const { workspace, app, click } = await aCard({});
    const first = prepareClick(workspace, click(LEA));
    await deliver(workspace, first);
    await deliver(workspace, first);
    await deliver(workspace, prepareClick(workspace, click(LEA)));
    const [one, two, three] = app.got;
    expect(two?.body).toBe(one?.body);
    expect(three?.body).not.toBe(one?.body);
  });

  it("sends late and out of order what was prepared", async () => {
    const { workspace, app, click, later } = await aCard({});
    const first = prepareClick(workspace, click(LEA));
    later(301_000);
    await deliver(workspace, prepareClick(workspace, click(MARC)));
    await deliver(workspace, first);
    expect(app.got.map((_, at) => payloadOf(app, at).user.id)).toEqual([MARC, LEA]);
    expect(isSigned(app, 0, START_MS + 301_000)).toBe("ok");
    expect(isSigned(app, 1, START_MS + 301_000)).toBe("stale");
  });

  it("forges, and changes what it sends before it signs", async () => {
    const { workspace, app, click } = await aCard({});
    await deliver(workspace, prepareClick(workspace, click(LEA)), { signature: "v0=00" });
    expect(isSigned(app, 0, START_MS)).toBe("wrong");
    const foreign = prepareClick(workspace, click(LEA), (payload) => ({
      ...payload,
      team: { id: "T0OTHER01" },
    }));
    await deliver(workspace, foreign);
    expect(isSigned(app, 1, START_MS)).toBe("ok");
    expect(payloadOf(app, 1).team).toEqual({ id: "T0OTHER01" });
  });

  it("repeats an event with the number of the try", async () => {
    const { workspace, app } = await aCard({ status: 500 }, {});
    const opened = prepareHomeOpened(workspace, LEA);
    expect((await deliver(workspace, opened)).status).toBe(500);
    await deliver(workspace, opened, { retry: { number: 1, reason: "http_error" } });
    expect(app.got[1]?.headers).toMatchObject({
      "x-slack-retry-num": "1",
      "x-slack-retry-reason": "http_error",
    });
    expect(app.got[1]?.body).toBe(app.got[0]?.body);
    expect(JSON.parse(app.got[0]?.body ?? "")).toMatchObject({
      type: "event_callback",
      event: { type: "app_home_opened", tab: "home", user: LEA },
    });
  });

  it("waits no longer than it may, and says so to whoever clicked", async () => {
    const app = await anApp(null);
    const { workspace, client } = await aServedSlack({ requestUrl: app.url, answerWithinMs: 20 });
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "Night", blocks: CARD });
    const click = { user: LEA, message: { channel: CHANNEL, ts }, actionId: "yes" };
    expect(await deliver(workspace, prepareClick(workspace, click))).toMatchObject({ status: null });
    expect(workspace.store.messages.all().at(-1)).toMatchObject({
      text: "Palier did not respond. Try again.",
      onlyFor: LEA,
    });
  });

  it("lets nobody click on what they do not see", async () => {
    const { workspace, message, client } = await aCard({});
    const click = (over: object) => () =>
      prepareClick(workspace, { user: LEA, message, actionId: "yes", ...over });
    expect(click({ actionId: "maybe" })).toThrow("0 elements have the action maybe");
    expect(click({ value: "c2" })).toThrow("0 elements have the action yes");
    expect(click({ user: "U0NOBODY1" })).toThrow("there is nobody with the id U0NOBODY1");
    await client.chat.postEphemeral({ channel: CHANNEL, user: MARC, text: "a", blocks: CARD });
    const own = { channel: CHANNEL, ts: workspace.store.messages.all().at(-1)?.ts };
    expect(click({ message: own })).toThrow("sees no message");
  });
});

describe("lib/sandbox/slack: answers to clicks", () => {
  async function anAnswer(body: object) {
    const card = await aCard({});
    await deliver(card.workspace, prepareClick(card.workspace, card.click(LEA)));
    const { response_url } = payloadOf(card.app, 0);
    const answer = async () => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(response_url, { method: "POST", headers, body: JSON.stringify(body) });
      return [response.status, await response.json()];
    };
    return { ...card, answer };
  }

  it("shows an answer to whoever clicked alone, five times within thirty minutes", async () => {
    const { answer, workspace, later } = await anAnswer({ text: "Recorded" });
    expect(await answer()).toEqual([200, { ok: true }]);
    expect(workspace.store.messages.all().at(-1)).toMatchObject({ text: "Recorded", onlyFor: LEA });
    for (let use = 2; use <= 5; use += 1) expect(await answer()).toEqual([200, { ok: true }]);
    expect(await answer()).toEqual([404, { ok: false, error: "used_url" }]);
    later(30 * 60_000 + 1);
    expect(await answer()).toEqual([404, { ok: false, error: "expired_url" }]);
  });

  it("replaces the message where it is asked to, and refuses what is no yes or no", async () => {
    const replacing = await anAnswer({ text: "Done", replace_original: true });
    await replacing.answer();
    expect(replacing.workspace.store.messages.all()).toMatchObject([{ ts: replacing.ts, text: "Done" }]);
    const wrong = await anAnswer({ text: "Done", replace_original: "true" });
    expect(await wrong.answer()).toMatchObject([404, { error: "invalid_arguments" }]);
  });
});
