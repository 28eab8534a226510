/**
 * How much of each day's spend or clicks the conversions that are there by now can be held against. Recent days have not
 * shown all they brought, so a plain figure looks worse than it is.
 */
import type { CountedOn } from "../../domain/snapshot.ts";

/** Days from whose mean the pace before the covered days is taken: a whole week, so that no weekday weighs twice. */
const PACE_DAYS = 7;

/** Share of a day's conversions that has arrived `ageDays` later; beyond the curve all of them. */
export function maturityAt(curve: readonly number[], ageDays: number): number {
  return curve[ageDays] ?? 1;
}

/**
 * The settled part of `daily`, day by day, oldest first, not rounded. `ageOfFirst` is the age in days of the first one.
 *
 * By click a conversion belongs to the day of its click, so a day counts at the share that has arrived by its age. By
 * conversion it belongs to its own day, so a day's conversions come from that day and the ones before it: each brings the
 * share that arrives at just that distance, and what is beyond the curve arrives at its end. Steady spend then settles
 * whole, a raise not yet, and after a cut more than is spent. What was spent before the covered days is not known; the first
 * week's mean stands for it, which only the last steps of the curve reach.
 */
export function settledOf(
  daily: Float64Array,
  curve: readonly number[],
  countedOn: CountedOn,
  ageOfFirst: number,
): Float64Array {
  if (countedOn === "click") {
    return daily.map((amount, index) => amount * maturityAt(curve, ageOfFirst - index));
  }
  const before = meanOf(daily.subarray(0, PACE_DAYS));
  const steps = stepsOf(curve);
  const settled = new Float64Array(daily.length);
  for (let day = 0; day < daily.length; day++) {
    let sum = 0;
    for (let lag = 0; lag < steps.length; lag++) {
      sum += (steps[lag] as number) * (lag > day ? before : (daily[day - lag] as number));
    }
    settled[day] = sum;
  }
  return settled;
}

/** Share of a day's conversions that arrives on each day after it; they add up to 1. */
function stepsOf(curve: readonly number[]): number[] {
  return [...curve, 1].map((share, age) => share - (age === 0 ? 0 : maturityAt(curve, age - 1)));
}

function meanOf(days: Float64Array): number {
  return days.length === 0 ? 0 : days.reduce((sum, day) => sum + day, 0) / days.length;
}
