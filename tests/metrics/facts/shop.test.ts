import { describe, expect, it } from "vitest";
import {
  aShopWeek,
  dailyRows,
  factsOf,
  ofAdGroup,
  ofBrand,
  repeat,
  withRows,
} from "../../support/readings.ts";
import { aBrand, aCampaign, anAccount, anInsight, aShopDay, aSnapshot } from "../../support/snapshot.ts";

const week = { revenueMicros: 1_000_000_000n, orders: 16, newCustomers: 10, sessions: 640 };
const spent = dailyRows(repeat(7, { spendMicros: 250_000_000n }), { level: "account", entityId: "1001" });
const snapshot = withRows(spent, { shop: aShopWeek(week) });

describe("lib/metrics/facts: shop and brand", () => {
  it.each([
    ["revenue", "money", 7_000_000_000],
    ["orders", "count", 112],
    ["newCustomers", "count", 70],
    ["sessions", "count", 4480],
    ["aov", "money", 62_500_000],
    ["siteConversionRatePercent", "percent", 2.5],
    ["mer", "ratio", 4],
    ["cosPercent", "percent", 25],
    ["cac", "money", 25_000_000],
    ["costPerOrder", "money", 15_625_000],
  ])("reads %s in %s, the same at every level", (fact, unit, value) => {
    const facts = factsOf({ snapshot });
    expect(ofBrand(facts, fact)).toMatchObject({ value, unit, from: "2026-03-04", to: "2026-03-10" });
    expect(ofAdGroup(facts, fact).value).toBe(value);
  });

  it("names the shop and the accounts that were counted", () => {
    expect(ofBrand(factsOf({ snapshot }), "mer").source).toBe("csv revenue.csv; meta/1001");
    expect(ofBrand(factsOf({ snapshot }), "revenue").source).toBe("csv revenue.csv");
  });

  it.each([
    ["aov", { orders: 0 }, "noData.noOrders"],
    ["costPerOrder", { orders: 0 }, "noData.noOrders"],
    ["siteConversionRatePercent", { sessions: 0 }, "noData.noSessions"],
    ["cac", { newCustomers: 0 }, "noData.noNewCustomers"],
    ["cosPercent", { revenueMicros: 0n }, "noData.noRevenue"],
  ])("has no %s without what it divides by", (fact, day, key) => {
    const facts = factsOf({ snapshot: withRows(spent, { shop: aShopWeek({ ...week, ...day }) }) });
    expect(ofBrand(facts, fact).reason).toEqual({ key, values: {} });
  });

  it("has no MER without spend, and a MER of 0 without revenue", () => {
    const idle = withRows([], { shop: aShopWeek(week) });
    expect(ofBrand(factsOf({ snapshot: idle }), "mer").reason).toEqual({ key: "noData.noSpend", values: {} });
    const unsold = withRows(spent, { shop: aShopWeek({ ...week, revenueMicros: 0n }) });
    expect(ofBrand(factsOf({ snapshot: unsold }), "mer").value).toBe(0);
  });

  it.each(["revenue", "mer", "cosPercent", "cac", "aov", "siteConversionRatePercent"])(
    "has no %s when a day of the window is missing in the shop",
    (fact) => {
      const shop = aShopWeek(week);
      const days = shop?.days.filter(({ day }) => day !== "2026-03-05" && day !== "2026-03-07") ?? [];
      const facts = factsOf({ snapshot: withRows(spent, { shop: { source: "csv", days } }) });
      expect(ofBrand(facts, fact).reason).toEqual({
        key: "noData.noShopDays",
        values: { missing: { value: 2, unit: "days" }, firstMissing: { value: "2026-03-05", unit: "day" } },
      });
      expect(ofBrand(facts, fact, { window: "3d" }).value).not.toBeNull();
    },
  );

  it("has no data without a shop, nor for a figure that it does not report", () => {
    expect(ofBrand(factsOf(), "revenue").reason).toEqual({ key: "noData.noShop", values: {} });
    const shop = aShopWeek({ ...week, sessions: null });
    const facts = factsOf({ snapshot: withRows(spent, { shop }) });
    expect(ofBrand(facts, "siteConversionRatePercent").reason).toEqual({
      key: "noData.shopFigureMissing",
      values: { figure: { value: "sessions", unit: "state" }, day: { value: "2026-03-04", unit: "day" } },
    });
    expect(ofBrand(facts, "orders").value).toBe(112);
  });

  it("refuses shop figures that numbers cannot hold exactly", () => {
    const shop = { source: "csv", days: [aShopDay({ orders: 1.5 })] };
    const facts = factsOf({ snapshot: withRows([], { shop }) });
    expect(() => ofBrand(facts, "orders", { window: "1d" })).toThrow("orders: 1.5 is not an integer");
  });
});

