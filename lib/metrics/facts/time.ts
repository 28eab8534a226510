/** The calendar of the round's day, so that a rule can speak once a month. */
import { EVERY_LEVEL, type StateFact } from "../fact.ts";
import { known } from "../outcome.ts";

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
