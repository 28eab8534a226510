/** How many people saw a unit's ads over some days: audiences are finite, so the more is shown the more often the same ones see it. */
import type { Day } from "../../domain/day.ts";
import type { Audience } from "../model.ts";
import { deliveryOf, type Market } from "./delivery.ts";
import { drawsOf, noiseFactor } from "./random.ts";
import type { Unit } from "./units.ts";

/** People that a unit can reach at all. */
const AUDIENCE_SIZE: Record<Audience, number> = {
  awareness: 900_000,
  prospecting: 400_000,
  retargeting: 25_000,
  leftovers: 150_000,
  search: 60_000,
  brandSearch: 12_000,
  shopping: 90_000,
};
/** Of the people of the smaller units, those that the largest has not reached as well. */
const APART_SHARE = 0.6;

/** Never above the impressions, nor below what one of the units or a part of the days reaches. */
export function reachOf(market: Market, unitIds: readonly string[], days: readonly Day[]): number {
  const reached = unitIds.map((id) => reachedBy(market, id, days));
  const largest = Math.max(0, ...reached);
  const all = reached.reduce((sum, one) => sum + one, 0);
  return Math.floor(largest + APART_SHARE * (all - largest));
}

function reachedBy(market: Market, unitId: string, days: readonly Day[]): number {
  const unit = market.units.get(unitId);
  if (unit === undefined) return 0;
  const impressions = days.reduce((sum, day) => sum + deliveryOf(market, unitId, day).impressions, 0);
  const size = sizeOf(market, unit);
  return size * (1 - Math.exp(-impressions / size));
}

function sizeOf({ world }: Market, { name, response }: Unit): number {
  return AUDIENCE_SIZE[response.audience] * noiseFactor(drawsOf(world.seed, `people/${name}`), 0.2);
}
