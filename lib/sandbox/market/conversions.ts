/** Claimed conversions of one ad set and day: when each arrives, what it is worth, and what of it the shop really earned. */
import type { Audience, World } from "../model.ts";
import { type Draw, noiseFactor } from "./random.ts";

/** Which attribution window claims a conversion; each conversion belongs to one. */
export type Claim = "click1d" | "click7d" | "click28d" | "view1d" | "engaged1d";

export interface Conversion {
  /** When it was bought, and so when the platform first counts it, on the day of its click. */
  arrivesAtMs: number;
  valueCents: number;
  claim: Claim;
  /** Seen by the browser pixel as well as by the shop's server. */
  pixel: boolean;
  /** The ad caused an order in the shop. The others would have come anyway or were never made. */
  real: boolean;
  newCustomer: boolean;
}

const MS_PER_DAY = 86_400_000;

/** Share of a day's conversions that has arrived 0, 1, 2 ... days after the day began; in between it grows evenly. */
const ARRIVED_BY_AGE = [0, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99, 1] as const;

/** Of all claims, what the default attribution (7 days after a click, 1 day after a view) counts: see `claimOf`. */
export const DEFAULT_ATTRIBUTION_SHARE = 0.92;
/** Share of claims that are orders caused by the ad; with the shop's own demand it makes the platform claim a quarter too much. */
const REAL_SHARE = 0.535;
/** The browser pixel misses a few that the server reports. */
const PIXEL_SHARE = 0.94;
const SMALLEST_ORDER_CENTS = 1900;
/** Spread of the logarithm of an order's value. */
const ORDER_SPREAD = 0.4;
const NEW_CUSTOMER_SHARE: Record<Audience, number> = {
  awareness: 0.9,
  prospecting: 0.82,
  retargeting: 0.35,
  leftovers: 0.6,
};

interface Clicked {
  count: number;
  audience: Audience;
  /** When the day of the clicks began. */
  startMs: number;
}

/**
 * The conversions of a day's clicks that have arrived by the world's clock. The n-th draws the same numbers whatever
 * follows it, so more conversions never change earlier ones.
 */
export function conversionsOf(world: World, draw: Draw, { count, audience, startMs }: Clicked): Conversion[] {
  const conversions = Array.from({ length: count }, () => {
    const ageDays = arrivalAgeDays(draw());
    return {
      arrivesAtMs: startMs + Math.round(ageDays * MS_PER_DAY),
      valueCents: orderCents(world, draw),
      claim: claimOf(draw(), ageDays),
      pixel: draw() < PIXEL_SHARE,
      real: draw() < REAL_SHARE,
      newCustomer: draw() < NEW_CUSTOMER_SHARE[audience],
    };
  });
  return conversions.filter((conversion) => conversion.arrivesAtMs <= world.clockMs);
}

/** The value of one order, net of VAT, discounts and refunds. */
export function orderCents(world: World, draw: Draw): number {
  return Math.max(SMALLEST_ORDER_CENTS, Math.round(world.meanOrderCents * noiseFactor(draw, ORDER_SPREAD)));
}

function arrivalAgeDays(u: number): number {
  const age = ARRIVED_BY_AGE.findIndex((share) => share > u);
  const before = ARRIVED_BY_AGE[age - 1] ?? 0;
  return age - 1 + (u - before) / ((ARRIVED_BY_AGE[age] ?? 1) - before);
}

function claimOf(u: number, ageDays: number): Claim {
  if (u < 0.05) return "click28d";
  if (u < 0.08) return "engaged1d";
  if (u < 0.2) return "view1d";
  return ageDays <= 1 ? "click1d" : "click7d";
}

/** What Meta's default attribution counts: 7 days after a click, 1 day after a view. */
export function isCountedByDefault({ claim }: Conversion): boolean {
  return claim === "click1d" || claim === "click7d" || claim === "view1d";
}
