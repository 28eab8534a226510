import { describe, expect, it } from "vitest";
import type { Insight, Snapshot } from "../../../lib/domain/snapshot.ts";
import type { Params } from "../../../lib/metrics/port.ts";
import { dailyRows, factsOf, ofAdGroup, ofBrand, repeat, withRows } from "../../support/readings.ts";
import { aBrand, anAccount, anInsight, aShopDay, aSnapshot } from "../../support/snapshot.ts";

const EUR = 1_000_000n;

function ofRows(rows: Insight[], fact: string, params: Params = { window: "3d" }): unknown {
  const { value, reason } = ofAdGroup(factsOf({ snapshot: withRows(rows) }), fact, params);
  return value ?? [reason?.key, ...Object.values(reason?.values ?? {}).map((figure) => figure.value)];
}

describe("lib/metrics/facts: figures that a source does not report", () => {
  /** Three days; the middle one, 9 March, without clicks and conversions. */
  const rows = dailyRows([{}, { clicks: null, conversions: null }, {}], {
    spendMicros: 10n * EUR,
    impressions: 1000,
    clicks: 20,
    conversions: 2,
    conversionValueMicros: 60n * EUR,
  });

  it.each([
    ["spend", 30_000_000],
    ["cpm", 10_000_000],
    ["roas", 6],
    ["clicks", ["noData.figureMissing", "clicks", "2026-03-09"]],
    ["cpc", ["noData.figureMissing", "clicks", "2026-03-09"]],
    ["ctrPercent", ["noData.figureMissing", "clicks", "2026-03-09"]],
    ["conversions", ["noData.figureMissing", "conversions", "2026-03-09"]],
    ["cpa", ["noData.figureMissing", "conversions", "2026-03-09"]],
    ["cpaAtLeast", ["noData.figureMissing", "conversions", "2026-03-09"]],
    ["conversionRatePercent", ["noData.figureMissing", "conversions", "2026-03-09"]],
    ["stable", ["noData.figureMissing", "conversions", "2026-03-09"]],
  ])("reads %s of days with a gap as %j", (fact, expected) => {
    expect(ofRows(rows, fact)).toEqual(expected);
  });

  it("reads the days beside the gap", () => {
    expect(ofRows(rows, "cpa", { window: "1d" })).toBe(5_000_000);
    expect(ofRows(rows, "clicks", { window: "3d..3d" })).toBe(20);
  });

  it("does not take a column that no row has for zero, where an entity has no row either", () => {
    const other = dailyRows([{ entityId: "201", conversions: null }]);
    expect(ofRows(other, "conversions")).toEqual(["noData.figureMissing", "conversions", "2026-03-08"]);
    expect(ofRows(other, "videoViews")).toEqual(["noData.figureMissing", "videoViews", "2026-03-08"]);
    expect(ofRows(other, "clicks")).toBe(0);
    expect(ofRows([], "videoViews")).toEqual(["noData.figureMissing", "videoViews", "2026-03-08"]);
    expect(ofRows([], "conversions")).toBe(0);
  });

  it("holds nothing against clicks that are not known", () => {
    const corrected = { window: "1d", correctedForDelay: true };
    expect(ofRows(rows, "conversionRatePercent", corrected)).toEqual([
      "noData.figureMissing",
      "clicks",
      "2026-03-10",
    ]);
    expect(ofRows(rows, "cpa", corrected)).toBe(5_000_000);
  });

  it("passes a gap on to every sum that holds it", () => {
    const account = { level: "account", entityId: "1001" } as const;
    const insights = rows.map((row) => ({ ...row, ...account }));
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [anAccount({ insights })] }) });
    expect(ofBrand(facts, "cpa", { window: "3d" }).reason?.key).toBe("noData.figureMissing");
    expect(ofBrand(facts, "spend", { window: "3d" }).value).toBe(30_000_000);
  });

  it("adds no reach of two rows of one day", () => {
    const twice = repeat(2, anInsight({ reach: 5, impressions: 10 }));
    expect(ofRows(twice, "reach", { window: "1d" })).toEqual(["noData.figureMissing", "reach", "2026-03-10"]);
    expect(ofRows(twice, "impressions", { window: "1d" })).toBe(20);
    expect(ofRows([anInsight({ reach: 0, impressions: 0 })], "frequency", { window: "1d" })).toEqual([
      "noData.noReach",
    ]);
  });
});

