import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budgetUnitMicros, microsFromMinor, minorFromMicros } from "../../../lib/platforms/meta/currency.ts";

const WHOLE = ["CLP", "COP", "CRC", "HUF", "ISK", "IDR", "JPY", "KRW", "PYG", "TWD", "VND"];
const HUNDREDTHS =
  "AED ARS AUD BDT BGN BHD BOB BRL CAD CHF CNY CZK DKK DZD EGP EUR GBP GTQ HKD HNL ILS INR JOD KES LKR MOP MXN MYR NGN NIO NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY UAH USD UYU ZAR".split(
    " ",
  );

describe("lib/platforms/meta/currency", () => {
  it.each(WHOLE)("reads a budget of 4200 in %s as 4200 whole units", (currency) => {
    expect(budgetUnitMicros(currency)).toBe(1_000_000n);
    expect(microsFromMinor(4200n, currency)).toBe(4_200_000_000n);
    expect(minorFromMicros(4_200_000_000n, currency)).toBe(4200);
  });

  it.each(HUNDREDTHS)(
    "reads a budget of 4200 in %s as 42.00, in Meta's hundredths and not ISO's",
    (currency) => {
      expect(budgetUnitMicros(currency)).toBe(10_000n);
      expect(microsFromMinor(4200n, currency)).toBe(42_000_000n);
      expect(minorFromMicros(42_000_000n, currency)).toBe(4200);
    },
  );

  it.each(["ZZZ", "eur", "", "BTC", "KWD"])(
    'refuses the currency "%s" that Meta does not list',
    (currency) => {
      expect(() => budgetUnitMicros(currency)).toThrow(
        `the minor unit of the currency "${currency}" is not known`,
      );
    },
  );

  it.each<[string, bigint, string]>([
    ["nothing", 0n, "EUR"],
    ["a negative amount", -10_000n, "EUR"],
    ["a part of a cent", 42_005_000n, "EUR"],
    ["a part of a forint", 42_500_000n, "HUF"],
    ["one micro too much", 42_000_001n, "EUR"],
    ["an amount above 2^53 cents", 90_071_992_547_409_920_000n, "EUR"],
  ])("has no integer to send for %s", (_, micros, currency) => {
    expect(minorFromMicros(micros, currency)).toBeNull();
  });

  it("sends the largest safe amount exactly", () => {
    expect(minorFromMicros(90_071_992_547_409_910_000n, "EUR")).toBe(9_007_199_254_740_991);
  });

  it("gives back every amount that it takes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 40 }),
        fc.constantFrom("EUR", "JPY", "BHD"),
        (minor, currency) => {
          expect(minorFromMicros(microsFromMinor(BigInt(minor), currency), currency)).toBe(minor);
        },
      ),
    );
  });
});
