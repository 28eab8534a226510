import { describe, expect, it } from "vitest";
import type { Insight, ShopDay } from "../../../lib/domain/snapshot.ts";
import type { Params } from "../../../lib/metrics/port.ts";
import {
  aShopWeek,
  dailyRows,
  factsOf,
  ofAdGroup,
  ofBrand,
  repeat,
  withRows,
} from "../../support/readings.ts";
import { aBrand, aSnapshot } from "../../support/snapshot.ts";

const euros = (amount: number): bigint => BigInt(amount) * 1_000_000n;

/** The account spends the same every day of the week before the round. */
function spending(micros: bigint): Insight[] {
  return dailyRows(repeat(7, { spendMicros: micros }), { level: "account", entityId: "1001" });
}

function withMargin(value: number | null) {
  const contributionMargin = {
    unit: "ratio" as const,
    default: value === null ? null : { value, source: "brands/atelier-lune.json" },
    values: [],
  };
  return aBrand({ parameters: { contributionMargin } });
}

interface Week {
  spendMicros: bigint;
  shop: Partial<ShopDay>;
  margin?: number | null;
}

/** What a brand reads that spends and sells the same on each of 7 days. */
function read(fact: string, { spendMicros, shop, margin = null }: Week, params: Params = {}) {
  const snapshot = withRows(spending(spendMicros), { shop: aShopWeek(shop) });
  return ofBrand(factsOf({ brand: withMargin(margin), snapshot }), fact, { window: "7d", ...params });
}

describe("lib/metrics/facts: what sales leave, with the brand file's margin", () => {
  it.each<[string, number, Week, Params]>([
    // 60 x 0.8 - 50
    [
      "grossMarginLeft",
      -2_000_000,
      { spendMicros: euros(50), shop: { revenueMicros: euros(60), orders: 1 }, margin: 0.8 },
      {},
    ],
    // 1 000 x 0.8 - 50
    [
      "grossMarginLeft",
      750_000_000,
      { spendMicros: euros(50), shop: { revenueMicros: euros(1000), orders: 1 }, margin: 0.8 },
      {},
    ],
    // 7 x (1 000 x 0.47 - 250)
    [
      "cm3",
      1_540_000_000,
      { spendMicros: euros(250), shop: { revenueMicros: euros(1000) }, margin: 0.47 },
      {},
    ],
    // 7 x (100 x 0.123456 - 50)
    [
      "cm3",
      -263_580_800,
      { spendMicros: euros(50), shop: { revenueMicros: euros(100) }, margin: 0.123456 },
      {},
    ],
    // 1 / 0.47
    [
      "breakEvenMer",
      2.12766,
      { spendMicros: euros(1), shop: { revenueMicros: euros(1000) }, margin: 0.47 },
      {},
    ],
    // 1 / 0.3
    ["breakEvenMer", 3.333333, { spendMicros: 0n, shop: { revenueMicros: euros(1000) }, margin: 0.3 }, {}],
    // 62.5 x 0.47
    [
      "breakEvenCpa",
      29_375_000,
      { spendMicros: 0n, shop: { revenueMicros: euros(1000), orders: 16 }, margin: 0.47 },
      {},
    ],
    // (40 000 - 10 000) / 10 000
    [
      "roiPercent",
      300,
      { spendMicros: euros(10_000), shop: { revenueMicros: euros(40_000) } },
      { basis: "revenue" },
    ],
    // (40 000 x 0.47 - 10 000) / 10 000
    [
      "roiPercent",
      88,
      { spendMicros: euros(10_000), shop: { revenueMicros: euros(40_000) }, margin: 0.47 },
      { basis: "grossProfit" },
    ],
  ])("reads %s of %d", (fact, value, week, params) => {
    expect(read(fact, week, params).value).toBe(value);
  });

  it("says that the margin is the brand file's, and reads the same at every level", () => {
    const shop = aShopWeek({ revenueMicros: euros(60), orders: 1 });
    const facts = factsOf({ brand: withMargin(0.8), snapshot: withRows(spending(euros(50)), { shop }) });
    expect(ofBrand(facts, "cm3")).toMatchObject({
      value: -14_000_000,
      unit: "money",
      source: "csv revenue.csv, revenue x contributionMargin; brands/atelier-lune.json; meta/1001",
    });
    expect(ofAdGroup(facts, "cm3").value).toBe(-14_000_000);
  });
});