describe("lib/metrics/facts: brand over several accounts", () => {
  const accounts = [
    { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "7dClick+1dView" },
    { platform: "meta", accountId: "1002", conversions: ["omni_purchase"], attribution: "asSet" },
  ];
  const second = anAccount({
    accountId: "1002",
    attribution: "asSet",
    insights: [anInsight({ level: "account", entityId: "1002", spendMicros: 250_000_000n })],
  });

  it("sums all of the brand's accounts", () => {
    const both = { ...snapshot, accounts: [...snapshot.accounts, second] };
    const facts = factsOf({ brand: aBrand({ accounts }), snapshot: both });
    expect(ofBrand(facts, "spend").value).toBe(2_000_000_000);
    expect(ofBrand(facts, "mer").value).toBe(3.5);
    expect(ofBrand(facts, "conversions").source).toBe(
      "meta/1001 omni_purchase 7dClick+1dView by click day + meta/1002 omni_purchase asSet by click day",
    );
  });

  it.each(["spend", "mer", "cosPercent", "cac", "costPerOrder"])(
    "has no %s when one account is missing",
    (fact) => {
      const reason = { key: "fetch.failed", values: {} };
      const missing = [{ platform: "meta", accountId: "1002", reason }];
      const facts = factsOf({ brand: aBrand({ accounts }), snapshot: { ...snapshot, missing } });
      expect(ofBrand(facts, fact).reason).toEqual({
        key: "noData.accountMissing",
        values: { account: { value: "meta/1002", unit: "text" } },
      });
      expect(ofBrand(facts, "revenue").value).toBe(7_000_000_000);
    },
  );

  it("has data only on days that all accounts cover", () => {
    const late = { ...second, coveredFrom: "2026-03-06" };
    const both = { ...snapshot, accounts: [...snapshot.accounts, late] };
    const facts = factsOf({ brand: aBrand({ accounts }), snapshot: both });
    expect(ofBrand(facts, "spend").reason).toMatchObject({
      key: "noData.outsideCoverage",
      values: { coveredFrom: { value: "2026-03-06" }, coveredTo: { value: "2026-03-10" } },
    });
    expect(ofBrand(facts, "spend", { window: "5d" }).value).toBe(1_500_000_000);
  });

  it("does not count accounts that are not the brand's", () => {
    const facts = factsOf({ snapshot: { ...snapshot, accounts: [...snapshot.accounts, second] } });
    expect(ofBrand(facts, "spend").value).toBe(1_750_000_000);
  });
});

describe("lib/metrics/facts: stageSharePercent", () => {
  const campaign = (id: string, name: string) => aCampaign({ id, name });
  const row = (entityId: string, euros: bigint) =>
    anInsight({ level: "campaign", entityId, spendMicros: euros * 1_000_000n });
  const account = anAccount({
    entities: [
      campaign("1", "AWA Video"),
      campaign("2", "PROS Broad"),
      campaign("3", "PROS LAL"),
      campaign("4", "RTG 30d"),
      campaign("5", "Advantage+ Test"),
    ],
    insights: [
      row("1", 10n),
      row("2", 100n),
      row("3", 50n),
      row("4", 30n),
      row("5", 4n),
      anInsight({ level: "account", entityId: "1001", spendMicros: 200_000_000n }),
    ],
  });
  const share = (stage: string) => ({ window: "7d", stage, basis: "spend" });

  it.each([
    ["awareness", 5],
    ["prospecting", 75],
    ["retargeting", 15],
    ["unmapped", 5],
  ])("gives %s %d percent, spend outside the census counted as unmapped", (stage, value) => {
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }) });
    expect(ofBrand(facts, "stageSharePercent", share(stage))).toMatchObject({ value, unit: "percent" });
  });

  it("has no data for an unknown stage, without spend, or without campaign rows", () => {
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }) });
    expect(ofBrand(facts, "stageSharePercent", share("mofu")).reason).toEqual({
      key: "noData.stageUnknown",
      values: { stage: { value: "mofu", unit: "text" } },
    });
    expect(ofBrand(factsOf(), "stageSharePercent", share("awareness")).reason?.key).toBe("noData.noSpend");
    const shallow = factsOf({ snapshot: aSnapshot({ accounts: [{ ...account, levels: ["account"] }] }) });
    expect(ofBrand(shallow, "stageSharePercent", share("awareness")).reason).toEqual({
      key: "noData.levelNotFetched",
      values: { account: { value: "meta/1001", unit: "text" }, level: { value: "campaign", unit: "state" } },
    });
  });

  it("refuses a share without a stage or of anything but spend", () => {
    const facts = factsOf();
    for (const params of [
      { window: "7d", basis: "spend" },
      { window: "7d", stage: "awareness" },
    ]) {
      expect(() => ofBrand(facts, "stageSharePercent", params)).toThrow("needs a stage");
    }
    expect(() => ofBrand(facts, "stageSharePercent", { ...share("awareness"), basis: "budget" })).toThrow(
      'the basis "spend"',
    );
  });
});
