/** Windows: complete account-local days ending before the day of the round. */
import { addDays, type Day } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";

/** The windows that documents and completions offer; any `Nd` or `Nd..Md` up to the limit is a window. */
export const WINDOWS = ["1d", "3d", "7d", "14d", "28d"] as const;

/** The longest back-fill that is ever fetched. */
export const MAX_WINDOW_DAYS = 92;

/** Days before the round's day, both included: `7d` runs from 7 to 1, `14d..8d` from 14 to 8. */
export interface WindowSpan {
  fromDaysAgo: number;
  toDaysAgo: number;
}

/** Null when `text` is no window of complete days (`today`, `0d`, `8d..14d`, `93d`). */
export function parseWindow(text: string): WindowSpan | null {
  const match = /^([1-9]\d?)d(?:\.\.([1-9]\d?)d)?$/.exec(text);
  if (match === null) return null;
  const fromDaysAgo = Number(match[1]);
  const toDaysAgo = Number(match[2] ?? 1);
  return fromDaysAgo <= MAX_WINDOW_DAYS && toDaysAgo <= fromDaysAgo ? { fromDaysAgo, toDaysAgo } : null;
}

/** The days of a window in a round on `day`. */
export interface WindowDays {
  from: Day;
  to: Day;
}

/** @throws DomainError `window.malformed` when `text` is no window: the rule schema lets none through. */
export function windowDays(text: string, day: Day): WindowDays {
  const span = parseWindow(text);
  if (span === null) {
    throw new DomainError("window.malformed", `"${text}" is not a window such as 7d or 14d..8d`);
  }
  return {
    from: addDays(day, -span.fromDaysAgo),
    to: addDays(day, -span.toDaysAgo),
  };
}
