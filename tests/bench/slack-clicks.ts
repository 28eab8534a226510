/** What two approvers and somebody who only looks do in Slack, as requests, and what has to stand in the log after it. */
import { type Change, changeDigest } from "../../lib/domain/change.ts";
import { addDays, localDay } from "../../lib/domain/day.ts";
import { brandOfChange } from "../../lib/domain/ids.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { ACTIONS, changeValue, DIALOGS, dialogMetadata } from "../../lib/slack/actions.ts";
import { readInbound } from "../../lib/slack/inbound.ts";
import { aClickBody, MESSAGE_TS, PLACE } from "../support/aws/slack.ts";
import type { BusyBrand } from "./slack-brand.ts";

/** Slack sends the whole message with each click: a full page of cards. */
const MESSAGE = {
  blocks: Array.from({ length: 50 }, () => ({
    type: "section",
    text: { type: "mrkdwn", text: "x".repeat(400) },
  })),
};
const LEA = "W111";
const EVA = "U222";
const TOM = "U333";
/** Changes that ten requests are about. */
const CHANGES_OF_TEN = 7;

export interface Click {
  body: string;
  /** As the log names it. */
  clickId: string;
  /** What Slack is called with to show what became of it: the path of an answer, or a dialog's trigger. Null: the answer says it. */
  toldBy: string | null;
  /** What it decides, or somebody else's click of the same moment. Null where it decides nothing. */
  decides: { type: LogEvent["type"]; about: string } | null;
}

/** How many changes a brand must have open for so many requests. */
export function changesFor(requests: number): number {
  return Math.ceil(requests / 10) * CHANGES_OF_TEN;
}

/**
 * Requests in pairs, to be sent at once: one click that Slack delivers twice, two people for one change, an approval beside a
 * dialog that opens, two dialogs sent, hands off beside a click of somebody who may not.
 */
export function clickPairs({ brand, changes }: BusyBrand, requests: number, slackUrl: string): Click[][] {
  const pairs: Click[][] = [];
  for (let ten = 0; pairs.length < requests / 2; ten += 1) {
    const [a, b, c, d, e, f, g] = changes.slice(ten * CHANGES_OF_TEN, (ten + 1) * CHANGES_OF_TEN);
    if (!a || !b || !c || !d || !e || !f || !g) throw new Error(`${brand} has too few changes`);
    const once = approval(a, LEA, slackUrl);
    pairs.push(
      [once, once],
      [approval(c, LEA, slackUrl), approval(c, EVA, slackUrl)],
      [approval(b, EVA, slackUrl), opening(g, LEA, slackUrl)],
      [
        submitted("reject", d, LEA, { reason: "sale next week" }, { type: "proposalRejected", about: d.id }),
        submitted("edit", e, EVA, { amount: "110" }, { type: "proposalEdited", about: e.id }),
      ],
      [
        submitted("handsOff", f, LEA, { until: inAWeek() }, { type: "handsOffSet", about: f.holderKey }),
        { ...approval(f, TOM, slackUrl), decides: null },
      ],
    );
  }
  return pairs.slice(0, Math.ceil(requests / 2));
}

export function approval(change: Change, userId: string, slackUrl: string): Click {
  const path = `/hooks/${change.id}/${userId}`;
  const body = buttonBody("approve", change, userId, `${slackUrl}${path}`);
  return {
    body,
    clickId: clickIdOf(body),
    toldBy: path,
    decides: { type: "proposalApproved", about: change.id },
  };
}

/** Of the dialog that asks why not. */
function opening(change: Change, userId: string, slackUrl: string): Click {
  const body = buttonBody("reject", change, userId, `${slackUrl}/hooks/${change.id}`);
  return { body, clickId: clickIdOf(body), toldBy: triggerOf("reject", change, userId), decides: null };
}

function buttonBody(
  action: "approve" | "reject",
  change: Change,
  userId: string,
  response_url: string,
): string {
  const trigger_id = triggerOf(action, change, userId);
  const user = { id: userId, team_id: PLACE.team };
  const button = { action_id: ACTIONS[action], value: changeValue(change) };
  return aClickBody({ user, message: MESSAGE, trigger_id, response_url }, button);
}

function triggerOf(action: string, { id }: Change, userId: string): string {
  return `${id}.${userId}.${action}`;
}

function submitted(
  dialog: "reject" | "edit" | "handsOff",
  change: Change,
  userId: string,
  fields: Readonly<Record<string, string>>,
  decides: NonNullable<Click["decides"]>,
): Click {
  const about = {
    ...{ brand: brandOfChange(change.id) ?? "", changeId: change.id, digest: changeDigest(change) },
    ...{ channel: PLACE.channel, ts: MESSAGE_TS },
  };
  const values = Object.fromEntries(
    Object.entries(fields).map(([block, text]) => [
      block,
      { value: block === "until" ? { selected_date: text } : { value: text } },
    ]),
  );
  const view = {
    ...{ id: `V${change.id}`, hash: "1", callback_id: DIALOGS[dialog].id },
    ...{ private_metadata: dialogMetadata(about), state: { values } },
  };
  const user = { id: userId, team_id: PLACE.team };
  const payload = {
    ...{ type: "view_submission", user, view },
    ...{ team: { id: PLACE.team }, api_app_id: PLACE.app },
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return { body, clickId: clickIdOf(body), toldBy: null, decides };
}

function clickIdOf(body: string): string {
  const inbound = readInbound(body, { loopback: true });
  if (!("from" in inbound)) throw new Error(`Slack sends no ${inbound.kind}`);
  return inbound.from.clickId;
}

function inAWeek(): string {
  return addDays(localDay(Date.now(), "Europe/Paris"), 7);
}
