import { describe, expect, it } from "vitest";
import type { Brand, CustomMetric, Parameter } from "../../lib/domain/brand.ts";
import type { Unit } from "../../lib/domain/figure.ts";
import type { Insight } from "../../lib/domain/snapshot.ts";
import { customDefinitions } from "../../lib/metrics/custom.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { aFormula } from "../support/formula.ts";
import {
  aShopWeek,
  dailyRows,
  factsOf,
  ofAdGroup,
  ofBrand,
  reading,
  repeat,
  withRows,
} from "../support/readings.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, aSnapshot } from "../support/snapshot.ts";

function metric(unit: Unit, text: string, source = "brand.json: metrics"): CustomMetric {
  return { unit, formula: aFormula(text), source };
}

const share = (value: number): Parameter => ({
  unit: "ratio",
  default: { value, source: "set" },
  values: [],
});

const MARGIN: Parameter = {
  unit: "ratio",
  default: { value: 0.5, source: "margin" },
  values: [{ match: { campaigns: ["*RTG*"] }, value: 0.4, source: "margin of RTG" }],
};

/** 30 spent a day and 90 claimed, on ad group 200 and its campaign. */
function rows(
  day: Partial<Insight> = { spendMicros: 30_000_000n, conversionValueMicros: 90_000_000n },
): Insight[] {
  return (["adGroup", "campaign", "account"] as const).flatMap((level) => {
    const entityId = { adGroup: "200", campaign: "100", account: "1001" }[level];
    return dailyRows(repeat(7, day), { level, entityId });
  });
}

function factsWith(given: Partial<Brand>, insights: Insight[] = rows()) {
  return factsOf({ brand: aBrand(given), snapshot: withRows(insights) });
}

const POAS = { poas: metric("ratio", "conversionValue * contributionMargin / spend") };

