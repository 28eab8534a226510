/** Decimal numbers held exactly, so that what a row adds up or multiplies is rounded once. */
import { type DecimalMark, plainNumber } from "../cells.ts";

/** Digits behind the point; programs print at most 17. */
const DIGITS = 24;
const ONE = 10n ** BigInt(DIGITS);
const MICRO = ONE / 1_000_000n;

/** In steps of 10^-24. */
export type Exact = bigint;

/** Null when it is no number. Programs write large numbers with an exponent: 1.19e+07. */
export function exactOf(text: string, mark: DecimalMark): Exact | null {
  const [, mantissa = "", exponent = "0"] = /^(.*?)(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? [];
  const [whole = "", fraction = ""] = plainNumber(mantissa, mark)?.split(".") ?? [];
  if (whole === "") return null;
  const places = DIGITS - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? digits * 10n ** BigInt(places) : digits / 10n ** BigInt(-places);
}

export function times(one: Exact, other: Exact): Exact {
  return (one * other) / ONE;
}

/** Rounded half away from zero. */
export function exactMicros(value: Exact): bigint {
  return rounded(value, MICRO);
}

export function isWhole(value: Exact): boolean {
  return value % ONE === 0n;
}

/** The nearest whole number. */
export function exactWhole(value: Exact): number {
  return Number(rounded(value, ONE));
}

/** `value` / `divisor`, rounded half away from zero; the divisor is above 0. */
export function rounded(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (value < 0n ? value - half : value + half) / divisor;
}
