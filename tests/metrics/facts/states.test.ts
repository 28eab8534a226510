import { describe, expect, it } from "vitest";
import type { Entity } from "../../../lib/domain/entity.ts";
import type { Reading } from "../../../lib/domain/figure.ts";
import type { Level } from "../../../lib/domain/ids.ts";
import { AD_GROUP_KEY, CAMPAIGN_KEY, factsOf, ofAdGroup, ofBrand, reading } from "../../support/readings.ts";
import {
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  aSnapshot,
  ROUND_AT_MS,
} from "../../support/snapshot.ts";

const HOUR_MS = 3_600_000;

function read(fact: string, adGroup: Partial<Entity>, campaign: Partial<Entity> = {}): Reading {
  const entities = [aCampaign(campaign), anAdGroup(adGroup)];
  return ofAdGroup(factsOf({ snapshot: aSnapshot({ accounts: [anAccount({ entities })] }) }), fact, {});
}

const notReported = (fact: string): object => ({
  value: null,
  reason: { key: "noData.notReported", values: { fact: { value: fact, unit: "state" } } },
});

describe("lib/metrics/facts/identity", () => {
  it.each([
    ["name", "text", "Broad 25-54"],
    ["platform", "text", "meta"],
    ["stage", "text", "prospecting"],
    ["objective", "text", "OUTCOME_SALES"],
    ["status", "state", "active"],
    ["learning", "state", "learned"],
    ["always", "flag", true],
  ])("reads %s as %s", (fact, unit, value) => {
    expect(read(fact, {})).toEqual({ value, unit, from: null, to: null, reason: null, source: null });
  });

  it("has no stage for a campaign that fits none", () => {
    expect(read("stage", {}, { name: "Advantage+ Test" }).reason).toEqual({
      key: "noData.noStage",
      values: {},
    });
  });

  it("never takes what the platform does not say for a good answer", () => {
    expect(read("learning", { learning: "unknown" })).toMatchObject(notReported("learningPhase"));
    expect(read("objective", {}, { objective: null })).toMatchObject(notReported("objective"));
  });

  it("has no entity's state at brand level", () => {
    expect(ofBrand(factsOf(), "status", {}).reason).toEqual({
      key: "noData.notAtThisLevel",
      values: { fact: { value: "status", unit: "text" }, level: { value: "brand", unit: "state" } },
    });
    expect(ofBrand(factsOf(), "name", {}).value).toBe("Atelier Lune");
    expect(ofBrand(factsOf(), "always", {}).value).toBe(true);
  });
});

describe("lib/metrics/facts/age", () => {
  it.each([
    [72, 72, 3],
    [71.9, 71, 2],
    [0.5, 0, 0],
    [-1, 0, 0],
  ])("counts completed hours and days: %d hours ago is %d hours, %d days", (hours, ageHours, ageDays) => {
    const createdAtMs = ROUND_AT_MS - hours * HOUR_MS;
    expect(read("ageHours", { createdAtMs })).toMatchObject({ value: ageHours, unit: "hours" });
    expect(read("ageDays", { createdAtMs })).toMatchObject({ value: ageDays, unit: "days" });
  });

  it("counts to the moment given instead of the snapshot's", () => {
    expect(ofAdGroup(factsOf({ nowMs: 1_762_156_800_000 + 48 * HOUR_MS }), "ageDays", {}).value).toBe(2);
  });

  it("has no age where the platform does not say", () => {
    expect(read("ageDays", { createdAtMs: null })).toMatchObject(notReported("age"));
    expect(read("ageHours", { createdAtMs: null })).toMatchObject(notReported("age"));
  });

  it("counts from the latest change: reported, of the campaign, or Palier's own", () => {
    const hoursAgo = (hours: number): number => ROUND_AT_MS - hours * HOUR_MS;
    expect(read("daysSinceChange", { lastEditAtMs: hoursAgo(100) }).value).toBe(4);
    expect(
      read("daysSinceChange", { lastEditAtMs: hoursAgo(100) }, { lastEditAtMs: hoursAgo(50) }).value,
    ).toBe(2);
    const applied = [
      {
        changeId: "atelier-lune-20260310-1",
        holderKey: AD_GROUP_KEY,
        ruleId: "raise-proven",
        day: "2026-03-10",
        atMs: hoursAgo(24),
        edit: { kind: "dailyBudget" as const, fromMicros: 50_000_000n, toMicros: 60_000_000n },
      },
    ];
    const facts = factsOf({ state: anEmptyState({ applied }) });
    expect(ofAdGroup(facts, "daysSinceChange", {})).toMatchObject({ value: 1, unit: "days" });
    expect(reading(facts, "campaign", CAMPAIGN_KEY, "daysSinceChange").value).toBeNull();
  });

  it("has no data when no change is known", () => {
    expect(read("daysSinceChange", {}).reason).toEqual({ key: "noData.noKnownChange", values: {} });
  });
});

describe("lib/metrics/facts/budget", () => {
  const daily = { period: "daily" as const, amountMicros: 80_000_000n };
  const lifetime = { period: "lifetime" as const, amountMicros: 900_000_000n };
  const figures = (
    level: Level,
    key: string,
    campaign: Partial<Entity>,
    adGroup: Partial<Entity>,
  ): unknown[] => {
    const entities = [aCampaign(campaign), anAdGroup(adGroup)];
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [anAccount({ entities })] }) });
    return ["dailyBudget", "budgetOwner", "budgetPeriod"].map(
      (fact) => reading(facts, level, key, fact).value,
    );
  };

  it.each([
    ["ad group with its own budget", "adGroup", AD_GROUP_KEY, null, daily, [80_000_000, "adGroup", "daily"]],
    [
      "ad group with a lifetime budget",
      "adGroup",
      AD_GROUP_KEY,
      null,
      lifetime,
      [null, "adGroup", "lifetime"],
    ],
    ["ad group under a campaign budget", "adGroup", AD_GROUP_KEY, daily, null, [null, "campaign", "daily"]],
    ["ad group that claims one under it", "adGroup", AD_GROUP_KEY, daily, daily, [null, "campaign", "daily"]],
    ["ad group without any budget", "adGroup", AD_GROUP_KEY, null, null, [null, null, null]],
    [
      "campaign with its own budget",
      "campaign",
      CAMPAIGN_KEY,
      daily,
      null,
      [80_000_000, "campaign", "daily"],
    ],
    ["campaign without one", "campaign", CAMPAIGN_KEY, null, daily, [null, "adGroup", null]],
    ["ad-group holder", "budgetHolder", AD_GROUP_KEY, null, daily, [80_000_000, "adGroup", "daily"]],
    ["campaign holder", "budgetHolder", CAMPAIGN_KEY, lifetime, null, [null, "campaign", "lifetime"]],
  ] as const)("knows the money of an %s", (_, level, key, campaign, adGroup, expected) => {
    expect(figures(level, key, { budget: campaign }, { budget: adGroup })).toEqual(expected);
  });

  it("says why there is no budget to read", () => {
    expect(read("dailyBudget", { budget: lifetime }).reason).toEqual({
      key: "noData.noDailyBudget",
      values: {},
    });
    expect(read("budgetOwner", { budget: null }).reason).toEqual({ key: "noData.noBudget", values: {} });
    expect(read("budgetPeriod", { budget: null }).reason).toEqual({ key: "noData.noBudget", values: {} });
    expect(read("dailyBudget", { budget: daily })).toMatchObject({ unit: "money" });
  });
});
