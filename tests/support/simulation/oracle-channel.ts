/** What must hold in the channel, judged from what the workspace itself keeps and from the log as a stranger reads it. */
import type { StoredMessage } from "../../../lib/sandbox/slack/store.ts";
import { ACTIONS } from "../../../lib/slack/actions.ts";
import { type Button, buttonsOf } from "./channel.ts";
import { type Desk, dayOf, readDesk } from "./desk-reader.ts";
import type { Told } from "./log-reader.ts";
import { mayHaveEffect } from "./oracle-desk.ts";

const FIRST_PAGE = 6;
const PAGE = 10;
/** From 08:30 in Paris on, where no clock changes in the nights of a story. */
const DIGEST_AFTER_MIDNIGHT_MS = 8.5 * 3_600_000;

export interface ChannelEvidence {
  told: readonly Told[];
  /** What everybody in the channel sees. */
  messages: readonly StoredMessage[];
  nowMs: number;
  /** Nothing disturbs, and nothing is due: what stands there must be whole and true. */
  isSettled: boolean;
}

export function channelBroken(evidence: ChannelEvidence): string[] {
  const desk = readDesk(evidence.told, () => {});
  const buttons = evidence.messages.flatMap(buttonsOf);
  return [
    ...notOnce(evidence, desk),
    ...(evidence.isSettled
      ? [
          ...absent(evidence, desk),
          ...falseCards(desk, buttons, dayOf(evidence.nowMs)),
          ...falseAlerts(desk, buttons),
        ]
      : []),
  ];
}

/** F-68: no key is there twice, none that was not begun, and what the log calls delivered is there under that name. */
function notOnce({ messages }: ChannelEvidence, { posted, attempted }: Desk): string[] {
  const keys = messages.map(keyOf);
  return [
    ...keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `F-68: ${key} is there twice`),
    ...keys.filter((key) => !attempted.has(key)).map((key) => `F-68: nobody began ${key}`),
    ...[...posted].flatMap(([key, ts]) =>
      messages.some((message) => message.ts === ts && keyOf(message) === key)
        ? []
        : [`F-68: ${key} is not there as ${ts}`],
    ),
  ];
}

function keyOf({ metadata }: StoredMessage): string {
  return String(metadata?.event_payload.key);
}

/** Every page of every night since the desk was told anything, every alert that stands, and this morning's digest. */
function absent({ told, messages, nowMs }: ChannelEvidence, desk: Desk): string[] {
  const keys = new Set(messages.map(keyOf));
  const first = told.find(({ type }) => type === "messageAttempted")?.position ?? 0;
  const planned = told.filter(({ type }) => type === "planned");
  const nights = planned.flatMap(({ event, position }, index) => {
    const begun = told.find(
      ({ type, event: { roundId } }) => type === "roundStarted" && roundId === event.roundId,
    );
    if ((begun?.position ?? position) < first && index < planned.length - 1) return [];
    const cards = event.proposed.length + event.auto.length;
    const pages = 1 + Math.ceil(Math.max(0, cards - FIRST_PAGE) / PAGE);
    return Array.from({ length: pages }, (_, page) => `night/${event.roundId}/${page}`);
  });
  const alerts = [...desk.alerts].map(([id, { raisedAtMs }]) => `alert/${id}/${raisedAtMs}`);
  const day = dayOf(nowMs);
  const isMorning = dayOf(nowMs - DIGEST_AFTER_MIDNIGHT_MS) === day;
  const digests = isMorning && planned.length > 0 ? [`digest/${day}`] : [];
  return [...nights, ...alerts, ...digests]
    .filter((key) => !keys.has(key))
    .map((key) => `F-68: ${key} is not there`);
}

/**
 * What is open can be answered in exactly one place, with no alone where somebody keeps hands off; nothing else can, and what is
 * taken back took effect.
 */
function falseCards({ versions, heldOff }: Desk, buttons: readonly Button[], today: string): string[] {
  const shown = (action: string) =>
    buttons.filter((one) => one.action === action).map(({ value }) => value.split(":")[0] ?? "");
  const stories = [...versions.values()].filter(({ status }) => status === "open").map(({ story }) => story);
  const open = stories.map(({ id }) => id);
  const free = stories.filter(({ holderKey }) => (heldOff.get(holderKey) ?? "") < today).map(({ id }) => id);
  const restorable = new Set(
    [...versions.values()]
      .filter(({ story, end }) => end === "changeConfirmed" && story.kind !== "restore")
      .filter(({ story }) =>
        [...versions.values()].every(
          (other) =>
            other.story.kind !== "restore" || other.story.origin !== story.id || !mayHaveEffect(other),
        ),
      )
      .map(({ story }) => story.id),
  );
  return [
    ...differing("approve", shown(ACTIONS.approve), free),
    ...differing("reject", shown(ACTIONS.reject), open),
    ...shown(ACTIONS.edit).flatMap((id) => (free.includes(id) ? [] : [`F-61: ${id} is over, and editable`])),
    ...shown(ACTIONS.restore).flatMap((id) => (restorable.has(id) ? [] : [`${id} cannot be taken back`])),
  ];
}

function falseAlerts({ alerts }: Desk, buttons: readonly Button[]): string[] {
  const shown = buttons
    .filter(({ action }) => action === ACTIONS.takeAlert)
    .map(({ value }) => value.split(":").slice(2).join(":"));
  const untaken = [...alerts].filter(([, { taken }]) => !taken).map(([id]) => id);
  return differing("take", shown, untaken);
}

function differing(what: string, shown: readonly string[], wanted: readonly string[]): string[] {
  const [is, should] = [[...shown].sort().join(" "), [...wanted].sort().join(" ")];
  return is === should ? [] : [`F-61: the channel offers to ${what} "${is}", the log "${should}"`];
}
