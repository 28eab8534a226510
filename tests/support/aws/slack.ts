/** What Slack sends, made from the click that it recorded: W111 of team T111, on a message of A111 in channel C111. */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { changeDigest } from "../../../lib/domain/change.ts";
import type { Desk } from "../../../lib/domain/desk.ts";
import { aChange, aDesk } from "../log.ts";
import type { Posted } from "./function-url.ts";

const RECORDED = JSON.parse(readFileSync("tests/fixtures/slack/block_actions_button.json", "utf8"));
export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
export const BOT_TOKEN = "xoxb-111";
export const REPLY_URL = "https://hooks.slack.com/actions/T111/111/random-value";
export const PLACE = { team: "T111", app: "A111", channel: "C111" } as const;
/** Of the recorded click. */
export const MESSAGE_TS = "111.222";

/** Value of a button on the one change of `log.ts`. */
export const VALUE = `${aChange().id}:${changeDigest(aChange())}`;

/** The desk of `log.ts` in the recorded place: W111 is lea, U222 is eva, U333 only looks. */
export function aSlackDesk(over: Partial<Desk> = {}): Desk {
  const ids: Readonly<Record<string, string>> = { lea: "W111", eva: "U222", tom: "U333" };
  const people = aDesk().people.map((person) => ({ ...person, slack: ids[person.name] ?? null }));
  return aDesk({ people, slack: PLACE, ...over });
}

/** The form that Slack posts: an approval, but for what is stated. */
export function aClickBody(over: object = {}, action: object = {}): string {
  const actions = [{ ...RECORDED.actions[0], action_id: "palier_approve", value: VALUE, ...action }];
  return payloadBody({ ...RECORDED, actions, ...over });
}

/** A dialog as it is sent: its `callback_id`, what it carries, and what stands in its fields. */
export function aSubmissionBody(
  id: string,
  metadata: object,
  fields: Readonly<Record<string, object>>,
  over: object = {},
): string {
  const { user, team, api_app_id } = RECORDED;
  const values = Object.fromEntries(
    Object.entries(fields).map(([block, input]) => [block, { value: input }]),
  );
  const view = {
    id: "V111",
    hash: "156772938.1827394",
    callback_id: id,
    private_metadata: JSON.stringify(metadata),
    state: { values },
  };
  return payloadBody({ type: "view_submission", user, team, api_app_id, trigger_id: "1.2.v", view, ...over });
}

/** Source of the fields: Slack, slash commands. */
export function aCommandBody(text: string, over: Readonly<Record<string, string>> = {}): string {
  const { team, app, channel } = PLACE;
  return new URLSearchParams({
    ...{ command: "/palier", text, user_id: "W111", team_id: team, api_app_id: app, channel_id: channel },
    ...{ trigger_id: "1.2.c", response_url: REPLY_URL },
    ...over,
  }).toString();
}

export function anOpenedHomeBody(over: object = {}): string {
  const event = { type: "app_home_opened", user: "W111", tab: "home" };
  return JSON.stringify({
    ...{ type: "event_callback", event_id: "Ev1", team_id: "T111", api_app_id: "A111", event },
    ...over,
  });
}

export function signedBySlack(body: string, atMs: number, secret = SIGNING_SECRET): Posted {
  const timestamp = String(Math.floor(atMs / 1000));
  const mac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { body, headers: { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${mac}` } };
}

function payloadBody(payload: object): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
