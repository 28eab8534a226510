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
  /** Revenue that the shop puts down to `channel`; no data as soon as it does not on one day. Throws as `total` does. */
  ofSource(channel: string, window: WindowDays): ShopTotal | NoData;
}

/** The figure of one day, or why there is none. */
type Read = (day: ShopDay) => number | NoData;

export function shopSource(shop: ShopSnapshot | null): ShopSource {
  const byDay = new Map(shop?.days.map((day) => [day.day, day]));
  const sum = (window: WindowDays, name: string, read: Read): ShopTotal | NoData =>
    shop === null
      ? noData(metricMessage("noData.noShop", {}))
      : sumOf({ source: shop.source, byDay, window, name, read });
  return {
    total: (figure, window) => sum(window, figure, (day) => figureOf(day, figure)),
    ofSource: (channel, window) => sum(window, `revenue from ${channel}`, (day) => revenueFrom(day, channel)),
  };
}

interface Sum {
  source: string;
  byDay: ReadonlyMap<Day, ShopDay>;
  window: WindowDays;
  name: string;
  read: Read;
}

function sumOf({ source, byDay, window, name, read }: Sum): ShopTotal | NoData {
  const days = eachDay(window.from, window.to);
  const missing = days.filter((day) => !byDay.has(day));
  const [firstMissing] = missing;
  if (firstMissing !== undefined) {
    return noData(metricMessage("noData.noShopDays", { missing: missing.length, firstMissing }));
  }
  let sum = 0;
  for (const day of days.flatMap((one) => byDay.get(one) ?? [])) {
    const value = read(day);
    if (typeof value !== "number") return value;
    sum += value;
  }
  if (!Number.isSafeInteger(sum)) {
    throw new DomainError(
      "metrics.unsafeSum",
      `${name}: ${sum} is not an integer that numbers hold exactly (2^53)`,
    );
  }
  return { kind: "shop", value: sum, source };
}

function figureOf(day: ShopDay, figure: ShopFigure): number | NoData {
  const value = figure === "revenue" ? safeMicros(day.revenueMicros) : day[figure];
  return value ?? noData(metricMessage("noData.shopFigureMissing", { figure, day: day.day }));
}

function revenueFrom({ day, revenueBySource = {} }: ShopDay, channel: string): number | NoData {
  const micros = Object.hasOwn(revenueBySource, channel) ? revenueBySource[channel] : undefined;
  return micros === undefined
    ? noData(metricMessage("noData.sourceMissing", { channel, day }))
    : safeMicros(micros);
}
