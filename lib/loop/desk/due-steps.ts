/** What the desk needs next, by the log and the time alone. */
import type { Brand } from "../../domain/brand.ts";
import { deskOf } from "../../domain/brand.ts";
import { canonicalJson } from "../../domain/canonical.ts";
import { localDay } from "../../domain/day.ts";
import type { Desk } from "../../domain/desk.ts";
import type { BrandState } from "../../domain/state.ts";
import {
  alertsToClear,
  alertsToEscalate,
  alertsToRaise,
  escalatesAtMs,
  missedNight,
  missedNightAtMs,
  type NewAlert,
  unknownTooLongAtMs,
} from "./alerts.ts";
import { dueMessages, dueNotice, nextTellingAtMs } from "./due-messages.ts";

export type DeskStep =
  | { kind: "desk" }
  | { kind: "raiseAlert"; alert: NewAlert }
  | { kind: "clearAlert"; alertId: string }
  | { kind: "escalateAlert"; alertId: string }
  | { kind: "answerQuestion"; questionId: string }
  | { kind: "tell"; key: string };

/** Who may answer comes before anything that is asked. */
export function settlingDeskSteps(brand: Brand, state: BrandState, nowMs: number): DeskStep[] {
  return [
    ...(isDeskNew(state, deskOf(brand)) ? [{ kind: "desk" } as const] : []),
    ...alertsToRaise(state, nowMs).map((alert): DeskStep => ({ kind: "raiseAlert", alert })),
    ...alertsToClear(state).map((alertId): DeskStep => ({ kind: "clearAlert", alertId })),
    ...alertsToEscalate(brand, state, nowMs).map((alertId): DeskStep => ({ kind: "escalateAlert", alertId })),
  ];
}

/** A notice counts only if it is there before the plan is made. */
export function noticeSteps(brand: Brand, state: BrandState, roundId: string, nowMs: number): DeskStep[] {
  const notice = dueNotice(brand, state, roundId, nowMs);
  return notice === null ? [] : [{ kind: "tell", key: notice.key }];
}

/** After the round, so that a late night that is planned now is not called missed, and a slow Slack delays no money work. */
export function tellingSteps(brand: Brand, state: BrandState, nowMs: number): DeskStep[] {
  const missed = missedNight(brand, state, nowMs);
  return [
    ...(missed === null ? [] : [{ kind: "raiseAlert", alert: missed } as const]),
    ...Object.keys(state.questions).map((questionId): DeskStep => ({ kind: "answerQuestion", questionId })),
    ...dueMessages(brand, state, nowMs).map(({ key }): DeskStep => ({ kind: "tell", key })),
  ];
}

/** When one of these steps is due next if nothing happens until then; steps that are due now are not looked at. */
export function nextDeskAtMs(brand: Brand, state: BrandState, nowMs: number): number {
  const times = [
    nextTellingAtMs(brand, state, nowMs),
    missedNightAtMs(brand, state, localDay(nowMs, brand.zone)),
    ...Object.values(state.intents).map(unknownTooLongAtMs),
    ...Object.values(state.alerts).map((alert) => escalatesAtMs(alert, brand.limits.alertAnswerHours)),
  ];
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    ...times.flatMap((atMs) => (atMs !== null && atMs > nowMs ? [atMs] : [])),
  );
}

export function isDeskNew({ desk }: BrandState, wanted: Desk): boolean {
  return desk === null || canonicalJson(desk) !== canonicalJson(wanted);
}
