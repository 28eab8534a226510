/**
 * The statistics behind "stable results". Days are the days of a window that delivered, oldest first; `spend` is exposure
 * in any one unit, discounted by the share of its conversions that has arrived, and target CPAs are in the same unit.
 */

export interface DayCount {
  spend: number;
  conversions: number;
}

/** Days that delivered, below which neither dispersion nor halves say anything. */
export const MIN_STABLE_DAYS = 7;
/** Conversions below which "no significant change" only means "too few to see one". */
export const MIN_STABLE_CONVERSIONS = 10;
export const MAX_PHI = 2.5;
/** Two-sided 90 %. */
export const MAX_Z_SPLIT = 1.64;
/** "CPA is fine" means at most 1.25 times the target. */
const CPA_TOLERANCE = 1.25;
/** The standard normal value that a fifth lies below. */
export const Z_80 = -0.8416;
/** (1 - 1/1.5) / ln 1.5: the reference value of a Poisson CUSUM for a CPA that becomes 1.5 times worse. */
const CUSUM_SLOPE = 0.822;

/**
 * Over-dispersion of daily conversions against what each day's spend explains: 1 for Poisson noise and never below.
 * Counts are divided by it before they are trusted.
 */
export function phi(days: readonly DayCount[]): number {
  const { spend, conversions } = sums(days);
  if (conversions <= 0 || days.length < 2) return 1;
  let squares = 0;
  for (const day of days) {
    const expected = (day.spend * conversions) / spend;
    squares += (day.conversions - expected) ** 2 / expected;
  }
  return Math.max(1, squares / (days.length - 1));
}

/**
 * Does the later half convert like the earlier one? Standardised difference, negative when the later half is worse; the
 * middle day of an odd number belongs to the later half. 0 without conversions.
 */
export function zSplit(days: readonly DayCount[], dispersion: number): number {
  const all = sums(days);
  const later = sums(days, Math.floor(days.length / 2));
  const share = later.spend / all.spend;
  const variance = all.conversions * share * (1 - share) * dispersion;
  return variance <= 0 ? 0 : (later.conversions - all.conversions * share) / Math.sqrt(variance);
}

/** Highest point of the Poisson CUSUM for a CPA 1.5 times worse than `baseCpa`, in conversions missing. */
export function cusum(days: readonly DayCount[], baseCpa: number): number {
  let level = 0;
  let highest = 0;
  for (const day of days) {
    level = Math.max(0, level + (CUSUM_SLOPE * day.spend) / baseCpa - day.conversions);
    highest = Math.max(highest, level);
  }
  return highest;
}

/** Where the CUSUM raises an alarm: 6 up to one conversion a day, 8 at 3, 10 from 10 on, straight lines between. */
export function cusumLimit(conversionsPerDay: number): number {
  if (conversionsPerDay <= 1) return 6;
  if (conversionsPerDay <= 3) return 6 + (conversionsPerDay - 1);
  return Math.min(10, 8 + ((conversionsPerDay - 3) * 2) / 7);
}

export interface CpaEvidence {
  spend: number;
  conversions: number;
  targetCpa: number;
  phi: number;
}

/**
 * P(true CPA <= `multiple` x target), 0 to 1: Gamma posterior of the conversion rate after one pseudo-conversion at target, by
 * the Wilson-Hilferty approximation (error under 1 % from two conversions on).
 */
export function cpaWithinProbability(evidence: CpaEvidence, multiple: number): number {
  const a = evidence.conversions / evidence.phi + 1;
  const exposure = evidence.spend / evidence.phi + evidence.targetCpa;
  const ratio = exposure / (multiple * evidence.targetCpa) / a;
  return 1 - normalCdf(3 * Math.sqrt(a) * (Math.cbrt(ratio) - 1 + 1 / (9 * a)));
}

export function cpaOkProbability(evidence: CpaEvidence): number {
  return cpaWithinProbability(evidence, CPA_TOLERANCE);
}

/** What the true CPA stays under, by the same posterior, with the probability that -`z` is the normal quantile of. */
export function cpaUpper(evidence: CpaEvidence, z: number): number {
  const a = evidence.conversions / evidence.phi + 1;
  const exposure = evidence.spend / evidence.phi + evidence.targetCpa;
  return exposure / (a * (1 - 1 / (9 * a) + z / (3 * Math.sqrt(a))) ** 3);
}

/** Standard normal distribution function by its Taylor series about 0; beyond 8 the rest is below 1e-15. */
export function normalCdf(z: number): number {
  if (Math.abs(z) > 8) return z > 0 ? 1 : 0;
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

function sums(days: readonly DayCount[], from = 0): DayCount {
  let [spend, conversions] = [0, 0];
  for (let at = from; at < days.length; at++) {
    spend += days[at]?.spend ?? 0;
    conversions += days[at]?.conversions ?? 0;
  }
  return { spend, conversions };
}