describe("lib/metrics/facts: what sales leave, with the costs that the shop reports", () => {
  // A day: 1 000 earned by 8 orders, 400 for products, 100 for fees, 300 spent. Left before advertising: 500.
  const shop = {
    revenueMicros: euros(1000),
    orders: 8,
    productCostMicros: euros(400),
    feesMicros: euros(100),
  };
  const week: Week = { spendMicros: euros(300), shop, margin: 0.8 };

  it.each<[string, number, Params]>([
    ["cm3", 1_400_000_000, {}],
    ["grossMarginLeft", 25_000_000, {}],
    ["breakEvenMer", 2, {}],
    ["breakEvenCpa", 62_500_000, {}],
    ["roiPercent", 66.666667, { basis: "grossProfit" }],
    ["roiPercent", 233.333333, { basis: "revenue" }],
  ])("reads %s of %d, whatever the brand file says", (fact, value, params) => {
    expect(read(fact, week, params).value).toBe(value);
    expect(read(fact, { ...week, margin: null }, params).value).toBe(value);
  });

  it("says that the costs are the shop's", () => {
    expect(read("cm3", week).source).toBe("csv revenue.csv, revenue - product cost - fees; meta/1001");
  });

  it("takes the brand file's margin where one of the costs is missing", () => {
    // 7 x (1 000 x 0.8 - 300)
    const noFees = { ...week, shop: { revenueMicros: euros(1000), productCostMicros: euros(400) } };
    expect(read("cm3", noFees)).toMatchObject({ value: 3_500_000_000 });
  });

  it("has no break-even where sales leave nothing, and a loss all the same", () => {
    const dear = { ...week, shop: { ...shop, productCostMicros: euros(1150) } };
    for (const fact of ["breakEvenMer", "breakEvenCpa"]) {
      expect(read(fact, dear).reason).toEqual({
        key: "noData.marginOutOfRange",
        values: {
          contributionMargin: { value: -0.25, unit: "ratio" },
          wantedProfit: { value: 0, unit: "ratio" },
        },
      });
    }
    // 7 x (1 000 - 1 150 - 100 - 300)
    expect(read("cm3", dear).value).toBe(-3_850_000_000);
  });
});

