/** What Google's exports write beside plain amounts: micros, counters, ids. */
import { ConfigError } from "../../domain/problem.ts";
import type { OpenFile } from "../kind.ts";
import { amountAt, idAt, numberAt, type Row, textAt } from "../row.ts";

const FIX = "correct the cell, or export the file again without opening it in a spreadsheet";

/** A file to import, or only to compare with. */
export type ExportFile = Omit<OpenFile, "sink">;

/** What is wrong with the file as a whole: in its header, or in what a person said of it. */
export function problemOf(
  { name, headerLine }: ExportFile,
  problem: { code: string; path: string; found: string; allowed: string; fix: string },
): ConfigError {
  return new ConfigError([{ file: name, line: headerLine, ...problem }]);
}

/** Account id as the API has it: without dashes. Null when it is none. */
export function customerIdOf(text: string): string | null {
  const digits = text.replaceAll("-", "");
  return /^\d{1,20}$/.test(digits) ? digits : null;
}

/** An id, or the resource name that ends with it (`customers/1/adGroups/2`). */
export function resourceIdAt(row: Row, column: number | null): string {
  const text = textAt(row, column);
  const id = text.slice(text.lastIndexOf("/") + 1);
  return /^\d{1,20}$/.test(id) ? id : idAt(row, column);
}

export function customerIdAt(row: Row, column: number | null): string {
  const text = textAt(row, column);
  const id = customerIdOf(text);
  if (id === null && text !== "")
    row.complain(column, { allowed: "an account id such as 123-456-7890", fix: FIX, code: "import.id" });
  return id ?? "";
}

/** Amount spent in major units, or in micros; every row has it and it is never below 0. */
export function spendAt(row: Row, column: number, inMicros: boolean): bigint | null {
  if (textAt(row, column) === "") {
    row.complain(column, {
      allowed: "what the row has cost, 0 included",
      fix: "export the file again with the cost of every row",
      code: "import.spendMissing",
    });
    return null;
  }
  const micros = inMicros ? wholeMicrosAt(row, column) : amountAt(row, column);
  if (micros === null || micros >= 0n) return micros;
  row.complain(column, { allowed: "an amount from 0", fix: FIX, code: "import.negative" });
  return null;
}

/** A whole number from 0. */
export function countAt(row: Row, column: number | null): number | null {
  const value = numberAt(row, column);
  if (value === null || (Number.isSafeInteger(value) && value >= 0)) return value;
  row.complain(column, { allowed: "a whole number from 0", fix: FIX, code: "import.count" });
  return null;
}

/** Conversions, of which Google attributes fractions; never below 0. */
export function conversionsAt(row: Row, column: number | null): number | null {
  const value = numberAt(row, column);
  if (value === null || (value >= 0 && value <= Number.MAX_SAFE_INTEGER)) return value;
  row.complain(column, { allowed: "a number from 0", fix: FIX, code: "import.negative" });
  return null;
}

/** Programs write whole numbers as decimals too: `400000.0`. */
function wholeMicrosAt(row: Row, column: number): bigint | null {
  const text = textAt(row, column);
  if (/^-?\d{1,18}(?:\.0*)?$/.test(text)) return BigInt(text.replace(/\..*$/, ""));
  row.complain(column, {
    allowed: "a whole number of micros such as 1500000",
    fix: FIX,
    code: "import.number",
  });
  return null;
}
