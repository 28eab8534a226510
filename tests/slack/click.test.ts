import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readClick } from "../../lib/slack/click.ts";
import { aClickBody } from "../support/aws/slack.ts";

const ALLOWED = { team: "T111", approvers: ["W111", "U222"] };
const REPLY_URL = "https://hooks.slack.com/actions/T111/111/random-value";

function read(over: object = {}, action: object = {}) {
  return readClick(aClickBody(over, action), ALLOWED);
}

describe("lib/slack/click", () => {
  it.each([
    ["palier_approve", "approved"],
    ["palier_reject", "rejected"],
  ])("reads %s as %s", (action_id, verdict) => {
    expect(read({}, { action_id })).toEqual({
      kind: "click",
      click: { changeId: "atelier-lune-20260311-1", brand: "atelier-lune", verdict, userId: "W111" },
      replyUrl: REPLY_URL,
    });
  });

  it("has nothing to do with other buttons, Slack's own recorded one among them", () => {
    const recorded = readFileSync("tests/fixtures/slack/block_actions_button.body.txt", "utf8");
    expect(readClick(recorded, ALLOWED)).toEqual({ kind: "other" });
    expect(read({}, { action_id: "toString" })).toEqual({ kind: "other" });
    expect(read({ type: "view_submission" })).toEqual({ kind: "other" });
    expect(read({ actions: [] })).toEqual({ kind: "other" });
  });

  it.each<[string, string, object]>([
    ["somebody who is not on the list", "user", { user: { id: "U333", team_id: "T111" } }],
    ["a listed id of another workspace", "team", { user: { id: "W111", team_id: "T999" } }],
    ["a click made in another workspace", "team", { team: { id: "T999" } }],
    ["a click of no workspace", "team", { team: null }],
    ["somebody of no workspace", "team", { user: { id: "W111" } }],
    ["a bot's id", "bot", { user: { id: "B111", team_id: "T111" } }],
    ["a person who is a bot", "bot", { user: { id: "W111", team_id: "T111", is_bot: true } }],
    ["a bot beside a person", "bot", { bot_id: "B111" }],
    ["Slack's own bot", "bot", { user: { id: "USLACKBOT", team_id: "T111" } }],
    ["a name in the place of an id", "bot", { user: { id: "lea", team_id: "T111" } }],
  ])("refuses %s", (_, reason, over) => {
    expect(read(over)).toMatchObject({ kind: "refused", reason, replyUrl: REPLY_URL });
  });

  it("lets nobody answer while nobody is on the list", () => {
    const none = readClick(aClickBody(), { team: "T111", approvers: [] });
    expect(none).toMatchObject({ kind: "refused", reason: "user" });
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["no payload", "token=x"],
    ["a payload that is no JSON", "payload=%7B"],
    ["a payload of another shape", `payload=${encodeURIComponent('{"type":"block_actions"}')}`],
    [
      "two answers at once",
      aClickBody({ actions: [{ action_id: "palier_approve" }, { action_id: "palier_reject" }] }),
    ],
  ])("takes %s for malformed", (_, body) => {
    expect(readClick(body, ALLOWED)).toEqual({ kind: "malformed" });
  });

  it.each([
    ["click_me_123"],
    ["-20260311-1"],
    ["Atelier-20260311-1"],
    ["a#b-20260311-1"],
    [`${"a".repeat(70)}-20260311-1`],
  ])("knows no brand by the value %s", (value) => {
    expect(read({}, { value })).toMatchObject({ kind: "click", click: { changeId: value, brand: null } });
  });

  it.each([
    ["http://hooks.slack.com/actions/1"],
    ["https://hooks.slack.com.example.org/actions/1"],
    ["https://hooks.slack.com@example.org/"],
    ["https://hooks.slack.com:8443/"],
    ["not a url"],
    [null],
  ])("trusts no reply address but Slack's: %s", (response_url) => {
    expect(read({ response_url })).toMatchObject({ kind: "click", replyUrl: null });
  });
});
