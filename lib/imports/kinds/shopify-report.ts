/** Shopify's report "Total sales over time" by day, in English and French. */
import { majorFromMicros } from "../../domain/money.ts";
import type { ShopDay } from "../../domain/snapshot.ts";
import { may, must } from "../header.ts";
import type { ImportKind, OpenFile, RowReader } from "../kind.ts";
import { amountAt, knownDayAt, type Row, textAt } from "../row.ts";
import { countAt, knownAmountAt, placesOf } from "./shop-cells.ts";

const COLUMNS = {
  day: must("day", "jour"),
  netSales: must("net sales", "ventes nettes"),
  orders: may("orders", "commandes"),
  returns: may("returns", "retours"),
  newCustomers: may("new customers", "nouveaux clients"),
  // Visitors are people and not visits: they are no sessions.
  sessions: may("sessions", "online store sessions"),
};

export const shopifyReport: ImportKind = {
  id: "shopify-report",
  label: "Shopify sales report",
  where:
    "Shopify admin, Analytics, Reports, Total sales over time, grouped by day, Export. Revenue is Net sales: without VAT and shipping, and with returns on the day of the return.",
  tables: [
    {
      id: "report",
      columns: Object.values(COLUMNS),
      unlike: ["month", "mois"],
      rows: "once",
      open: readReport,
    },
  ],
};

function readReport(file: OpenFile): RowReader {
  const at = placesOf(file, COLUMNS);
  file.sink.note("revenue is Net sales: without shipping, and with returns on the day of the return");
  let total: Row | null = null;
  /** Null once a row could not be read. */
  let sumMicros: bigint | null = 0n;
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      if (isTotal(textAt(row, at.day)) && total === null) {
        total = row;
        file.sink.note("row of totals not read");
        return;
      }
      const day = knownDayAt(row, at.day);
      const revenueMicros = knownAmountAt(row, at.netSales);
      const orders = countAt(row, at.orders);
      const newCustomers = countAt(row, at.newCustomers);
      const sessions = countAt(row, at.sessions);
      const isRead = orders !== undefined && newCustomers !== undefined && sessions !== undefined;
      if (day === null || revenueMicros === null || !isRead) {
        sumMicros = null;
        return;
      }
      if (sumMicros !== null) sumMicros += revenueMicros;
      const figures: ShopDay = { day, revenueMicros, orders, newCustomers, sessions };
      const returnsMicros = amountAt(row, at.returns);
      // Written as what it takes away: below 0.
      const refundsMicros = returnsMicros !== null && returnsMicros < 0n ? -returnsMicros : returnsMicros;
      file.sink.revenue(refundsMicros === null ? figures : { ...figures, refundsMicros });
    },
    end() {
      const totalMicros = total === null ? null : amountAt(total, at.netSales);
      if (total === null || totalMicros === null || sumMicros === null || totalMicros === sumMicros) return;
      total.complain(at.netSales, {
        allowed: `${majorFromMicros(sumMicros)}, the sum of the other rows: without a day a row is their total`,
        fix: "export all days of the report, or take the row out of the file if it is another total",
        code: "import.totals",
      });
    },
  };
}

/** Totals carry no day, or the word; a second such row has lost its day. */
function isTotal(day: string): boolean {
  return /^(?:|totals?|totaux|summary)$/i.test(day);
}
