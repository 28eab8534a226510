import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Content } from "../../lib/domain/content.ts";
import type { Messenger } from "../../lib/domain/messenger.ts";
import { type RunningSlack, serveSlack } from "../../lib/sandbox/slack/index.ts";
import { slackMessenger } from "../../lib/slack/client.ts";

const CHANNEL = "C0BUDGETS";
const TOKEN = "xoxb-1-secret";

let folder: string;
let slack: RunningSlack;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "palier-slack-client-"));
  slack = await serveSlack({
    folder,
    signingSecret: "s",
    botToken: TOKEN,
    team: "T0ATELIER",
    app: "A0PALIER",
    people: [{ id: "U0LEA", name: "Lea", team: "T0ATELIER", kind: "member", note: "owner" }],
    channels: [{ id: CHANNEL, name: "budgets" }],
  });
});

afterAll(async () => {
  await slack.close();
  await rm(folder, { recursive: true });
});

/** A message that says its key, under the name of `brand`. */
function messenger(brand = "atelier-lune", token = TOKEN): Messenger {
  return slackMessenger({
    token,
    url: slack.apiUrl,
    brand,
    render: ({ key }) => {
      if (key === "broken") throw new Error("no words");
      const text = key === "refused" ? "x".repeat(3_001) : key;
      return { text: key, blocks: [{ type: "section", text: { type: "mrkdwn", text, verbatim: true } }] };
    },
  });
}

function contentOf(key: string): Content {
  const notice = { brandName: "Atelier Lune", day: "2026-03-11", nightFrom: "04:05", nightTo: "06:00" };
  return { key, body: { kind: "notice", ...notice } };
}

function fault(method: string, given: RunningSlack["workspace"]["faults"][number]["fault"]): void {
  slack.workspace.faults.push({ method, fault: given });
}

const find = (key: string, thread: string | null = null, from = messenger()) =>
  from.find(CHANNEL, key, Date.now(), thread);

describe("lib/slack/client", () => {
  it("posts in the channel and in a thread, changes, and finds both again by their key", async () => {
    const ts = await messenger().post(CHANNEL, contentOf("first"), null);
    const answer = await messenger().post(CHANNEL, contentOf("answer"), ts);
    await messenger().update(CHANNEL, ts, contentOf("first"));
    expect(await find("first")).toBe(ts);
    expect(await find("answer", ts)).toBe(answer);
    expect(await find("answer")).toBeNull();
    expect(await find("never")).toBeNull();
    expect(await find("first", null, messenger("maison-sel"))).toBeNull();
  });

  it("posts to a channel by its name, and finds and changes there what it posted", async () => {
    const ts = await messenger().post("#budgets", contentOf("named"), null);
    expect(await messenger().find("#budgets", "named", Date.now(), null)).toBe(ts);
    expect(await find("named")).toBe(ts);
    await expect(messenger().update("#budgets", ts, contentOf("named"))).resolves.toBeUndefined();
    const elsewhere = messenger().post("#nowhere", contentOf("lost"), null);
    await expect(elsewhere).rejects.toMatchObject({ outcome: "refused", code: "channel_not_found" });
  });

  it("tells one person alone", async () => {
    await expect(messenger().tell(CHANNEL, "U0LEA", contentOf("alone"))).resolves.toBeUndefined();
    expect(await find("alone")).toBeNull();
  });

  it.each([
    ["throttle", { kind: "throttle", retryAfterSeconds: 7 }, "throttled", "ratelimited", 7_000, false],
    ["serverError", { kind: "serverError", status: 502 }, "unknown", "http_502", null, false],
    ["errorAfter", { kind: "errorAfter", status: 503 }, "unknown", "http_503", null, true],
    ["dropBefore", { kind: "dropBefore" }, "unknown", "no_answer", null, false],
    ["dropAfter", { kind: "dropAfter" }, "unknown", "no_answer", null, true],
    ["swallow", { kind: "swallow" }, "unknown", "no_ts", null, false],
    ["not_in_channel", { kind: "refuse", error: "not_in_channel" }, "refused", "not_in_channel", null, false],
    ["invalid_auth", { kind: "refuse", error: "invalid_auth" }, "refused", "invalid_auth", null, false],
    ["fatal_error", { kind: "refuse", error: "fatal_error" }, "unknown", "fatal_error", null, false],
  ] as const)(
    "asks once and tells %s for what it is",
    async (name, given, outcome, code, retryAfterMs, kept) => {
      fault("chat.postMessage", given);
      const posting = messenger().post(CHANNEL, contentOf(`fault-${name}`), null);
      await expect(posting).rejects.toMatchObject({ name: "MessengerError", outcome, code, retryAfterMs });
      expect(slack.workspace.faults).toEqual([]);
      expect((await find(`fault-${name}`)) !== null).toBe(kept);
    },
  );

  it("names what Slack refuses by Slack's own code, without a token or a text", async () => {
    const refused = messenger().post(CHANNEL, contentOf("refused"), null);
    await expect(refused).rejects.toMatchObject({ outcome: "refused", code: "invalid_blocks" });
    const wrong = messenger("atelier-lune", "xoxb-2-wrong").post(CHANNEL, contentOf("first"), null);
    await expect(wrong).rejects.toMatchObject({
      code: "invalid_auth",
      message: "Slack refuses chat.postMessage: invalid_auth",
    });
  });

  it("says of a message without words which one it is, and asks nothing", async () => {
    const broken = messenger().post(CHANNEL, contentOf("broken"), null);
    await expect(broken).rejects.toMatchObject({ outcome: "refused", code: "not_rendered" });
  });

  it("does not take what it cannot look through for what is not there", async () => {
    fault("conversations.history", { kind: "dropAfter" });
    await expect(find("first")).rejects.toMatchObject({ outcome: "unknown" });
  });
});
