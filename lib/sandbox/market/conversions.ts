/** Claimed conversions of one unit and day: when each arrives, what it is worth, and what of it the shop really earned. */
import type { Day } from "../../domain/day.ts";
import type { Audience, Platform, World } from "../model.ts";
import { type Draw, noiseFactor } from "./random.ts";
import type { Unit } from "./units.ts";

/** Which of Meta's attribution windows claims a conversion; each conversion belongs to one. */
export type Claim = "click1d" | "click7d" | "click28d" | "view1d" | "engaged1d";

export interface Conversion {
  /** When it was bought, and so when the platform first counts it. */
  arrivesAtMs: number;
  valueCents: number;
  /** Means something on Meta only. */
  claim: Claim;
  /** Seen by the browser pixel as well as by the shop's server. Means something on Meta only. */
  pixel: boolean;
  /** The ad caused an order in the shop. The others would have come anyway, or another platform's ad caused them. */
  caused: boolean;
  /** The order that this ad or another platform's caused; null for one that would have come anyway or was never made. */
  orderId: string | null;
  newCustomer: boolean;
}

const MS_PER_DAY = 86_400_000;

/** Share of a day's conversions that has arrived 0, 1, 2 ... days after the day began; in between it grows evenly. */
const ARRIVED_BY_AGE = [0, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99, 1] as const;

/** No conversion comes later than this after the day of its click. */
export const LONGEST_LAG_DAYS = ARRIVED_BY_AGE.length - 1;

/** Of all claims, what Meta's default attribution (7 days after a click, 1 day after a view) counts: see `claimOf`. */
const DEFAULT_ATTRIBUTION_SHARE = 0.92;
/**
 * Share of a unit's own claims that are orders which it caused. With the shop's own demand and the orders that both platforms
 * claim, they claim far more than the shop earned; whoever searches for the brand would mostly have come anyway.
 */
const CAUSED_SHARE: Record<Audience, number> = {
  awareness: 0.535,
  prospecting: 0.535,
  retargeting: 0.535,
  leftovers: 0.535,
  search: 0.6,
  brandSearch: 0.2,
  shopping: 0.6,
};
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
  search: 0.75,
  brandSearch: 0.3,
  shopping: 0.7,
};

interface Clicked {
  unit: Unit;
  day: Day;
  count: number;
  /** When the day of the clicks began. */
  startMs: number;
}

/**
 * The conversions of a day's clicks that have arrived by the world's clock. The n-th draws the same numbers whatever
 * follows it, so more conversions never change earlier ones.
 */
export function conversionsOf(
  world: World,
  draw: Draw,
  { unit, day, count, startMs }: Clicked,
): Conversion[] {
  const { audience } = unit.response;
  const conversions = Array.from({ length: count }, (_, index) => {
    const ageDays = arrivalAgeDays(draw());
    const valueCents = orderCents(world, draw);
    const claim = claimOf(draw(), ageDays);
    const pixel = draw() < PIXEL_SHARE;
    const caused = draw() < CAUSED_SHARE[audience];
    return {
      arrivesAtMs: startMs + Math.round(ageDays * MS_PER_DAY),
      valueCents,
      claim,
      pixel,
      caused,
      orderId: caused ? `${unit.id}/${day}/${index + 1}` : null,
      newCustomer: draw() < NEW_CUSTOMER_SHARE[audience],
    };
  });
  return conversions.filter((conversion) => conversion.arrivesAtMs <= world.clockMs);
}

/** How many claims a market makes that the platform's default attribution counts so often: Meta's leaves some out. */
export function claimedCount(platform: Platform, counted: number): number {
  return platform === "meta" ? counted / DEFAULT_ATTRIBUTION_SHARE : counted;
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
