/** Spans of days as windows of figures. */
import { type Day, daysBetween } from "../domain/day.ts";
import type { Message, Reading, Unit } from "../domain/figure.ts";
import { MAX_WINDOW_DAYS } from "../metrics/windows/window.ts";

export interface Days {
  from: Day;
  to: Day;
}

/** The window that means these days in a round on `today`; null for days that are not over, or that no snapshot reaches. */
export function windowOf({ from, to }: Days, today: Day): string | null {
  const [fromDaysAgo, toDaysAgo] = [daysBetween(from, today), daysBetween(to, today)];
  return toDaysAgo < 1 || fromDaysAgo > MAX_WINDOW_DAYS ? null : `${fromDaysAgo}d..${toDaysAgo}d`;
}

/** A figure that there is none of. */
export function unread(unit: Unit, days: Days | null, reason: Message): Reading {
  return { value: null, unit, from: days?.from ?? null, to: days?.to ?? null, reason, source: null };
}
