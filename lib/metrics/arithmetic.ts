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
  return exactRatio(BigInt(numerator) * BigInt(factor), BigInt(denominator));
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
