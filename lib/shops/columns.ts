/** The columns that a row of the shop's figures may have, whatever it comes in, and how one cell of each is read. */
import { isDay } from "../domain/day.ts";
import { microsFromMajor } from "../domain/money.ts";

/** What may stand in a cell that is not blank. */
interface CellKind {
  allowed: string;
  isValid(text: string): boolean;
}

const money: CellKind = {
  allowed: "a plain decimal amount with a point, such as 1250.50, without currency or thousands separator",
  isValid: (text) => /^-?\d{1,12}(\.\d{1,20})?$/.test(text),
};
const wholeNumber: CellKind = {
  allowed: "a whole number from 0 on, such as 42",
  isValid: (text) => /^\d{1,12}$/.test(text),
};
const day: CellKind = { allowed: "a calendar day such as 2026-03-31", isValid: isDay };
const oneDay: CellKind = {
  allowed: "1: rows of several days cannot be used yet",
  isValid: (text) => text === "1",
};

/** Columns by name; those of sources are any number. Columns that Palier does not use yet are checked all the same, so that they are right on the day it does. */
export const COLUMNS = {
  date: day,
  revenue: money,
  days: oneDay,
  orders: wholeNumber,
  new_customers: wholeNumber,
  new_customer_revenue: money,
  sessions: wholeNumber,
  product_cost: money,
  fees: money,
  refunds: money,
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
  return isOwnColumn(column) ? COLUMNS[column] : money;
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
