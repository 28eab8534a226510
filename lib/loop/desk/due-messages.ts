/**
 * What the desk has to be told, and what stands in the channel and is not true any more: asked of the log alone, so that no plan
 * is read unless something is due.
 */
import type { Brand } from "../../domain/brand.ts";
import { hashOf } from "../../domain/canonical.ts";
import { alertKey, digestKey, nightKey, noticeKey, reviewKey, toldKey } from "../../domain/content.ts";
import { addDays, type Day, instantOf, localDay } from "../../domain/day.ts";
import { NIGHT_SLOT } from "../../domain/ids.ts";
import type { Alert, BrandState, Intent, PostedMessage, Round } from "../../domain/state.ts";
import { lastDigestDay, lastReviewDay, nextDigestAtMs, reviewDayBefore } from "./calendar.ts";
import {
  newestPlanned,
  pagesOf,
  restorableUntilMs,
  type Standing,
  standingsOf,
  stopOn,
} from "./night-view.ts";

/** A night is kept true for so long at least; longer where its changes may be taken back for longer. */
const NIGHT_DAYS = 8;

/** A morning that could not be told of is made up for until the next one is due, and within so long. */
const MORNING_DAYS = 6;

/** What a rule had to tell a channel is of no use to it later. */
const NAMED_DAYS = 1;

export type Subject =
  | { kind: "night"; roundId: string; page: number }
  | { kind: "notice"; roundId: string }
  | { kind: "told"; roundId: string; channel: string }
  | { kind: "digest"; day: Day }
  | { kind: "review"; day: Day; from: Day }
  | { kind: "alert"; alertId: string };

export interface DeskMessage {
  key: string;
  channel: string;
  subject: Subject;
  /** Of what should be shown. */
  digest: string;
  /** The message that it answers; null for one in the channel. */
  thread: string | null;
}

/** In the order in which they are told. Those that somebody is about to tell are left out. */
export function dueMessages(brand: Brand, state: BrandState, nowMs: number): DeskMessage[] {
  return wantedMessages(brand, state, nowMs).filter(({ key, digest }) => {
    const known = state.messages[key];
    if (known === undefined) return true;
    if (known.attempt !== null) return nowMs >= known.attempt.untilMs;
    return known.shown !== digest;
  });
}

/** The notice of a night that is to be planned next; null once it is there, or where no notice is wanted. */
export function dueNotice(
  { mode, slack }: Brand,
  state: BrandState,
  roundId: string,
  nowMs: number,
): DeskMessage | null {
  if (slack === null || mode !== "apply" || !slack.noticeBeforeApply) return null;
  if ((state.rounds[roundId]?.planHash ?? null) !== null) return null;
  const key = noticeKey(roundId);
  const known = state.messages[key];
  if (known !== undefined && (known.ts !== null || nowMs < (known.attempt?.untilMs ?? 0))) return null;
  const subject = { kind: "notice", roundId } as const;
  return { key, channel: slack.channel, subject, digest: hashOf(subject), thread: null };
}

/** When something is due to be told next if nothing happens until then; null for a brand without Slack. */
export function nextTellingAtMs(brand: Brand, state: BrandState, nowMs: number): number | null {
  if (brand.slack === null) return null;
  const leases = Object.values(state.messages).flatMap(({ attempt }) => attempt?.untilMs ?? []);
  const ends = Object.values(state.intents).flatMap((intent) => restorableUntilMs(state, intent) ?? []);
  const later = [...leases, ...ends].filter((atMs) => atMs > nowMs);
  return Math.min(nextDigestAtMs(brand, brand.slack, nowMs), ...later);
}

function wantedMessages(brand: Brand, state: BrandState, nowMs: number): DeskMessage[] {
  const { slack } = brand;
  if (slack === null) return [];
  const at = (key: string, subject: Subject, shown: unknown): DeskMessage => ({
    key,
    subject,
    channel: channelOf(state.messages[key], slack.channel),
    digest: hashOf({ subject, shown }),
    thread: null,
  });
  const alerts = Object.values(state.alerts)
    .filter((alert) => isToldOf(state, alert))
    .map((alert) => {
      const { id, takenBy, escalatedAtMs, clearedAtMs } = alert;
      return at(alertKey(alert), { kind: "alert", alertId: id }, { takenBy, escalatedAtMs, clearedAtMs });
    });
  const nights = toldRounds(brand, state, nowMs).flatMap((round) => nightMessages(round, state, nowMs, at));
  const lastDigest = lastDigestDay(brand, slack, nowMs);
  const lastReview = lastReviewDay(brand, slack, nowMs);
  const from = reviewDayBefore(slack, lastReview);
  const mornings = [
    { day: lastDigest, message: at(digestKey(lastDigest), { kind: "digest", day: lastDigest }, null) },
    { day: lastReview, message: at(reviewKey(lastReview), { kind: "review", day: lastReview, from }, null) },
  ].filter(({ day }) => newestPlanned(state) !== null && isOfDesk(brand, state, day, nowMs));
  const told = namedMessages(brand, state, nowMs, at);
  return [...alerts, ...nights, ...mornings.map(({ message }) => message), ...told];
}

