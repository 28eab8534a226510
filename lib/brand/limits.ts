/**
 * The hard limits of a brand: default, bounds and reason of each, in one table. The schema, the generated reference and the
 * resolved `Brand.limits` are derived from it (`settle-limits.ts`). A brand file may move a limit inside its bounds, never beyond.
 */
import type { Limits } from "../domain/brand.ts";

interface NumberLimit {
  id: keyof Limits;
  /** Key in the brand file. */
  key: string;
  unit: "percent" | "nights" | "days" | "hours" | "count" | "ratio" | "probability";
  default: number;
  min: number;
  max: number;
  whole: boolean;
  doc: string;
}

/** Money in major units of the brand's currency; without a default. */
interface MoneyLimit {
  id: "dailyFloorMicros" | "dailyCeilingMicros";
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

type NumberId = Exclude<keyof Limits, "dailyFloorMicros" | "dailyCeilingMicros" | "nightFrom" | "nightTo">;
type Row = readonly [
  id: NumberId,
  unit: NumberLimit["unit"],
  value: number,
  min: number,
  max: number,
  doc: string,
];

/** Nights a new rule only logs. Sandbox brands have nothing to lose and start at 0; real ones cannot. */
export const SHADOW_NIGHTS = { real: 14, sandbox: 0, leastReal: 1 };

const NUMBER_ROWS: readonly Row[] = [
  [
    "stepPercentProposed",
    "percent",
    20,
    1,
    100,
    "Largest change of a budget that is proposed to a person; sudden raises degrade returns. 20 is custom, not a platform's rule.",
  ],
  [
    "stepPercentApplied",
    "percent",
    10,
    1,
    50,
    "Largest change of a budget that is made without asking; half of what a person may approve.",
  ],
  [
    "tolerancePercent",
    "percent",
    5,
    0,
    50,
    "Smaller changes are not made: they are within the noise of a day and each may restart learning.",
  ],
  [
    "anchorMultiple",
    "ratio",
    1.5,
    1,
    5,
    "A budget stays below this multiple of what it was anchorNights ago: 20 % a night would compound to 3.6 times in a week.",
  ],
  [
    "anchorNights",
    "nights",
    7,
    1,
    35,
    "How far back the anchor lies; a whole week, so that weekdays cancel out.",
  ],
  [
    "cooldownNightsAfterRaiseProposed",
    "nights",
    3,
    1,
    35,
    "Nights without a further change after a raise that a person approved: its conversions must arrive first.",
  ],
  [
    "cooldownNightsAfterRaiseApplied",
    "nights",
    7,
    1,
    35,
    "Nights without a further change after a raise that was made without asking: a whole week of evidence.",
  ],
  [
    "cooldownNightsAfterCut",
    "nights",
    1,
    1,
    35,
    "Nights without a further change after a cut. Pauses have no cool-down.",
  ],
  [
    "nightlyRaisePercent",
    "percent",
    10,
    0,
    50,
    "All raises of a night together, gross, in percent of the budgets at its start: a cut elsewhere does not pay for a raise.",
  ],
  [
    "blastRadiusPercent",
    "percent",
    25,
    1,
    100,
    "A plan that changes more than this share of holders, and more than blastRadiusHolders, is refused whole: so wide a plan is more likely an error than an insight.",
  ],
  [
    "blastRadiusHolders",
    "count",
    3,
    0,
    50,
    "Up to this many changed holders no plan is too wide, so that small accounts can be steered.",
  ],
  ["writesPerRun", "count", 30, 1, 100, "Most changes sent in one run."],
  [
    "pausesPerNight",
    "count",
    3,
    0,
    50,
    "Most pauses in a night: about 5 % of healthy holders look hopeless at 3 times the target CPA.",
  ],
  [
    "settledPercent",
    "percent",
    85,
    50,
    100,
    "Share of the conversions of a rule's windows that must have arrived before a raise.",
  ],
  [
    "minConversionsProposed",
    "count",
    15,
    5,
    10_000,
    "Fewest conversions behind a proposed raise; below, a good CPA is mostly luck.",
  ],
  [
    "minConversionsApplied",
    "count",
    30,
    5,
    10_000,
    "Fewest conversions behind a raise that is made without asking.",
  ],
  [
    "minCpaOkProbabilityProposed",
    "probability",
    0.85,
    0.5,
    0.999,
    "Least probability that the true CPA is acceptable behind a proposed raise.",
  ],
  [
    "minCpaOkProbabilityApplied",
    "probability",
    0.9,
    0.5,
    0.999,
    "Least probability that the true CPA is acceptable behind a raise that is made without asking.",
  ],
  [
    "learningUnknownDays",
    "days",
    7,
    1,
    35,
    "Where the platform does not tell the learning state, days since the last edit before a raise may be proposed.",
  ],
  [
    "foreignEditHours",
    "hours",
    72,
    72,
    696,
    "A budget that a person or another tool changed is left alone for so long: two hands on one budget fight.",
  ],
  [
    "shadowNights",
    "nights",
    SHADOW_NIGHTS.real,
    0,
    60,
    "Nights in which a new or edited rule is only logged. Sandbox brands start at 0; other brands need at least 1.",
  ],
  [
    "proposalHours",
    "hours",
    12,
    1,
    24,
    "A proposal expires after this: its figures are stale by the next night.",
  ],
  [
    "changesPerHour",
    "count",
    3,
    1,
    3,
    "Budget changes of one holder in an hour; Meta refuses the fifth and then blocks for an hour.",
  ],
];

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
