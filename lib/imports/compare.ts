/** An export's figures against Palier's own: every difference, at the precision that the export prints. */
import type { Reading } from "../domain/figure.ts";
import type { ExportedFigure, ExportedRow } from "./exported.ts";

export interface Difference {
  row: ExportedRow;
  /** Id of the metric. */
  metric: string;
  /** Null where Palier has spend of days and an entity that the export says nothing of. */
  exported: ExportedFigure | null;
  /** Null where Palier knows no such entity. */
  ours: Reading | null;
}

export interface Comparison {
  rows: number;
  compared: number;
  differences: Difference[];
}

/** Decimals of a major unit, and of a ratio, that ours are rounded to. */
const OUR_DIGITS = 6;

/** `read` gives Palier's figure of a metric for a row's entity and days; null where there is no such entity. */
export function compareExport(
  rows: readonly ExportedRow[],
  read: (row: ExportedRow, metric: string) => Reading | null,
): Comparison {
  const differences: Difference[] = [];
  let compared = 0;
  for (const row of rows) {
    for (const [metric, exported] of Object.entries(row.figures)) {
      compared += 1;
      const ours = read(row, metric);
      if (ours === null || !isSame(ours, exported)) differences.push({ row, metric, exported, ours });
    }
  }
  return { rows: rows.length, compared, differences };
}

/** Within half of the last printed place, and a whole unit of ours where both sides were rounded to it. */
function isSame({ value, unit }: Reading, exported: ExportedFigure): boolean {
  if (typeof value !== "number") return false;
  const ulp = unit === "money" ? 1 : 10 ** -OUR_DIGITS;
  const most = Math.max(ulp, (0.5 * ulp * 10 ** OUR_DIGITS) / 10 ** exported.decimals);
  // A hair more: decimals such as 0.005 are not exact in binary.
  return Math.abs(value - exported.value) <= most * (1 + 1e-9) + Number.EPSILON * Math.abs(value);
}
