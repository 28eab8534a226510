import { describe, expect, it } from "vitest";
import type { Json } from "../../support/rule.ts";
import { caseOf, GIVEN, readingOf } from "../../support/rule-tests.ts";

const over = (fact: string, window: string, params: Json = {}): Json => ({
  fact,
  params: { window, ...params },
  operator: "greaterThanInclusive",
  value: 0,
});
const known = (fact: string, params?: Json): Json => ({
  fact,
  ...(params && { params }),
  operator: "isKnown",
  value: true,
});

describe("lib/rules/cases: what a night sees of a case", () => {
  it.each<[string, Json, Json, unknown]>([
    ["series end yesterday", { series: { spend: "1x34 5" } }, over("spend", "1d"), 5_000_000],
    ["money is in major units, to the cent", { series: { spend: "0.01x35" } }, over("spend", "7d"), 70_000],
    ["a part of a conversion counts", { series: { conversions: "0.5x35" } }, over("conversions", "7d"), 3.5],
    ["what is not stated is not reported", {}, over("clicks", "7d"), null],
    ["null takes back what is given", { series: { conversions: null } }, over("conversions", "7d"), null],
    [
      "a shorter series is unknown before it",
      { series: { conversions: "1x6" } },
      over("conversions", "7d"),
      null,
    ],
    [
      "days before all spend are not covered",
      { series: { spend: "20x6", conversions: "1x6" } },
      over("spend", "7d"),
      null,
    ],
    [
      "neither is a last day without",
      { series: { spend: "20x34 -", conversions: null } },
      over("spend", "7d"),
      null,
    ],
    [
      "another entity's spend is its own",
      { others: [{ series: { spend: "9x35" } }] },
      over("spend", "1d"),
      20_000_000,
    ],
  ])("%s", async (_, one, condition, value) => {
    expect(await readingOf(one, condition)).toBe(value);
  });

  it("delivers nothing where no series is stated, which is known", async () => {
    const { series: _, ...given } = GIVEN;
    expect(await readingOf({}, over("conversions", "28d"), given)).toBe(0);
  });

  it.each<[string, Json, Json, unknown]>([
    ["90 days old unless stated", {}, known("ageDays"), 90],
    ["as old as stated", { entity: { ageDays: 3 } }, known("ageDays"), 3],
    ["of an age that nobody tells", { entity: { ageDays: null } }, known("ageDays"), null],
    ["done learning unless stated", {}, known("learning"), "learned"],
    ["learning", { entity: { learning: "learning" } }, known("learning"), "learning"],
    ["in its stage", {}, known("stage"), "prospecting"],
    ["on its platform", { entity: { platform: "google" } }, known("platform"), "google"],
    ["with 50 a day unless stated", {}, known("dailyBudget"), 50_000_000],
    ["with its budget", { entity: { dailyBudget: 12.5 } }, known("dailyBudget"), 12_500_000],
    ["edited some days ago", { entity: { daysSinceChange: 4 } }, known("daysSinceChange"), 4],
  ])("has an entity %s", async (_, one, condition, value) => {
    expect(await readingOf(one, condition)).toBe(value);
  });

  it.each<[string, Json, Json, unknown]>([
    // 7 x 60 over 7 x (20 + 10).
    [
      "adds up all accounts and what is spent elsewhere",
      {
        others: [{ platform: "google", series: { spend: "8x35" } }],
        brand: { shop: { revenue: "60x35" }, otherSpend: { print: "2x7" } },
      },
      over("mer", "7d"),
      2,
    ],
    ["has no figures of a shop unless stated", {}, over("revenue", "7d"), null],
    ["takes a shop back", { brand: { shop: null } }, over("revenue", "7d"), null],
    [
      "does not know a day that the shop left out",
      { brand: { shop: { revenue: "60x30 - 60x4" } } },
      over("revenue", "7d"),
      null,
    ],
    [
      "knows where the shop says revenue came from",
      { brand: { shop: { revenue: "60x35" }, revenueBySource: { email: "15x35" } } },
      over("channelSharePercent", "7d", { channel: "email", basis: "revenue" }),
      25,
    ],
    [
      "divides spend among the stages of its entities",
      { others: [{ stage: "awareness", series: { spend: "60x35" } }] },
      over("stageSharePercent", "7d", { stage: "awareness", basis: "spend" }),
      75,
    ],
  ])("has a brand that %s", async (_, one, condition, value) => {
    expect(await readingOf(one, condition, { ...GIVEN, brand: {} })).toBe(value);
  });

  it.each([
    ["campaign", "meta", "campaign"],
    ["adGroup", "meta", "adGroup"],
    ["shared", "google", "sharedBudget"],
    [undefined, "meta", "adGroup"],
    [undefined, "google", "campaign"],
  ])("has a budget that is the %j's on %s", async (budgetOwner, platform, level) => {
    const report = await caseOf({
      entity: { platform, ...(budgetOwner && { budgetOwner }) },
      expect: { verdict: "matched" },
    });
    expect(report).toMatchObject({ differences: [], verdict: { subject: { ref: { level } } } });
  });

  it.each<[string, Json, Json]>([
    ["campaigns by their name", { campaigns: ["*FR*"] }, { campaign: "PROS FR" }],
    ["its own name", { names: ["Broad*"] }, { name: "Broad 25-54" }],
    ["labels", { labels: ["proven"] }, { labels: ["proven"] }],
    ["objectives", { objectives: ["OUTCOME_SALES"] }, { objective: "OUTCOME_SALES" }],
    ["accounts", { accounts: ["1001"] }, { account: "1001" }],
    ["platforms", { platforms: ["google"] }, { platform: "google" }],
    ["paused ones", { status: ["paused"] }, { status: "paused" }],
    ["lifetime budgets", { budget: { period: ["lifetime"] } }, { lifetimeBudget: 900 }],
    ["a stage that only this brand has", { stages: ["coldFr"] }, { stage: "coldFr" }],
  ])("is looked at by rules for %s, and only as stated", async (_, appliesTo, entity) => {
    const rule = { appliesTo };
    const inside = await caseOf({ entity, expect: { verdict: "matched" } }, rule);
    const outside = await caseOf({ expect: { verdict: "outOfScope" } }, rule);
    expect([inside.differences, outside.differences]).toEqual([[], []]);
  });
});
