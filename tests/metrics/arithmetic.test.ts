import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalRatio, integerRatio, sixDecimals } from "../../lib/metrics/arithmetic.ts";

describe("lib/metrics/arithmetic", () => {
  it.each([
    [100, 3, 1, 33],
    [5, 2, 1, 3],
    [-5, 2, 1, -3],
    [1, 3, 1000, 333],
    [9_007_199_254_740_991, 9_007_199_254_740_991, 1000, 1000],
    [0, 7, 1, 0],
  ])("%d / %d x %d is %d", (numerator, denominator, factor, expected) => {
    expect(integerRatio(numerator, denominator, factor)).toBe(expected);
  });

  it("rounds decimals once, to six places", () => {
    expect(decimalRatio(1, 3)).toBe(0.333333);
    expect(decimalRatio(2, 3)).toBe(0.666667);
    expect(decimalRatio(-1, 3, 100)).toBe(-33.333333);
    expect(decimalRatio(7_000_000_000, 1_750_000_000)).toBe(4);
  });

  it("never loses an exact quotient", () => {
    const count = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(count, count, (quotient, denominator) => {
        expect(integerRatio(quotient * denominator, denominator)).toBe(quotient);
      }),
    );
  });

  it("says what BigInt says, wherever the figures lie", () => {
    const size = fc.oneof(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      fc.maxSafeInteger().map(Math.abs),
      fc.constantFrom(2 ** 52, 2 ** 52 + 1, 2 ** 53 - 1, 450_359_962_737, 450_359_962_738),
    );
    const sign = fc.constantFrom(-1, 1);
    const numerators = fc.oneof(fc.constant(0), size);
    const factors = fc.constantFrom(1, 7, 1000, 1_000_000, 100_000_000, 1_000_000_007);
    fc.assert(
      fc.property(
        numerators,
        sign,
        size,
        factors,
        fc.integer({ min: 0, max: 3 }),
        (top, way, below, by, half) => {
          // Ends in half a unit as often as not, where rounding is decided.
          const denominator = Math.max(1, below);
          const numerator = half === 0 ? way * Math.floor(denominator / 2) : way * top;
          const [dividend, divisor] = [BigInt(numerator) * BigInt(by) * 2n, BigInt(denominator)];
          const size = dividend < 0n ? -dividend : dividend;
          const rounded = Number((size + divisor) / (2n * divisor));
          expect(integerRatio(numerator, denominator, by)).toBe(
            numerator < 0 && rounded > 0 ? -rounded : rounded,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("rounds a statistic to six decimals", () => {
    expect(sixDecimals(0.78137738584)).toBe(0.781377);
    expect(sixDecimals(-2.6457513110645907)).toBe(-2.645751);
  });
});
