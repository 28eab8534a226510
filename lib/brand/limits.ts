/**
 * The hard limits of a brand: default, bounds and reason of each, in one table. The schema, the generated reference and the
 * resolved `Brand.limits` are derived from it (`settle-limits.ts`). A brand file may move a limit inside its bounds, never beyond.
 */
import type { Limits } from "../domain/brand.ts";
import { type MoneyId, NUMBER_ROWS, type NumberUnit } from "./limit-rows.ts";

interface NumberLimit {
  id: keyof Limits;
  /** Key in the brand file. */
  key: string;
  unit: NumberUnit;
  default: number;
  min: number;
  max: number;
  whole: boolean;
  doc: string;
}

/** Money in major units of the brand's currency; without a default. */
interface MoneyLimit {
  id: MoneyId;
  key: string;
  unit: "money";
  default: null;
  min: number;
  max: number;
  doc: string;
}

interface TimeLimit {
  id: "nightFrom" | "nightTo";
  key: string;
  unit: "time";
  default: string;
  doc: string;
}

export type LimitDefinition = NumberLimit | MoneyLimit | TimeLimit;

const WHOLE_UNITS: readonly string[] = ["nights", "days", "hours", "count"];

/** Above any sensible daily budget in any currency, and exact as a number of micros. */
const MAX_MONEY = 1_000_000_000;

export const limitDefinitions: readonly LimitDefinition[] = [
  ...NUMBER_ROWS.map(([id, unit, value, min, max, doc]): NumberLimit => {
    return { id, key: id, unit, default: value, min, max, whole: WHOLE_UNITS.includes(unit), doc };
  }),
  {
    id: "dailyFloorMicros",
    key: "dailyFloor",
    unit: "money",
    default: null,
    min: 0,
    max: MAX_MONEY,
    doc: "No daily budget is cut below this. Without it the platform's own minimum is the floor.",
  },
  {
    id: "dailyCeilingMicros",
    key: "dailyCeiling",
    unit: "money",
    default: null,
    min: 0.01,
    max: MAX_MONEY,
    doc: "No daily budget is raised above this. Without it the anchor alone bounds raises.",
  },
  {
    id: "fourEyesAboveMicros",
    key: "fourEyesAbove",
    unit: "money",
    default: null,
    min: 0,
    max: MAX_MONEY,
    doc: "A raise of a daily budget by more than this takes two people. Without it one person suffices.",
  },
  {
    id: "nightFrom",
    key: "nightFrom",
    unit: "time",
    default: "04:05",
    doc: "Start of the night window in the brand's zone; clear of clock changes and after the platforms have closed the day.",
  },
  {
    id: "nightTo",
    key: "nightTo",
    unit: "time",
    default: "06:00",
    doc: "End of the night window; outside it nothing is applied without asking.",
  },
];
