/** What the tables of Fivetran's Meta connector have in common. */
import type { Day } from "../../domain/day.ts";
import { dayOf } from "../cells.ts";
import type { OpenFile } from "../kind.ts";
import { amountAt, numberAt, type Row, textAt } from "../row.ts";

/** An account's number; its API and its addresses write `act_` before it. */
export function withoutPrefix(account: string): string {
  return account.replace(/^act_/, "");
}

/** Meta leaves out counters that are zero. */
export function zeroIfBlank(file: OpenFile, row: Row, column: number): number | null {
  if (textAt(row, column) !== "") return numberAt(row, column);
  noteBlank(file, column);
  return 0;
}

export function amountOrZero(file: OpenFile, row: Row, column: number | null): bigint | null {
  if (column === null || textAt(row, column) !== "") return amountAt(row, column);
  noteBlank(file, column);
  return 0n;
}

function noteBlank(file: OpenFile, column: number): void {
  file.sink.note(`blank cells of ${file.header[column]} read as 0`);
}

/** A day that was fetched before it was over is not all there: the newest such day is told of. */
export function createSyncs(file: OpenFile, synced: number | null) {
  let unfinished: Day | null = null;
  return {
    see(row: Row, day: Day): void {
      const on = dayOf(textAt(row, synced), null);
      if (on !== null && on <= day && (unfinished === null || day > unfinished)) unfinished = day;
    },
    tell(): void {
      if (unfinished !== null) file.sink.note(`${unfinished} was fetched before it was over`);
    },
  };
}
