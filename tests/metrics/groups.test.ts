import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entity } from "../../lib/domain/entity.ts";
import type { Level } from "../../lib/domain/ids.ts";
import type { Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import { AD_GROUP_KEY, CAMPAIGN_KEY, factsOf, ofBrand, reading, SETTLED } from "../support/readings.ts";
import {
  aBrand,
  aCampaign,
  aGoogleAccount,
  anAccount,
  anAdGroup,
  anInsight,
  aSharingAccount,
  aSnapshot,
} from "../support/snapshot.ts";

const GOOGLE = { platform: "google", accountId: "2000000002" };
const BRAND = aBrand({
  accounts: [
    { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "7dClick+1dView" },
    { ...GOOGLE, conversions: ["Purchase (web)"], attribution: "asSet" },
  ],
});
const daily = { period: "daily" as const, amountMicros: 80_000_000n };

/** Prospecting: 100 with three ad groups, one of them paused, and 101; retargeting: 102 with its own budget. */
const ENTITIES: readonly Entity[] = [
  aCampaign(),
  aCampaign({ id: "101", name: "PROS Narrow", objective: "OUTCOME_TRAFFIC" }),
  aCampaign({ id: "102", name: "RTG 30d", budget: daily }),
  anAdGroup(),
  anAdGroup({ id: "201" }),
  anAdGroup({ id: "202", status: "paused" }),
  anAdGroup({ id: "203", parentId: "101" }),
  anAdGroup({ id: "204", parentId: "102", budget: null }),
];

function row(level: Insight["level"], entityId: string, euros: number, conversions: number): Insight {
  return anInsight({ level, entityId, spendMicros: BigInt(euros) * 1_000_000n, conversions });
}

/** Yesterday alone. The account also spent 10 on a campaign that is gone. */
const ROWS = [
  row("adGroup", "200", 10, 1),
  row("adGroup", "201", 30, 1),
  row("adGroup", "202", 20, 0),
  row("adGroup", "203", 40, 4),
  row("adGroup", "204", 50, 5),
  row("campaign", "100", 60, 2),
  row("campaign", "101", 40, 4),
  row("campaign", "102", 50, 5),
  row("account", "1001", 160, 11),
];

function portfolio(entities: readonly Entity[] = ENTITIES): Snapshot {
  const google = aGoogleAccount({
    entities: [
      aCampaign({ ...GOOGLE, id: "500", name: "PROS Search" }),
      anAdGroup({ ...GOOGLE, id: "501", parentId: "500", budget: null }),
    ],
    insights: [row("account", "2000000002", 40, 4)],
  });
  const otherSpend = [{ day: "2026-03-10", source: "print", spendMicros: 50_000_000n }];
  return aSnapshot({
    accounts: [anAccount({ entities: [...entities], insights: ROWS }), google],
    shop: { source: "csv", days: [], otherSpend },
  });
}

const FACTS = factsOf({ brand: BRAND, snapshot: portfolio(), maturity: { ...SETTLED, google: [] } });

function told(level: Level, key: string, fact: string, params: Params, facts: Facts = FACTS): unknown {
  const { value, reason } = reading(facts, level, key, fact, { window: "1d", ...params });
  return reason === null ? value : reason.key;
}

describe("lib/metrics/groups", () => {
  it.each([
    ["adGroup", 10_000_000],
    ["campaign", 30_000_000],
    // (160 euros, 11 conversions) without (10, 1)
    ["account", 14_545_455],
    ["platform", 14_545_455],
    // 100 and 101 are prospecting, 100 and 102 are for sales
    ["stage", 16_666_667],
    ["objective", 15_714_286],
    // 60 - 10 euros, 2 - 1 conversions
    ["siblings", 50_000_000],
    // 160 + 40 euros, 11 + 4 conversions
    ["brand", 13_333_333],
  ])("reads the CPA of an ad group's %s from its sums", (of, cpa) => {
    expect(told("adGroup", AD_GROUP_KEY, "cpa", { of })).toBe(cpa);
    expect(told("budgetHolder", AD_GROUP_KEY, "cpa", { of })).toBe(cpa);
  });

  it.each([
    ["campaign", 10_000_000 * 3],
    ["account", 14_545_455],
    ["stage", 16_666_667],
    // 160 - 60 euros, 11 - 2 conversions: what is gone was beside it, too
    ["siblings", 11_111_111],
    ["adGroup", "noData.noGroup"],
  ])("reads the CPA of a campaign's %s", (of, cpa) => {
    expect(told("campaign", CAMPAIGN_KEY, "cpa", { of })).toBe(cpa);
  });

  it.each([
    // 200 and 201 are active
    ["campaign", 30_000_000],
    ["siblings", 50_000_000],
    // 200, 201, 203 and 204
    ["account", 40_000_000],
    // 200, 201 and 203 share 60 + 40
    ["stage", 33_333_333],
    // 160 + 40 + 50 outside the accounts, and five ad groups
    ["brand", 50_000_000],
  ])("divides spend of an ad group's %s by its active ad groups", (of, micros) => {
    expect(told("adGroup", AD_GROUP_KEY, "spend", { of, per: "entity" })).toBe(micros);
  });

  it("counts entities of the subject's own level, and not the subject among its siblings", () => {
    // Three campaigns share 160; beside 100 there are two.
    expect(told("campaign", CAMPAIGN_KEY, "spend", { of: "account", per: "entity" })).toBe(53_333_333);
    expect(told("campaign", CAMPAIGN_KEY, "spend", { of: "siblings", per: "entity" })).toBe(50_000_000);
    // The paused one is not among the two active ones beside it.
    const paused = "meta/1001/adGroup/202";
    expect(told("adGroup", paused, "conversions", { of: "siblings", per: "entity" })).toBe(1);
    // Four holders: 200, 201 and 203 are active ad groups, 102 is a campaign; 202 is paused.
    expect(told("budgetHolder", AD_GROUP_KEY, "conversions", { of: "account", per: "entity" })).toBe(2.75);
  });

  it("counts nothing under a paused campaign, and says so where nothing is active", () => {
    const entities = ENTITIES.map((one) => (one.id === "102" ? { ...one, status: "paused" as const } : one));
    const facts = factsOf({
      brand: BRAND,
      snapshot: portfolio(entities),
      maturity: { meta: [], google: [] },
    });
    expect(told("adGroup", AD_GROUP_KEY, "spend", { of: "account", per: "entity" }, facts)).toBe(53_333_333);
    const under = "meta/1001/adGroup/204";
    expect(told("adGroup", under, "spend", { of: "campaign", per: "entity" }, facts)).toBe(
      "noData.noneActive",
    );
  });

  it("divides by nothing where a file leaves statuses unsaid", () => {
    const entities = ENTITIES.map((one) =>
      one.id === "201" ? { ...one, unsaid: ["status" as const] } : one,
    );
    const facts = factsOf({
      brand: BRAND,
      snapshot: portfolio(entities),
      maturity: { meta: [], google: [] },
    });
    expect(told("adGroup", AD_GROUP_KEY, "spend", { of: "campaign", per: "entity" }, facts)).toBe(
      "noData.notReported",
    );
  });

  it("has no siblings for an only child, accounts and brands, and no group above a brand", () => {
    expect(told("adGroup", "meta/1001/adGroup/203", "cpa", { of: "siblings" })).toBe("noData.noSiblings");
    expect(told("account", "meta/1001", "cpa", { of: "siblings" })).toBe("noData.noSiblings");
    expect(told("brand", "atelier-lune", "cpa", { of: "account" })).toBe("noData.noGroup");
    expect(told("brand", "atelier-lune", "cpa", { of: "platform" })).toBe("noData.noGroup");
    expect(told("account", "meta/1001", "cpa", { of: "brand" })).toBe(13_333_333);
  });

  it("has no data in groups that are not known", () => {
    const entities = [
      aCampaign({ name: "Other", objective: null }),
      anAdGroup(),
      anAdGroup({ id: "209", parentId: "109" }),
    ];
    const facts = factsOf({
      brand: BRAND,
      snapshot: portfolio(entities),
      maturity: { meta: [], google: [] },
    });
    expect(told("adGroup", AD_GROUP_KEY, "cpa", { of: "stage" }, facts)).toBe("noData.noStage");
    expect(told("adGroup", AD_GROUP_KEY, "cpa", { of: "objective" }, facts)).toBe("noData.notReported");
    const orphan = "meta/1001/adGroup/209";
    expect(told("adGroup", orphan, "cpa", { of: "campaign" }, facts)).toBe("noData.noGroup");
    expect(told("adGroup", orphan, "cpa", { of: "siblings" }, facts)).toBe("noData.noGroup");
    expect(told("adGroup", orphan, "cpa", { of: "account" }, facts)).toBe(14_545_455);
  });

  it("knows the account of a shared budget, but no campaign and no siblings", () => {
    const snapshot = aSnapshot({
      accounts: [
        aSharingAccount({}, { insights: [row("account", "1001", 90, 3), row("campaign", "100", 9, 1)] }),
      ],
    });
    const facts = factsOf({ snapshot });
    const shared = "meta/1001/sharedBudget/900";
    expect(told("budgetHolder", shared, "cpa", { of: "account" }, facts)).toBe(30_000_000);
    expect(told("budgetHolder", shared, "cpa", { of: "stage" }, facts)).toBe(9_000_000);
    expect(told("budgetHolder", shared, "cpa", { of: "campaign" }, facts)).toBe("noData.noGroup");
    expect(told("budgetHolder", shared, "cpa", { of: "siblings" }, facts)).toBe("noData.noSiblings");
  });

  it("counts the days of the subject, not of the group", () => {
    // Created on 2026-03-10: the campaign's day before that does not count.
    const young = ENTITIES.map((one) =>
      one.id === "200" ? { ...one, createdAtMs: 1_773_140_000_000 } : one,
    );
    const snapshot = portfolio(young);
    const [meta] = snapshot.accounts;
    meta?.insights.push(
      anInsight({ level: "campaign", entityId: "100", day: "2026-03-09", spendMicros: 7n }),
    );
    const facts = factsOf({ brand: BRAND, snapshot, maturity: { meta: [], google: [] } });
    const found = reading(facts, "adGroup", AD_GROUP_KEY, "spend", { window: "lifetime", of: "campaign" });
    expect(found).toMatchObject({ value: 60_000_000, from: "2026-03-10", to: "2026-03-10" });
    expect(told("adGroup", AD_GROUP_KEY, "spend", { window: "2d", of: "campaign" }, facts)).toBe(60_000_007);
    const ofBrand = { window: "lifetime", of: "brand" };
    expect(told("adGroup", AD_GROUP_KEY, "spend", ofBrand, facts)).toBe(250_000_000);
  });

  it("says what was counted", () => {
    const source = (of: string, per: Params = {}): string | null =>
      reading(FACTS, "adGroup", AD_GROUP_KEY, "spend", { window: "1d", of, ...per }).source;
    expect(source("stage")).toBe("meta/1001 stage prospecting");
    expect(source("siblings")).toBe("meta/1001 campaign 100 without adGroup 200");
    expect(source("campaign", { per: "entity" })).toBe("meta/1001 campaign 100 / 2 active");
  });

  it("refuses groups that do not exist, and facts that no group has", () => {
    const bad = expect.objectContaining({ code: "metrics.badParams" });
    expect(() => told("adGroup", AD_GROUP_KEY, "cpa", { of: "tier" })).toThrow(bad);
    expect(() => told("adGroup", AD_GROUP_KEY, "cpa", { of: "campaign", per: "entity" })).toThrow(bad);
    expect(() => told("adGroup", AD_GROUP_KEY, "spend", { per: "entity" })).toThrow(bad);
    expect(() => told("adGroup", AD_GROUP_KEY, "cpaOkProbability", { of: "campaign" })).toThrow(bad);
  });
});

describe("lib/metrics/groups: laws", () => {
  const euros = fc.integer({ min: 0, max: 900 });
  const counts = fc.array(fc.record({ id: fc.constantFrom("200", "201", "202"), euros, of: fc.nat(9) }), {
    maxLength: 12,
  });
  const additive = factCatalogue.filter((fact) => fact.additive === true).map(({ id }) => id);

  it("makes a parent of every additive figure of a subject and its siblings", () => {
    expect(additive).toEqual([
      ...["spend", "impressions", "clicks", "linkClicks", "conversions", "conversionValue", "videoViews"],
    ]);
    fc.assert(
      fc.property(counts, (given) => {
        const rows = given.map(({ id, euros: spent, of }, index) =>
          anInsight({
            ...{ entityId: id, day: `2026-03-0${1 + (index % 9)}`, spendMicros: BigInt(spent) * 1_000_000n },
            ...{ impressions: spent, clicks: of, linkClicks: of, conversions: of, videoViews: of },
            conversionValueMicros: BigInt(of),
          }),
        );
        const parents = rows.map((one) => ({ ...one, level: "campaign" as const, entityId: "100" }));
        const entities = [...ENTITIES];
        const snapshot = aSnapshot({ accounts: [anAccount({ entities, insights: [...rows, ...parents] })] });
        const facts = factsOf({ snapshot });
        for (const fact of rows.length === 0 ? additive.slice(0, 1) : additive) {
          const [own, beside, parent] = [{}, { of: "siblings" }, { of: "campaign" }].map(
            (params) => reading(facts, "adGroup", AD_GROUP_KEY, fact, { window: "14d", ...params }).value,
          );
          expect([fact, Number(own ?? 0) + Number(beside)]).toEqual([fact, Number(parent)]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("reads of the brand what the brand's own figure is", () => {
    const metrics = factCatalogue.filter(({ params, ranked }) => params.includes("of") && ranked !== true);
    for (const { id } of metrics) {
      const { value, reason, source } = ofBrand(FACTS, id, { window: "1d" });
      expect(reading(FACTS, "adGroup", AD_GROUP_KEY, id, { window: "1d", of: "brand" })).toMatchObject({
        ...{ value, reason, source },
      });
    }
    expect(metrics.length).toBeGreaterThan(15);
  });
});
