/** Cells of one row as values: null for a blank one, and for one that cannot be read, which is complained of. */
import type { Day } from "../domain/day.ts";
import { microsFromMajor } from "../domain/money.ts";
import { dayOf, plainNumber } from "./cells.ts";
import type { Complain, OpenFile } from "./kind.ts";

export interface Row extends Pick<OpenFile, "mark" | "order"> {
  cells: readonly string[];
  complain: Complain;
}

/** As many as an amount may have. */
const MAX_DECIMALS = 24;
const BLANKS: ReadonlySet<string> = new Set(["", "-", "--", "—"]);

/** Empty where the file lacks the column, too. */
export function textAt(row: Row, column: number | null): string {
  const text = column === null ? "" : (row.cells[column] ?? "");
  return BLANKS.has(text) ? "" : text;
}

/** An amount in major units, rounded once to micros. */
export function amountAt(row: Row, column: number | null): bigint | null {
  const plain = plainAt(row, column, "an amount");
  return plain === null ? null : microsFromMajor(plain);
}

export function numberAt(row: Row, column: number | null): number | null {
  const plain = plainAt(row, column, "a number");
  return plain === null ? null : Number(plain);
}

export function dayAt(row: Row, column: number | null): Day | null {
  const text = textAt(row, column);
  if (text === "") return null;
  const day = dayOf(text, row.order);
  if (day === null) {
    row.complain(column, {
      allowed: "a day, such as 2026-03-31",
      fix: "export the report again with dates that every calendar has",
      code: "import.day",
    });
  }
  return day;
}

/** A day that every row has. */
export function knownDayAt(row: Row, column: number | null): Day | null {
  return dayAt(row, column) ?? missingAt(row, column, "a day, such as 2026-03-31");
}

/** Digits; empty where the cell is. What a spreadsheet made of them (`1.23E+10`) is complained of. */
export function idAt(row: Row, column: number | null): string {
  const text = textAt(row, column);
  if (/^\d{0,40}$/.test(text)) return text;
  row.complain(column, {
    allowed: "an id, digits alone",
    fix: "export the file again without opening it in a spreadsheet, which shortens long numbers",
    code: "import.id",
  });
  return "";
}

/** An id that every row has. */
export function knownIdAt(row: Row, column: number | null): string | null {
  return idAt(row, column) || missingAt(row, column, "an id, digits alone");
}

/** Complains of a cell that every row must fill. One that is filled and cannot be read is complained of already. */
export function missingAt(row: Row, column: number | null, allowed: string): null {
  if (textAt(row, column) === "")
    row.complain(column, {
      allowed,
      fix: "export the file again with this cell in every row",
      code: "import.blank",
    });
  return null;
}

/** Decimal text with a point. */
function plainAt(row: Row, column: number | null, what: string): string | null {
  const text = textAt(row, column);
  if (text === "") return null;
  const plain = plainNumber(text, row.mark);
  if (plain === null || plain.length - plain.indexOf(".") > MAX_DECIMALS + 1) {
    const example = row.mark === "comma" ? "1 234,50" : "1,234.50";
    row.complain(column, {
      allowed: `${what} with a decimal ${row.mark}, such as ${example}`,
      fix: "correct the cell, or export the report again without opening it in a spreadsheet",
      code: "import.number",
    });
    return null;
  }
  return plain;
}
