/** What rows of the shop's figures must be together: no day told twice, and sums that numbers hold exactly. */
import { addDays, type Day, dayNumber } from "../domain/day.ts";
import type { ShopDay } from "../domain/snapshot.ts";
import type { ColumnName } from "./columns.ts";
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

/** The columns whose amounts or counts of all rows are, signs aside, beyond the exact range of numbers. */
export function unsafeSums(days: readonly ShopDay[]): RowProblem[] {
  return Object.entries(FIGURES).flatMap(([column, figureOf]) => {
    let sum = 0n;
    for (const day of days) {
      const value = BigInt(figureOf(day) ?? 0);
      sum += value < 0n ? -value : value;
    }
    return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? [] : [unsafeSum(column)];
  });
}

const FIGURES = {
  revenue: (day) => day.revenueMicros,
  orders: (day) => day.orders,
  new_customers: (day) => day.newCustomers,
  new_customer_revenue: (day) => day.newCustomerRevenueMicros,
  sessions: (day) => day.sessions,
  product_cost: (day) => day.productCostMicros,
  fees: (day) => day.feesMicros,
  refunds: (day) => day.refundsMicros,
  leads: (day) => day.leads,
  qualified_leads: (day) => day.qualifiedLeads,
} satisfies Partial<Record<ColumnName, (day: ShopDay) => bigint | number | null | undefined>>;

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

function unsafeSum(column: string): RowProblem {
  return {
    code: "shop.sumTooLarge",
    column,
    found: "a column whose rows add up to more than 2^53",
    allowed: "sums that numbers hold exactly: together at most 9007199254.740991 for amounts",
    fix: "write amounts in major units of the currency, or keep the recent years only",
  };
}
