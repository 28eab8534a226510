/**
 * Account-local calendar days, `YYYY-MM-DD`. Arithmetic runs on whole days in UTC, so daylight-saving changes cannot
 * shift it; zones matter only where an instant becomes a day.
 */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { DomainError } from "./errors.ts";

export type Day = string;

const MS_PER_DAY = 86_400_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The calendar repeats itself after so many years; `Date.UTC` takes years below 100 for others. */
const CYCLE_YEARS = 400;
const CYCLE_DAYS = 146_097;

export const daySchema = z.string().refine(isDay, { error: "expected a calendar day such as 2026-03-31" });

/** True for an existing calendar day written YYYY-MM-DD (2026-02-30 is none). */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // In whole numbers: asked for every day of every insight.
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0));
}

/** @throws DomainError `day.malformed` when `day` is not a calendar day. */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Every day from `from` to `to`, both included; empty when `to` is earlier. */
export function eachDay(from: Day, to: Day): Day[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, index) =>
    dayOfNumber(first + index),
  );
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** The first day of the month that `day` is in. */
export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** The first day of the month after the one that `day` is in. */
export function firstOfNextMonth(day: Day): Day {
  // 31 days after the first of a month is always within the next.
  return firstOfMonth(addDays(firstOfMonth(day), 31));
}

/** Building a format costs far more than using it. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day that a clock in `zone` (IANA name) shows at `atMs`. Without Temporal, which is too large for the function that people wait for. */
export function localDay(atMs: number, zone: string): Day {
  const format = dayFormats.get(zone) ?? dayFormat(zone);
  dayFormats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Minutes since local midnight on the clock face in `zone` at `atMs`: 04:05 is 245. */
export function localMinutes(atMs: number, zone: string): number {
  const time = zoned(atMs, zone);
  return time.hour * 60 + time.minute;
}

/** The instant at which a clock in `zone` shows `time` (HH:MM) on `day`; in a skipped hour, the moment after the gap. */
export function instantOf(day: Day, time: string, zone: string): number {
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds;
}

/** True when `zone` is an IANA zone name that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    return zone.includes("/") || zone === "UTC" ? zoned(0, zone).timeZoneId.length > 0 : false;
  } catch {
    return false;
  }
}

/** Days since 1970-01-01, so that series can be held in arrays. */
export function dayNumber(day: Day): number {
  if (!isDay(day))
    throw new DomainError("day.malformed", `"${day}" is not a calendar day such as 2026-03-31`);
  const later = Number(day.slice(0, 4)) + CYCLE_YEARS;
  return Date.UTC(later, Number(day.slice(5, 7)) - 1, Number(day.slice(8))) / MS_PER_DAY - CYCLE_DAYS;
}

function dayOfNumber(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
}

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const calendar = { calendar: "gregory", numberingSystem: "latn" } as const;
  return new Intl.DateTimeFormat("en", {
    ...calendar,
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
}

function zoned(atMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
}
