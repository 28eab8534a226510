/** The fold of messages and alerts: what the desk was told, and what it has to look at. */
import type { Alert, BrandState, PostedMessage } from "../domain/state.ts";
import type { LogEventOf } from "./events.ts";
import { illegal, type Origin, withEntry, withoutRetries } from "./transition.ts";

/** Longest lease of an attempt: far above any call's time limit, and short enough that a dead writer silences nobody for long. */
const MAX_LEASE_MS = 10 * 60_000;

/** Until a message is delivered it may go elsewhere, because the desk's channel may be what was wrong. */
export function foldMessageAttempted(
  state: BrandState,
  event: LogEventOf<"messageAttempted">,
  origin: Origin,
): BrandState {
  const { key, channel, writerId, atMs, untilMs } = event;
  if (writerId !== origin.writerId)
    illegal(origin, `the attempt at ${key} names another writer than its entry's`);
  if (untilMs <= atMs || untilMs > atMs + MAX_LEASE_MS)
    illegal(origin, `the attempt at ${key} lasts ${untilMs - atMs} ms`);
  const known = state.messages[key];
  const begun = known?.attempt ?? null;
  if (begun !== null && atMs < begun.untilMs && begun.writerId !== writerId)
    illegal(origin, `message ${key} is being posted by ${begun.writerId}`);
  const attempt = { writerId, atMs, untilMs };
  if (known === undefined || known.ts === null) {
    const firstAtMs = known?.firstAtMs ?? atMs;
    return withMessage(state, { key, channel, ts: null, shown: null, attempt, firstAtMs });
  }
  if (channel !== known.channel) illegal(origin, `message ${key} stands in another channel than ${channel}`);
  return withMessage(state, { ...known, attempt });
}

/** Slack's name for it counts whoever brings it: a writer that was slow, or one that found what another had posted. */
export function foldMessagePosted(
  state: BrandState,
  { key, ts, shown }: LogEventOf<"messagePosted">,
  origin: Origin,
): BrandState {
  const message = begunMessage(state, key, origin);
  if (message.ts !== null) illegal(origin, `message ${key} was posted twice`);
  return delivered(state, { ...message, ts, shown, attempt: null });
}

/** While an attempt lasts, its writer alone knows what stands there now. */
export function foldMessageUpdated(
  state: BrandState,
  { key, shown, atMs }: LogEventOf<"messageUpdated">,
  origin: Origin,
): BrandState {
  const message = begunMessage(state, key, origin);
  if (message.ts === null) illegal(origin, `message ${key} was changed before it was posted`);
  if (message.attempt === null) illegal(origin, `message ${key} was changed without an attempt`);
  const { writerId, untilMs } = message.attempt;
  if (atMs < untilMs && writerId !== origin.writerId)
    illegal(origin, `message ${key} is being changed by ${writerId}`);
  return delivered(state, { ...message, shown, attempt: null });
}

export function foldAlertRaised(
  state: BrandState,
  event: LogEventOf<"alertRaised">,
  origin: Origin,
): BrandState {
  const { kind, subject, reason, atMs: raisedAtMs } = event;
  const id = `${kind}/${subject}`;
  const known = state.alerts[id];
  if (known !== undefined && known.clearedAtMs === null) illegal(origin, `alert ${id} stands already`);
  return withAlert(state, {
    ...{ id, kind, subject, reason, raisedAtMs },
    ...{ takenBy: null, takenAtMs: null, escalatedAtMs: null, clearedAtMs: null },
  });
}

export function foldAlertTaken(
  state: BrandState,
  { alertId, by, atMs }: LogEventOf<"alertTaken">,
  origin: Origin,
): BrandState {
  const alert = standingAlert(state, alertId, origin);
  if (alert.takenBy !== null) illegal(origin, `alert ${alertId} was taken twice`);
  return withAlert(state, { ...alert, takenBy: by, takenAtMs: atMs });
}

export function foldAlertEscalated(
  state: BrandState,
  { alertId, atMs }: LogEventOf<"alertEscalated">,
  origin: Origin,
): BrandState {
  const alert = standingAlert(state, alertId, origin);
  if (alert.takenBy !== null || alert.escalatedAtMs !== null)
    illegal(origin, `alert ${alertId} is taken or escalated already`);
  return withAlert(state, { ...alert, escalatedAtMs: atMs });
}

export function foldAlertCleared(
  state: BrandState,
  { alertId, atMs }: LogEventOf<"alertCleared">,
  origin: Origin,
): BrandState {
  return withAlert(state, { ...standingAlert(state, alertId, origin), clearedAtMs: atMs });
}

function begunMessage(state: BrandState, key: string, origin: Origin): PostedMessage {
  return state.messages[key] ?? illegal(origin, `message ${key} was never begun`);
}

function standingAlert(state: BrandState, alertId: string, origin: Origin): Alert {
  const alert = state.alerts[alertId];
  if (alert === undefined || alert.clearedAtMs !== null) illegal(origin, `alert ${alertId} does not stand`);
  return alert;
}

/** Nothing of it waits any more after a failure; the step's name is the loop's. */
function delivered(state: BrandState, message: PostedMessage): BrandState {
  return withoutRetries(withMessage(state, message), (step) => step === `tell ${message.key}`);
}

function withMessage(state: BrandState, message: PostedMessage): BrandState {
  return { ...state, messages: withEntry(state.messages, message.key, message) };
}

function withAlert(state: BrandState, alert: Alert): BrandState {
  return { ...state, alerts: withEntry(state.alerts, alert.id, alert) };
}
