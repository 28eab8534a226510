import { describe, expect, it } from "vitest";
import { weigh } from "../../lib/digest/weigh.ts";
import type { DayCount } from "../../lib/metrics/statistics.ts";

const TARGET = 25_000_000;

/** Seven days alike: `euros` a day with `conversions` each, so that phi is 1. */
function week(euros: number, conversions: number): DayCount[] {
  return Array.from({ length: 7 }, () => ({ spend: euros * 1_000_000, conversions }));
}

describe("lib/digest/weigh", () => {
  // Target 25; each row's gap is (N after - N before) - needed, chance 1.64 x sqrt(N before + N after + 2).
  it.each([
    // 140 more must bring 5.6 and brought 42: gap 36.4, chance 1.64 x sqrt(100) = 16.4.
    ["more", week(100, 4), week(120, 10), "paid", 5.6, 42, 16.4, 3_333_333],
    // 2100 more must bring 84 and brought none: gap -84, chance 1.64 x sqrt(58).
    ["more", week(100, 4), week(400, 4), "cost", 84, 0, 12.489868, null],
    // 140 more brought 7: gap 1.4, chance 1.64 x sqrt(65).
    ["more", week(100, 4), week(120, 5), "unclear", 5.6, 7, 13.222103, 20_000_000],
    // 700 saved might cost 28 and cost 7: gap 21, chance 1.64 x sqrt(9).
    ["less", week(100, 1), week(0, 0), "paid", -28, -7, 4.92, 100_000_000],
    // 350 saved might cost 14 and cost 105: gap -91, chance 1.64 x sqrt(177).
    ["less", week(100, 20), week(50, 5), "cost", -14, -105, 21.818781, 3_333_333],
  ] as const)("holds %s money against what it had to bring", (wanted, before, after, ...expected) => {
    const [verdict, needed, conversions, chance, marginalCpa] = expected;
    expect(weigh(before, after, TARGET, wanted)).toMatchObject({
      ...{ verdict, needed, conversions, chance, marginalCpa },
      followed: true,
    });
  });

  it("takes two targets spent without a conversion for luck, three for a verdict", () => {
    const spent = (euros: number): DayCount[] => [{ spend: euros * 1_000_000, conversions: 0 }];
    // Chance is 1.64 x sqrt(2) = 2.319310 either way; the gaps are 2 and 3.
    expect(weigh(spent(50), spent(0), TARGET, "less")).toMatchObject({ verdict: "unclear", chance: 2.31931 });
    expect(weigh(spent(75), spent(0), TARGET, "less")).toMatchObject({ verdict: "paid", chance: 2.31931 });
  });

  it("trusts days that scatter less", () => {
    // 0 and 8 in turn over 8 days of equal spend: phi = 8 x (16 / 4) / 7 = 32 / 7. 1.64 x sqrt(32 / 7 x 33 + 33).
    const before = [0, 8, 0, 8, 0, 8, 0, 8].map((conversions) => ({ spend: 100_000_000, conversions }));
    const after = before.map(({ spend }) => ({ spend: spend + 10_000_000, conversions: 4 }));
    expect(weigh(before, after, TARGET, "more").chance).toBe(22.237405);
  });

  it("lays nothing at the door of a raise after which less was spent, or of a cut after which more was", () => {
    expect(weigh(week(100, 4), week(90, 40), TARGET, "more")).toMatchObject({
      verdict: "unclear",
      followed: false,
    });
    expect(weigh(week(100, 40), week(110, 1), TARGET, "less")).toMatchObject({
      verdict: "unclear",
      followed: false,
    });
  });

  it("knows no marginal CPA where spend and conversions moved apart", () => {
    expect(weigh(week(100, 4), week(120, 3), TARGET, "more").marginalCpa).toBeNull();
    expect(weigh(week(100, 4), week(80, 5), TARGET, "less").marginalCpa).toBeNull();
  });
});
