/** The window language: which texts are windows, and what each says. Which days those are is for `window-days.ts`. */
import { addDays, type Day } from "../../domain/day.ts";
import { DomainError } from "../../domain/errors.ts";

/** What is looked at where nobody said which windows. */
export const USUAL_WINDOWS = ["1d", "3d", "7d", "14d", "28d"] as const;

/** Windows that begin somewhere and run on: the first two on a day of the subject's own. */
const STARTS = ["lifetime", "sinceChange", "thisWeek", "thisMonth"] as const;
export type Start = (typeof STARTS)[number];

/** The windows that documents and completions offer, beside any `Nd`, `Nd..Md`, `Nd+today`, `event:<name>` and `before:<name>:<n>d`. */
export const WINDOWS: readonly string[] = [
  ...USUAL_WINDOWS,
  "today",
  "7d+today",
  ...STARTS.flatMap((start) => [start, `${start}+today`]),
  "lastWeek",
  "lastMonth",
];

/** The longest back-fill that is ever fetched for rules, and the longest window that one may read. */
export const MAX_WINDOW_DAYS = 92;

/** The day of the round itself, which is not over: only where the source covers it. */
export const TODAY = "today";

/** Days before the round's day, both included: `7d` runs from 7 to 1, `14d..8d` from 14 to 8, `today` from 0 to 0. */
export interface WindowSpan {
  fromDaysAgo: number;
  toDaysAgo: number;
}

/** What a window says. Weeks begin on Monday. */
export type Window =
  | ({ kind: "span" } & WindowSpan)
  /** From there to the last complete day, or to the round's own. */
  | { kind: "since"; start: Start; today: boolean }
  | { kind: "last"; unit: "week" | "month" }
  /** The newest occurrence that has begun. */
  | { kind: "event"; event: string }
  /** So many days before the occurrence that runs or comes next, else before the newest. */
  | { kind: "before"; event: string; days: number };

/** Null when `text` is no window (`0d`, `8d..14d`, `10000d`). What rules may read is less: see `rules`. */
export function readWindow(text: string): Window | null {
  const span = parseWindow(text);
  if (span !== null) return { kind: "span", ...span };
  const start = STARTS.find((one) => text === one || text === `${one}+${TODAY}`);
  if (start !== undefined) return { kind: "since", start, today: text !== start };
  if (text === "lastWeek") return { kind: "last", unit: "week" };
  if (text === "lastMonth") return { kind: "last", unit: "month" };
  const event = /^event:([^:+]+)$/.exec(text);
  if (event !== null) return { kind: "event", event: event[1] ?? "" };
  const before = /^before:([^:+]+):([1-9]\d{0,3})d$/.exec(text);
  return before === null ? null : { kind: "before", event: before[1] ?? "", days: Number(before[2]) };
}

/** The same for windows of a fixed number of days, counted back from the round: `Nd`, `Nd..Md`, `Nd+today`, `today`; else null. */
export function parseWindow(text: string): WindowSpan | null {
  if (text === TODAY) return { fromDaysAgo: 0, toDaysAgo: 0 };
  const match = /^([1-9]\d{0,3})d(?:\.\.([1-9]\d{0,3})d|(\+today))?$/.exec(text);
  if (match === null) return null;
  const fromDaysAgo = Number(match[1]);
  const toDaysAgo = match[3] === undefined ? Number(match[2] ?? 1) : 0;
  return toDaysAgo <= fromDaysAgo ? { fromDaysAgo, toDaysAgo } : null;
}

/** True for windows that begin on a day of the subject's own: what is about the brand has none. */
export function isPerSubject(window: Window): boolean {
  return window.kind === "since" && (window.start === "lifetime" || window.start === "sinceChange");
}

/** The days of a window in one round, both included. */
export interface WindowDays {
  from: Day;
  to: Day;
}

/** Of a window of fixed days in a round on `day`. @throws DomainError `window.malformed` for any other. */
export function windowDays(text: string, day: Day): WindowDays {
  const span = spanOf(text);
  return { from: addDays(day, -span.fromDaysAgo), to: addDays(day, -span.toDaysAgo) };
}

function spanOf(text: string): WindowSpan {
  const span = parseWindow(text);
  if (span !== null) return span;
  throw new DomainError("window.malformed", `"${text}" is not a window such as 7d or 14d..8d`);
}

/**
 * The same days, as many nights earlier: `7d` by 1 is `8d..2d`.
 * @throws DomainError `window.malformed` for anything but `Nd` and `Nd..Md`, and for days more than 9999 ago.
 */
export function slidWindow(text: string, nights: number): string {
  const span = spanOf(text);
  const moved = `${span.fromDaysAgo + nights}d..${span.toDaysAgo + nights}d`;
  if (span.toDaysAgo > 0 && parseWindow(moved) !== null) return moved;
  throw new DomainError("window.malformed", `"${text}" does not slide back by ${nights} days`);
}
