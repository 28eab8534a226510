/** Orders, refunds and days of figures to the rows of `revenue.csv`. */
import { createHash } from "node:crypto";
import { numberOf } from "../dataset/cells.ts";
import type { Day } from "../domain/day.ts";
import type { ShopDay } from "../domain/snapshot.ts";
import { type Complaints, type Place, placeText } from "./complaints.ts";
import { dayText } from "./keys.ts";
import type { OrderRow, RefundLineRow, RefundRow } from "./kind.ts";
import { groups, type Staging } from "./staging.ts";

interface Located {
  at: Place;
}

/** Amounts as text, so that they can be staged as JSON. */
type OrderPart =
  | ({ kind: "order"; day: Day; revenue: string; refunds: string | null; customer: string | null } & {
      first: boolean | null;
    } & Located)
  | { kind: "refund"; amount: string };

type RefundPart =
  | ({ kind: "refund"; orderId: string } & Located)
  | ({ kind: "line"; id: string; amount: string } & Located);

interface CustomerPart {
  day: Day;
  id: string;
  revenue: string;
  first: boolean | null;
}

interface Sums {
  orders: number;
  revenue: bigint;
  refunds: bigint | null;
  /** Orders that name no customer: who is new is unknown then. */
  anonymous: number;
  named: number;
  newCustomers: number;
  newRevenue: bigint;
}

export interface ShopBook {
  order(row: OrderRow, at: Place): void;
  refund(row: RefundRow, at: Place): void;
  refundLine(row: RefundLineRow, at: Place): void;
  /** Days from orders, ascending; and what is to be told of them. Days without an order between them are days of 0. */
  settle(): { days: ShopDay[]; notes: string[] };
}

export function createShopBook(staging: Staging, complaints: Complaints): ShopBook {
  let currency: string | null = null;
  let count = 0;
  return {
    order(row, at) {
      count += 1;
      if (row.currency !== undefined && currency !== null && row.currency !== currency) {
        complaints.add(at, twoCurrencies(currency, row.currency));
      }
      currency ??= row.currency ?? null;
      const part: OrderPart = {
        ...{ kind: "order", day: row.day, at, first: row.first ?? null },
        revenue: String(row.revenueMicros),
        refunds: row.refundsMicros === undefined ? null : String(row.refundsMicros),
        customer: row.customer === null ? null : hashed(row.customer),
      };
      staging.put("order", row.id, part);
    },
    refund(row, at) {
      const part: RefundPart = { kind: "refund", orderId: row.orderId, at };
      staging.put("refund", row.id, part);
    },
    refundLine({ id, refundId, amountMicros }, at) {
      const part: RefundPart = { kind: "line", id, amount: String(amountMicros), at };
      staging.put("refund", refundId, part);
    },
    settle() {
      if (count === 0) return { days: [], notes: [] };
      const orphans = { lines: 0, refunds: 0 };
      refundsToOrders(staging, complaints, orphans);
      const days = new Map<Day, Sums>();
      ordersToDays(staging, complaints, days, orphans);
      const told = customersToDays(staging, days);
      return { days: shopDays(days), notes: [...orphanNotes(orphans), ...dayNotes(days, told, currency)] };
    },
  };
}

function refundsToOrders(staging: Staging, complaints: Complaints, orphans: { lines: number }): void {
  for (const { key, values } of groups<RefundPart>(staging, "refund")) {
    const heads = values.filter((part) => part.kind === "refund");
    const lines = values.filter((part) => part.kind === "line");
    for (const second of heads.slice(1))
      complainOfSecond(`refund ${key}`, second.at, heads[0]?.at, complaints);
    const ids = new Map<string, Place>();
    for (const { id, at } of lines) {
      if (ids.has(id)) complainOfSecond(`refund line ${id}`, at, ids.get(id), complaints);
      ids.set(id, at);
    }
    const [head] = heads;
    if (head === undefined) orphans.lines += lines.length;
    else {
      const amount = lines.reduce((sum, part) => sum + BigInt(part.amount), 0n);
      staging.put("order", head.orderId, { kind: "refund", amount: String(amount) } satisfies OrderPart);
    }
  }
}

