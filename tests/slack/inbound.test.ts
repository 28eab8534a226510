import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readInbound } from "../../lib/slack/inbound.ts";
import {
  aClickBody,
  aCommandBody,
  anOpenedHomeBody,
  aSubmissionBody,
  REPLY_URL,
  VALUE,
} from "../support/aws/slack.ts";

const read = (body: string, loopback = false) => readInbound(body, { loopback });

function fromOf(body: string, loopback = false) {
  const inbound = read(body, loopback);
  if (!("from" in inbound)) throw new Error(inbound.kind);
  return inbound.from;
}

describe("lib/slack/inbound", () => {
  it("reads a click with where it was made and how to answer it", () => {
    expect(read(aClickBody())).toEqual({
      kind: "button",
      action: "approve",
      value: VALUE,
      from: {
        clickId: expect.stringMatching(/^[0-9a-f]{32}$/),
        userId: "W111",
        outsider: null,
        team: "T111",
        app: "A111",
        channel: "C111",
        messageTs: "111.222",
        triggerId: "111.222.valid",
        replyUrl: REPLY_URL,
      },
    });
  });

  it("reads a dialog's fields, texts and days alike", () => {
    const fields = { until: { selected_date: "2026-03-20" }, reason: { value: null } };
    expect(read(aSubmissionBody("palier_hands_off", { a: 1 }, fields))).toMatchObject({
      kind: "submitted",
      dialog: "handsOff",
      metadata: '{"a":1}',
      fields: { until: "2026-03-20", reason: null },
      from: { channel: null, messageTs: null },
    });
  });

  it("reads a command and an opened home", () => {
    expect(read(aCommandBody("why PROS"))).toMatchObject({
      kind: "command",
      text: "why PROS",
      from: { userId: "W111", team: "T111", app: "A111", channel: "C111", outsider: null },
    });
    expect(read(anOpenedHomeBody())).toMatchObject({ kind: "homeOpened", from: { userId: "W111" } });
    expect(read('{"type":"url_verification","challenge":"abc"}')).toEqual({
      kind: "challenge",
      challenge: "abc",
    });
  });

  it("knows the same interaction again, and tells it from any other", () => {
    const id = (body: string) => fromOf(body).clickId;
    expect(id(aClickBody())).toBe(id(aClickBody({ response_url: null })));
    expect(id(aClickBody())).not.toBe(id(aClickBody({ trigger_id: "2.2.other" })));
    const edit = (value: string) => aSubmissionBody("palier_edit", {}, { amount: { value } });
    expect(id(edit("24"))).toBe(id(edit("24")));
    expect(id(edit("24"))).not.toBe(id(edit("25")));
    expect(id(anOpenedHomeBody())).not.toBe(id(anOpenedHomeBody({ event_id: "Ev2" })));
  });

  it.each<[string, string | null, object]>([
    ["somebody of another workspace", "team", { user: { id: "W111", team_id: "T999" } }],
    ["somebody of no workspace", "team", { user: { id: "W111" } }],
    ["a stranger of a shared channel", "team", { user: { id: "W111", team_id: "T111", is_stranger: true } }],
    ["a guest", "guest", { user: { id: "W111", team_id: "T111", is_restricted: true } }],
    ["a guest of one channel", "guest", { user: { id: "W111", team_id: "T111", is_ultra_restricted: true } }],
    ["a bot's id", "bot", { user: { id: "B111", team_id: "T111" } }],
    ["a person who is a bot", "bot", { user: { id: "W111", team_id: "T111", is_bot: true } }],
    ["a bot beside a person", "bot", { bot_id: "B111" }],
    ["Slack's own bot", "bot", { user: { id: "USLACKBOT", team_id: "T111" } }],
    ["a name in the place of an id", "bot", { user: { id: "lea", team_id: "T111" } }],
  ])("tells %s from members", (_, outsider, over) => {
    expect(fromOf(aClickBody(over)).outsider).toBe(outsider);
  });

  it.each<[string, string]>([
    [
      "Slack's own recorded button",
      readFileSync("tests/fixtures/slack/block_actions_button.body.txt", "utf8"),
    ],
    ["a link", aClickBody({}, { action_id: "palier_open" })],
    ["a name of every object", aClickBody({}, { action_id: "toString" })],
    ["a dialog of another app", aSubmissionBody("other", {}, {})],
    ["a closed dialog", aClickBody({ type: "view_closed" })],
    ["a click on nothing", aClickBody({ actions: [] })],
    [
      "another tab of home",
      anOpenedHomeBody({ event: { type: "app_home_opened", user: "W111", tab: "messages" } }),
    ],
    ["another event", anOpenedHomeBody({ event: { type: "message", user: "W111" } })],
  ])("has nothing to do with %s", (_, body) => {
    expect(read(body)).toEqual({ kind: "other" });
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["no payload", "token=x"],
    ["a payload that is no JSON", "payload=%7B"],
    ["a payload of another shape", `payload=${encodeURIComponent('{"type":"block_actions"}')}`],
    ["JSON that is cut off", '{"type":'],
    [
      "two answers at once",
      aClickBody({ actions: [{ action_id: "palier_approve" }, { action_id: "palier_reject" }] }),
    ],
  ])("takes %s for malformed", (_, body) => {
    expect(read(body)).toEqual({ kind: "malformed" });
  });

  it.each([
    ["http://hooks.slack.com/actions/1"],
    ["https://hooks.slack.com.example.org/actions/1"],
    ["https://hooks.slack.com@example.org/"],
    ["https://hooks.slack.com:8443/"],
    ["http://127.0.0.1:4000/reply"],
    ["not a url"],
    [null],
  ])("trusts no reply address but Slack's: %s", (response_url) => {
    expect(fromOf(aClickBody({ response_url })).replyUrl).toBeNull();
  });

  it("trusts loopback on one machine, and there too nobody else", () => {
    const local = "http://127.0.0.1:4000/reply";
    expect(fromOf(aClickBody({ response_url: local }), true).replyUrl).toBe(local);
    expect(fromOf(aClickBody({ response_url: "http://10.0.0.1/reply" }), true).replyUrl).toBeNull();
  });
});
