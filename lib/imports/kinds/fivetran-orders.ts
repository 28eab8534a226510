/** Shopify's tables as Fivetran keeps them. */
import { ConfigError } from "../../domain/problem.ts";
import { may, must } from "../header.ts";
import type { ImportKind, ImportTable, OpenFile, RowReader } from "../kind.ts";
import { type Row, textAt } from "../row.ts";
import { orderEarned } from "./order-money.ts";
import { dayOfTimeAt, knownAmountAt, placesOf } from "./shop-cells.ts";

const ORDER = {
  id: must("id"),
  currency: must("currency"),
  total: must("total_price"),
  tax: must("total_tax"),
  created: must("created_at"),
  status: must("financial_status"),
  cancelled: must("cancelled_at"),
  test: must("test"),
  customer: may("customer_id"),
  email: may("email"),
  deleted: may("_fivetran_deleted"),
};
const REFUND = {
  id: must("id"),
  orderId: must("order_id"),
  created: must("created_at"),
  restock: must("restock"),
};
const REFUND_LINE = {
  id: must("id"),
  refundId: must("refund_id"),
  lineId: must("order_line_id"),
  subtotal: must("subtotal"),
};
const ORDER_LINE = {
  id: must("id"),
  orderId: must("order_id"),
  variantId: must("variant_id"),
  price: must("price"),
};
const TRANSACTION = {
  id: must("id"),
  orderId: must("order_id"),
  gateway: must("gateway"),
  kind: must("kind"),
  status: must("status"),
};

/** Refunded orders were paid; what went back is in the refunds. */
const PAID: ReadonlySet<string> = new Set(["paid", "partially_refunded", "refunded"]);

export const fivetranOrders: ImportKind = {
  id: "fivetran-orders",
  label: "Fivetran tables of Shopify",
  where:
    "The tables order, refund and order_line_refund of Fivetran's Shopify connector as CSV. Revenue is total_price less total_tax, less subtotal of the refunded lines: shipping charged is in it; it stands on the order's day, refunds too.",
  tables: [
    { id: "order", columns: Object.values(ORDER), rows: "sum", open: readOrders },
    { id: "refund", columns: Object.values(REFUND), rows: "sum", open: readRefunds },
    { id: "order_line_refund", columns: Object.values(REFUND_LINE), rows: "sum", open: readRefundLines },
    unread("order_line", Object.values(ORDER_LINE)),
    unread("transaction", Object.values(TRANSACTION)),
  ],
};

function readOrders(file: OpenFile): RowReader {
  const at = placesOf(file, ORDER);
  const zone = zoneOf(file);
  const { sink, options } = file;
  sink.note("revenue holds the shipping that customers paid; refunds reduce the day of their order");
  sink.note("shipping that was refunded is not in these tables");
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const currency = textAt(row, at.currency);
      const leftOut = leftOutBecause(row, at, options.currency);
      if (leftOut !== null) {
        sink.note(`order left out: ${leftOut}`);
        return;
      }
      const day = dayOfTimeAt(row, at.created, zone, "Z");
      const totalMicros = knownAmountAt(row, at.total);
      const taxesMicros = knownAmountAt(row, at.tax);
      if (day === null || totalMicros === null || taxesMicros === null) return;
      const earned = orderEarned({ totalMicros, taxesMicros, refundedMicros: 0n });
      if (earned === null) {
        complain(at.total, {
          allowed: "a total_price of at least total_tax, neither below 0",
          fix: "look the order up in Shopify, or leave it out of the table",
          code: "import.orderAmounts",
        });
        return;
      }
      const customer = textAt(row, at.customer) || textAt(row, at.email).toLowerCase();
      const { revenueMicros } = earned;
      sink.order({ id: textAt(row, at.id), day, revenueMicros, customer: customer || null, currency });
    },
  };
}

function leftOutBecause(
  row: Row,
  at: Record<keyof typeof ORDER, number | null>,
  wanted: string | null,
): string | null {
  const status = textAt(row, at.status).toLowerCase();
  const currency = textAt(row, at.currency);
  if (isTrue(textAt(row, at.deleted))) return "deleted";
  if (isTrue(textAt(row, at.test))) return "a test order";
  if (textAt(row, at.cancelled) !== "") return "cancelled";
  if (!PAID.has(status)) return `payment ${status === "" ? "unknown" : status}`;
  if (wanted !== null && currency !== wanted) return `in ${currency}`;
  return null;
}

function readRefunds(file: OpenFile): RowReader {
  const at = placesOf(file, REFUND);
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const [id, orderId] = [textAt(row, at.id), textAt(row, at.orderId)];
      file.sink.refund({ id, orderId });
    },
  };
}

function readRefundLines(file: OpenFile): RowReader {
  const at = placesOf(file, REFUND_LINE);
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const amountMicros = knownAmountAt(row, at.subtotal);
      if (amountMicros === null) return;
      file.sink.refundLine({ id: textAt(row, at.id), refundId: textAt(row, at.refundId), amountMicros });
    },
  };
}

/** Comes with the others, so that a folder of tables can be given as it is. */
function unread(id: string, columns: ImportTable["columns"]): ImportTable {
  return {
    ...{ id, columns, rows: "sum", unread: true },
    open(file) {
      file.sink.note(`table ${id} not read: orders and refunds carry the amounts`);
      return { row: () => undefined };
    },
  };
}

function isTrue(text: string): boolean {
  return text.toLowerCase() === "true";
}

/** @throws ConfigError: a day in UTC is not the shop's day. */
function zoneOf({ name, headerLine, options }: OpenFile): string {
  if (options.zone !== null) return options.zone;
  throw new ConfigError([
    {
      ...{ code: "import.zone", file: name, line: headerLine, path: "created_at" },
      found: "times in UTC",
      allowed: "the zone whose days the shop counts in, such as Europe/Paris",
      fix: "say it with --zone",
    },
  ]);
}
