import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../../lib/domain/ids.ts";
import type { Insight } from "../../lib/domain/snapshot.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import type { Params } from "../../lib/metrics/port.ts";
import {
  AD_GROUP_KEY,
  aShopWeek,
  CAMPAIGN_KEY,
  dailyRows,
  factsOf,
  META_MATURITY,
  ofAdGroup,
  ofBrand,
  reading,
  repeat,
  withRows,
} from "../support/readings.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, anInsight, aSnapshot } from "../support/snapshot.ts";

const daily = { period: "daily" as const, amountMicros: 80_000_000n };

/** A census in no order: two campaigns, one with its own budget, and their ad groups. */
const entities = [
  anAdGroup({ id: "202", parentId: "101", name: "Visitors", budget: null }),
  aCampaign({ id: "101", name: "RTG 30d", budget: daily }),
  anAdGroup({ id: "201", name: "Lookalike" }),
  anAdGroup(),
  aCampaign(),
];
const portfolio = aSnapshot({ accounts: [anAccount({ entities })] });

describe("lib/metrics/create-facts: subjects", () => {
  it("lists every level in the order of keys, with stage and reference", () => {
    const facts = factsOf({ snapshot: portfolio });
    const keys = Object.fromEntries(
      LEVELS.map((level) => [level, facts.subjects(level).map(({ key }) => key)]),
    );
    expect(keys).toEqual({
      brand: ["atelier-lune"],
      account: ["meta/1001"],
      budgetHolder: ["meta/1001/adGroup/200", "meta/1001/adGroup/201", "meta/1001/campaign/101"],
      campaign: ["meta/1001/campaign/100", "meta/1001/campaign/101"],
      adGroup: ["meta/1001/adGroup/200", "meta/1001/adGroup/201", "meta/1001/adGroup/202"],
      ad: [],
    });
    expect(facts.subjects("adGroup")[2]).toEqual({
      level: "adGroup",
      key: "meta/1001/adGroup/202",
      name: "Visitors",
      ref: { platform: "meta", accountId: "1001", level: "adGroup", id: "202" },
      stage: "retargeting",
    });
    expect(facts.subjects("brand")[0]).toMatchObject({ name: "Atelier Lune", ref: null, stage: null });
    expect(facts.subjects("account")[0]).toMatchObject({ name: "Atelier Lune EU", ref: null });
  });

  it("gives an ad the stage of its ad group's campaign, and none where the census lacks a parent", () => {
    const ad = anAdGroup({ level: "ad", id: "300", parentId: "200", budget: null });
    const orphan = anAdGroup({ id: "209", parentId: "109", name: "Orphan" });
    const accounts = [anAccount({ entities: [...entities, ad, orphan] })];
    const facts = factsOf({ snapshot: aSnapshot({ accounts }) });
    expect(facts.subjects("ad")).toMatchObject([{ key: "meta/1001/ad/300", stage: "prospecting" }]);
    expect(facts.subjects("adGroup").find(({ name }) => name === "Orphan")?.stage).toBeNull();
  });

  it("takes hands-off entities out of the subjects but keeps them as holders", () => {
    const handsOff = [{ match: { campaigns: ["PROS *"] }, until: "2026-03-11", by: "lea" }];
    const facts = factsOf({ brand: aBrand({ handsOff }), snapshot: portfolio });
    expect(facts.subjects("budgetHolder").map(({ key }) => key)).toEqual(["meta/1001/campaign/101"]);
    expect(facts.subjects("campaign").map(({ key }) => key)).toEqual(["meta/1001/campaign/101"]);
    expect(facts.subjects("adGroup").map(({ key }) => key)).toEqual(["meta/1001/adGroup/202"]);
    expect(facts.holders().map(({ key }) => key)).toEqual([
      "meta/1001/adGroup/200",
      "meta/1001/adGroup/201",
      "meta/1001/campaign/101",
    ]);
    expect(reading(facts, "budgetHolder", AD_GROUP_KEY, "dailyBudget").value).toBe(50_000_000);
  });

  it("finds holders by key", () => {
    const facts = factsOf({ snapshot: portfolio });
    expect(facts.holder("meta/1001/campaign/101")).toMatchObject({ owner: "campaign", budget: daily });
    expect(facts.holder("meta/1001/adGroup/202")).toBeNull();
  });

  it("lists a missing account without entities, by its key", () => {
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [] }) });
    expect(facts.subjects("account")).toMatchObject([{ key: "meta/1001", name: "meta/1001" }]);
    expect(facts.subjects("budgetHolder")).toEqual([]);
    expect(reading(facts, "account", "meta/1001", "spend", { window: "7d" }).reason?.key).toBe(
      "noData.accountMissing",
    );
  });
});

