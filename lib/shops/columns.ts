/** The columns that a row of the shop's figures may have, whatever it comes in, and how one cell of each is read. */
import { isDay } from "../domain/day.ts";
import { majorFromMicros, microsFromMajor } from "../domain/money.ts";

/** What may stand in a cell that is not blank. */
interface CellKind {
  allowed: string;
  isValid(text: string): boolean;
}

/** Figures are added up as numbers, which hold integers up to 2^53 exactly. */
const MAX_MICROS = BigInt(Number.MAX_SAFE_INTEGER);

/** Nobody reports less often than once a year. */
const MAX_ROW_DAYS = 366;

const AMOUNT =
  "a plain decimal amount with a point, such as 1250.50, without currency or thousands separator";

/** A day of refunds alone has earned less than nothing. */
const revenueAmount: CellKind = {
  allowed: `${AMOUNT}, at most ${majorFromMicros(MAX_MICROS)} (2^53 micros)`,
  isValid: (text) => isAmount(text),
};
const cost: CellKind = {
  allowed: `${AMOUNT}, from 0 on, at most ${majorFromMicros(MAX_MICROS)} (2^53 micros)`,
  isValid: (text) => isAmount(text) && !text.startsWith("-"),
};
const wholeNumber: CellKind = {
  allowed: "a whole number from 0 on, such as 42",
  isValid: (text) => /^\d{1,12}$/.test(text),
};
const day: CellKind = { allowed: "a calendar day such as 2026-03-31", isValid: isDay };
const severalDays: CellKind = {
  allowed: `how many days the row covers, 1 to ${MAX_ROW_DAYS}`,
  isValid: (text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= MAX_ROW_DAYS,
};

/** Columns by name; those of sources are any number. */
export const COLUMNS = {
  date: day,
  revenue: revenueAmount,
  days: severalDays,
  orders: wholeNumber,
  new_customers: wholeNumber,
  new_customer_revenue: revenueAmount,
  sessions: wholeNumber,
  product_cost: cost,
  fees: cost,
  refunds: cost,
  leads: wholeNumber,
  qualified_leads: wholeNumber,
} as const satisfies Record<string, CellKind>;

type OwnColumn = keyof typeof COLUMNS;

/** Revenue of the orders that came from one source, by the shop's own account: a platform by its id, `email`, `direct` ... */
type SourceColumn = `revenue_from_${string}`;

export type ColumnName = OwnColumn | SourceColumn;

export const REQUIRED_COLUMNS = ["date", "revenue"] as const satisfies readonly OwnColumn[];

/** What a header may hold, as people read it. */
export const COLUMN_NAMES: readonly string[] = [
  ...Object.keys(COLUMNS),
  "revenue_from_<source> (a lower-case word: meta, email ...)",
];

export function isColumn(name: string): name is ColumnName {
  return isOwnColumn(name) || isSourceColumn(name);
}

export function isSourceColumn(name: string): name is SourceColumn {
  return /^revenue_from_[a-z][a-z0-9]{0,29}$/.test(name);
}

function isOwnColumn(name: string): name is OwnColumn {
  return Object.hasOwn(COLUMNS, name);
}

export function kindOf(column: ColumnName): CellKind {
  return isOwnColumn(column) ? COLUMNS[column] : revenueAmount;
}

export function sourceOf(column: SourceColumn): string {
  return column.slice("revenue_from_".length);
}

/** Cells by column, checked. */
export type Cells = Readonly<Partial<Record<ColumnName, string>>>;

/** Micros of the brand's currency; null for a blank cell, which is unknown and not 0. */
export function moneyCell(cells: Cells, column: ColumnName): bigint | null {
  const text = cells[column] ?? "";
  return text === "" ? null : microsFromMajor(text);
}

export function countCell(cells: Cells, column: ColumnName): number | null {
  const text = cells[column] ?? "";
  return text === "" ? null : Number(text);
}

/** How many days from its date on the row covers. */
export function daysCell(cells: Cells): number {
  return countCell(cells, "days") ?? 1;
}

function isAmount(text: string): boolean {
  if (!/^-?\d{1,12}(\.\d{1,20})?$/.test(text)) return false;
  const micros = microsFromMajor(text);
  return micros <= MAX_MICROS && micros >= -MAX_MICROS;
}