describe("lib/metrics/custom", () => {
  it("works out a metric over the condition's window, with the parameter of the subject", () => {
    const facts = factsWith({ metrics: POAS, parameters: { contributionMargin: MARGIN } });
    expect(ofAdGroup(facts, "poas")).toEqual({
      value: 1.5,
      unit: "ratio",
      from: "2026-03-04",
      to: "2026-03-10",
      reason: null,
      source:
        "conversionValue * contributionMargin / spend; meta/1001 adGroup 200 omni_purchase 7dClick+1dView by click day; margin; meta/1001 adGroup 200",
    });
    const entities = [aCampaign({ name: "FR RTG 30d" }), anAdGroup()];
    const snapshot = aSnapshot({ accounts: [anAccount({ entities, insights: rows() })] });
    const retargeting = factsOf({
      brand: aBrand({ metrics: POAS, parameters: { contributionMargin: MARGIN } }),
      snapshot,
    });
    expect(ofAdGroup(retargeting, "poas").value).toBe(1.2);
    expect(ofBrand(retargeting, "poas").value).toBe(1.5);
    expect(reading(retargeting, "campaign", "meta/1001/campaign/100", "poas", { window: "1d" }).value).toBe(
      1.2,
    );
  });

  it("rounds once: money to micros, the rest to six decimals", () => {
    const metrics = {
      third: metric("money", "spend / 3"),
      ratio: metric("ratio", "spend / conversionValue"),
      loss: metric("money", "conversionValue * 0.1 - spend"),
      percent: metric("percent", "100 * spend / conversionValue"),
    };
    const facts = factsWith({ metrics });
    expect(ofAdGroup(facts, "third", { window: "1d" })).toMatchObject({ value: 10_000_000, unit: "money" });
    expect(ofAdGroup(facts, "ratio").value).toBe(0.333333);
    expect(ofAdGroup(facts, "loss", { window: "1d" }).value).toBe(-21_000_000);
    expect(ofAdGroup(facts, "percent").value).toBe(33.333333);
  });

  it("lets a metric name another, whatever their order in the file", () => {
    const metrics = { twice: metric("ratio", "2 * poas"), ...POAS };
    const facts = factsWith({ metrics, parameters: { contributionMargin: share(0.5) } });
    expect(ofAdGroup(facts, "twice").value).toBe(3);
  });

  it("reads the brand's own figures beside the subject's, and its derived levels", () => {
    const metrics = {
      earned: metric("ratio", "revenue / spend"),
      distance: metric("ratio", "roas - merFloor"),
    };
    const brand = aBrand({ metrics, parameters: { contributionMargin: share(0.5) } });
    const snapshot = withRows(rows(), { shop: aShopWeek({ revenueMicros: 60_000_000n }) });
    const facts = factsOf({ brand, snapshot });
    expect(ofBrand(facts, "earned").value).toBe(2);
    expect(ofAdGroup(facts, "distance").value).toBe(1);
  });

  it.each([
    ["missing", "conversionValue * contributionMargin / spend", {}, "noData.parameterUnset"],
    ["first missing", "revenue * contributionMargin / spend", {}, "noData.noShop"],
    ["divided by zero", "spend / (conversionValue - conversionValue)", {}, "noData.formulaDividedByZero"],
    ["of an unknown name", "spend * nobody", {}, "noData.parameterUnset"],
  ])("has no data where a figure is %s", (_what, text, params, key) => {
    const facts = factsWith({ metrics: { own: metric("ratio", text) }, parameters: {} });
    expect(ofAdGroup(facts, "own", { window: "7d", ...params })).toMatchObject({
      value: null,
      reason: { key },
    });
  });

  it("has no data where the result is beyond what numbers hold exactly", () => {
    const huge: Parameter = { unit: "ratio", default: { value: 1_000_000_000, source: "x" }, values: [] };
    const facts = factsWith({
      metrics: { own: metric("money", "spend * huge * huge") },
      parameters: { huge },
    });
    expect(ofAdGroup(facts, "own").reason).toEqual({
      key: "noData.formulaTooLarge",
      values: { name: { value: "own", unit: "text" } },
    });
  });

  it("is read of a whole group, whose members must agree on a parameter", () => {
    const facts = factsWith({ metrics: POAS, parameters: { contributionMargin: MARGIN } });
    expect(ofAdGroup(facts, "poas", { window: "7d", of: "campaign" }).value).toBe(1.5);
    expect(ofAdGroup(facts, "poas", { window: "7d", of: "brand" }).value).toBe(1.5);
    const second = aCampaign({ id: "101", name: "FR RTG 30d", objective: aCampaign().objective });
    const entities = [aCampaign(), anAdGroup(), second];
    const snapshot = aSnapshot({ accounts: [anAccount({ entities, insights: rows() })] });
    const brand = aBrand({ metrics: POAS, parameters: { contributionMargin: MARGIN } });
    expect(ofAdGroup(factsOf({ brand, snapshot }), "poas", { window: "7d", of: "objective" })).toMatchObject({
      value: null,
      reason: { key: "noData.parameterDiffers" },
    });
  });

  it("reads people reached over the very window that it is asked over", () => {
    const week = { span: "7d", from: "2026-03-04", to: "2026-03-10" } as const;
    const people = [
      { ...week, level: "adGroup" as const, entityId: "200", reach: 1_000, impressions: 2_500 },
    ];
    const account = anAccount({ entities: [aCampaign(), anAdGroup()], insights: rows(), people });
    const brand = aBrand({ metrics: { often: metric("ratio", "frequency * 2") } });
    const facts = factsOf({ brand, snapshot: aSnapshot({ accounts: [account] }) });
    expect(ofAdGroup(facts, "often").value).toBe(5);
    expect(ofAdGroup(facts, "often", { window: "28d" }).value).toBeNull();
  });

  it("may be ranked by", () => {
    const facts = factsWith({ metrics: POAS, parameters: { contributionMargin: MARGIN } });
    expect(ofAdGroup(facts, "rank", { window: "7d", by: "poas" }).value).toBe(1);
  });

  it("is known by its inputs: levels, parameters, windows, and whether it may be below 0", () => {
    const metrics = {
      ...POAS,
      profit: metric("money", "conversionValue * contributionMargin - spend"),
      often: metric("ratio", "frequency * 2"),
      share: metric("percent", "100 * spend / conversionValue"),
      derived: metric("money", "profit / 2"),
      stray: metric("ratio", "spend / nobody"),
    };
    const brand = aBrand({ metrics, parameters: { contributionMargin: share(0.5) } });
    const made = new Map(customDefinitions(brand, factCatalogue).map((fact) => [fact.id, fact]));
    expect([...made.keys()]).toEqual(["poas", "profit", "often", "share", "derived"]);
    expect(made.get("poas")).toMatchObject({ kind: "metric", unit: "ratio", counts: "conversions" });
    expect(made.get("poas")?.params).not.toContain("correctedForDelay");
    expect(made.get("poas")?.params).toContain("of");
    expect(made.get("poas")?.params).toContain("countedOn");
    expect(made.get("poas")?.params).not.toContain("per");
    expect(made.get("poas")?.range).toBeUndefined();
    expect(made.get("profit")?.range?.[0]).toBeLessThan(0);
    expect(made.get("derived")?.range?.[0]).toBeLessThan(0);
    expect(made.get("share")?.range).toEqual([0, 100_000]);
    expect(made.get("often")?.windows).toEqual(factCatalogue.find(({ id }) => id === "frequency")?.windows);
  });
});