describe("lib/metrics/create-facts: presence", () => {
  it("takes an absent row inside the covered days for zero delivery", () => {
    expect(ofAdGroup(factsOf(), "spend", { window: "28d" })).toMatchObject({ value: 0, reason: null });
    expect(ofAdGroup(factsOf(), "conversions", { window: "28d" }).value).toBe(0);
  });

  it("takes the days before an entity was created for zero delivery", () => {
    const young = anAdGroup({ createdAtMs: 1_773_000_000_000 });
    const insights = [anInsight({ spendMicros: 5n })];
    const accounts = [anAccount({ entities: [aCampaign(), young], insights })];
    expect(ofAdGroup(factsOf({ snapshot: aSnapshot({ accounts }) }), "spend", { window: "28d" }).value).toBe(
      5,
    );
  });

  it("has no data for a window that leaves what the account covers", () => {
    expect(ofAdGroup(factsOf(), "spend", { window: "35d" }).value).toBe(0);
    expect(ofAdGroup(factsOf(), "spend", { window: "36d" })).toEqual({
      value: null,
      unit: "money",
      from: "2026-02-03",
      to: "2026-03-10",
      source: null,
      reason: {
        key: "noData.outsideCoverage",
        values: {
          from: { value: "2026-02-03", unit: "day" },
          to: { value: "2026-03-10", unit: "day" },
          coveredFrom: { value: "2026-02-04", unit: "day" },
          coveredTo: { value: "2026-03-10", unit: "day" },
        },
      },
    });
  });

  it("has no data for yesterday when the account ends the day before", () => {
    const accounts = [anAccount({ entities: [aCampaign(), anAdGroup()], coveredTo: "2026-03-09" })];
    const facts = factsOf({ snapshot: aSnapshot({ accounts }) });
    expect(ofAdGroup(facts, "spend", { window: "7d" }).reason?.key).toBe("noData.outsideCoverage");
    expect(ofAdGroup(facts, "spend", { window: "8d..2d" }).value).toBe(0);
  });

  it("has no data at a level that was not fetched", () => {
    const accounts = [anAccount({ entities: [aCampaign(), anAdGroup()], levels: ["account"] })];
    const facts = factsOf({ snapshot: aSnapshot({ accounts }) });
    expect(ofAdGroup(facts, "spend").reason).toEqual({
      key: "noData.levelNotFetched",
      values: { account: { value: "meta/1001", unit: "text" }, level: { value: "adGroup", unit: "state" } },
    });
    expect(ofBrand(facts, "spend").value).toBe(0);
  });
});

