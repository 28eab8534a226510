/** What rows of the shop's figures must be together: no day told twice. */
import { addDays, type Day, dayNumber } from "../domain/day.ts";
import { type RowProblem, shown } from "./rows.ts";

/** Where a row stands, and which days it covers. */
export interface PlacedRow {
  day: Day;
  days: number;
  line: number;
}

/** Every row that covers a day which another one covers already, in order of their days. */
export function overlaps(rows: readonly PlacedRow[]): { line: number; problem: RowProblem }[] {
  const sorted = [...rows].sort((a, b) => (a.day === b.day ? a.line - b.line : a.day < b.day ? -1 : 1));
  const found: { line: number; problem: RowProblem }[] = [];
  let reached: { end: number; row: PlacedRow } | null = null;
  for (const row of sorted) {
    const start = dayNumber(row.day);
    if (reached !== null && start < reached.end) {
      found.push({ line: row.line, problem: overlap(row, reached.row) });
    }
    if (reached === null || start + row.days > reached.end) reached = { end: start + row.days, row };
  }
  return found;
}

function overlap(row: PlacedRow, earlier: PlacedRow): RowProblem {
  if (row.day === earlier.day && row.days === 1 && earlier.days === 1) {
    return {
      code: "shop.duplicateDay",
      column: "date",
      found: shown(row.day),
      allowed: `each day once; it already stands in line ${earlier.line}`,
      fix: "remove one of the two rows",
    };
  }
  return {
    code: "shop.overlappingDays",
    column: "date",
    found: rangeOf(row),
    allowed: `each day once; line ${earlier.line} covers ${rangeOf(earlier)}`,
    fix: "correct date or days, or remove one of the two rows",
  };
}

function rangeOf({ day, days }: PlacedRow): string {
  return days === 1 ? day : `${day} to ${addDays(day, days - 1)}`;
}
