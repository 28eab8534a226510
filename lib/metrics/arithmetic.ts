/** Exact division of integers: a quotient that lies on a threshold is never missed by a rounding on the way. */
import { DomainError } from "../domain/errors.ts";

const MILLION = 1_000_000;

/** `numerator` / `denominator`, rounded once to an integer, half away from zero. */
export function exactRatio(numerator: bigint, denominator: bigint): number {
  const [size, divisor] = [magnitude(numerator), magnitude(denominator)];
  const rounded = (2n * size + divisor) / (2n * divisor);
  return Number(numerator < 0n !== denominator < 0n ? -rounded : rounded);
}

/** `numerator` x `factor` / `denominator`, rounded once to an integer, half away from zero. All are safe integers. */
export function integerRatio(numerator: number, denominator: number, factor = 1): number {
  const fast = smallRatio(Math.abs(numerator), Math.abs(denominator), factor);
  if (fast === null) return exactRatio(BigInt(numerator) * BigInt(factor), BigInt(denominator));
  return fast !== 0 && numerator < 0 !== denominator < 0 ? -fast : fast;
}

/** Up to here a product of two parts below stays exact as a number. */
const EXACT = 2 ** 52;
/** Long division takes the factor in two digits of this base, so that remainders stay small. */
const BASE = 10_000;

/** By long division in numbers, which are exact here and much faster than BigInt; null where they might not be. */
function smallRatio(numerator: number, denominator: number, factor: number): number | null {
  const first = factor > BASE ? BASE : factor;
  const second = factor / first;
  const isSmall = numerator <= EXACT && denominator > 0 && denominator * Math.max(first, second) <= EXACT;
  if (!isSmall || !Number.isInteger(second)) return null;
  if (!Number.isInteger(numerator) || !Number.isInteger(denominator)) return null;
  const whole = quotient(numerator, denominator);
  const high = (numerator - whole * denominator) * first;
  const middle = quotient(high, denominator);
  const low = (high - middle * denominator) * second;
  const last = quotient(low, denominator);
  const rest = low - last * denominator;
  const result = whole * factor + middle * second + last + (2 * rest >= denominator ? 1 : 0);
  return result <= EXACT ? result : null;
}

/** Whole part of a quotient; the division is rounded, which only ever lifts it to the next whole number. */
function quotient(dividend: number, divisor: number): number {
  const rounded = Math.floor(dividend / divisor);
  return rounded * divisor > dividend ? rounded - 1 : rounded;
}

/** The same rounded to six decimals. */
export function decimalRatio(numerator: number, denominator: number, factor = 1): number {
  return integerRatio(numerator, denominator, factor * MILLION) / MILLION;
}

/** @throws DomainError `metrics.unsafeSum` when a sum leaves the exact range of numbers; `name` says what was added. */
export function safeSum(name: string, ...parts: readonly number[]): number {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (Number.isSafeInteger(sum)) return sum;
  throw new DomainError(
    "metrics.unsafeSum",
    `${name}: ${sum} is not an integer that numbers hold exactly (2^53)`,
  );
}

/** A statistic rounded to six decimals, so that plans are equal wherever they are made. */
export function sixDecimals(value: number): number {
  return Math.round(value * MILLION) / MILLION;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
