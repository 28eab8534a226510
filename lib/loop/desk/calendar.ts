/** On which mornings a brand is told of its nights, and when the next one comes. */
import type { Brand, SlackSettings } from "../../domain/brand.ts";
import { addDays, type Day, dayNumber, instantOf, localDay, weekdayOf } from "../../domain/day.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const DAYS_PER_WEEK = 7;
/** Months in which a quarter begins. */
const QUARTER_STARTS = new Set(["01", "04", "07", "10"]);
/** 1970-01-05, the first Monday of all. */
const FIRST_MONDAY = 4;
/** A quarter and a week. */
const LONGEST_RHYTHM_DAYS = 100;

/** The newest morning whose time has come. */
export function lastDigestDay(brand: Brand, slack: SlackSettings, nowMs: number): Day {
  const today = localDay(nowMs, brand.zone);
  return nowMs >= instantOf(today, slack.digestAt, brand.zone) ? today : addDays(today, -1);
}

/** The newest day of a review whose time has come. */
export function lastReviewDay(brand: Brand, slack: SlackSettings, nowMs: number): Day {
  return reviewDayUpTo(slack, lastDigestDay(brand, slack, nowMs));
}

/** The review before that of `day`: its period begins there. */
export function reviewDayBefore(slack: SlackSettings, day: Day): Day {
  return reviewDayUpTo(slack, addDays(day, -1));
}

/** Reviews fall on mornings, so the next morning is early enough for both. */
export function nextDigestAtMs(brand: Brand, slack: SlackSettings, nowMs: number): number {
  return instantOf(addDays(lastDigestDay(brand, slack, nowMs), 1), slack.digestAt, brand.zone);
}

function reviewDayUpTo(slack: SlackSettings, day: Day): Day {
  for (let back = 0; back < LONGEST_RHYTHM_DAYS; back += 1) {
    const candidate = addDays(day, -back);
    if (isReviewDay(slack, candidate)) return candidate;
  }
  throw new Error(`no review within ${LONGEST_RHYTHM_DAYS} days before ${day}`);
}

function isReviewDay({ reviewEvery, reviewOn }: SlackSettings, day: Day): boolean {
  if (WEEKDAYS[weekdayOf(day) - 1] !== reviewOn) return false;
  const firstWeek = Number(day.slice(8)) <= DAYS_PER_WEEK;
  switch (reviewEvery) {
    case "week":
      return true;
    case "twoWeeks":
      return Math.floor((dayNumber(day) - FIRST_MONDAY) / DAYS_PER_WEEK) % 2 === 0;
    case "month":
      return firstWeek;
    case "quarter":
      return firstWeek && QUARTER_STARTS.has(day.slice(5, 7));
  }
}