/** Once to each channel that a night's notices name, however things stand by then: what becomes of them the desk is told. */
function namedMessages(
  { zone }: Brand,
  state: BrandState,
  nowMs: number,
  at: (key: string, subject: Subject, shown: unknown) => DeskMessage,
): DeskMessage[] {
  const oldest = addDays(localDay(nowMs, zone), -NAMED_DAYS);
  return Object.values(state.rounds)
    .filter(({ day, planHash }) => planHash !== null && day >= oldest)
    .flatMap(({ roundId, channels }) =>
      channels.map((channel) => ({
        ...at(toldKey(roundId, channel), { kind: "told", roundId, channel }, null),
        channel,
      })),
    );
}

/** A message stays where it was posted, also when the brand's channel is another by now. */
function channelOf(known: PostedMessage | undefined, channel: string): string {
  return known?.ts == null ? channel : known.channel;
}

/** Mornings of today count; older ones only if the desk was told anything by then, and not for ever. */
function isOfDesk({ zone, slack }: Brand, state: BrandState, day: Day, nowMs: number): boolean {
  const today = localDay(nowMs, zone);
  if (slack === null || day < addDays(today, -MORNING_DAYS)) return false;
  return day === today || firstToldMs(state) <= instantOf(day, slack.digestAt, zone);
}

/** An alert that was over before anybody was told needs no message. */
function isToldOf(state: BrandState, alert: Alert): boolean {
  return alert.clearedAtMs === null || state.messages[alertKey(alert)] !== undefined;
}

/**
 * The newest planned night, those that wait for an answer, those that were told already, and those of the desk's time that
 * could not be told yet. Nights before a brand had a desk stay untold.
 */
function toldRounds(brand: Brand, state: BrandState, nowMs: number): Round[] {
  const days = Math.max(NIGHT_DAYS, brand.limits.restoreDays + 1);
  const oldest = addDays(localDay(nowMs, brand.zone), -days);
  const newest = newestPlanned(state)?.roundId;
  const sinceMs = firstToldMs(state);
  const open = new Set(
    Object.values(state.proposals).flatMap(({ status, roundId }) => (status === "open" ? [roundId] : [])),
  );
  return Object.values(state.rounds)
    .filter(({ slot, planHash }) => slot === NIGHT_SLOT && planHash !== null)
    .filter(({ roundId, day, startedAtMs }) => {
      if (open.has(roundId)) return true;
      const told = state.messages[nightKey(roundId, 0)] !== undefined || startedAtMs >= sinceMs;
      return day >= oldest && (told || roundId === newest);
    })
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs);
}

/** When the desk was first told anything; the end of time before. */
function firstToldMs(state: BrandState): number {
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    ...Object.values(state.messages).map(({ firstAtMs }) => firstAtMs),
  );
}

/** The channel's message first: the pages are answers to it. */
function nightMessages(
  round: Round,
  state: BrandState,
  nowMs: number,
  at: (key: string, subject: Subject, shown: unknown) => DeskMessage,
): DeskMessage[] {
  const { roundId } = round;
  const standings = standingsOf(round, state, nowMs);
  const thread = state.messages[nightKey(roundId, 0)]?.ts ?? null;
  const stop = stopOn(round, state);
  const open = [...standings.values()].filter(
    ({ proposal, heldOff }) => proposal?.status === "open" && heldOff === null,
  );
  return pagesOf(round).flatMap((ids, page): DeskMessage[] => {
    if (page > 0 && thread === null) return [];
    const shown = {
      stop,
      cards: ids.map((id) => shownOf(standings.get(id))),
      // The channel's message offers to approve what is safe of the whole night.
      open: page === 0 ? open.map(({ proposal }) => proposal?.change.id) : [],
    };
    const message = at(nightKey(roundId, page), { kind: "night", roundId, page }, shown);
    return [{ ...message, thread: page === 0 ? null : thread }];
  });
}

/** Of an intent only what people see of it: who is sending, and how often, is nobody's concern. */
function shownOf(standing: Standing | undefined) {
  if (standing === undefined) return null;
  const { id, proposal, restore, restorable, heldOff } = standing;
  const intent = outcomeOf(standing.intent);
  return {
    id,
    proposal,
    intent,
    restorable,
    heldOff,
    restore: restore && [restore.proposal, outcomeOf(restore.intent)],
  };
}

function outcomeOf(intent: Intent | null) {
  return intent && { status: intent.status, actual: intent.actual, reason: intent.reason };
}
