/** What a person must look at: raised once while it stands, cleared when it is over, escalated when nobody takes it. */
import type { Brand } from "../../domain/brand.ts";
import { type Day, instantOf, localDay } from "../../domain/day.ts";
import { figure, type Message, message } from "../../domain/figure.ts";
import { NIGHT_SLOT } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Alert, AlertKind, BrandState, Intent } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { JUDGE_AFTER_MS } from "../../log/fold-changes.ts";

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

/** Fetching may take its time at the end of the window, and reading back a change, before anybody is called. */
export const GRACE_MS = 1_800_000;

/** What diverged longer ago was seen by now, or nobody looks. */
const DIVERGED_DAYS = 7;

export interface NewAlert {
  kind: AlertKind;
  subject: string;
  reason: Message;
}

/** What must be raised by the log and the time alone, missed nights aside. */
export function alertsToRaise(state: BrandState, nowMs: number): NewAlert[] {
  return Object.values(state.intents)
    .filter(({ change }) => state.alerts[alertId("diverged", change.id)] === undefined)
    .flatMap((intent): NewAlert[] => {
      const reason = reasonToLook(intent, nowMs);
      return reason === null ? [] : [{ kind: "diverged", subject: intent.change.id, reason }];
    });
}

function reasonToLook(intent: Intent, nowMs: number): Message | null {
  const { change, status, settledAtMs } = intent;
  const name = figure(change.name, "text");
  if (status === "diverged" && (settledAtMs ?? 0) > nowMs - DIVERGED_DAYS * MS_PER_DAY)
    return message("loop.alert.diverged", { name });
  const unknownAtMs = unknownTooLongAtMs(intent);
  return unknownAtMs !== null && nowMs >= unknownAtMs ? message("loop.alert.unknownOutcome", { name }) : null;
}

/** From when on an unknown outcome is a matter for people; null while it is none. */
export function unknownTooLongAtMs({ status, sendBeforeMs }: Intent): number | null {
  return status === "sent" && sendBeforeMs !== null ? sendBeforeMs + JUDGE_AFTER_MS + GRACE_MS : null;
}

/** Only a brand that has had a night before can miss one. One alert stands for all nights that are missed in a row. */
export function missedNight(brand: Brand, state: BrandState, nowMs: number): NewAlert | null {
  const day = localDay(nowMs, brand.zone);
  const atMs = missedNightAtMs(brand, state, day);
  if (atMs === null || nowMs < atMs || standing(state, "missedNight").length > 0) return null;
  const reason = message("loop.alert.missedNight", { day: figure(day, "day") });
  return { kind: "missedNight", subject: day, reason };
}

/** When the night of that day counts as missed; null where it is planned, or the first of all. */
export function missedNightAtMs({ limits, zone }: Brand, state: BrandState, day: Day): number | null {
  const planned = plannedNights(state);
  if (planned.length === 0 || planned.includes(day)) return null;
  return instantOf(day, limits.nightTo, zone) + GRACE_MS;
}

/** Ids of alerts whose matter is over, by the log alone. */
export function alertsToClear(state: BrandState): string[] {
  const nights = plannedNights(state);
  const divergedOver = standing(state, "diverged").filter(({ subject, takenBy }) => {
    const status = state.intents[subject]?.status;
    return takenBy !== null || (status !== "sent" && status !== "diverged");
  });
  const missedOver = standing(state, "missedNight").filter(({ subject }) =>
    nights.some((day) => day >= subject),
  );
  return [...divergedOver, ...missedOver].map(({ id }) => id);
}

export function alertsToEscalate({ limits }: Brand, state: BrandState, nowMs: number): string[] {
  return Object.values(state.alerts)
    .filter((alert) => nowMs >= (escalatesAtMs(alert, limits.alertAnswerHours) ?? Number.MAX_SAFE_INTEGER))
    .map(({ id }) => id);
}

/** Null once somebody took it, it was escalated, or it is over. */
export function escalatesAtMs(alert: Alert, answerHours: number): number | null {
  const { takenBy, escalatedAtMs, clearedAtMs, raisedAtMs } = alert;
  if (takenBy !== null || escalatedAtMs !== null || clearedAtMs !== null) return null;
  return raisedAtMs + answerHours * MS_PER_HOUR;
}

/** What a plan says of its brand's MER, for the entry that records the plan. Without data nothing is raised and nothing cleared. */
export function merAlerts(state: BrandState, plan: Plan): LogEvent[] {
  const { mer, merAlarm, merBand } = plan.brandLine;
  const atMs = plan.decidedAtMs;
  if (merBand === "unknown") return [];
  if (merBand !== "alarm") return standing(state, "merAlarm").map(({ id }) => cleared(id, atMs));
  if (standing(state, "merAlarm").length > 0) return [];
  const reason = message("loop.alert.merAlarm", {
    mer: figure(mer.value, mer.unit),
    alarm: figure(merAlarm.value, merAlarm.unit),
  });
  return [raised({ kind: "merAlarm", subject: plan.day, reason }, atMs)];
}

/** What a plan says of rules that their two executors judged differently; over with the first plan in which they agree. */
export function disputeAlerts(state: BrandState, plan: Plan): LogEvent[] {
  const atMs = plan.decidedAtMs;
  const disputed = plan.verdicts.filter(({ dispute }) => dispute !== undefined);
  if (disputed.length === 0) return standing(state, "disputed").map(({ id }) => cleared(id, atMs));
  if (standing(state, "disputed").length > 0) return [];
  const rules = [...new Set(disputed.map(({ pack, ruleId }) => `${pack}/${ruleId}`))].join(", ");
  const reason = message("loop.alert.disputed", { rules: figure(rules, "text") });
  return [raised({ kind: "disputed", subject: plan.day, reason }, atMs)];
}

/** By key of each account that was looked at, why it is suspect, or null. One that could not be looked at stays as it was. */
export function trackingAlerts(
  state: BrandState,
  looked: Readonly<Record<string, Message | null>>,
  atMs: number,
): LogEvent[] {
  const known = standing(state, "trackingSuspect").map(({ subject }) => subject);
  const over = known.filter((account) => looked[account] === null);
  return [
    ...over.map((account) => cleared(alertId("trackingSuspect", account), atMs)),
    ...Object.entries(looked).flatMap(([subject, reason]) =>
      reason === null || known.includes(subject)
        ? []
        : raised({ kind: "trackingSuspect", subject, reason }, atMs),
    ),
  ];
}

export function raised(alert: NewAlert, atMs: number): LogEvent {
  return { type: "alertRaised", v: 1, atMs, ...alert };
}

export function cleared(id: string, atMs: number): LogEvent {
  return { type: "alertCleared", v: 1, atMs, alertId: id };
}

export function alertId(kind: AlertKind, subject: string): string {
  return `${kind}/${subject}`;
}

function standing(state: BrandState, kind: AlertKind): Alert[] {
  return Object.values(state.alerts).filter((alert) => alert.kind === kind && alert.clearedAtMs === null);
}

function plannedNights(state: BrandState): Day[] {
  return Object.values(state.rounds).flatMap(({ slot, planHash, day }) =>
    slot === NIGHT_SLOT && planHash !== null ? [day] : [],
  );
}
