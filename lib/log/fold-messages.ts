/** The fold of messages and alerts: what the desk was told, and what it has to look at. */
import type { Alert, BrandState, PostedMessage } from "../domain/state.ts";
import type { LogEventOf } from "./events.ts";
import { illegal, type Origin, withEntry, withoutRetries } from "./transition.ts";

export function foldMessageAttempted(
  state: BrandState,
  event: LogEventOf<"messageAttempted">,
  origin: Origin,
): BrandState {
  const { key, channel, writerId, atMs, untilMs } = event;
  const known = state.messages[key];
  if (known?.attempt != null && atMs < known.attempt.untilMs && known.attempt.writerId !== writerId)
    illegal(origin, `message ${key} is being posted by ${known.attempt.writerId}`);
  const attempt = { writerId, atMs, untilMs };
  if (known?.ts != null) return withMessage(state, { ...known, attempt });
  const firstAtMs = known?.firstAtMs ?? atMs;
  return withMessage(state, { key, channel, ts: null, shown: null, attempt, firstAtMs });
}

export function foldMessagePosted(
  state: BrandState,
  { key, ts, shown }: LogEventOf<"messagePosted">,
  origin: Origin,
): BrandState {
  const message = begunMessage(state, key, origin);
  if (message.ts !== null) illegal(origin, `message ${key} was posted twice`);
  return delivered(state, { ...message, ts, shown, attempt: null });
}

export function foldMessageUpdated(
  state: BrandState,
  { key, shown }: LogEventOf<"messageUpdated">,
  origin: Origin,
): BrandState {
  const message = begunMessage(state, key, origin);
  if (message.ts === null) illegal(origin, `message ${key} was changed before it was posted`);
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
