/** One row of the shop's figures, as text by column, to its day or days: the checks that every source shares. */
import { majorFromMicros } from "../domain/money.ts";
import type { ShopDay } from "../domain/snapshot.ts";
import { type Cells, type ColumnName, countCell, daysCell, kindOf, moneyCell } from "./columns.ts";
import { excessMicros, revenueBySource } from "./sources.ts";

/** More sources than a shop tells apart; more would be a pivot of something else. */
export const MAX_SOURCES = 30;

const MAX_SHOWN_CHARACTERS = 40;

/** What is wrong with a row; `column` names the cell, `revenue_from_*` all of the sources, and is empty for the row itself. */
export interface RowProblem {
  code: string;
  column: string;
  found: string;
  allowed: string;
  fix: string;
}

/** `unknown`: a right row without revenue, which is not a revenue of 0. */
export type ReadRow =
  | { kind: "day"; day: ShopDay }
  | { kind: "problems"; problems: RowProblem[] }
  | { kind: "unknown" };

/** Reads the cells of the columns that the row has. */
export function readRow(cells: Cells, columns: readonly ColumnName[]): ReadRow {
  const problems = columns.flatMap((column) => checkCell(cells[column] ?? "", column));
  if (problems.length > 0) return { kind: "problems", problems };
  const revenueMicros = moneyCell(cells, "revenue");
  if (revenueMicros === null) return { kind: "unknown" };
  const bySource = revenueBySource(cells, columns);
  const excess = bySource === null ? 0n : excessMicros(bySource, revenueMicros);
  if (excess > 0n) return { kind: "problems", problems: [sourcesAboveRevenue(excess, cells.revenue ?? "")] };
  const days = daysCell(cells);
  const day: ShopDay = {
    day: cells.date ?? "",
    ...(days > 1 && { days }),
    revenueMicros,
    orders: countCell(cells, "orders"),
    newCustomers: countCell(cells, "new_customers"),
    sessions: countCell(cells, "sessions"),
    ...optionalFigures(cells),
    ...(bySource !== null && { revenueBySource: bySource }),
  };
  return { kind: "day", day };
}

/** Absent where the shop does not say, so that days that say no more than before stay what they were. */
function optionalFigures(cells: Cells): Partial<ShopDay> {
  const newCustomerRevenueMicros = moneyCell(cells, "new_customer_revenue");
  const productCostMicros = moneyCell(cells, "product_cost");
  const feesMicros = moneyCell(cells, "fees");
  const refundsMicros = moneyCell(cells, "refunds");
  const leads = countCell(cells, "leads");
  const qualifiedLeads = countCell(cells, "qualified_leads");
  return {
    ...(newCustomerRevenueMicros !== null && { newCustomerRevenueMicros }),
    ...(productCostMicros !== null && { productCostMicros }),
    ...(feesMicros !== null && { feesMicros }),
    ...(refundsMicros !== null && { refundsMicros }),
    ...(leads !== null && { leads }),
    ...(qualifiedLeads !== null && { qualifiedLeads }),
  };
}

export function tooManySources(found: number): RowProblem {
  return {
    code: "shop.tooManySources",
    column: "revenue_from_*",
    found: `${found} columns`,
    allowed: `at most ${MAX_SOURCES} columns of sources`,
    fix: "put the small sources into one, such as revenue_from_other",
  };
}

export function shown(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `"${text.slice(0, MAX_SHOWN_CHARACTERS)}..."` : `"${text}"`;
}

function checkCell(text: string, column: ColumnName): RowProblem[] {
  const mayBeBlank = column !== "date";
  if ((text === "" && mayBeBlank) || kindOf(column).isValid(text)) return [];
  const code = column === "date" ? "shop.badDate" : column === "days" ? "shop.badDays" : "shop.badNumber";
  const fix = `correct the cell${mayBeBlank ? ", or leave it blank if unknown" : ""}`;
  return [{ code, column, found: shown(text), allowed: kindOf(column).allowed, fix }];
}

function sourcesAboveRevenue(excess: bigint, revenue: string): RowProblem {
  return {
    code: "shop.sourcesAboveRevenue",
    column: "revenue_from_*",
    found: `sources that add up to ${majorFromMicros(excess)} more than the day's revenue`,
    allowed: `at most the day's revenue of ${revenue} together`,
    fix: "count each order for one source, net of VAT, discounts and refunds as revenue is; or leave the cells blank if unknown",
  };
}
