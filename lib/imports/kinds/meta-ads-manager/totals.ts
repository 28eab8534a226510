/** The row of totals of an export: left out, and held against the sum of the others. */
import { majorFromMicros } from "../../../domain/money.ts";
import type { OpenFile } from "../../kind.ts";
import { amountAt, type Row } from "../../row.ts";

/** What rounding may make of each row. */
const CENT_MICROS = 10_000n;

export interface Totals {
  total(row: Row): void;
  add(spendMicros: bigint): void;
  tell(): void;
}

export function createTotals(file: OpenFile, spend: number | null): Totals {
  let rows = 0n;
  let sumMicros = 0n;
  let seen = false;
  let totalMicros: bigint | null = null;
  return {
    total(row) {
      if (seen) {
        row.complain(null, {
          allowed: "one row without a name, which is the sum of the others",
          fix: "export the report again with the names of campaigns, ad sets or ads",
          code: "import.name",
        });
      }
      seen = true;
      totalMicros = amountAt(row, spend);
    },
    add(spendMicros) {
      rows += 1n;
      sumMicros += spendMicros;
    },
    tell() {
      if (totalMicros === null) return;
      const off = totalMicros < sumMicros ? sumMicros - totalMicros : totalMicros - sumMicros;
      if (off <= rows * CENT_MICROS) return;
      const [total, sum] = [totalMicros, sumMicros].map(majorFromMicros);
      file.sink.note(`the row of totals has a spend of ${total}, the other rows add up to ${sum}`);
    },
  };
}
