import { describe, expect, it } from "vitest";
import { dailyRows, factsOf, META_MATURITY, ofAdGroup, withRows } from "../../support/readings.ts";

/** Averages of the two days' ratios differ from the ratio of the sums in every metric. */
const rows = dailyRows([
  {
    spendMicros: 100_000_000n,
    impressions: 10_000,
    clicks: 100,
    linkClicks: 50,
    conversions: 1,
    conversionValueMicros: 50_000_000n,
  },
  {
    spendMicros: 50_000_000n,
    impressions: 2000,
    clicks: 200,
    linkClicks: 25,
    conversions: 3,
    conversionValueMicros: 550_000_000n,
  },
]);

const none = (key: string): unknown => ({ key, values: {} });

describe("lib/metrics/facts: ratios", () => {
  it.each([
    ["cpm", "money", 12_500_000],
    ["cpc", "money", 500_000],
    ["linkCpc", "money", 2_000_000],
    ["ctrPercent", "percent", 2.5],
    ["linkCtrPercent", "percent", 0.625],
    ["conversionRatePercent", "percent", 1.333333],
    ["cpa", "money", 37_500_000],
    ["cpaAtLeast", "money", 37_500_000],
    ["roas", "ratio", 4],
    ["roiPercent", "percent", 300],
  ])("computes %s in %s from sums, never from averages", (fact, unit, value) => {
    const facts = factsOf({ snapshot: withRows(rows) });
    expect(ofAdGroup(facts, fact)).toMatchObject({ value, unit, reason: null });
  });

  it.each([
    ["cpm", "noData.noImpressions"],
    ["ctrPercent", "noData.noImpressions"],
    ["linkCtrPercent", "noData.noImpressions"],
    ["cpc", "noData.noClicks"],
    ["linkCpc", "noData.noLinkClicks"],
    ["conversionRatePercent", "noData.noClicks"],
    ["cpa", "noData.noConversions"],
    ["roas", "noData.noSpend"],
    ["roiPercent", "noData.noSpend"],
  ])("has no %s without what it divides by (%s)", (fact, key) => {
    expect(ofAdGroup(factsOf(), fact)).toMatchObject({ value: null, reason: none(key), to: "2026-03-10" });
  });

  it("counts one conversion at least for the CPA at best", () => {
    const spent = factsOf({
      snapshot: withRows(dailyRows([{ spendMicros: 90_000_000n, conversions: 0.5 }])),
    });
    expect(ofAdGroup(spent, "cpaAtLeast").value).toBe(90_000_000);
    expect(ofAdGroup(spent, "cpa").value).toBe(180_000_000);
    expect(ofAdGroup(factsOf(), "cpaAtLeast").value).toBe(0);
  });

  it("knows a ROAS of 0 and a loss where money brought nothing", () => {
    const facts = factsOf({ snapshot: withRows(dailyRows([{ spendMicros: 90_000_000n }])) });
    expect(ofAdGroup(facts, "roas").value).toBe(0);
    expect(ofAdGroup(facts, "roiPercent").value).toBe(-100);
  });

  it("rounds money to whole micros and never misses an exact quotient", () => {
    const facts = factsOf({ snapshot: withRows(dailyRows([{ spendMicros: 100_000_000n, conversions: 3 }])) });
    expect(ofAdGroup(facts, "cpa").value).toBe(33_333_333);
    const exact = factsOf({
      snapshot: withRows(dailyRows([{ spendMicros: 3_850_000_000_000n, conversions: 110_000 }])),
    });
    expect(ofAdGroup(exact, "cpa").value).toBe(35_000_000);
  });

  it.each([
    ["cpa", 25_000_000],
    ["cpaAtLeast", 25_000_000],
    ["roas", 6],
    ["roiPercent", 500],
    ["conversionRatePercent", 2.105263],
  ])("corrects %s for conversions still to come", (fact, value) => {
    const facts = factsOf({ snapshot: withRows(rows), maturity: META_MATURITY });
    // Exposure: 100 x 70 % + 50 x 60 % = 100 of 150 EUR, 100 x 70 % + 200 x 60 % = 190 of 300 clicks.
    expect(ofAdGroup(facts, fact, { window: "7d", correctedForDelay: true }).value).toBe(value);
  });
});
