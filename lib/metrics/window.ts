/** Windows: complete account-local days ending before the day of the round, or that day itself. */
import { addDays, type Day } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";

/** The windows that documents and completions offer; any `Nd` or `Nd..Md` is a window. */
export const WINDOWS = ["1d", "3d", "7d", "14d", "28d"] as const;

/** The longest back-fill that is ever fetched for rules, and the longest window that one may read. */
export const MAX_WINDOW_DAYS = 92;

/** The day of the round itself, which is not over: only where the source covers it. */
export const TODAY = "today";

/** Days before the round's day, both included: `7d` runs from 7 to 1, `14d..8d` from 14 to 8, `today` from 0 to 0. */
export interface WindowSpan {
  fromDaysAgo: number;
  toDaysAgo: number;
}

/** Null when `text` is no window (`0d`, `8d..14d`, `10000d`). What rules may read is less: see `rules`. */
export function parseWindow(text: string): WindowSpan | null {
  if (text === TODAY) return { fromDaysAgo: 0, toDaysAgo: 0 };
  const match = /^([1-9]\d{0,3})d(?:\.\.([1-9]\d{0,3})d)?$/.exec(text);
  if (match === null) return null;
  const fromDaysAgo = Number(match[1]);
  const toDaysAgo = Number(match[2] ?? 1);
  return toDaysAgo <= fromDaysAgo ? { fromDaysAgo, toDaysAgo } : null;
}

/**
 * `text`, moved back until each of its days has at least `percent` of its conversions by every curve (share arrived by age in
 * days; beyond a curve all of them). A window that is old enough stays as it is written.
 * @throws DomainError `window.malformed` when `text` is no window, or would begin more than 9999 days ago.
 */
export function matureWindow(text: string, curves: readonly (readonly number[])[], percent: number): string {
  const span = spanOf(text);
  const youngest = Math.max(0, ...curves.map((curve) => matureAge(curve, percent)));
  if (span.toDaysAgo >= youngest) return text;
  const moved = movedBack(span, youngest - span.toDaysAgo);
  if (moved !== null) return moved;
  throw new DomainError("window.malformed", `"${text}" moved back by ${youngest} days is too long ago`);
}

/** The first age from which on at least `percent` have arrived. */
function matureAge(curve: readonly number[], percent: number): number {
  return curve.findLastIndex((share) => share < percent / 100) + 1;
}

function movedBack({ fromDaysAgo, toDaysAgo }: WindowSpan, days: number): string | null {
  const moved = `${fromDaysAgo + days}d..${toDaysAgo + days}d`;
  return parseWindow(moved) === null ? null : moved;
}

/** The days of a window in a round on `day`. */
export interface WindowDays {
  from: Day;
  to: Day;
}

/** @throws DomainError `window.malformed` when `text` is no window: the rule schema lets none through. */
export function windowDays(text: string, day: Day): WindowDays {
  const span = spanOf(text);
  return {
    from: addDays(day, -span.fromDaysAgo),
    to: addDays(day, -span.toDaysAgo),
  };
}

function spanOf(text: string): WindowSpan {
  const span = parseWindow(text);
  if (span !== null) return span;
  throw new DomainError("window.malformed", `"${text}" is not a window such as 7d or 14d..8d`);
}

/** The same days, as many nights earlier: `7d` by 1 is `8d..2d`. @throws DomainError `window.malformed` for what has no fixed days. */
export function slidWindow(text: string, nights: number): string {
  const moved = movedBack(spanOf(text), nights);
  if (moved !== null) return moved;
  throw new DomainError("window.malformed", `"${text}" moved back by ${nights} days is too long ago`);
}
