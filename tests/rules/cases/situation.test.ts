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

  it.each<[string, Json, Json, unknown]>([
    ["today, where it is told", { entity: { today: { spend: 7.5 } } }, over("spend", "today"), 7_500_000],
    ["no today unless told", {}, over("spend", "today"), null],
    [
      "the last days and today",
      { entity: { today: { spend: 7.5 } } },
      over("spend", "7d+today"),
      147_500_000,
    ],
    [
      "people that it reached",
      { entity: { people: { "7d": { reach: 400, impressions: 1000 } } } },
      over("frequency", "7d"),
      2.5,
    ],
    [
      "conversions under another attribution",
      { entity: { claims: { "purchase/1dClick": "2x35" } } },
      over("conversions", "7d", { attribution: "1dClick" }),
      14,
    ],
    ["who paused it", { entity: { paused: { by: "person", nightsAgo: 2 } } }, known("pausedBy"), "person"],
    [
      "which rule of Palier's did",
      { entity: { paused: { by: "palier", rule: "stop-day", nightsAgo: 2 } } },
      known("pausedByRule"),
      "stop-day",
    ],
    [
      "how long ago, by the clock",
      { entity: { paused: { by: "palier", nightsAgo: 2 } } },
      known("hoursSincePaused"),
      48,
    ],
    ["how it bids", { entity: { bidStrategy: "TARGET_ROAS" } }, known("bidStrategy"), "TARGET_ROAS"],
    ["that its budget keeps it back", { entity: { budgetLimited: true } }, known("budgetLimited"), true],
    [
      "what it lost to its budget",
      { entity: { searchShares: { lostToBudgetPercent: 12 } } },
      known("searchLostToBudgetPercent"),
      12,
    ],
    ["the hour that a case names", { at: "09:30" }, known("localHour"), 9],
    [
      "days to an event of the brand",
      { brand: { calendar: { sale: [{ from: "2026-03-15", to: "2026-03-16" }] } } },
      known("daysToEvent"),
      4,
    ],
    [
      "a metric that its brand made up",
      { brand: { metrics: { perConversion: { unit: "money", formula: "spend / conversions" } } } },
      over("perConversion", "7d"),
      20_000_000,
    ],
  ])("knows %s", async (_, one, condition, value) => {
    const paused = (one.entity as Json | undefined)?.paused !== undefined;
    const report = await caseOf(
      { expect: { verdict: "matched" }, ...one },
      { conditions: { all: [condition] }, ...(paused && { appliesTo: { status: ["paused"] } }) },
    );
    expect(report.verdict?.evidence[0]?.value.value).toBe(value);
  });

  it("puts what names one campaign into it, and takes its share for that of its siblings", async () => {
    const sibling = { campaign: "PROS FR", series: { spend: "30x35" } };
    const one = { entity: { campaign: "PROS FR" }, others: [sibling, { series: { spend: "9x35" } }] };
    expect(await readingOf(one, over("spend", "7d", { of: "campaign" }))).toBe(350_000_000);
    expect(await readingOf(one, over("spend", "7d", { of: "siblings" }))).toBe(210_000_000);
  });

  it("puts ads below what owns the budget", async () => {
    const one = {
      entity: { level: "ad", campaign: "PROS FR" },
      expect: { verdict: "matched", change: "notYet" },
    };
    const rule = { appliesTo: { level: "ad" }, action: { type: "notify" } };
    expect(await caseOf(one, rule)).toMatchObject({
      differences: [],
      verdict: { subject: { level: "ad", key: "meta/1000000001/ad/301" } },
    });
  });

  it("divides spend among the members of a partition that a case's entities are in", async () => {
    const one = {
      entity: { groups: { tier: "proven" } },
      others: [{ groups: { tier: "test" }, series: { spend: "60x35" } }],
    };
    const share = over("groupSharePercent", "7d", { group: "tier", member: "test", basis: "spend" });
    expect(await readingOf(one, share)).toBe(75);
  });
});

describe("lib/rules/cases: what a case says of earlier nights", () => {
  const always = { conditions: { all: [{ fact: "always", operator: "equal", value: true }] } };
  const told = async (one: Json, rule: Json) =>
    (await caseOf({ expect: { verdict: "matched" }, ...one }, { ...always, ...rule })).found?.change;

  it.each<[string, Json, Json, string]>([
    ["the second night of three", { before: { matchedNights: 1 } }, { nightsInARow: 3 }, "blocked"],
    ["the third night of three", { before: { matchedNights: 2 } }, { nightsInARow: 3 }, "pause"],
    ["its only change is made", { before: { changes: 1 } }, { atMost: { perLife: 1 } }, "blocked"],
    ["its only change is not made yet", {}, { atMost: { perLife: 1 } }, "pause"],
    [
      "people were told last night",
      { before: { toldNightsAgo: 1 } },
      { action: { type: "notify" }, appliesTo: { level: "budgetHolder" } },
      "none",
    ],
    ["they were not", {}, { action: { type: "notify" }, appliesTo: { level: "budgetHolder" } }, "notify"],
  ])("knows that %s", async (_, one, rule, change) => {
    expect(await told(one, { mode: "propose", action: { type: "pause" }, ...rule })).toBe(change);
  });

  it("ends a pause of the rule's own when its night has come", async () => {
    const paused = { by: "palier", nightsAgo: 1, until: "2026-03-11" };
    const rule = { conditions: { all: [known("pausedBy")] }, action: { type: "pause", until: "tomorrow" } };
    const report = await caseOf(
      { entity: { paused }, expect: { verdict: "outOfScope", change: "resume" } },
      rule,
    );
    expect(report.differences).toEqual([]);
  });
});
