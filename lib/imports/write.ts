/** Values as the cells of a dataset, and rows as lines. */
import { TABLES, type TableName } from "../dataset/tables.ts";
import { majorFromMicros } from "../domain/money.ts";

/** Sums of decimals are told to this many places: what is behind them is how computers add. */
const MAX_DECIMALS = 9;

export type Cells = Readonly<Record<string, string>>;

export function money(micros: bigint | number | null | undefined): string {
  return micros === null || micros === undefined ? "" : majorFromMicros(BigInt(micros));
}

export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(MAX_DECIMALS).replace(/\.?0+$/, "");
}

/** Required columns, and those others that some row fills, in the order of the documents. */
export function columnsOf(table: TableName, used: ReadonlySet<string>): string[] {
  return Object.entries(TABLES[table]).flatMap(([name, { required }]) =>
    required || used.has(name) ? [name] : [],
  );
}

export function line(columns: readonly string[], cells: Cells): string {
  return columns.map((column) => quoted(cells[column] ?? "")).join(",");
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
