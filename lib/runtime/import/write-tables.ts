/** The tables of a dataset into a folder, row by row. */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { WrittenTable } from "../../imports/report.ts";
import type { SettledTable } from "../../imports/settle.ts";
import { columnsOf, line } from "../../imports/write.ts";

/** Rows of the dataset that a report shows of each table. */
const SHOWN_ROWS = 3;
/** Rows between two looks at whether anybody wants to stop. */
const ROWS_AT_ONCE = 500;

export async function writeTable(
  folder: string,
  { table, used, rows, replaced }: SettledTable,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<WrittenTable> {
  const columns = columnsOf(table, used);
  const first = [columns.join(",")];
  const file = openSync(join(folder, table), "w");
  let count = 0;
  const days: { from: string | null; to: string | null } = { from: null, to: null };
  try {
    let text = `${columns.join(",")}\n`;
    for (const cells of rows) {
      const row = line(columns, cells);
      if (first.length <= SHOWN_ROWS) first.push(row);
      const { date } = cells;
      if (date !== undefined && (days.from === null || date < days.from)) days.from = date;
      if (date !== undefined && (days.to === null || date > days.to)) days.to = date;
      text += `${row}\n`;
      count += 1;
      if (count % ROWS_AT_ONCE !== 0) continue;
      writeSync(file, text);
      text = "";
      onRows(count);
      await setImmediate();
      signal.throwIfAborted();
    }
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
  return { table, rows: count, replaced: replaced(), ...days, first };
}
