import { describe, expect, it } from "vitest";
import { aDialog, aServedSlack, CARD, CHANNEL, TOKEN } from "../support/slack-sandbox.ts";

/** What the client throws, with what Slack said. */
async function refusal(call: Promise<unknown>): Promise<object> {
  return await call.then(
    () => ({ data: "taken" }),
    (error: object) => error,
  );
}

const refused = (error: string) => ({ data: { ok: false, error } });
const metadata = { event_type: "palier", event_payload: { key: "night/1" } };

describe("lib/sandbox/slack: the Web API to the official client", () => {
  it("says who the app is, and refuses any other token", async () => {
    const { client } = await aServedSlack();
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      team_id: "T0LUNE001",
      user_id: "U0PALIERBOT",
    });
    expect(await refusal(client.auth.test({ token: "xoxb-other" }))).toMatchObject(refused("invalid_auth"));
  });

  it("posts, answers in the thread, and reads both back with their metadata", async () => {
    const { client } = await aServedSlack();
    const posted = await client.chat.postMessage({ channel: CHANNEL, text: "Night", blocks: CARD, metadata });
    expect(posted.ts).toBe("1773208800.000000");
    await client.chat.postMessage({ channel: CHANNEL, text: "Page 2", thread_ts: posted.ts ?? "" });
    const history = await client.conversations.history({ channel: CHANNEL, include_all_metadata: true });
    expect(history.messages).toMatchObject([{ ts: posted.ts, text: "Night", metadata, reply_count: 1 }]);
    const thread = await client.conversations.replies({ channel: CHANNEL, ts: posted.ts ?? "" });
    expect(thread.messages?.map(({ text }) => text)).toEqual(["Night", "Page 2"]);
    expect(thread.messages?.[0]).not.toHaveProperty("metadata");
  });

  it("pages what it tells, and tells only what came since", async () => {
    const { client, later } = await aServedSlack();
    for (const text of ["a", "b", "c"]) {
      await client.chat.postMessage({ channel: CHANNEL, text });
      later(1_000);
    }
    const first = await client.conversations.history({ channel: CHANNEL, limit: 2 });
    expect(first.messages?.map(({ text }) => text)).toEqual(["c", "b"]);
    const cursor = first.response_metadata?.next_cursor ?? "";
    const second = await client.conversations.history({ channel: CHANNEL, limit: 2, cursor });
    expect(second).toMatchObject({ messages: [{ text: "a" }], has_more: false });
    const since = await client.conversations.history({ channel: CHANNEL, oldest: "1773208801.000000" });
    expect(since.messages?.map(({ text }) => text)).toEqual(["c"]);
  });

  it("changes what is given and leaves the rest", async () => {
    const { client } = await aServedSlack();
    const { ts = "" } = await client.chat.postMessage({
      channel: CHANNEL,
      text: "Night",
      blocks: CARD,
      metadata,
    });
    await client.chat.update({ channel: CHANNEL, ts, text: "Approved" });
    const { messages } = await client.conversations.history({ channel: CHANNEL, include_all_metadata: true });
    expect(messages).toMatchObject([{ text: "Approved", blocks: CARD, metadata, edited: {} }]);
  });

  it("tells one person alone, which nobody reads back", async () => {
    const { client, workspace } = await aServedSlack();
    await client.chat.postEphemeral({ channel: CHANNEL, user: "U0LEA0001", text: "Not you" });
    expect((await client.conversations.history({ channel: CHANNEL })).messages).toEqual([]);
    expect(workspace.store.messages.all()).toMatchObject([{ text: "Not you", onlyFor: "U0LEA0001" }]);
    const stranger = client.chat.postEphemeral({ channel: CHANNEL, user: "U0NOBODY1", text: "a" });
    expect(await refusal(stranger)).toMatchObject(refused("user_not_in_channel"));
  });

  it("names the path of what is wrong with blocks", async () => {
    const { client } = await aServedSlack();
    const blocks = [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }];
    const problem = "must be less than 151 characters [json-pointer:/blocks/0/text/text]";
    expect(await refusal(client.chat.postMessage({ channel: CHANNEL, text: "a", blocks }))).toMatchObject({
      data: {
        error: "invalid_blocks",
        errors: [problem],
        response_metadata: { messages: [`[ERROR] ${problem}`] },
      },
    });
  });

  it("refuses in Slack's words", async () => {
    const { client, workspace } = await aServedSlack();
    const channel = { id: "C0OTHER01", name: "other", isPrivate: false, isArchived: false, members: [] };
    workspace.store.channels.put(channel.id, channel);
    const { chat } = client;
    const long = { type: "section", text: { type: "mrkdwn", text: "x".repeat(3_000) } };
    const ts = "1773208800.000000";
    const cases: [string, Promise<unknown>][] = [
      ["channel_not_found", chat.postMessage({ channel: "C0NOWHERE", text: "a" })],
      ["not_in_channel", chat.postMessage({ channel: "C0OTHER01", text: "a" })],
      ["no_text", chat.postMessage({ channel: CHANNEL, text: "" })],
      ["msg_too_long", chat.postMessage({ channel: CHANNEL, text: "x".repeat(40_001) })],
      [
        "msg_blocks_too_long",
        chat.postMessage({ channel: CHANNEL, text: "a", blocks: [long, long, long, long] }),
      ],
      ["thread_not_found", chat.postMessage({ channel: CHANNEL, text: "a", thread_ts: "1.000001" })],
      ["message_not_found", chat.update({ channel: CHANNEL, ts, text: "a" })],
      ["invalid_blocks_format", client.apiCall("chat.postMessage", { channel: CHANNEL, blocks: "[" })],
      [
        "invalid_metadata_format",
        client.apiCall("chat.postMessage", { channel: CHANNEL, text: "a", metadata: {} }),
      ],
      [
        "invalid_arguments",
        client.apiCall("chat.postMessage", { channel: CHANNEL, text: "a", threadTs: ts }),
      ],
      ["thread_not_found", client.conversations.replies({ channel: CHANNEL, ts })],
      ["user_not_found", client.users.info({ user: "U0NOBODY1" })],
      ["unknown_method", client.apiCall("chat.delete", {})],
      ["invalid_trigger_id", client.views.open({ trigger_id: "1.2.3", view: aDialog() })],
    ];
    for (const [error, call] of cases) expect(await refusal(call)).toMatchObject(refused(error));
    expect(workspace.store.messages.all()).toEqual([]);
  });

  it("asks for the scope that a call needs", async () => {
    const { client } = await aServedSlack({ scopes: ["chat:write"] });
    expect(await refusal(client.users.info({ user: "U0LEA0001" }))).toMatchObject({
      data: { error: "missing_scope", needed: "users:read", provided: "chat:write" },
    });
  });

  it("tells guests, bots and strangers apart, and who is in the channel", async () => {
    const { client } = await aServedSlack();
    const kinds = ["U0LEA0001", "U0GUEST01", "U0OTHER01", "U0PALIERBOT"].map(async (user) => {
      const { is_restricted, is_bot, team_id } = (await client.users.info({ user })).user ?? {};
      return [is_restricted, is_bot, team_id];
    });
    expect(await Promise.all(kinds)).toEqual([
      [false, false, "T0LUNE001"],
      [true, false, "T0LUNE001"],
      [false, false, "T0OTHER01"],
      [false, true, "T0LUNE001"],
    ]);
    const { members } = await client.conversations.members({ channel: CHANNEL });
    expect(members).toEqual(["U0PALIERBOT", "U0LEA0001", "U0MARC001", "U0GUEST01", "U0OTHER01"]);
    expect(await client.conversations.info({ channel: CHANNEL })).toMatchObject({
      channel: { is_member: true, is_ext_shared: true },
    });
  });

  it("takes JSON bodies too, with the token in the header alone", async () => {
    const { apiUrl, workspace } = await aServedSlack();
    const body = JSON.stringify({ user_id: "U0LEA0001", view: { type: "home", blocks: CARD } });
    const headers = { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${TOKEN}` };
    const published = await fetch(`${apiUrl}views.publish`, { method: "POST", headers, body });
    expect(await published.json()).toMatchObject({ ok: true, view: { type: "home" } });
    expect(workspace.store.homes.get("U0LEA0001")?.view).toMatchObject({ blocks: CARD });
    const bare = await fetch(`${apiUrl}auth.test`, { method: "POST", body: "" });
    expect(await bare.json()).toMatchObject({ error: "invalid_post_type" });
  });

  it("keeps everything over a restart, a line that was cut off aside", async () => {
    const first = await aServedSlack();
    const { ts } = await first.client.chat.postMessage({ channel: CHANNEL, text: "Night", blocks: CARD });
    await first.close();
    const { appendFileSync } = await import("node:fs");
    appendFileSync(`${first.folder}/slack.jsonl`, '["messages","C0LU');
    const again = await aServedSlack({ folder: first.folder });
    const { messages } = await again.client.conversations.history({ channel: CHANNEL });
    expect(messages).toMatchObject([{ ts, text: "Night" }]);
    const next = await again.client.chat.postMessage({ channel: CHANNEL, text: "b" });
    expect(next.ts).toBe("1773208800.000001");
  });
});
