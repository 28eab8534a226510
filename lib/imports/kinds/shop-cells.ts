/** What the kinds of shops and of series read from a row beyond single amounts and days. Undefined is complained of where null is a blank cell. */
import { type Day, isDay, localDay } from "../../domain/day.ts";
import { plainNumber } from "../cells.ts";
import type { ImportColumn, OpenFile } from "../kind.ts";
import { amountAt, knownDayAt, missingAt, type Row, textAt } from "../row.ts";
import { type Exact, exactOf } from "./exact.ts";

const FIX = "correct the cell, or export the file again without opening it in a spreadsheet";
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d:?\d\d)?$/;

/** Where each column stands in the file. */
export function placesOf<Key extends string>(
  file: OpenFile,
  columns: Record<Key, ImportColumn>,
): Record<Key, number | null> {
  const entries = Object.entries<ImportColumn>(columns).map(([key, column]) => [key, file.indexOf(column)]);
  return Object.fromEntries(entries) as Record<Key, number | null>;
}

/** An amount that every row has. */
export function knownAmountAt(row: Row, column: number | null): bigint | null {
  return amountAt(row, column) ?? missingAt(row, column, "an amount, such as 1250.50");
}

/** Orders, customers and visits are whole; null where the cell is blank. */
export function countAt(row: Row, column: number | null): number | null | undefined {
  const text = textAt(row, column);
  if (text === "") return null;
  if (/^\d{1,12}(?:\.0+)?$/.test(plainNumber(text, row.mark) ?? ""))
    return Number(plainNumber(text, row.mark));
  row.complain(column, { allowed: "a whole number from 0 on, such as 42", fix: FIX, code: "import.number" });
  return undefined;
}

/** Null where the cell is blank. */
export function exactAt(row: Row, column: number | null): Exact | null | undefined {
  const text = textAt(row, column);
  if (text === "") return null;
  const exact = exactOf(text, row.mark);
  if (exact !== null) return exact;
  row.complain(column, { allowed: "a number, such as 1250.5", fix: FIX, code: "import.number" });
  return undefined;
}

/** What was spent or delivered, which is never below 0; null where the cell is blank. */
export function deliveredAt(row: Row, column: number | null): Exact | null | undefined {
  const exact = exactAt(row, column);
  if (exact === null || exact === undefined || exact >= 0n) return exact;
  row.complain(column, { allowed: "a number from 0 on", fix: FIX, code: "import.negative" });
  return undefined;
}

/** The day of a time: with a zone the one that a clock there shows, else the day as written. `bare` is the offset of times that are written without one. */
export function dayOfTimeAt(
  row: Row,
  column: number | null,
  zone: string | null,
  bare: "Z" | null,
): Day | null {
  const [, date = "", time = "", written = bare] = TIME.exec(textAt(row, column)) ?? [];
  if (zone === null || date === "" || written === null) return knownDayAt(row, column);
  const offset = /^(?:UTC|Z)$/.test(written) ? "Z" : written.replace(/^(...):?/, "$1:");
  const atMs = isDay(date) ? Date.parse(`${date}T${time}${offset}`) : Number.NaN;
  if (!Number.isNaN(atMs)) return localDay(atMs, zone);
  row.complain(column, {
    allowed: "a time, such as 2026-03-31 14:05:09 +0200",
    fix: FIX,
    code: "import.day",
  });
  return null;
}
