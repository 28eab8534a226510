/** The row of totals of an export: left out, and held against the sum of the others. */
import { majorFromMicros } from "../../../domain/money.ts";
import { amountAt, type Row } from "../../row.ts";

/** What rounding may make of each row. */
const CENT_MICROS = 10_000n;

export interface Totals {
  total(row: Row): void;
  /** Null for a row that could not be read, which was complained of: the sum then says nothing. */
  add(spendMicros: bigint | null): void;
  tell(): void;
}

export function createTotals(spend: number | null): Totals {
  let rows = 0n;
  let sumMicros: bigint | null = 0n;
  let seen: Row | null = null;
  let totalMicros: bigint | null = null;
  return {
    total(row) {
      if (seen !== null) {
        row.complain(null, {
          allowed: "one row without a name, which is the sum of the others",
          fix: "export the report again with the names of campaigns, ad sets or ads",
          code: "import.name",
        });
      }
      seen = row;
      totalMicros = amountAt(row, spend);
    },
    add(spendMicros) {
      rows += 1n;
      sumMicros = sumMicros === null || spendMicros === null ? null : sumMicros + spendMicros;
    },
    tell() {
      if (seen === null || totalMicros === null || sumMicros === null) return;
      const off = totalMicros < sumMicros ? sumMicros - totalMicros : totalMicros - sumMicros;
      if (off <= rows * CENT_MICROS) return;
      seen.complain(spend, {
        allowed: `${majorFromMicros(sumMicros)}, the sum of the other rows: without a name a row is their total`,
        fix: "export all rows of the report with their names and ids, or take the row out of the file if it is another total",
        code: "import.totals",
      });
    },
  };
}
