import { describe, expect, it } from "vitest";
import type { Parameter } from "../../../lib/domain/brand.ts";
import type { Reading } from "../../../lib/domain/figure.ts";
import { factsOf, ofAdGroup, ofBrand, reading } from "../../support/readings.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, aSnapshot } from "../../support/snapshot.ts";

const FILE = "rules/brands/atelier-lune.json";

const ratio = (value: number, source = "x"): Parameter => ({
  unit: "ratio",
  default: { value, source },
  values: [],
});

function merLevel(fact: string, parameters: Record<string, Parameter>): Reading {
  return ofBrand(factsOf({ brand: aBrand({ parameters }) }), fact, {});
}

describe("lib/metrics/facts/targets", () => {
  it("reads the default where no value fits, and says where it was set", () => {
    expect(ofAdGroup(factsOf(), "targetCpa", {})).toEqual({
      value: 35_000_000,
      unit: "money",
      from: null,
      to: null,
      reason: null,
      source: `${FILE}: parameters.targetCpa.default`,
    });
  });

  it("reads the first value whose matcher fits the campaign", () => {
    const entities = [aCampaign({ name: "FR RTG 30d" }), anAdGroup()];
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [anAccount({ entities })] }) });
    const expected = { value: 22_000_000, source: `${FILE}: parameters.targetCpa.values[0]` };
    expect(ofAdGroup(facts, "targetCpa", {})).toMatchObject(expected);
    expect(reading(facts, "budgetHolder", "meta/1001/adGroup/200", "targetCpa")).toMatchObject(expected);
    expect(ofBrand(facts, "targetCpa", {}).value).toBe(35_000_000);
  });

  it("takes the first of two values that fit", () => {
    const values = [
      { match: { campaigns: ["PROS*"] }, value: 1, source: "first" },
      { match: { ids: ["200"] }, value: 2, source: "second" },
    ];
    const brand = aBrand({ parameters: { payout: { unit: "money", default: null, values } } });
    expect(ofAdGroup(factsOf({ brand }), "payout", {})).toMatchObject({
      value: 1,
      source: "first",
      unit: "money",
    });
    expect(ofBrand(factsOf({ brand }), "payout", {}).reason?.key).toBe("noData.parameterUnset");
  });

  it("reads a pack's parameter by its name, the brand's own first", () => {
    const roads = {
      off: [],
      modes: {},
      parameters: { maxFrequency: ratio(4, "pack"), targetCpa: ratio(1, "pack") },
    };
    const facts = factsOf({ brand: aBrand({ packs: { roads } }) });
    expect(ofAdGroup(facts, "maxFrequency", {})).toMatchObject({ value: 4, unit: "ratio", source: "pack" });
    expect(ofAdGroup(facts, "targetCpa", {}).value).toBe(35_000_000);
  });

  it.each(["targetCpa", "contributionMargin", "wantedProfit", "payout", "constructor"])(
    "has no data for %s when nobody set it",
    (name) => {
      expect(ofAdGroup(factsOf({ brand: aBrand({ parameters: {} }) }), name, {})).toMatchObject({
        value: null,
        reason: { key: "noData.parameterUnset", values: { name: { value: name, unit: "text" } } },
      });
    },
  );

  it("reads margin and profit as shares", () => {
    expect(ofBrand(factsOf(), "contributionMargin", {})).toMatchObject({ value: 0.5, unit: "ratio" });
    expect(ofBrand(factsOf(), "wantedProfit", {})).toMatchObject({ value: 0.22, unit: "ratio" });
  });
});

describe("lib/metrics/facts/mer-levels", () => {
  it("derives both from the margin and says how", () => {
    expect(ofBrand(factsOf(), "merFloor", {})).toMatchObject({
      value: 3.571429,
      unit: "ratio",
      source: `1 / (contributionMargin - wantedProfit); ${FILE}: parameters.contributionMargin.default; ${FILE}: parameters.wantedProfit.default`,
    });
    expect(ofBrand(factsOf(), "merAlarm", {})).toMatchObject({
      value: 2,
      source: `1 / contributionMargin; ${FILE}: parameters.contributionMargin.default`,
    });
  });

  it("takes what the brand file sets", () => {
    const parameters = {
      merFloor: ratio(5, "set"),
      merAlarm: ratio(2.5, "set"),
      contributionMargin: ratio(0.5),
    };
    expect(merLevel("merFloor", parameters)).toMatchObject({ value: 5, source: "set" });
    expect(merLevel("merAlarm", parameters)).toMatchObject({ value: 2.5, source: "set" });
  });

  it("falls back on 4 and 3 where the margin is unknown, and says so", () => {
    expect(merLevel("merFloor", {})).toMatchObject({ value: 4, source: "default: margin unknown" });
    expect(merLevel("merAlarm", {})).toMatchObject({ value: 3, source: "default: margin unknown" });
  });

  it("puts the floor at break-even where no profit is wanted", () => {
    const parameters = { contributionMargin: ratio(0.2, "margin") };
    expect(merLevel("merFloor", parameters)).toMatchObject({
      value: 5,
      source: "1 / contributionMargin; margin",
    });
  });

  it.each([
    [0.3, 0.3],
    [0.2, 0.3],
    [0, 0],
    [50, 22],
  ])("has no floor for a margin of %d and a profit of %d", (margin, profit) => {
    const parameters = { contributionMargin: ratio(margin), wantedProfit: ratio(profit) };
    expect(merLevel("merFloor", parameters).reason).toEqual({
      key: "noData.marginOutOfRange",
      values: {
        contributionMargin: { value: margin, unit: "ratio" },
        wantedProfit: { value: profit, unit: "ratio" },
      },
    });
  });

  it("finds something left of a margin that floats make look like nothing", () => {
    const parameters = { contributionMargin: ratio(0.3), wantedProfit: ratio(0.1) };
    expect(merLevel("merFloor", parameters).value).toBe(5);
  });
});
