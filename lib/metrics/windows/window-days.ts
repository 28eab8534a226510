/** Which days a window is, in a round on one day: by the calendar, by the subject, and by what has arrived. */
import type { Brand } from "../../domain/brand.ts";
import { addDays, type Day, daysBetween, firstOfMonth, weekdayOf } from "../../domain/day.ts";
import { DomainError } from "../../domain/errors.ts";
import { metricMessage } from "../messages.ts";
import { type NoData, noData } from "../outcome.ts";
import { readWindow, type Start, type Window, type WindowDays } from "./window.ts";

export interface Calendar {
  /** The day of the round. */
  day: Day;
  events: Brand["calendar"];
}

/** First day of a window that begins on a day of the subject's own. */
export type StartOf = (start: Exclude<Start, "thisWeek" | "thisMonth">) => Day | NoData;

const NO_COMPLETE_DAY = noData(metricMessage("noData.noCompleteDay", {}));

/**
 * The days of a window; no data where it has no complete day, or what it hangs on is not known. A window with today in it may
 * be today alone. Whether anything covers the days is not asked here.
 * @throws DomainError `window.malformed` when `text` is no window: the rule schema lets none through.
 */
export function daysOfWindow(text: string, calendar: Calendar, startOf: StartOf): WindowDays | NoData {
  const window = readWindow(text);
  if (window !== null) return inOrder(daysOf(window, calendar, startOf));
  throw new DomainError("window.malformed", `"${text}" is not a window such as 7d or 14d..8d`);
}

function daysOf(window: Window, calendar: Calendar, startOf: StartOf): WindowDays | NoData {
  const { day } = calendar;
  switch (window.kind) {
    case "span":
      return { from: addDays(day, -window.fromDaysAgo), to: addDays(day, -window.toDaysAgo) };
    case "since": {
      const from = startDay(window.start, day, startOf);
      return typeof from === "string" ? { from, to: window.today ? day : addDays(day, -1) } : from;
    }
    case "last":
      return window.unit === "week" ? lastWeek(day) : lastMonth(day);
    case "event":
      return eventDays(window.event, calendar);
    case "before":
      return daysBefore(window.event, window.days, calendar);
  }
}

function startDay(start: Start, day: Day, startOf: StartOf): Day | NoData {
  if (start === "thisWeek") return mondayOf(day);
  return start === "thisMonth" ? firstOfMonth(day) : startOf(start);
}

function lastWeek(day: Day): WindowDays {
  const monday = mondayOf(day);
  return { from: addDays(monday, -7), to: addDays(monday, -1) };
}

function lastMonth(day: Day): WindowDays {
  const to = addDays(firstOfMonth(day), -1);
  return { from: firstOfMonth(to), to };
}

function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day));
}

/** Occurrences are in the order of time: the newest that has begun, as far as it is over. */
function eventDays(event: string, { day, events }: Calendar): WindowDays | NoData {
  const begun = occasionsOf(event, events).findLast(({ from }) => from <= day);
  if (begun === undefined) return noEvent(event);
  const yesterday = addDays(day, -1);
  return { from: begun.from, to: begun.to < yesterday ? begun.to : yesterday };
}

/** All of these days or none: fewer would be another base than the one that was asked for. */
function daysBefore(event: string, days: number, { day, events }: Calendar): WindowDays | NoData {
  const occasions = occasionsOf(event, events);
  const meant = occasions.find(({ to }) => to >= day) ?? occasions.at(-1);
  if (meant === undefined) return noEvent(event);
  const to = addDays(meant.from, -1);
  return to < day
    ? { from: addDays(meant.from, -days), to }
    : noData(metricMessage("noData.windowNotOver", { to }));
}

function occasionsOf(event: string, events: Calendar["events"]): readonly WindowDays[] {
  return Object.hasOwn(events, event) ? (events[event] ?? []) : [];
}

function noEvent(event: string): NoData {
  return noData(metricMessage("noData.noEvent", { event }));
}

/**
 * The same window, moved back until each day has at least `percent` of its conversions by every curve (share arrived by age in
 * days; beyond a curve all of them). What is old enough stays. A window that begins on a day of its own (`lifetime`,
 * `sinceChange`, `thisWeek`, `thisMonth`, an event) keeps that and ends earlier: moved, it would be about something else.
 */
export function settledDays(
  text: string,
  { from, to }: WindowDays,
  day: Day,
  curves: readonly (readonly number[])[],
  percent: number,
): WindowDays | NoData {
  const youngest = Math.max(0, ...curves.map((curve) => settledAge(curve, percent)));
  const back = youngest - daysBetween(to, day);
  if (back <= 0) return { from, to };
  const kind = readWindow(text)?.kind;
  const keepsStart = kind === "since" || kind === "event";
  return inOrder({ from: keepsStart ? from : addDays(from, -back), to: addDays(to, -back) });
}

/** The first age from which on at least `percent` have arrived. */
function settledAge(curve: readonly number[], percent: number): number {
  return curve.findLastIndex((share) => share < percent / 100) + 1;
}

function inOrder(days: WindowDays | NoData): WindowDays | NoData {
  return "kind" in days || days.from <= days.to ? days : NO_COMPLETE_DAY;
}
