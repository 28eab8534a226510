import { describe, expect, it } from "vitest";
import { anApp, aServedSlack, CARD, CHANNEL, payloadOf } from "../support/slack-sandbox.ts";

const LEA = "U0LEA0001";

/** The control side as the page in the browser uses it. */
async function aPage() {
  const app = await anApp({});
  const slack = await aServedSlack({ requestUrl: app.url });
  const control = `${slack.url}/_sandbox/slack`;
  async function post(path: string, body: object, type = "application/json") {
    const headers = { "content-type": type };
    const response = await fetch(`${control}${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }
  async function screen(user: string) {
    const response = await fetch(`${control}/screen?user=${user}&channel=${CHANNEL}`);
    return (await response.json()) as Record<"version" | "channel" | "home" | "modal", string>;
  }
  return { ...slack, app, post, screen, state: async () => await (await fetch(`${control}/state`)).json() };
}

describe("lib/sandbox/slack: the page and the control side", () => {
  it("serves the page and its two files, and nothing else is allowed to load", async () => {
    const { url } = await aServedSlack();
    const page = await fetch(url);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
    const html = await page.text();
    expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1])).toEqual([
      "/page.css",
      "data:,",
      "/page.js",
    ]);
    for (const [file, type] of [
      ["page.css", "text/css"],
      ["page.js", "text/javascript"],
    ]) {
      const response = await fetch(`${url}/${file}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        `${type}; charset=utf-8`,
      ]);
    }
  });

  it("shows each person what they see, answers in their thread", async () => {
    const { client, screen } = await aPage();
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "Night", blocks: CARD });
    await client.chat.postMessage({ channel: CHANNEL, text: "Page 2", thread_ts: ts });
    await client.chat.postEphemeral({ channel: CHANNEL, user: LEA, text: "Just you" });
    const [lea, marc] = [await screen(LEA), await screen("U0MARC001")];
    expect(lea.channel).toContain(`data-ts="${ts}"`);
    expect(lea.channel).toContain("<summary>1 reply</summary>");
    expect(lea.channel).toContain("Just you");
    expect(marc.channel).not.toContain("Just you");
    expect(marc.home).toContain("Palier has shown nothing here yet.");
    await client.views.publish({ user_id: LEA, view: { type: "home", blocks: CARD } });
    const after = await screen(LEA);
    expect(after.home).toContain("Brand search");
    expect(after.version).not.toBe(lea.version);
  });

  it("clicks, sends and closes through signed requests", async () => {
    const { client, app, post, screen } = await aPage();
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "Night", blocks: CARD });
    const message = { channel: CHANNEL, ts };
    const click = { user: LEA, message, actionId: "yes", blockId: "answers", value: "c1" };
    expect(await post("/click", click)).toMatchObject({ status: 200, body: { status: 200 } });
    const { trigger_id } = payloadOf(app, 0);
    const title = { type: "plain_text" as const, text: "Edit" };
    await client.views.open({ trigger_id, view: { type: "modal", title, blocks: [] } });
    expect((await screen(LEA)).modal).toContain("<h2>Edit</h2>");
    expect(await post("/close", { user: LEA })).toMatchObject({ body: { open: 0 } });
    expect(await post("/home", { user: LEA })).toMatchObject({ body: { status: 200 } });
    const command = { user: LEA, channel: CHANNEL, command: "/palier", text: "status" };
    expect(await post("/command", command)).toMatchObject({ body: { status: 200 } });
    expect(app.got).toHaveLength(3);
  });

  it("tells what is there and what was called, and takes people and an address", async () => {
    const { client, post, state, workspace } = await aPage();
    await client.auth.test();
    expect(workspace.calls).toEqual([{ method: "auth.test", args: {}, outcome: "ok" }]);
    const zoe = { id: "U0ZOE0001", name: "Zoe", team: "T0LUNE001", kind: "member", note: "" };
    expect(await post("/person", zoe)).toMatchObject({ body: { people: 6 } });
    const { members } = await client.conversations.members({ channel: CHANNEL });
    expect(members).toContain("U0ZOE0001");
    await post("/app", { requestUrl: "http://127.0.0.1:9/", postsPerSecond: 1 });
    expect(await state()).toMatchObject({ requestUrl: "http://127.0.0.1:9/", channels: [{ id: CHANNEL }] });
    expect(workspace.postsPerSecond).toBe(1);
  });

  it("refuses what it does not know, and what a page of another site could post", async () => {
    const { post } = await aPage();
    const fault = { method: "chat.update", fault: { kind: "explode" } };
    expect(await post("/fault", fault)).toMatchObject({
      status: 400,
      body: { error: { code: "sandbox.requestRefused" } },
    });
    expect(await post("/home", { user: LEA }, "text/plain")).toMatchObject({ status: 400 });
    expect(await post("/submit", { user: LEA, fields: {} })).toMatchObject({
      status: 400,
      body: { error: { message: "U0LEA0001 has no dialog open" } },
    });
  });
});
