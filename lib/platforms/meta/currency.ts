/**
 * Meta's own table of minor units, which is not ISO 4217: budgets are integers in hundredths for most currencies and in whole
 * units for a few. Taking a forint budget for hundredths would be wrong by a factor of 100, so an unlisted currency is refused.
 * Source: Meta Marketing API, Currencies.
 */
import { floorToUnit, MICROS_PER_UNIT } from "../../domain/money.ts";
import { failureOf, platformError } from "./errors.ts";

const WHOLE_UNITS = ["CLP", "COP", "CRC", "HUF", "IDR", "ISK", "JPY", "KRW", "PYG", "TWD", "VND"];

const HUNDREDTHS =
  `AED ARS AUD BDT BGN BHD BOB BRL CAD CHF CNY CZK DKK DZD EGP EUR GBP GTQ HKD HNL ILS INR JOD KES LKR MOP MXN MYR NGN NIO NOK
   NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY UAH USD UYU ZAR`.split(/\s+/);

const OFFSETS: ReadonlyMap<string, bigint> = new Map([
  ...WHOLE_UNITS.map((code) => [code, 1n] as const),
  ...HUNDREDTHS.map((code) => [code, 100n] as const),
]);

/** Micros in one minor unit of a budget. @throws PlatformError `invalid` for a currency that is not listed. */
export function budgetUnitMicros(currency: string): bigint {
  const offset = OFFSETS.get(currency);
  if (offset !== undefined) return MICROS_PER_UNIT / offset;
  throw platformError(
    failureOf(
      "invalid",
      `the minor unit of the currency "${currency}" is not known, so its budgets cannot be read`,
    ),
  );
}

/** A budget as Meta writes it, in minor units, to micros. */
export function microsFromMinor(minorUnits: bigint, currency: string): bigint {
  return minorUnits * budgetUnitMicros(currency);
}

/**
 * Micros to the integer that Meta takes; null for what may not be sent: not positive, not whole minor units, above 2^53.
 * Amounts are never rounded here: the plan has already floored them to the account's unit.
 */
export function minorFromMicros(micros: bigint, currency: string): number | null {
  const unitMicros = budgetUnitMicros(currency);
  if (micros <= 0n || floorToUnit(micros, unitMicros) !== micros) return null;
  const minorUnits = Number(micros / unitMicros);
  return Number.isSafeInteger(minorUnits) ? minorUnits : null;
}
