/** The shop's own figures: orders on the day they were made, whoever caused them. */
import { addDays, type Day, eachDay, localDay, weekdayOf } from "../../domain/day.ts";
import { orderCents } from "../market/conversions.ts";
import { deliveryOf, marketOf } from "../market/delivery.ts";
import { drawsOf, noiseFactor, poissonQuantile } from "../market/random.ts";
import type { World } from "../model.ts";

/** Revenue net of VAT, discounts and refunds. */
interface ShopFigures {
  day: Day;
  revenueCents: number;
  orders: number;
  newCustomers: number;
  sessions: number;
}

/** The first days of the history lack the orders that clicks before it would have brought, so the shop's books open later. */
const BOOKS_OPEN_AFTER_DAYS = 14;

/** Orders a day that no ad caused: search, mail, friends. */
const OWN_ORDERS = 20;
const OWN_SESSIONS = 1900;
const OWN_NEW_CUSTOMER_SHARE = 0.45;
const OWN_BY_WEEKDAY = [1.05, 0.97, 0.95, 0.96, 0.95, 1, 1.12] as const;
/** Share of link clicks that become a session: some readers leave before the page has loaded. */
const LANDED_SHARE = 0.82;

/** The last complete day by the world's clock. */
export function yesterdayOf(world: World): Day {
  return addDays(localDay(world.clockMs, world.account.zone), -1);
}

/** Every complete day up to yesterday by the world's clock, ascending. */
export function shopFigures(world: World): ShopFigures[] {
  const yesterday = yesterdayOf(world);
  const market = marketOf(world);
  const books = new Map(
    eachDay(addDays(world.historyFrom, BOOKS_OPEN_AFTER_DAYS), yesterday).map((day) => [
      day,
      ownTrade(world, day),
    ]),
  );
  for (const clickDay of eachDay(world.historyFrom, yesterday)) {
    const deliveries = world.adSets.map((adSet) => deliveryOf(market, adSet, clickDay));
    const visited = books.get(clickDay);
    if (visited !== undefined)
      visited.sessions += deliveries.reduce((sum, one) => sum + landed(one.linkClicks), 0);
    for (const conversion of deliveries.flatMap((delivery) => delivery.conversions)) {
      const book = conversion.real
        ? books.get(localDay(conversion.arrivesAtMs, world.account.zone))
        : undefined;
      if (book === undefined) continue;
      book.revenueCents += conversion.valueCents;
      book.orders += 1;
      if (conversion.newCustomer) book.newCustomers += 1;
    }
  }
  return [...books.values()];
}

function ownTrade(world: World, day: Day): ShopFigures {
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
  return { day, revenueCents, orders, newCustomers, sessions };
}

function landed(linkClicks: number): number {
  return Math.floor(linkClicks * LANDED_SHARE);
}
