/** The columns that figures are summed from, and where in a row each comes from. */
import { safeMicros } from "../../domain/money.ts";
import type { Insight } from "../../domain/snapshot.ts";

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

/** Conversions that a condition names, beside the plain ones: of which column, by the fact's parameters. */
export type ClaimColumn = `${"conversionMillionths" | "conversionValueMicros"} of ${string}`;
export type Column = CountedColumn | SettledColumn | ClaimColumn;

/** As the fact has them; what they leave unsaid is the account's own. */
export interface ClaimParams {
  conversion?: string | undefined;
  attribution?: string | undefined;
}

const CLAIM_OF = " of ";

export function claimColumn(
  of: "conversionMillionths" | "conversionValueMicros",
  { conversion, attribution }: ClaimParams,
): ClaimColumn {
  return `${of} of ${JSON.stringify({ conversion, attribution })}`;
}

/** Null for all other columns. */
export function claimIn(column: Column): { plain: CountedColumn; params: ClaimParams } | null {
  const end = column.indexOf(CLAIM_OF);
  if (end < 0) return null;
  const params: ClaimParams = JSON.parse(column.slice(end + CLAIM_OF.length));
  return { plain: column.slice(0, end) as CountedColumn, params };
}

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
export function figureOf(column: Column): string {
  return FIGURES[claimIn(column)?.plain ?? (column as CountedColumn | SettledColumn)];
}

const FIGURES: Readonly<Record<CountedColumn | SettledColumn, string>> = {
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

/** The same of conversions that the account was asked for by that key: a row without them brought none. */
export function claimReaderOf(plain: CountedColumn, key: string): ColumnReader {
  const ofCount = plain === "conversionMillionths";
  return {
    read: ({ claims }) => {
      const claim = claims?.[key];
      if (claim === undefined) return 0;
      return ofCount ? millionths(claim.conversions) : micros(claim.conversionValueMicros);
    },
    isOptional: false,
    isAdditive: true,
  };
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
