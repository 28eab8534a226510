/** The columns that figures are summed from, and where in a row each comes from. */
import { safeMicros } from "../domain/money.ts";
import type { Insight } from "../domain/snapshot.ts";

/** Conversions are attributed in fractions; six decimals of them are kept, as integers. */
export const MILLIONTHS = 1_000_000;

/** `onDay` columns count conversions on their own day whatever the account's plain ones do, 0 where it does not offer them. */
export const COUNTED = [
  "spendMicros",
  "conversionValueMicros",
  "impressions",
  "clicks",
  "linkClicks",
  "conversionMillionths",
  "onDayConversionMillionths",
  "onDayValueMicros",
  "videoViews",
  "leadMillionths",
  "reach",
] as const;
export type CountedColumn = (typeof COUNTED)[number];

/** What the plain conversions of each day can be held against; see `exposure.ts`. */
export type SettledColumn = "settledSpendMicros" | "settledClickMillionths";
export type Column = CountedColumn | SettledColumn;

/** Of which column, in units of how much, the settled ones are a part. */
export const SETTLED_FROM: Readonly<Partial<Record<Column, { column: CountedColumn; times: number }>>> = {
  settledSpendMicros: { column: "spendMicros", times: 1 },
  settledClickMillionths: { column: "clicks", times: MILLIONTHS },
};

/** Which plain column an `onDay` one is, where the plain ones are by conversion day. */
export const PLAIN_OF: Readonly<Partial<Record<Column, CountedColumn>>> = {
  onDayConversionMillionths: "conversionMillionths",
  onDayValueMicros: "conversionValueMicros",
};

/** How people call what a column counts: a state of the words catalogue. */
export const FIGURE_OF: Readonly<Record<Column, string>> = {
  spendMicros: "spend",
  conversionValueMicros: "conversionValue",
  impressions: "impressions",
  clicks: "clicks",
  linkClicks: "linkClicks",
  conversionMillionths: "conversions",
  onDayConversionMillionths: "conversions",
  onDayValueMicros: "conversionValue",
  videoViews: "videoViews",
  leadMillionths: "leads",
  reach: "reach",
  settledSpendMicros: "spend",
  settledClickMillionths: "clicks",
};

export interface ColumnReader {
  /** Null where the row does not report it. */
  read(row: Insight): number | null;
  /** Most platforms never report it, so that an account without a single row says nothing of it. */
  isOptional: boolean;
  /** People reached by two rows may be the same ones. */
  isAdditive: boolean;
}

/** What the platform's plain columns say, and `onDay` ones where those are by click. */
export function readerOf(column: CountedColumn): ColumnReader {
  return {
    read: READERS[column],
    isOptional: column === "videoViews" || column === "leadMillionths" || column === "reach",
    isAdditive: column !== "reach",
  };
}

const READERS: Readonly<Record<CountedColumn, (row: Insight) => number | null>> = {
  spendMicros: (row) => safeMicros(row.spendMicros),
  conversionValueMicros: (row) => micros(row.conversionValueMicros),
  impressions: (row) => row.impressions,
  clicks: (row) => row.clicks,
  linkClicks: (row) => row.linkClicks,
  conversionMillionths: (row) => millionths(row.conversions),
  onDayConversionMillionths: (row) => millionths(row.onConversionDay?.conversions ?? 0),
  onDayValueMicros: (row) => micros(row.onConversionDay?.conversionValueMicros ?? 0n),
  videoViews: (row) => row.videoViews ?? null,
  leadMillionths: (row) => millionths(row.leads ?? null),
  reach: (row) => row.reach ?? null,
};

function millionths(count: number | null): number | null {
  return count === null ? null : Math.round(count * MILLIONTHS);
}

function micros(amount: bigint | null): number | null {
  return amount === null ? null : safeMicros(amount);
}
