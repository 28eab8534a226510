import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpaOkProbability, cusum, cusumLimit, normalCdf, phi, zSplit } from "../../lib/metrics/statistics.ts";
import { repeat } from "../support/readings.ts";

const TARGET = 35;

describe("lib/metrics/statistics", () => {
  it.each([
    [0, 0.5],
    [1.2815515655446004, 0.9],
    [-1.2815515655446004, 0.1],
    [1.959963984540054, 0.975],
    [-3, 0.0013498980316301],
    [6, 0.9999999990134124],
    [-40, 0],
    [40, 1],
  ])("the normal distribution at %d is %d", (z, expected) => {
    expect(normalCdf(z)).toBeCloseTo(expected, 12);
  });

  it.each([
    [0.6, 3, 6],
    [0.8, 6, 12],
    [0.9, 9, 19],
    [1.0, 18, 38],
    [1.1, 49, 108],
  ])(
    "at a CPA of %d x target needs %d conversions for 0.8 and %d for 0.9",
    (ratio, forProposal, forApply) => {
      const probability = (conversions: number): number =>
        cpaOkProbability({ spend: ratio * TARGET * conversions, conversions, targetCpa: TARGET, phi: 1 });
      expect(probability(forProposal)).toBeGreaterThanOrEqual(0.8);
      expect(probability(forProposal - 1)).toBeLessThan(0.8);
      expect(probability(forApply)).toBeGreaterThanOrEqual(0.9);
      expect(probability(forApply - 1)).toBeLessThan(0.9);
    },
  );

  it("is the formula's value at target with 15 conversions, and believes half as much at phi 2", () => {
    const evidence = { spend: 525, conversions: 15, targetCpa: TARGET };
    expect(cpaOkProbability({ ...evidence, phi: 1 })).toBeCloseTo(0.781377386, 9);
    expect(cpaOkProbability({ ...evidence, phi: 2 })).toBeCloseTo(0.6958953, 7);
  });

  it("gives little chance to what spent three targets without a conversion", () => {
    const probability = cpaOkProbability({ spend: 105, conversions: 0, targetCpa: TARGET, phi: 1 });
    expect(probability).toBeCloseTo(0.0397006, 7);
  });

  it("falls with spend and rises with conversions, always between 0 and 1", () => {
    const spend = fc.double({ min: 0, max: 1e6, noNaN: true });
    const count = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(
        spend,
        spend,
        count,
        fc.double({ min: 1, max: 5, noNaN: true }),
        (less, more, conversions, scatter) => {
          const base = { spend: less, conversions, targetCpa: TARGET, phi: scatter };
          const probability = cpaOkProbability(base);
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
          expect(cpaOkProbability({ ...base, spend: less + more })).toBeLessThanOrEqual(probability + 1e-12);
          expect(cpaOkProbability({ ...base, conversions: conversions + 1 })).toBeGreaterThanOrEqual(
            probability - 1e-12,
          );
        },
      ),
    );
  });

  it("finds no over-dispersion where conversions follow spend", () => {
    const days = [1, 2, 3, 4, 3, 2, 1].map((factor) => ({ spend: 35 * factor, conversions: factor }));
    expect(phi(days)).toBe(1);
  });

  it("measures scatter beyond Poisson", () => {
    const days = repeat(7, [
      { spend: 35, conversions: 0 },
      { spend: 35, conversions: 6 },
    ]).flat();
    expect(phi(days)).toBeCloseTo(42 / 13, 12);
  });

  it("expects conversions in proportion to each day's spend", () => {
    const days = [
      { spend: 10, conversions: 4 },
      { spend: 30, conversions: 4 },
    ];
    // Expected 2 and 6: 4/2 + 4/6 over one degree of freedom.
    expect(phi(days)).toBeCloseTo(8 / 3, 12);
  });

  it("calls no conversions and a single day Poisson", () => {
    expect(phi(repeat(7, { spend: 35, conversions: 0 }))).toBe(1);
    expect(phi([{ spend: 35, conversions: 3 }])).toBe(1);
  });

  it("compares the halves by spend and divides by the scatter", () => {
    const days = [...repeat(7, { spend: 35, conversions: 3 }), ...repeat(7, { spend: 35, conversions: 1 })];
    expect(zSplit(days, 1)).toBeCloseTo(-7 / Math.sqrt(7), 12);
    expect(zSplit(days, 4)).toBeCloseTo(-3.5 / Math.sqrt(7), 12);
    expect(zSplit([...days].reverse(), 1)).toBeCloseTo(7 / Math.sqrt(7), 12);
  });

  it("finds no difference when the later half spends and converts twice as much", () => {
    const days = [...repeat(4, { spend: 35, conversions: 1 }), ...repeat(4, { spend: 70, conversions: 2 })];
    expect(zSplit(days, 1)).toBe(0);
  });

  it("puts the middle day into the later half", () => {
    const days = [2, 2, 2, 5, 2, 2, 2].map((conversions) => ({ spend: 10, conversions }));
    // N 17, later share 4/7 and count 11: (11 - 68/7) / sqrt(17 x 12/49).
    expect(zSplit(days, 1)).toBeCloseTo(9 / 7 / Math.sqrt(204 / 49), 12);
  });

  it("has no difference to show without conversions", () => {
    expect(zSplit(repeat(8, { spend: 10, conversions: 0 }), 1)).toBe(0);
  });

  it("accumulates missing conversions and forgets surpluses", () => {
    const days = [
      { spend: 70, conversions: 0 },
      { spend: 70, conversions: 0 },
      { spend: 35, conversions: 9 },
      { spend: 35, conversions: 0 },
    ];
    // 1.644, 3.288, 0 (4.11 - 9 is below 0), 0.822.
    expect(cusum(days, 35)).toBeCloseTo(3.288, 12);
    expect(cusum(days.slice(2), 35)).toBeCloseTo(0.822, 12);
  });

  it.each([
    [0.2, 6],
    [1, 6],
    [2, 7],
    [3, 8],
    [6.5, 9],
    [10, 10],
    [50, 10],
  ])("at %d conversions a day alarms at %d", (perDay, limit) => {
    expect(cusumLimit(perDay)).toBeCloseTo(limit, 12);
  });
});