function ordersToDays(
  staging: Staging,
  complaints: Complaints,
  days: Map<Day, Sums>,
  orphans: { refunds: number },
): void {
  for (const { key, values } of groups<OrderPart>(staging, "order")) {
    const orders = values.filter((part) => part.kind === "order");
    const refunds = values.filter((part) => part.kind === "refund");
    for (const second of orders.slice(1))
      complainOfSecond(`order ${key}`, second.at, orders[0]?.at, complaints);
    const [order] = orders;
    if (order === undefined) {
      orphans.refunds += refunds.length;
      continue;
    }
    const back = refunds.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    const revenue = BigInt(order.revenue) - back;
    const day = days.get(order.day) ?? noOrders();
    days.set(order.day, day);
    day.orders += 1;
    day.revenue += revenue;
    if (order.refunds !== null || refunds.length > 0) {
      day.refunds = (day.refunds ?? 0n) + BigInt(order.refunds ?? "0") + back;
    }
    if (order.customer === null) day.anonymous += 1;
    else {
      day.named += 1;
      const part = { day: order.day, id: key, revenue: String(revenue), first: order.first };
      staging.put("customer", order.customer, part satisfies CustomerPart);
    }
  }
}

/** True where the files themselves say which orders are first ones. */
function customersToDays(staging: Staging, days: Map<Day, Sums>): boolean {
  let told = true;
  for (const { values } of groups<CustomerPart>(staging, "customer")) {
    const [earliest] = [...values].sort(byDayAndId);
    const said = values.find(({ first }) => first === true);
    const isSaid = values.some(({ first }) => first !== null);
    if (!isSaid) told = false;
    const first = isSaid ? said : earliest;
    const day = first === undefined ? undefined : days.get(first.day);
    if (first === undefined || day === undefined) continue;
    day.newCustomers += 1;
    day.newRevenue += BigInt(first.revenue);
  }
  return told;
}

function byDayAndId(a: CustomerPart, b: CustomerPart): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}

function shopDays(days: ReadonlyMap<Day, Sums>): ShopDay[] {
  const numbers = [...days.keys()].map(numberOf);
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  const knowsCustomers = [...days.values()].some(({ named }) => named > 0);
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const day = dayText(from + index);
    const sums = days.get(day) ?? noOrders();
    const known = knowsCustomers && sums.anonymous === 0;
    return {
      ...{ day, revenueMicros: sums.revenue, orders: sums.orders, sessions: null },
      newCustomers: known ? sums.newCustomers : null,
      ...(known && { newCustomerRevenueMicros: sums.newRevenue }),
      ...(sums.refunds !== null && { refundsMicros: sums.refunds }),
    };
  });
}

function noOrders(): Sums {
  return { orders: 0, revenue: 0n, refunds: null, anonymous: 0, named: 0, newCustomers: 0, newRevenue: 0n };
}

function orphanNotes({ lines, refunds }: { lines: number; refunds: number }): string[] {
  return [
    ...(lines === 0 ? [] : [`${lines} lines of refunds that no file has are left out`]),
    ...(refunds === 0 ? [] : [`${refunds} refunds of orders that no file has are left out`]),
  ];
}

function dayNotes(days: ReadonlyMap<Day, Sums>, told: boolean, currency: string | null): string[] {
  const all = [...days.values()];
  const anonymous = all.filter((sums) => sums.anonymous > 0).length;
  const empty = shopDays(days).length - days.size;
  const knows = all.some(({ named }) => named > 0);
  return [
    ...(currency === null ? [] : [`orders are in ${currency}: it must be the brand's currency`]),
    ...(empty === 0 ? [] : [`${empty} days between the first order and the last have none: revenue 0`]),
    ...(told || !knows
      ? []
      : [
          "a customer's first order in the files counts as the first: early days have too many new customers",
        ]),
    ...(anonymous === 0 || !knows
      ? []
      : [`${anonymous} days have an order without a customer: their new customers are unknown`]),
  ];
}

/** What a person wrote must not stay on disk, not even for a moment. */
function hashed(customer: string): string {
  return createHash("sha256").update(customer).digest("base64url");
}

function twoCurrencies(one: string, other: string) {
  return {
    code: "import.twoCurrencies",
    path: "",
    found: `an order in ${other} after orders in ${one}`,
    allowed: "orders in one currency",
    fix: "choose one with --currency, and import the others into a folder of their own",
  };
}

function complainOfSecond(what: string, at: Place, first: Place | undefined, complaints: Complaints): void {
  complaints.add(at, {
    code: "import.duplicateRow",
    path: "",
    found: `${what} a second time`,
    allowed: `each once; it stands in ${first === undefined ? "the files" : placeText(first)} already`,
    fix: "give each file once, and files that share no rows",
  });
}
