/** The shop's own figures: orders on the day they were made, whoever caused them, each once. */
import { addDays, type Day, eachDay, localDay, weekdayOf } from "../../domain/day.ts";
import { type Conversion, orderCents } from "../market/conversions.ts";
import { conversionsOn, deliveryOf, type Market, marketOf } from "../market/delivery.ts";
import { drawsOf, noiseFactor, poissonQuantile } from "../market/random.ts";
import type { Platform, World } from "../model.ts";

/** Revenue net of VAT, discounts and refunds. */
interface ShopFigures {
  day: Day;
  revenueCents: number;
  orders: number;
  newCustomers: number;
  sessions: number;
  /** What the shop itself credits to each platform: the visits that ended in an order came from there. */
  revenueCentsFrom: Record<Platform, number>;
}

/** An order that an ad caused, as the platform of that ad saw it. */
interface CausedOrder extends Conversion {
  source: Platform;
}

/** The first days of the history lack the orders that clicks before it would have brought, so the shop's books open later. */
const BOOKS_OPEN_AFTER_DAYS = 14;

/** Orders a day that no ad caused: friends, mail, people who know the shop. */
const OWN_ORDERS = 28.5;
const OWN_SESSIONS = 1900;
const OWN_NEW_CUSTOMER_SHARE = 0.45;
const OWN_BY_WEEKDAY = [1.05, 0.97, 0.95, 0.96, 0.95, 1, 1.12] as const;
/** Share of link clicks that become a session: some readers leave before the page has loaded. */
const LANDED_SHARE = 0.82;

/** The last complete day by the world's clock. */
export function yesterdayOf(world: World): Day {
  return addDays(localDay(world.clockMs, world.zone), -1);
}

/** Every complete day up to yesterday by the world's clock, ascending. */
export function shopFigures(world: World): ShopFigures[] {
  const market = marketOf(world);
  return eachDay(addDays(world.historyFrom, BOOKS_OPEN_AFTER_DAYS), yesterdayOf(world)).map((day) =>
    dayFigures(market, day),
  );
}

function dayFigures(market: Market, day: Day): ShopFigures {
  const own = ownTrade(market.world, day);
  const caused = causedOrdersOn(market, day);
  const clicks = [...market.units.keys()].map((id) => landed(deliveryOf(market, id, day).linkClicks));
  return {
    day,
    revenueCents: own.revenueCents + centsOf(caused),
    orders: own.orders + caused.length,
    newCustomers: own.newCustomers + caused.filter((order) => order.newCustomer).length,
    sessions: own.sessions + clicks.reduce((sum, one) => sum + one, 0),
    revenueCentsFrom: {
      meta: centsOf(caused.filter(({ source }) => source === "meta")),
      google: centsOf(caused.filter(({ source }) => source === "google")),
    },
  };
}

/** One per order, at the unit that caused it, however many claim it. */
export function causedOrdersOn(market: Market, day: Day): CausedOrder[] {
  return [...market.units.values()].flatMap(({ id, platform }) =>
    conversionsOn(market, id, day)
      .filter((conversion) => conversion.caused)
      .map((conversion) => ({ ...conversion, source: platform })),
  );
}

function centsOf(orders: readonly Conversion[]): number {
  return orders.reduce((sum, order) => sum + order.valueCents, 0);
}

function ownTrade(
  world: World,
  day: Day,
): Pick<ShopFigures, "revenueCents" | "orders" | "newCustomers" | "sessions"> {
  const draw = drawsOf(world.seed, `shop/${day}`);
  const season = OWN_BY_WEEKDAY[weekdayOf(day) - 1] ?? 1;
  const orders = poissonQuantile(draw(), OWN_ORDERS * season);
  const sessions = Math.round(OWN_SESSIONS * season * noiseFactor(draw, 0.04));
  let revenueCents = 0;
  let newCustomers = 0;
  for (let order = 0; order < orders; order += 1) {
    revenueCents += orderCents(world, draw);
    if (draw() < OWN_NEW_CUSTOMER_SHARE) newCustomers += 1;
  }
  return { revenueCents, orders, newCustomers, sessions };
}

function landed(linkClicks: number): number {
  return Math.floor(linkClicks * LANDED_SHARE);
}