describe("lib/metrics/facts: what sales leave, without data", () => {
  const sold = { revenueMicros: euros(1000), orders: 8 };
  const all: [string, Params][] = [
    ["cm3", {}],
    ["grossMarginLeft", {}],
    ["breakEvenMer", {}],
    ["breakEvenCpa", {}],
    ["roiPercent", { basis: "grossProfit" }],
  ];

  it.each(all)("has no %s where neither shop nor brand file know the margin", (fact, params) => {
    const { reason } = read(fact, { spendMicros: euros(1), shop: sold }, params);
    expect(reason).toEqual({ key: "noData.marginUnknown", values: {} });
  });

  it.each(all)("has no %s with a margin above 1, nor of nothing", (fact, params) => {
    for (const margin of [47, 0]) {
      const { reason } = read(fact, { spendMicros: euros(1), shop: sold, margin }, params);
      expect(reason).toMatchObject({
        key: "noData.marginOutOfRange",
        values: { contributionMargin: { value: margin } },
      });
    }
  });

  it.each([...all, ["roiPercent", { basis: "revenue" }] as [string, Params]])(
    "has no %s without a shop",
    (fact, params) => {
      const facts = factsOf({ brand: withMargin(0.5), snapshot: withRows(spending(euros(1))) });
      expect(ofBrand(facts, fact, { window: "7d", ...params }).reason?.key).toBe("noData.noShop");
    },
  );

  it.each<[string, Params]>([
    ["cm3", {}],
    ["grossMarginLeft", {}],
    ["roiPercent", { basis: "revenue" }],
    ["costPerQualifiedLead", {}],
  ])("has no %s when an account is missing", (fact, params) => {
    const shop = aShopWeek({ ...sold, qualifiedLeads: 1 });
    const snapshot = { ...aSnapshot({ shop }), accounts: [] };
    const facts = factsOf({ brand: withMargin(0.5), snapshot });
    expect(ofBrand(facts, fact, { window: "7d", ...params }).reason?.key).toBe("noData.accountMissing");
  });

  it.each<[string, string, Week, Params]>([
    [
      "grossMarginLeft",
      "noData.noOrders",
      { spendMicros: 0n, shop: { ...sold, orders: 0 }, margin: 0.5 },
      {},
    ],
    ["breakEvenCpa", "noData.noOrders", { spendMicros: 0n, shop: { ...sold, orders: 0 }, margin: 0.5 }, {}],
    ["breakEvenMer", "noData.noRevenue", { spendMicros: 0n, shop: { orders: 8 }, margin: 0.5 }, {}],
    ["breakEvenCpa", "noData.noRevenue", { spendMicros: 0n, shop: { orders: 8 }, margin: 0.5 }, {}],
    ["roiPercent", "noData.noSpend", { spendMicros: 0n, shop: sold }, { basis: "revenue" }],
    ["roiPercent", "noData.noSpend", { spendMicros: 0n, shop: sold, margin: 0.5 }, { basis: "grossProfit" }],
    ["qualifiedLeads", "noData.shopFigureMissing", { spendMicros: 0n, shop: sold }, {}],
    ["costPerQualifiedLead", "noData.shopFigureMissing", { spendMicros: 0n, shop: sold }, {}],
    [
      "costPerQualifiedLead",
      "noData.noQualifiedLeads",
      { spendMicros: 1n, shop: { ...sold, qualifiedLeads: 0 } },
      {},
    ],
  ])("has no %s with %s", (fact, key, week, params) => {
    expect(read(fact, week, params).reason?.key).toBe(key);
  });

  it("refuses a ROI on anything else, and one that is corrected for delay", () => {
    const week: Week = { spendMicros: euros(1), shop: sold };
    expect(() => read("roiPercent", week, { basis: "spend" })).toThrow("revenue or grossProfit");
    expect(() => read("roiPercent", week, { basis: "revenue", correctedForDelay: true })).toThrow(
      "correctedForDelay",
    );
  });
});

describe("lib/metrics/facts: leads and new customers of the shop", () => {
  it("counts qualified leads and what one cost", () => {
    // 7 x 90 / (7 x 4)
    const week: Week = { spendMicros: euros(90), shop: { qualifiedLeads: 4 } };
    expect(read("qualifiedLeads", week)).toMatchObject({ value: 28, unit: "count" });
    expect(read("costPerQualifiedLead", week)).toMatchObject({
      value: 22_500_000,
      unit: "money",
      source: "csv revenue.csv; meta/1001",
    });
  });

  it("holds revenue of new customers alone against spend where it is asked to", () => {
    const week: Week = {
      spendMicros: euros(100),
      shop: { revenueMicros: euros(400), newCustomerRevenueMicros: euros(150) },
    };
    expect(read("revenue", week, { customers: "new" }).value).toBe(1_050_000_000);
    expect(read("mer", week, { customers: "new" }).value).toBe(1.5);
    expect(read("mer", week, { customers: "all" }).value).toBe(4);
    expect(() => read("mer", week, { customers: "old" })).toThrow("all, new or returning");
    expect(read("mer", { ...week, shop: { revenueMicros: 1n } }, { customers: "new" }).reason).toMatchObject({
      key: "noData.shopFigureMissing",
      values: { figure: { value: "newCustomerRevenue" } },
    });
  });
});
