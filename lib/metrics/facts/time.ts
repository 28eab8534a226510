/** The calendar of the round's day and of the brand, so that a rule can speak once a month or around an event. */
import { type Day, daysBetween, localMinutes, weekdayOf } from "../../domain/day.ts";
import { EVERY_LEVEL, type StateContext, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { type Known, known, noData } from "../outcome.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const MINUTES_PER_HOUR = 60;
const NONE_AHEAD = noData(metricMessage("noData.noEventAhead", {}));
const NONE_BEGUN = noData(metricMessage("noData.noEventBegun", {}));
const ANY_NUMBER_OF_DAYS = [0, 3660] as const;

export const dayOfMonth: StateFact = {
  id: "dayOfMonth",
  label: { en: "day of the month", fr: "jour du mois" },
  unit: "count",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  range: [1, 31],
  doc: "1 to 31, of the round's day in the brand's zone.",
  source: "the round",
  read: ({ day }) => {
    const today = known(Number(day.slice(-2)));
    return () => today;
  },
};

export const weekday: StateFact = {
  id: "weekday",
  label: { en: "weekday", fr: "jour de la semaine" },
  unit: "state",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  values: WEEKDAYS,
  doc: "`mon` to `sun`, of the round's day in the brand's zone.",
  source: "the round",
  read: ({ day }) => {
    const today = known(WEEKDAYS[weekdayOf(day) - 1] ?? "");
    return () => today;
  },
};

export const localHour: StateFact = {
  id: "localHour",
  label: { en: "hour of the day", fr: "heure de la journée" },
  unit: "count",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  range: [0, 23],
  doc: "0 to 23, of the round in the brand's zone.",
  source: "the round",
  read: ({ brand, nowMs }) => {
    const hour = known(Math.floor(localMinutes(nowMs, brand.zone) / MINUTES_PER_HOUR));
    return () => hour;
  },
};

export const daysToEvent: StateFact = {
  id: "daysToEvent",
  label: { en: "days to the event", fr: "jours avant l'événement" },
  unit: "days",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: ["event"],
  goodSide: null,
  range: ANY_NUMBER_OF_DAYS,
  doc: "Days from the round's day to the first day of the next occurrence of `event`, of the nearest of any without it; 0 while one runs. No data when the calendar has none to come.",
  source: "the brand file, calendar",
  read: (context) => {
    const away = nearest(context, ({ from, to }, day) => (to < day ? null : daysBetween(day, from)));
    const outcome = away ?? NONE_AHEAD;
    return () => outcome;
  },
};

export const daysSinceEvent: StateFact = {
  id: "daysSinceEvent",
  label: { en: "days since the event", fr: "jours depuis l'événement" },
  unit: "days",
  kind: "state",
  topic: "time",
  levels: EVERY_LEVEL,
  params: ["event"],
  goodSide: null,
  range: ANY_NUMBER_OF_DAYS,
  doc: "Days from the last day of the newest occurrence of `event` to the round's day, of the nearest of any without it; 0 while one runs. No data when none has begun.",
  source: "the brand file, calendar",
  read: (context) => {
    const away = nearest(context, ({ from, to }, day) => (from > day ? null : daysBetween(to, day)));
    const outcome = away ?? NONE_BEGUN;
    return () => outcome;
  },
};

/** The fewest days that any occurrence meant is away, never below 0; `awayOf` is null for those on the other side. */
function nearest(
  { brand: { calendar, file }, day, params }: StateContext,
  awayOf: (occasion: { from: Day; to: Day }, day: Day) => number | null,
): Known | null {
  const { event } = params;
  const named = event === undefined ? Object.keys(calendar) : [String(event)];
  const away = named
    .flatMap((name) => (Object.hasOwn(calendar, name) ? (calendar[name] ?? []) : []))
    .flatMap((occasion) => awayOf(occasion, day) ?? []);
  return away.length === 0 ? null : known(Math.max(0, Math.min(...away)), `${file}: calendar`);
}