describe("lib/metrics/create-facts: reading", () => {
  const metrics = factCatalogue.filter(({ kind }) => kind === "metric").map(({ id }) => id);
  const needed: Record<string, Params> = {
    stageSharePercent: { stage: "prospecting", basis: "spend" },
    channelSharePercent: { channel: "meta", basis: "spend" },
    groupSharePercent: { group: "tier", member: "unmapped", basis: "spend" },
    rank: { by: "cpa" },
    rankPercent: { by: "roas", within: "campaign" },
  };
  const paramsOf = (fact: string, window: string): Params => ({ ...needed[fact], window });

  it("gives every fact of the catalogue its own unit and days, with a reason when it has no data, or a place", () => {
    const rows = dailyRows(
      repeat(14, { spendMicros: 35_000_000n, conversions: 1, clicks: 9, impressions: 900 }),
    );
    const account = rows.map((row): Insight => ({ ...row, level: "account", entityId: "1001" }));
    const snapshot = withRows([...rows, ...account], { shop: aShopWeek({ revenueMicros: 1n }) });
    const facts = factsOf({ snapshot });
    for (const { id, unit, kind } of factCatalogue) {
      const read = ofAdGroup(facts, id, kind === "metric" ? paramsOf(id, "7d") : {});
      expect({ id, unit: read.unit, from: read.from, to: read.to }).toEqual(
        kind === "metric"
          ? { id, unit, from: "2026-03-04", to: "2026-03-10" }
          : { id, unit, from: null, to: null },
      );
      const hasReason = read.value === null || read.reason?.key === "rank.place";
      expect([id, hasReason]).toEqual([id, read.reason !== null]);
    }
  });

  it.each(metrics)("has no %s outside the covered days, whatever the rows say", (fact) => {
    const rows = [
      anInsight({ day: "2026-02-03", spendMicros: 9n, conversions: 9, clicks: 9, impressions: 9 }),
    ];
    const facts = factsOf({ snapshot: withRows(rows), maturity: META_MATURITY });
    expect(ofAdGroup(facts, fact, paramsOf(fact, "36d..36d")).value).toBeNull();
  });

  it("reads the same figures whatever the order of rows and with more rows of zero", () => {
    const figures = (rows: Insight[]): unknown[] => {
      const account = rows.map((row): Insight => ({ ...row, level: "account", entityId: "1001" }));
      const shop = aShopWeek({ revenueMicros: 900_000_000n, orders: 9, newCustomers: 3, sessions: 400 });
      const facts = factsOf({ snapshot: withRows([...rows, ...account], { shop }), maturity: META_MATURITY });
      return metrics.map((fact) => ofAdGroup(facts, fact, paramsOf(fact, "7d")));
    };
    const counts = fc.record({
      spendMicros: fc.bigInt({ min: 1n, max: 100_000_000n }),
      impressions: fc.integer({ min: 1, max: 9000 }),
      conversions: fc.integer({ min: 0, max: 900 }).map((cents) => cents / 100),
    });
    const permuted = fc.array(counts, { minLength: 14, maxLength: 14 }).chain((days) => {
      const rows = dailyRows(days);
      return fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }));
    });
    fc.assert(
      fc.property(permuted, ([rows, shuffled]) => {
        expect(figures([...shuffled, ...dailyRows(repeat(14, {}))])).toEqual(figures(rows));
      }),
      { numRuns: 30 },
    );
  });

  it("keeps a holder, its ad group and different parameters apart", () => {
    const rows = dailyRows([{ spendMicros: 10_000_000n }]);
    const facts = factsOf({ snapshot: withRows(rows), maturity: META_MATURITY });
    expect(ofAdGroup(facts, "spend", { window: "7d" }).value).toBe(10_000_000);
    expect(ofAdGroup(facts, "spend", { window: "7d", correctedForDelay: true }).value).toBe(6_000_000);
    expect(ofAdGroup(facts, "spend", { window: "8d..2d" }).value).toBe(0);
    expect(reading(facts, "campaign", CAMPAIGN_KEY, "spend", { window: "7d" }).value).toBe(0);
  });

  it("answers the same object again, so a figure costs once", () => {
    const facts = factsOf();
    const first = ofAdGroup(facts, "spend", { window: "7d", correctedForDelay: true });
    expect(ofAdGroup(facts, "spend", { correctedForDelay: true, window: "7d" })).toBe(first);
  });

  it("refuses what no checked rule asks", () => {
    const facts = factsOf();
    expect(() => ofAdGroup(facts, "spend", {})).toThrow('"undefined" is not a window');
    expect(() => ofAdGroup(facts, "spend", { window: "week" })).toThrow('"week" is not a window');
    expect(() => reading(facts, "adGroup", "meta/1001/adGroup/999", "name")).toThrow(
      "is not in the snapshot",
    );
    expect(() => factsOf({ maturity: {} })).toThrow('platform "meta" has no maturity curve');
  });
});
