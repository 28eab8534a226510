/** Builders for the events of the desk, about the one change of `log.ts`. */
import type { Change } from "../../lib/domain/change.ts";
import type { LogEvent, LogEventOf } from "../../lib/log/events.ts";
import { sent } from "./fold.ts";
import { aChange, aDesk, CHANGE_ID, changeConfirmed, NIGHT_MS, PLAN_HASH, ROUND_ID } from "./log.ts";

export const DAY_MS = 86_400_000;
export const SHOWN = "5".repeat(64);
export const NIGHT_KEY = `night/${ROUND_ID}/0`;
const HOLDER = { platform: "meta", accountId: "1001", level: "adGroup", id: "77" } as const;

/** EUR 110 instead of 120, from 100. */
export function anEditedChange(over: Partial<Change> = {}): Change {
  const edit = { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 110_000_000n } as const;
  return aChange({ id: "atelier-lune-20260311-2", edit, ...over });
}

/** EUR 120 back to 100. */
export function aRestoringChange(over: Partial<Change> = {}): Change {
  const edit = { kind: "dailyBudget", fromMicros: 120_000_000n, toMicros: 100_000_000n } as const;
  return aChange({ id: "atelier-lune-20260311-3", edit, ...over });
}

/** The one change applied, at NIGHT_MS + 64 s. */
export const confirmed: readonly LogEvent[] = [...sent, changeConfirmed()];

export function deskChanged(over: Partial<LogEventOf<"deskChanged">> = {}): LogEvent {
  return { type: "deskChanged", v: 1, atMs: NIGHT_MS, by: "lea", desk: aDesk(), ...over };
}

export function approvalGiven(over: Partial<LogEventOf<"approvalGiven">> = {}): LogEvent {
  return { type: "approvalGiven", v: 1, atMs: NIGHT_MS + 30_000, changeId: CHANGE_ID, by: "eva", ...over };
}

export function proposalEdited(over: Partial<LogEventOf<"proposalEdited">> = {}): LogEvent {
  const event = { changeId: CHANGE_ID, change: anEditedChange(), by: "eva" };
  return { type: "proposalEdited", v: 1, atMs: NIGHT_MS + 40_000, ...event, ...over };
}

/** An hour after the night, for an hour; the rule stays off until 2026-03-25 at 04:10. */
export function restoreApproved(over: Partial<LogEventOf<"restoreApproved">> = {}): LogEvent {
  return {
    type: "restoreApproved",
    v: 1,
    ...{ atMs: NIGHT_MS + 3_600_000, of: CHANGE_ID, change: aRestoringChange(), by: "eva" },
    ...{ planHash: PLAN_HASH, roundId: ROUND_ID },
    ...{ expiresAtMs: NIGHT_MS + 7_200_000, ruleOffUntilMs: NIGHT_MS + 14 * DAY_MS },
    ...over,
  };
}

export function handsOffSet(over: Partial<LogEventOf<"handsOffSet">> = {}): LogEvent {
  const event = { holderKey: "meta/1001/adGroup/77", target: HOLDER, name: "PROS broad", by: "eva" };
  const rest = { until: "2026-03-20", reason: "launch" };
  return { type: "handsOffSet", v: 1, atMs: NIGHT_MS, ...event, ...rest, ...over };
}

export function handsOffLifted(over: Partial<LogEventOf<"handsOffLifted">> = {}): LogEvent {
  const holderKey = "meta/1001/adGroup/77";
  return { type: "handsOffLifted", v: 1, atMs: NIGHT_MS, holderKey, by: "lea", ...over };
}

export function clickUsed(over: Partial<LogEventOf<"clickUsed">> = {}): LogEvent {
  return { type: "clickUsed", v: 1, atMs: NIGHT_MS, clickId: "c1", by: "lea", ...over };
}

export function answerRefused(over: Partial<LogEventOf<"answerRefused">> = {}): LogEvent {
  const event = { by: "slack:U9", what: "approve", subject: CHANGE_ID };
  const reason = { key: "answer.notOnDesk", values: {} };
  return { type: "answerRefused", v: 1, atMs: NIGHT_MS, ...event, reason, ...over };
}

/** A lease of one minute from NIGHT_MS. */
export function messageAttempted(over: Partial<LogEventOf<"messageAttempted">> = {}): LogEvent {
  const event = { key: NIGHT_KEY, channel: "C0LUNE", writerId: "w1", untilMs: NIGHT_MS + 60_000 };
  return { type: "messageAttempted", v: 1, atMs: NIGHT_MS, ...event, ...over };
}

export function messagePosted(over: Partial<LogEventOf<"messagePosted">> = {}): LogEvent {
  const event = { key: NIGHT_KEY, ts: "1773198601.000100", shown: SHOWN };
  return { type: "messagePosted", v: 1, atMs: NIGHT_MS + 1000, ...event, ...over };
}

export function messageUpdated(over: Partial<LogEventOf<"messageUpdated">> = {}): LogEvent {
  const event = { key: NIGHT_KEY, shown: "6".repeat(64) };
  return { type: "messageUpdated", v: 1, atMs: NIGHT_MS + 3000, ...event, ...over };
}

export function alertRaised(over: Partial<LogEventOf<"alertRaised">> = {}): LogEvent {
  const event = {
    kind: "diverged" as const,
    subject: CHANGE_ID,
    reason: { key: "diverged.other", values: {} },
  };
  return { type: "alertRaised", v: 1, atMs: NIGHT_MS, ...event, ...over };
}

export const ALERT_ID = `diverged/${CHANGE_ID}`;

export function alertTaken(over: Partial<LogEventOf<"alertTaken">> = {}): LogEvent {
  return { type: "alertTaken", v: 1, atMs: NIGHT_MS + 1000, alertId: ALERT_ID, by: "lea", ...over };
}

export function alertEscalated(over: Partial<LogEventOf<"alertEscalated">> = {}): LogEvent {
  return { type: "alertEscalated", v: 1, atMs: NIGHT_MS + 2000, alertId: ALERT_ID, ...over };
}

export function alertCleared(over: Partial<LogEventOf<"alertCleared">> = {}): LogEvent {
  return { type: "alertCleared", v: 1, atMs: NIGHT_MS + 3000, alertId: ALERT_ID, ...over };
}

export function questionAsked(over: Partial<LogEventOf<"questionAsked">> = {}): LogEvent {
  const event = { questionId: "q1", kind: "why" as const, text: "PROS", by: "lea" };
  const place = { userId: "U0LEA", channel: "C0LUNE" };
  return { type: "questionAsked", v: 1, atMs: NIGHT_MS, ...event, ...place, ...over };
}

export function questionAnswered(over: Partial<LogEventOf<"questionAnswered">> = {}): LogEvent {
  return { type: "questionAnswered", v: 1, atMs: NIGHT_MS, questionId: "q1", ...over };
}
