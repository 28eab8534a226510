import { describe, expect, it } from "vitest";
import { eachDay } from "../../../lib/domain/day.ts";
import type { AccountSnapshot, Insight, ShopDay, Snapshot } from "../../../lib/domain/snapshot.ts";
import type { Facts, Params } from "../../../lib/metrics/port.ts";
import { aShopWeek, factsOf, ofAdGroup, ofBrand } from "../../support/readings.ts";
import {
  aBrand,
  aCampaign,
  aGoogleAccount,
  anAccount,
  anAdGroup,
  anInsight,
  aSnapshot,
} from "../../support/snapshot.ts";

const BRAND = aBrand({
  accounts: [
    { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "7dClick+1dView" },
    { platform: "google", accountId: "2000000002", conversions: ["Purchase (web)"], attribution: "asSet" },
  ],
});

const DAYS = eachDay("2026-03-04", "2026-03-10");
/** A day of each account: 150 EUR on Meta of which 120 on prospecting, 50 EUR on Google all on retargeting. */
const onEachDay = (row: Partial<Insight>): Insight[] => DAYS.map((day) => anInsight({ ...row, day }));
const META_ROWS = [
  ...onEachDay({ level: "account", entityId: "1001", spendMicros: 150_000_000n, conversions: 6 }),
  ...onEachDay({ level: "campaign", entityId: "100", spendMicros: 120_000_000n }),
];
const GOOGLE_ROWS = [
  ...onEachDay({ level: "account", entityId: "2000000002", spendMicros: 50_000_000n, conversions: 4.5 }),
  ...onEachDay({ level: "campaign", entityId: "500", spendMicros: 50_000_000n }),
];
const google = { platform: "google", accountId: "2000000002" };

/** Each day 800 EUR and 8 orders of 5 new customers; the shop puts 200 EUR down to Meta, 300 to Google, 100 to e-mail. */
const SHOP_DAY: Partial<ShopDay> = {
  revenueMicros: 800_000_000n,
  orders: 8,
  newCustomers: 5,
  sessions: 400,
  revenueBySource: { meta: 200_000_000n, google: 300_000_000n, email: 100_000_000n },
};

function metaAccount(): AccountSnapshot {
  return anAccount({ entities: [aCampaign(), anAdGroup()], insights: META_ROWS });
}

function facts(given: Partial<Snapshot> = {}): Facts {
  const searching = aCampaign({ ...google, id: "500", name: "RTG Search" });
  const accounts = [metaAccount(), aGoogleAccount({ entities: [searching], insights: GOOGLE_ROWS })];
  const snapshot = aSnapshot({ accounts, shop: aShopWeek(SHOP_DAY), ...given });
  return factsOf({ brand: BRAND, snapshot, maturity: { meta: [], google: [] } });
}

const share = (channel: string, basis: string): Params => ({ window: "7d", channel, basis });
const stage = (name: string): Params => ({ window: "7d", stage: name, basis: "spend" });

describe("lib/metrics: figures over both platforms", () => {
  it.each([
    ["spend", {}, 1_400_000_000],
    ["mer", {}, 4],
    ["cosPercent", {}, 25],
    ["cac", {}, 40_000_000],
    ["costPerOrder", {}, 25_000_000],
    // 73.5 conversions claimed of 56 orders.
    ["overclaimRatio", {}, 1.3125],
    ["stageSharePercent", stage("prospecting"), 60],
    ["stageSharePercent", stage("retargeting"), 25],
    ["stageSharePercent", stage("unmapped"), 15],
    ["channelSharePercent", share("meta", "spend"), 75],
    ["channelSharePercent", share("google", "spend"), 25],
    ["channelSharePercent", share("meta", "revenue"), 25],
    ["channelSharePercent", share("google", "revenue"), 37.5],
    ["channelSharePercent", share("email", "revenue"), 12.5],
  ] as const)("reads %s %j, the same at every level", (fact, params, value) => {
    expect(ofBrand(facts(), fact, { window: "7d", ...params }).value).toBe(value);
    if (fact !== "spend") expect(ofAdGroup(facts(), fact, { window: "7d", ...params }).value).toBe(value);
  });

  it("says what a share is of", () => {
    expect(ofBrand(facts(), "channelSharePercent", share("google", "spend")).source).toBe(
      "google/2000000002 of meta/1001 + google/2000000002",
    );
    expect(ofBrand(facts(), "channelSharePercent", share("google", "revenue")).source).toBe(
      "csv revenue.csv source google",
    );
    expect(ofBrand(facts(), "overclaimRatio").source).toBe(
      "meta/1001 omni_purchase 7dClick+1dView by click day + google/2000000002 Purchase (web) asSet by click day; csv revenue.csv",
    );
  });

  it.each([
    ["spend", {}],
    ["mer", {}],
    ["cosPercent", {}],
    ["cac", {}],
    ["costPerOrder", {}],
    ["overclaimRatio", {}],
    ["stageSharePercent", stage("prospecting")],
    ["channelSharePercent", share("meta", "spend")],
    ["channelSharePercent", share("google", "spend")],
  ] as const)("has no %s %j when the Google account is missing", (fact, params) => {
    const missing = [{ ...google, reason: { key: "fetch.failed", values: {} } }];
    const known = facts({ accounts: [metaAccount()], missing });
    expect(ofBrand(known, fact, { window: "7d", ...params }).reason).toEqual({
      key: "noData.accountMissing",
      values: { account: { value: "google/2000000002", unit: "text" } },
    });
  });

  it("still knows what the shop says of a channel whose account is missing", () => {
    const known = facts({ accounts: [metaAccount()] });
    expect(ofBrand(known, "channelSharePercent", share("google", "revenue")).value).toBe(37.5);
  });
});

