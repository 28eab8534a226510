import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  floorToUnit,
  majorFromMicros,
  microsFromMajor,
  percentOf,
  safeMicros,
} from "../../lib/domain/money.ts";

describe("lib/domain/money", () => {
  it.each([
    ["25", 25_000_000n],
    ["3.5", 3_500_000n],
    ["-3.50", -3_500_000n],
    ["0.0000014", 1n],
    ["0.0000015", 2n],
    ["-0.0000015", -2n],
    ["0.1", 100_000n],
    ["9007199254740993", 9_007_199_254_740_993_000_000n],
    [19.99, 19_990_000n],
    [0, 0n],
    [1e-7, 0n],
  ])("reads %s as %s micros", (amount, micros) => {
    expect(microsFromMajor(amount)).toBe(micros);
  });

  it.each(["", "1,5", "1.000,00", "12 EUR", "1e9", "NaN", "Infinity", "+5", "１００", "0x10", "--1", "."])(
    "refuses %j",
    (amount) => {
      expect(() => microsFromMajor(amount)).toThrow(/is not a plain decimal amount/);
    },
  );

  it("refuses numbers that are none", () => {
    for (const amount of [Number.NaN, Number.POSITIVE_INFINITY, 1e30]) {
      expect(() => microsFromMajor(amount)).toThrow(/is not a plain decimal amount/);
    }
  });

  it("round trips every amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (micros) => {
        expect(microsFromMajor(majorFromMicros(micros))).toBe(micros);
      }),
    );
  });

  it("refuses micros beyond 2^53 rather than rounding them", () => {
    expect(safeMicros(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991);
    expect(() => safeMicros(9_007_199_254_740_992n)).toThrow(/beyond the exact range/);
  });

  it("takes percentages exactly and floors them", () => {
    expect(percentOf(60_000_000n, 120)).toBe(72_000_000n);
    expect(percentOf(33_333_333n, 110)).toBe(36_666_666n);
    expect(percentOf(200_000_000n, 110)).toBe(220_000_000n);
    expect(percentOf(1_000_000n, 12.5)).toBe(125_000n);
  });

  it("floors to the unit below, also under zero", () => {
    expect(floorToUnit(66_629_999n, 10_000n)).toBe(66_620_000n);
    expect(floorToUnit(66_630_000n, 10_000n)).toBe(66_630_000n);
    expect(floorToUnit(-1n, 10_000n)).toBe(-10_000n);
  });
});
