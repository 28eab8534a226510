/** Series as rows, one for each day on which the leading figure is known. */
import { addDays, type Day } from "../../domain/day.ts";
import { microsFromMajor } from "../../domain/money.ts";
import type { SeriesColumn } from "./columns.ts";
import { seriesOf } from "./read.ts";
import type { SeriesFile } from "./schema.ts";

type Cell = [field: string, value: bigint | number | null];

export interface Row {
  day: Day;
  [field: string]: bigint | number | null | Day;
}

/** Series end on the day before `day`. A figure that nobody states is not reported, which is not 0. */
export function dayRows(
  series: SeriesFile,
  columns: readonly SeriesColumn[],
  leading: string,
  day: Day,
): Row[] {
  const stated = columns.map((column) => {
    const text = series[column.key];
    return { column, newestFirst: typeof text === "string" ? seriesOf(text).toReversed() : [] };
  });
  const lead = stated.find(({ column }) => column.key === leading)?.newestFirst ?? [];
  const rows = lead.map((known, ago): Row | null => {
    if (known === null) return null;
    const cells = stated.flatMap(({ column, newestFirst }): Cell[] => {
      const text = newestFirst[ago] ?? null;
      if (text === null) return column.isOptional ? [] : [[column.field, null]];
      return [[column.field, column.isMoney ? microsFromMajor(text) : Number(text)]];
    });
    return { day: addDays(day, -1 - ago), ...Object.fromEntries(cells) };
  });
  return rows.filter((row) => row !== null).toReversed();
}
