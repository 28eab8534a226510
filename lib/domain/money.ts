/**
 * Money is integer micros (millionths of the currency's major unit) as `bigint`. Rule files and exports carry major
 * units; these two conversions are the only ones.
 */
import { z } from "zod";
import { DomainError } from "./errors.ts";

export const MICROS_PER_UNIT = 1_000_000n;

/** ISO 4217 for no currency, an X three times: that of amounts of which nobody says in what they are. */
export const NO_CURRENCY = "X".repeat(3);

/** Micros as stored in JSON: a decimal string, because JSON numbers lose integers above 2^53. */
export const microsSchema = z
  .string()
  .regex(/^-?\d{1,30}$/)
  .transform((text) => BigInt(text));

/**
 * Parses a plain decimal amount in major units ("25", "-3.5", "0.0000014") to micros, rounded once, half away from zero.
 * @throws DomainError `money.malformed` on anything else (signs, exponents, separators, NaN).
 */
export function microsFromMajor(amount: string | number): bigint {
  const match = /^(-?)(\d{1,24})(?:\.(\d{1,24}))?$/.exec(plainDecimal(amount));
  if (match === null) {
    throw new DomainError("money.malformed", `"${amount}" is not a plain decimal amount such as 25 or 3.50`);
  }
  const [, sign = "", whole = "0", fraction = ""] = match;
  const rounding = Number(fraction[6] ?? "0") >= 5 ? 1n : 0n;
  const micros = BigInt(whole + fraction.slice(0, 6).padEnd(6, "0")) + rounding;
  return sign === "-" ? -micros : micros;
}

/** Micros to a decimal string in major units without trailing zeros: 3500000n is "3.5". */
export function majorFromMicros(micros: bigint): string {
  const magnitude = micros < 0n ? -micros : micros;
  const fraction = String(magnitude % MICROS_PER_UNIT)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${micros < 0n ? "-" : ""}${magnitude / MICROS_PER_UNIT}${fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * Micros as the safe-integer number that metrics compute with.
 * @throws DomainError `money.unsafe` above 2^53: refused rather than rounded.
 */
export function safeMicros(micros: bigint): number {
  const value = Number(micros);
  if (!Number.isSafeInteger(value)) {
    throw new DomainError("money.unsafe", `${micros} micros is beyond the exact range of a number (2^53)`);
  }
  return value;
}

/** Largest multiple of `unitMicros` not above `micros`: a raise is never rounded up across a limit. */
export function floorToUnit(micros: bigint, unitMicros: bigint): bigint {
  const rest = micros % unitMicros;
  return micros - (rest < 0n ? rest + unitMicros : rest);
}

/** `micros` times `percent` / 100, floored; `percent` is taken to three decimals. */
export function percentOf(micros: bigint, percent: number): bigint {
  const product = micros * BigInt(Math.round(percent * 1000));
  return floorToUnit(product, 100_000n) / 100_000n;
}

/** Numbers print as exponents below 1e-6 and above 1e21; both are outside what an amount may be. */
function plainDecimal(amount: string | number): string {
  if (typeof amount === "string") return amount.trim();
  return Math.abs(amount) >= 1e-6 && Math.abs(amount) < 1e21
    ? String(amount)
    : amount === 0
      ? "0"
      : amount.toFixed(12);
}
