/** Whether money that moved brought, or cost, as many conversions as it had to. */
import { sixDecimals } from "../metrics/arithmetic.ts";
import { type DayCount, phi } from "../metrics/statistics.ts";

/** Two-sided 90 %: chance alone gives either verdict less than once in twenty. */
const CHANCE_Z = 1.64;

export interface Weighed {
  verdict: "paid" | "cost" | "unclear";
  /** The money did not move the way of the change, so nothing can be laid at its door. */
  followed: boolean;
  /** After minus before, in the unit of the days' spend. */
  spend: number;
  conversions: number;
  /** Conversions that the money had to bring at the target; below 0 those that it may cost to save it. */
  needed: number;
  /** How far chance alone moves `conversions`. */
  chance: number;
  /** `spend` / `conversions`; null where they moved apart or not at all. */
  marginalCpa: number | null;
}

/**
 * With spend S and conversions N of each side, and the target T, the change had to bring needed = (S after - S before) / T
 * conversions, fewer than none for cuts and pauses. T has no tolerance: past it the next euro is a loss, however good the
 * average. gap = (N after - N before) - needed. Its spread is that of the difference of two over-dispersed Poisson counts, with
 * one conversion more on each side, so that none counted is no certainty: chance = 1.64 x sqrt(phi x (N before + 1) +
 * phi x (N after + 1)), phi being that of each side's own days.
 *
 * `paid` when gap >= chance, `cost` when gap <= -chance, else `unclear`, as it is where spend did not go the way of the change.
 */
export function weigh(
  before: readonly DayCount[],
  after: readonly DayCount[],
  targetCpa: number,
  wanted: "more" | "less",
): Weighed {
  const [was, is] = [sums(before), sums(after)];
  const spend = is.spend - was.spend;
  const conversions = sixDecimals(is.conversions - was.conversions);
  const needed = sixDecimals(spend / targetCpa);
  const variance = spread(before, was.conversions) + spread(after, is.conversions);
  const chance = sixDecimals(CHANCE_Z * Math.sqrt(variance));
  const followed = wanted === "more" ? spend > 0 : spend < 0;
  const apart = spend * conversions <= 0;
  return {
    ...{ verdict: followed ? verdictOf(conversions - needed, chance) : "unclear", followed },
    ...{ spend, conversions, needed, chance },
    marginalCpa: apart ? null : Math.round(spend / conversions),
  };
}

function verdictOf(gap: number, chance: number): Weighed["verdict"] {
  if (Math.abs(gap) < chance) return "unclear";
  return gap > 0 ? "paid" : "cost";
}

/** Corrections can take more conversions away than there were: that is no less uncertain than none. */
function spread(days: readonly DayCount[], conversions: number): number {
  return phi(days.filter(({ spend }) => spend > 0)) * (Math.max(0, conversions) + 1);
}

function sums(days: readonly DayCount[]): DayCount {
  return days.reduce(
    (sum, day) => ({ spend: sum.spend + day.spend, conversions: sum.conversions + day.conversions }),
    { spend: 0, conversions: 0 },
  );
}
