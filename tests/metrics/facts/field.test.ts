/** The field's own table of metrics, each read off one small brand and worked out on paper. */
import { describe, expect, it } from "vitest";
import { eachDay } from "../../../lib/domain/day.ts";
import type { Params } from "../../../lib/metrics/port.ts";
import { dailyRows, factsOf, ofAdGroup, ofBrand, repeat, withRows } from "../../support/readings.ts";
import { aBrand, anInsight, aShopDay } from "../../support/snapshot.ts";

const euros = (amount: number): bigint => BigInt(amount) * 1_000_000n;

/** A day of ad group 200, which is all that the account does. Over 7 days: 210 spent, 14 conversions of 60, 21 leads. */
const delivered = {
  spendMicros: euros(30),
  impressions: 6000,
  clicks: 150,
  linkClicks: 120,
  conversions: 2,
  conversionValueMicros: euros(120),
  leads: 3,
  reach: 2400,
};

/** Over 7 days: 1 120 earned by 28 orders, 14 of them first ones, of 1 400 sessions. */
const sold = {
  revenueMicros: euros(160),
  orders: 4,
  newCustomers: 2,
  newCustomerRevenueMicros: euros(70),
  sessions: 200,
  productCostMicros: euros(60),
  feesMicros: euros(20),
  qualifiedLeads: 1,
  revenueBySource: { meta: euros(40), email: euros(16) },
};

/** Beside the account 70 went to print, so the brand spent 280. */
const week = eachDay("2026-03-04", "2026-03-10");
const facts = factsOf({
  snapshot: withRows(
    [
      ...dailyRows(repeat(7, delivered)),
      ...dailyRows(repeat(7, delivered), { level: "account", entityId: "1001" }),
    ],
    {
      shop: {
        source: "csv revenue.csv",
        days: week.map((day) => aShopDay({ ...sold, day })),
        otherSpend: week.map((day) => ({ day, source: "print", spendMicros: euros(10) })),
      },
    },
  ),
});

describe("lib/metrics/facts: the field's table", () => {
  it.each<[string, Params, number]>([
    ["mer", {}, 4],
    ["mer", { customers: "new" }, 1.75],
    ["cosPercent", {}, 25],
    ["cac", {}, 20_000_000],
    ["aov", {}, 40_000_000],
    ["costPerOrder", {}, 10_000_000],
    ["grossMarginLeft", {}, 10_000_000],
    ["cm3", {}, 280_000_000],
    ["breakEvenMer", {}, 2],
    ["breakEvenCpa", {}, 20_000_000],
    ["roiPercent", { basis: "revenue" }, 300],
    ["roiPercent", { basis: "grossProfit" }, 100],
    ["siteConversionRatePercent", {}, 2],
    ["channelSharePercent", { channel: "meta", basis: "revenue" }, 25],
    ["channelSharePercent", { channel: "email", basis: "revenue" }, 10],
    ["channelSharePercent", { channel: "meta", basis: "spend" }, 75],
    ["channelSharePercent", { channel: "print", basis: "spend" }, 25],
    ["costPerQualifiedLead", {}, 40_000_000],
    ["overclaimRatio", {}, 0.5],
  ])("reads the brand's %s %o as %d", (fact, params, value) => {
    expect(ofBrand(facts, fact, { window: "7d", ...params }).value).toBe(value);
  });

  it.each<[string, Params, number]>([
    ["roas", {}, 4],
    ["cpa", {}, 15_000_000],
    ["cpa", { conversion: "lead" }, 10_000_000],
    ["roiPercent", {}, 300],
    ["cpm", {}, 5_000_000],
    ["ctrPercent", {}, 2.5],
    ["cpc", {}, 200_000],
    ["conversionRatePercent", {}, 1.333333],
    ["impressions", {}, 42_000],
    ["frequency", { window: "1d" }, 2.5],
    ["reach", { window: "1d" }, 2400],
  ])("reads an ad group's %s %o as %d", (fact, params, value) => {
    expect(ofAdGroup(facts, fact, { window: "7d", ...params }).value).toBe(value);
  });

  it("reads MER and profit off weeks alone", () => {
    const weekly = factsOf({
      snapshot: withRows(
        [
          anInsight({
            level: "account",
            entityId: "1001",
            day: "2026-02-25",
            days: 7,
            spendMicros: euros(100),
          }),
          anInsight({
            level: "account",
            entityId: "1001",
            day: "2026-03-04",
            days: 7,
            spendMicros: euros(150),
          }),
        ],
        {
          shop: {
            source: "csv revenue.csv",
            days: [
              aShopDay({ ...sold, day: "2026-02-25", days: 7, revenueMicros: euros(500) }),
              aShopDay({ ...sold, day: "2026-03-04", days: 7, revenueMicros: euros(600) }),
            ],
          },
        },
      ),
    });
    expect(ofBrand(weekly, "mer").value).toBe(4);
    expect(ofBrand(weekly, "mer", { window: "14d" }).value).toBe(4.4);
    // 1 100 - 2 x 60 - 2 x 20 - 250
    expect(ofBrand(weekly, "cm3", { window: "14d" }).value).toBe(690_000_000);
    expect(ofBrand(weekly, "incrementalMer").value).toBe(2);
    for (const window of ["3d", "10d"]) {
      expect(ofBrand(weekly, "cm3", { window }).reason?.key).toBe("noData.notTiled");
      expect(ofBrand(weekly, "revenue", { window }).reason?.key).toBe("noData.notTiled");
    }
  });

  it("says 2.13 and 3.13 of a margin of 47 %, with 15 % of profit wanted", () => {
    const share = (value: number) => ({
      unit: "ratio" as const,
      default: { value, source: "brand file" },
      values: [],
    });
    const brand = aBrand({ parameters: { contributionMargin: share(0.47), wantedProfit: share(0.15) } });
    const snapshot = withRows([], {
      shop: { source: "csv", days: week.map((day) => aShopDay({ day, revenueMicros: euros(1) })) },
    });
    expect(ofBrand(factsOf({ brand, snapshot }), "breakEvenMer").value).toBe(2.12766);
    expect(ofBrand(factsOf({ brand, snapshot }), "merFloor", {}).value).toBe(3.125);
  });
});