describe("lib/metrics/facts/channel-share", () => {
  const ofShop = (shop: Snapshot["shop"], channel = "meta") =>
    ofBrand(facts({ shop }), "channelSharePercent", share(channel, "revenue"));

  it("has no share of revenue when the shop does not say what the channel brought on a day", () => {
    const shop = aShopWeek(SHOP_DAY);
    const days = shop?.days.map((day) => {
      const { revenueBySource: _, ...bare } = day;
      return day.day === "2026-03-06" ? bare : day;
    });
    expect(ofShop({ source: "csv revenue.csv", days: days ?? [] }).reason).toEqual({
      key: "noData.sourceMissing",
      values: { channel: { value: "meta", unit: "text" }, day: { value: "2026-03-06", unit: "day" } },
    });
  });

  it.each(["tiktok", "constructor"])(
    "has no share of revenue for the source %s that the shop does not name",
    (channel) => {
      expect(ofShop(aShopWeek(SHOP_DAY), channel).reason).toMatchObject({
        key: "noData.sourceMissing",
        values: { channel: { value: channel }, day: { value: "2026-03-04" } },
      });
    },
  );

  it("has no share without a shop, without a day of it, and of no revenue", () => {
    expect(ofShop(null).reason?.key).toBe("noData.noShop");
    const short = aShopWeek(SHOP_DAY);
    expect(ofShop({ source: "csv", days: short?.days.slice(1) ?? [] }).reason?.key).toBe("noData.noShopDays");
    const returned = { ...SHOP_DAY, revenueMicros: 0n };
    expect(ofShop(aShopWeek(returned)).reason?.key).toBe("noData.noRevenue");
  });

  it("has no share of spend without spend, nor for a platform on which the brand has no account", () => {
    const idle = facts({ accounts: [anAccount(), aGoogleAccount()] });
    expect(ofBrand(idle, "channelSharePercent", share("meta", "spend")).reason?.key).toBe("noData.noSpend");
    expect(ofBrand(facts(), "channelSharePercent", share("tiktok", "spend")).reason).toEqual({
      key: "noData.channelUnknown",
      values: { channel: { value: "tiktok", unit: "text" } },
    });
  });

  it("adds the accounts of one platform", () => {
    const second = {
      platform: "meta",
      accountId: "1002",
      conversions: ["omni_purchase"],
      attribution: "asSet",
    };
    const rows = onEachDay({ level: "account", entityId: "1002", spendMicros: 50_000_000n });
    const snapshot = aSnapshot({
      accounts: [
        metaAccount(),
        aGoogleAccount({ insights: GOOGLE_ROWS }),
        anAccount({ accountId: "1002", insights: rows }),
      ],
    });
    const brand = { ...BRAND, accounts: [...BRAND.accounts, second] };
    const three = factsOf({ brand, snapshot, maturity: { meta: [], google: [] } });
    // 200 of 250 a day.
    expect(ofBrand(three, "channelSharePercent", share("meta", "spend")).value).toBe(80);
  });

  it("refuses a basis that no checked rule names", () => {
    expect(() => ofBrand(facts(), "channelSharePercent", share("meta", "budget"))).toThrow("needs a channel");
    expect(() => ofBrand(facts(), "channelSharePercent", { window: "7d", basis: "spend" })).toThrow(
      "needs a channel",
    );
  });
});

describe("lib/metrics/facts/overclaim", () => {
  it("has no ratio without orders", () => {
    const shop = aShopWeek({ ...SHOP_DAY, orders: 0 });
    expect(ofBrand(facts({ shop }), "overclaimRatio").reason?.key).toBe("noData.noOrders");
  });
});

describe("lib/metrics/facts/stage-bands", () => {
  it("reads both ends of the brand's band, in percent, and says where they stand", () => {
    expect(ofBrand(facts(), "stageBandLowPercent", { stage: "prospecting" })).toMatchObject({
      value: 70,
      unit: "percent",
      source: "rules/brands/atelier-lune.json: bands.stage.prospecting[0]",
    });
    expect(ofAdGroup(facts(), "stageBandHighPercent", { stage: "awareness" }).value).toBe(10);
  });

  it.each(["brandSearch", "unmapped", "constructor"])(
    "has no band for %s, which the brand gives none",
    (name) => {
      for (const fact of ["stageBandLowPercent", "stageBandHighPercent"]) {
        expect(ofBrand(facts(), fact, { stage: name }).reason).toEqual({
          key: "noData.bandUnset",
          values: { stage: { value: name, unit: "text" } },
        });
      }
    },
  );
});

describe("lib/metrics/facts/time", () => {
  it.each([
    ["2026-03-11", 11],
    ["2026-03-01", 1],
    ["2026-12-31", 31],
  ])("reads the day of the month of a round on %s", (day, value) => {
    expect(ofAdGroup(facts({ day }), "dayOfMonth", {})).toMatchObject({ value, unit: "count", from: null });
  });
});
