/** Orders that both platforms claim: somebody saw an ad on Meta, then searched for the shop and bought. */
import type { Audience } from "../model.ts";
import type { Conversion } from "./conversions.ts";
import { drawsOf } from "./random.ts";
import { moneyAt, type Unit } from "./units.ts";

/** Of the orders that Meta's ads caused, what some Google ad claims as well. */
const CLAIMED_SHARE = 0.12;
/** Who was clicked last before such an order. */
const CLAIM_WEIGHTS: Partial<Record<Audience, number>> = { brandSearch: 5, shopping: 1 };

/**
 * The claims on one day's orders by the unit that makes them. Each is on the same order, and Google's click was on that day.
 * Only who delivers at the moment of the order can claim it.
 */
export function claimsOfOthers(
  seed: number,
  units: readonly Unit[],
  caused: readonly Conversion[],
): ReadonlyMap<string, readonly Conversion[]> {
  const claimants = units.filter(
    ({ platform, response }) => platform === "google" && CLAIM_WEIGHTS[response.audience] !== undefined,
  );
  const claims = new Map<string, Conversion[]>();
  for (const order of caused) {
    const draw = drawsOf(seed, `shared/${order.orderId}`);
    if (draw() >= CLAIMED_SHARE) continue;
    const claimant = claimantOf(claimants, order, draw());
    if (claimant === undefined) continue;
    const list = claims.get(claimant.id) ?? [];
    claims.set(claimant.id, [...list, { ...order, caused: false }]);
  }
  return claims;
}

function claimantOf(claimants: readonly Unit[], { arrivesAtMs }: Conversion, u: number): Unit | undefined {
  const delivering = claimants.filter((unit) => moneyAt(unit, arrivesAtMs) > 0);
  let left = u * delivering.reduce((sum, unit) => sum + weightOf(unit), 0);
  return delivering.find((unit) => {
    left -= weightOf(unit);
    return left < 0;
  });
}

function weightOf({ response }: Unit): number {
  return CLAIM_WEIGHTS[response.audience] ?? 0;
}
