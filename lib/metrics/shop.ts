/** Sums of the shop's figures over a window: all of its days or none. */
import { type Day, eachDay } from "../domain/day.ts";
import { DomainError } from "../domain/errors.ts";
import { safeMicros } from "../domain/money.ts";
import type { ShopDay, ShopSnapshot } from "../domain/snapshot.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData } from "./outcome.ts";
import type { WindowDays } from "./window.ts";

export type ShopFigure = "revenue" | "orders" | "newCustomers" | "sessions";

/** `value` is micros for revenue, a count for the others. */
export interface ShopTotal {
  kind: "shop";
  value: number;
  source: string;
}

export interface ShopSource {
  /** @throws DomainError `metrics.unsafeSum` when a sum leaves the exact range of numbers. */
  total(figure: ShopFigure, window: WindowDays): ShopTotal | NoData;
}

export function shopSource(shop: ShopSnapshot | null): ShopSource {
  const byDay = new Map(shop?.days.map((day) => [day.day, day]));
  return {
    total: (figure, window) =>
      shop === null
        ? noData(metricMessage("noData.noShop", {}))
        : totalOf(shop.source, byDay, figure, window),
  };
}

function totalOf(
  source: string,
  byDay: ReadonlyMap<Day, ShopDay>,
  figure: ShopFigure,
  window: WindowDays,
): ShopTotal | NoData {
  const days = eachDay(window.from, window.to);
  const missing = days.filter((day) => !byDay.has(day));
  const [firstMissing] = missing;
  if (firstMissing !== undefined) {
    return noData(metricMessage("noData.noShopDays", { missing: missing.length, firstMissing }));
  }
  let sum = 0;
  for (const day of days) {
    const value = figureOf(byDay.get(day), figure);
    if (value === null) return noData(metricMessage("noData.shopFigureMissing", { figure, day }));
    sum += value;
  }
  if (!Number.isSafeInteger(sum)) {
    throw new DomainError(
      "metrics.unsafeSum",
      `${figure}: ${sum} is not an integer that numbers hold exactly (2^53)`,
    );
  }
  return { kind: "shop", value: sum, source };
}

function figureOf(day: ShopDay | undefined, figure: ShopFigure): number | null {
  if (day === undefined) return null;
  return figure === "revenue" ? safeMicros(day.revenueMicros) : day[figure];
}
