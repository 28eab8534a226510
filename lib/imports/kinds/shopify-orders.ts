/** The orders that Shopify's admin exports as CSV: several lines per order, of which only the first carries its amounts. */
import { may, must } from "../header.ts";
import type { Complain, ImportKind, OpenFile, OrderRow, RowReader } from "../kind.ts";
import { amountAt, type Row, textAt } from "../row.ts";
import { orderEarned } from "./order-money.ts";
import { dayOfTimeAt, knownAmountAt, placesOf } from "./shop-cells.ts";

const COLUMNS = {
  name: must("name"),
  email: may("email"),
  status: must("financial status"),
  currency: must("currency"),
  taxes: must("taxes"),
  total: must("total"),
  created: must("created at"),
  cancelled: must("cancelled at", "canceled at"),
  refunded: must("refunded amount"),
  duties: may("duties"),
  payment: may("payment method"),
};

type Places = Record<keyof typeof COLUMNS, number | null>;

/** Paid in full at some time; what was refunded of it is taken from its revenue. */
const COUNTED: ReadonlySet<string> = new Set(["paid", "partially_refunded", "refunded"]);
const NOT_PAID = ["authorized", "pending", "partially_paid", "unpaid", "voided", "expired"];
const LEFT_OUT: ReadonlySet<string> = new Set(NOT_PAID);
const STATUS_COMPLAINT = {
  allowed: [...COUNTED, ...LEFT_OUT].join(", "),
  fix: "export the orders again from Shopify's admin",
  code: "import.orderStatus",
};

export const shopifyOrders: ImportKind = {
  id: "shopify-orders",
  label: "Shopify orders",
  where:
    "Shopify admin, Orders, Export, plain CSV. Revenue is Total less Taxes and Duties, less Refunded Amount without its share of them: shipping charged is in it; it stands on the day of Created at, refunds too.",
  tables: [
    {
      id: "orders",
      columns: Object.values(COLUMNS),
      rows: "sum",
      open: readOrders,
    },
  ],
};

function readOrders(file: OpenFile): RowReader {
  const at = placesOf(file, COLUMNS);
  let order = "";
  file.sink.note("revenue holds the shipping that customers paid; refunds reduce the day of their order");
  return {
    row(cells, complain) {
      const row: Row = { cells, complain, mark: file.mark, order: file.order };
      const name = textAt(row, at.name);
      if (textAt(row, at.status) === "" && textAt(row, at.total) === "") {
        if (name !== order || name === "") complainOfLine(at.name, complain);
        return;
      }
      order = name;
      const read = readOrder(file, at, row);
      if (read !== null) file.sink.order(read);
    },
  };
}

/** Null for one that is left out, and for one that was complained of. */
function readOrder(file: OpenFile, at: Places, row: Row): OrderRow | null {
  const leftOut = leftOutBecause(file, at, row);
  if (leftOut !== null) {
    if (leftOut !== "") file.sink.note(`order left out: ${leftOut}`);
    return null;
  }
  const day = dayOfTimeAt(row, at.created, file.options.zone, null);
  const totalMicros = knownAmountAt(row, at.total);
  const taxes = knownAmountAt(row, at.taxes);
  const taxesMicros = taxes === null ? null : taxes + (amountAt(row, at.duties) ?? 0n);
  const refundedMicros = knownAmountAt(row, at.refunded);
  if (day === null || totalMicros === null || taxesMicros === null || refundedMicros === null) {
    return null;
  }
  const earned = orderEarned({ totalMicros, taxesMicros, refundedMicros });
  if (earned === null) {
    row.complain(at.total, {
      allowed: "a Total of at least Taxes and Duties, and of at least Refunded Amount, none below 0",
      fix: "look the order up in Shopify and correct the amounts, or take its lines out of the file",
      code: "import.orderAmounts",
    });
    return null;
  }
  const customer = textAt(row, at.email).toLowerCase();
  return {
    id: textAt(row, at.name),
    day,
    ...earned,
    customer: customer === "" ? null : customer,
    currency: textAt(row, at.currency),
  };
}

/** Empty for a status that was complained of. */
function leftOutBecause({ options }: OpenFile, at: Places, row: Row): string | null {
  const status = textAt(row, at.status).toLowerCase().replace(/ /g, "_");
  const currency = textAt(row, at.currency);
  if (!COUNTED.has(status) && !LEFT_OUT.has(status)) {
    row.complain(at.status, STATUS_COMPLAINT);
    return "";
  }
  if (/bogus/i.test(textAt(row, at.payment))) return "a test payment";
  if (textAt(row, at.cancelled) !== "") return "cancelled";
  if (LEFT_OUT.has(status)) return `payment ${status}`;
  if (options.currency !== null && currency !== options.currency) return `in ${currency}`;
  return null;
}

function complainOfLine(column: number | null, complain: Complain): void {
  complain(column, {
    allowed: "the line with the order's Total first, then the lines of its other items",
    fix: "export the orders again and do not sort or cut the file",
    code: "import.orderLine",
  });
}
