/** Exact division of safe integers: a quotient that lies on a threshold is never missed by a rounding on the way. */

const MILLION = 1_000_000;

/** `numerator` x `factor` / `denominator`, rounded once to an integer, half away from zero. All are safe integers. */
export function integerRatio(numerator: number, denominator: number, factor = 1): number {
  const product = BigInt(numerator) * BigInt(factor) * 2n;
  const divisor = BigInt(denominator);
  const negative = product < 0n !== divisor < 0n;
  const rounded = (magnitude(product) + magnitude(divisor)) / (2n * magnitude(divisor));
  return Number(negative ? -rounded : rounded);
}

/** The same rounded to six decimals. */
export function decimalRatio(numerator: number, denominator: number, factor = 1): number {
  return integerRatio(numerator, denominator, factor * MILLION) / MILLION;
}

/** A statistic rounded to six decimals, so that plans are equal wherever they are made. */
export function sixDecimals(value: number): number {
  return Math.round(value * MILLION) / MILLION;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