describe("lib/metrics/facts: leads", () => {
  const rows = dailyRows([{ leads: 4 }, { leads: 6 }], {
    spendMicros: 50n * EUR,
    clicks: 100,
    conversions: 1,
  });
  const lead = { window: "2d", conversion: "lead" };

  it("reads what a lead costs beside what a purchase does", () => {
    expect(ofRows(rows, "cpa", { window: "2d" })).toBe(50_000_000);
    expect(ofRows(rows, "cpa", lead)).toBe(10_000_000);
    expect(ofRows(rows, "conversions", lead)).toBe(10);
    expect(ofRows(rows, "conversionRatePercent", lead)).toBe(5);
    expect(ofRows(rows, "cpa", { window: "2d", conversion: primary() })).toBe(50_000_000);
  });

  it("has none where the source does not tell them", () => {
    expect(ofRows(dailyRows([{}]), "cpa", lead)).toEqual(["noData.figureMissing", "leads", "2026-03-09"]);
    expect(ofRows(dailyRows([{ leads: 0 }]), "cpa", { ...lead, window: "1d" })).toEqual([
      "noData.noConversions",
    ]);
  });

  it.each([
    [{ ...lead, conversion: "signup" }, ["noData.conversionNotCounted", "meta/1001", "signup"]],
    [{ ...lead, attribution: "1dClick" }, ["noData.conversionNotCounted", "meta/1001", "lead 1dClick"]],
    [{ ...lead, correctedForDelay: true }, ["noData.onlyPlain"]],
    [{ ...lead, countedOn: "conversion" }, ["noData.onlyPlain"]],
  ])(
    "has none of a conversion that nobody asked for, nor of leads that are not plain (%j)",
    (params, expected) => {
      expect(ofRows(rows, "cpa", params)).toEqual(expected);
    },
  );
});

function primary(): string {
  return aBrand().accounts[0]?.conversions[0] ?? "";
}

describe("lib/metrics/facts: spend outside the accounts", () => {
  const spent = anInsight({
    level: "account",
    entityId: "1001",
    spendMicros: 60n * EUR,
    clicks: 30,
    conversions: 2,
  });
  const otherSpend = [
    { day: "2026-03-10", source: "print", spendMicros: 30n * EUR },
    { day: "2026-03-10", source: "affiliates", spendMicros: 10n * EUR },
    { day: "2026-03-09", source: "print", spendMicros: 99n * EUR },
  ];
  const day = aShopDay({ revenueMicros: 400n * EUR, orders: 4, newCustomers: 2 });
  const snapshot = (given: Partial<Snapshot> = {}): Snapshot =>
    aSnapshot({
      accounts: [anAccount({ insights: [spent] })],
      shop: { source: "csv", days: [day], otherSpend },
      ...given,
    });
  const read = (fact: string, params: Params = {}, given: Partial<Snapshot> = {}): unknown => {
    const { value, reason } = ofBrand(factsOf({ snapshot: snapshot(given) }), fact, {
      window: "1d",
      ...params,
    });
    return value ?? reason?.key;
  };

  it.each([
    ["spend", {}, 100_000_000],
    ["mer", {}, 4],
    ["cosPercent", {}, 25],
    ["cac", {}, 50_000_000],
    ["costPerOrder", {}, 25_000_000],
    ["cpc", {}, 2_000_000],
    ["cpa", {}, 30_000_000],
    ["spend", { correctedForDelay: true }, 60_000_000],
    ["spend", { stage: "unmapped" }, 100_000_000],
    ["stageSharePercent", { stage: "unmapped", basis: "spend" }, 100],
    ["channelSharePercent", { channel: "meta", basis: "spend" }, 60],
    ["channelSharePercent", { channel: "print", basis: "spend" }, 30],
    ["channelSharePercent", { channel: "affiliates", basis: "spend" }, 10],
    ["channelSharePercent", { channel: "radio", basis: "spend" }, "noData.channelUnknown"],
  ])("reads %s of the brand with %j as %j", (fact, params, expected) => {
    expect(read(fact, params)).toBe(expected);
  });

  it("adds a source to the accounts of a platform of that name", () => {
    const own = [{ day: "2026-03-10", source: "meta", spendMicros: 20n * EUR }];
    const shop = { source: "csv", days: [day], otherSpend: [...own, ...otherSpend] };
    const share = read("channelSharePercent", { channel: "meta", basis: "spend" }, { shop });
    expect(share).toBeCloseTo(66.666667, 6);
  });

  it("leaves the account's own spend alone, and says what was added", () => {
    const facts = factsOf({ snapshot: snapshot() });
    expect(ofBrand(facts, "spend", { window: "1d" }).source).toBe(
      "meta/1001 + other spend (affiliates, print)",
    );
    const [account] = facts.subjects("account");
    if (account === undefined) throw new Error("no account");
    expect(facts.read(account, "spend", { window: "1d" }).value).toBe(60_000_000);
  });

  it("has no data when an account is missing, whatever else was spent", () => {
    const { platform, accountId } = anAccount();
    const missing = [{ platform, accountId, reason: { key: "unreachable", values: {} } }];
    expect(read("spend", {}, { accounts: [], missing })).toBe("noData.accountMissing");
  });
});