describe("lib/metrics/parameters, formulas", () => {
  function calculated(unit: Unit, text: string): Parameter {
    return { unit, default: null, values: [], formula: { formula: aFormula(text), source: "file" } };
  }

  it("works a parameter out for each campaign", () => {
    const parameters = {
      contributionMargin: MARGIN,
      wantedProfit: share(0.25),
      merFloor: calculated("ratio", "1 / (contributionMargin - wantedProfit)"),
    };
    const facts = factsWith({ parameters });
    expect(ofBrand(facts, "merFloor", {})).toMatchObject({
      value: 4,
      source: "file; 1 / (contributionMargin - wantedProfit); margin; set",
    });
    const entities = [aCampaign({ name: "FR RTG 30d" }), anAdGroup()];
    const snapshot = aSnapshot({ accounts: [anAccount({ entities })] });
    const retargeting = factsOf({ brand: aBrand({ parameters }), snapshot });
    expect(ofAdGroup(retargeting, "merFloor", {}).value).toBe(6.666667);
  });

  it("takes the place of a level that Palier would derive, also where it has no data", () => {
    const facts = factsWith({ parameters: { merFloor: calculated("ratio", "1 / contributionMargin") } });
    expect(ofBrand(facts, "merFloor", {})).toMatchObject({
      value: null,
      reason: { key: "noData.parameterUnset", values: { name: { value: "contributionMargin" } } },
    });
  });

  it.each([
    ["less than 0", calculated("ratio", "a - 1"), "noData.parameterOutOfRange"],
    ["more than 100 %", calculated("percent", "a * 250 * 100"), "noData.parameterOutOfRange"],
    ["a division by 0", calculated("ratio", "1 / (a - a)"), "noData.formulaDividedByZero"],
  ])("has no data for %s", (_what, own, key) => {
    const facts = factsWith({ parameters: { a: share(0.5), own } });
    expect(ofAdGroup(facts, "own", {})).toMatchObject({ value: null, reason: { key } });
  });

  it("gives the shop's sales a margin that is worked out", () => {
    const parameters = { product: share(0.3), contributionMargin: calculated("ratio", "1 - product - 0.2") };
    const snapshot = withRows(rows(), { shop: aShopWeek({ revenueMicros: 100_000_000n }) });
    const facts = factsOf({ brand: aBrand({ parameters }), snapshot });
    expect(ofBrand(facts, "cm3").value).toBe(140_000_000);
  });
});
