import { describe, expect, it } from "vitest";
import type { SlackSettings } from "../../../lib/domain/brand.ts";
import { type AskSlack, askSlack, checkSlack } from "../../../lib/runtime/doctor/slack.ts";
import { RuntimeError } from "../../../lib/runtime/errors.ts";
import { SCOPES } from "../../../lib/slack/manifest.ts";
import { aDesk } from "../../support/log.ts";
import { aServedSlack } from "../../support/slack-sandbox.ts";
import { aBrand } from "../../support/snapshot.ts";

const SLACK: SlackSettings = {
  team: "T0LUNE",
  app: "A0PALIER",
  channel: "C0LUNE",
  digestAt: "08:30",
  reviewEvery: "week",
  reviewOn: "mon",
  noticeBeforeApply: true,
};
const BRAND = aBrand({ slack: SLACK, people: aDesk().people });
const MEMBER = { user: { team_id: "T0LUNE" } };

/** A Slack in which everything is as it should be, but for what is stated by method; an error's code stands for a refusal. */
function aSlack(
  over: Readonly<Record<string, object | string>> = {},
  scopes: readonly string[] | null = SCOPES,
): AskSlack {
  const answers: Readonly<Record<string, object | string>> = {
    "auth.test": { team_id: "T0LUNE", bot_id: "B1" },
    "bots.info": { bot: { app_id: "A0PALIER" } },
    "conversations.info": { channel: { is_member: true } },
    "users.info": MEMBER,
    ...over,
  };
  return async (method) => {
    const answer = answers[method];
    if (typeof answer === "string") throw new RuntimeError("slack.call", `${method}: ${answer}`);
    return { body: answer, scopes };
  };
}

async function found(ask: AskSlack | null, brand = BRAND): Promise<string[]> {
  const findings = await checkSlack(brand, ask);
  return findings
    .filter(({ status }) => status !== "ok")
    .map(({ status, check, found: told }) => `${status} ${check}: ${told}`);
}

describe("lib/runtime/doctor/slack", () => {
  it("is content with a token, scopes, app, channel and members as they should be", async () => {
    const findings = await checkSlack(BRAND, aSlack());
    expect(findings.map(({ check, subject, status }) => [check, subject, status])).toEqual([
      ["slack.token", "atelier-lune", "ok"],
      ["slack.scopes", "atelier-lune", "ok"],
      ["slack.app", "atelier-lune", "ok"],
      ["slack.channel", "C0LUNE", "ok"],
      ["slack.people", "lea", "ok"],
      ["slack.people", "eva", "ok"],
      ["slack.people", "tom", "ok"],
    ]);
  });

  it("asks nothing of a brand without Slack, and says that it could not look without a token", async () => {
    expect(await found(null, aBrand({ slack: null }))).toEqual([]);
    expect(await found(null)).toEqual([
      "warning slack.token: without the bot's token nothing is known of the channel",
    ]);
  });

  it.each<[string, Readonly<Record<string, object | string>>, string]>([
    [
      "a token that Slack refuses",
      { "auth.test": "invalid_auth" },
      "failed slack.token: auth.test: invalid_auth",
    ],
    [
      "a token of another workspace",
      { "auth.test": { team_id: "T9", bot_id: "B1" } },
      "failed slack.token: it is of workspace T9, not T0LUNE",
    ],
    [
      "another app's token",
      { "bots.info": { bot: { app_id: "A9" } } },
      "failed slack.app: the token is app A9's, not A0PALIER's",
    ],
    [
      "a channel that nobody knows",
      { "conversations.info": "channel_not_found" },
      "failed slack.channel: conversations.info: channel_not_found",
    ],
    [
      "a channel without the bot",
      { "conversations.info": { channel: {} } },
      "failed slack.channel: the bot is not in it",
    ],
    [
      "an archived channel",
      { "conversations.info": { channel: { is_member: true, is_archived: true } } },
      "failed slack.channel: it is archived",
    ],
    [
      "a shared channel",
      { "conversations.info": { channel: { is_member: true, is_ext_shared: true } } },
      "warning slack.channel: it is shared with another workspace",
    ],
    [
      "an answer of another shape",
      { "conversations.info": {} },
      "failed slack.channel: Slack answers other than documented",
    ],
  ])("tells %s", async (_, over, line) => {
    expect(await found(aSlack(over))).toEqual([line]);
  });

  it.each([
    ["has left the workspace", { deleted: true }],
    ["is a bot, whose answers never count", { is_bot: true }],
    ["is a guest, whose answers never count", { is_ultra_restricted: true }],
    ["is of another workspace, whose answers never count", { team_id: "T9" }],
  ])("fails over somebody on the desk who %s", async (told, user) => {
    const brand = aBrand({ slack: SLACK, people: aDesk().people.slice(0, 1) });
    expect(await found(aSlack({ "users.info": { user } }), brand)).toEqual([
      `failed slack.people: U0LEA ${told}`,
    ]);
  });

  it("names scopes that are missing, that are too many, and that are not told", async () => {
    expect(await found(aSlack({}, SCOPES.slice(1)))).toEqual(["failed slack.scopes: it may not chat:write"]);
    expect(await found(aSlack({}, [...SCOPES, "admin"]))).toEqual([
      "warning slack.scopes: it may also admin",
    ]);
    expect(await found(aSlack({}, null))).toEqual([
      "warning slack.scopes: Slack does not say what the token may do",
    ]);
  });

  it("asks over the wire as Slack wants it, and names its refusal without the token", async () => {
    const { apiUrl } = await aServedSlack();
    expect((await askSlack("xoxb-sandbox", apiUrl)("auth.test", {})).body).toMatchObject({
      team_id: "T0LUNE001",
    });
    const refused = askSlack("xoxb-wrong", apiUrl)("auth.test", {});
    await expect(refused).rejects.toThrow(/^auth\.test: invalid_auth$/);
  });
});
