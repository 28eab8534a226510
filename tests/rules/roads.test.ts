import { describe, expect, it } from "vitest";
import type { Verdict } from "../../lib/domain/verdict.ts";
import { createFacts } from "../../lib/metrics/index.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import { roads } from "../support/roads.ts";
import { aStatedBrand, aStatedHolder, type Readings, statedFacts } from "../support/rule.ts";
import { aCampaign, anAccount, anAdGroup, anEmptyState, anInsight, aSnapshot } from "../support/snapshot.ts";

const BRAND_FILE = "rules/brands/atelier-lune.json";

/** A holder that gives all three green lights, on each of them exactly at the bar. */
const PROVEN: Readings = {
  "spend window=14d": 105_000_000,
  "spend correctedForDelay=true window=14d": 104_000_000,
  targetCpa: 35_000_000,
  "conversions window=14d": 15,
  "cpaOkProbability window=14d": 0.85,
  "stable window=14d": true,
  "mer window=7d": 3.8,
  merFloor: 3.571429,
  "mer window=28d": 4,
  "siteConversionRatePercent window=7d": 1.8,
  "siteConversionRatePercent window=28d": 2,
  ageDays: 90,
};

/** A holder that spent 3 x its target CPA, settled, and never sold, exactly at each bar. */
const HOPELESS: Readings = {
  ...PROVEN,
  "spend correctedForDelay=true window=14d": 105_000_000,
  "conversions window=14d": 0,
  "cpaOkProbability window=14d": null,
  "stable window=14d": null,
  ageDays: 3,
};

/** In the middle of a month, so that no channel is looked at, and with no band set. */
const HEALTHY: Readings = {
  "mer window=7d": 3.571429,
  merFloor: 3.571429,
  merAlarm: 2,
  dayOfMonth: 11,
  "ltvToCac window=28d": null,
  healthyLtvToCac: 3,
  roomyLtvToCac: 5,
  "newAdsPer5000 window=28d": 4,
  adsPer5000: 4,
  "grossMarginLeft window=28d": 12_000_000,
  "siteConversionRatePercent window=7d": 2,
  "siteConversionRatePercent window=28d..8d": 2,
  daysSinceEvent: null,
  "mer window=thisMonth": 4,
  monthSpentPercent: null,
  monthElapsedPercent: 32.258065,
  ...Object.fromEntries(
    ["awareness", "prospecting", "retargeting"].flatMap((stage) => [
      [`stageSharePercent basis=spend stage=${stage} window=28d`, 20],
      [`stageBandLowPercent stage=${stage}`, null],
      [`stageBandHighPercent stage=${stage}`, null],
    ]),
  ),
  ...Object.fromEntries(
    ["meta", "google"].flatMap((channel) =>
      ["revenue", "spend"].map((basis) => [
        `channelSharePercent basis=${basis} channel=${channel} window=28d`,
        null,
      ]),
    ),
  ),
};

async function resultOf(
  rule: string,
  holder: Readings,
  brand: Readings = HEALTHY,
): Promise<Verdict["result"] | undefined> {
  const verdicts = await evaluateRules(
    roads().ruleset,
    statedFacts(aStatedHolder(holder), aStatedBrand(brand)),
  );
  return verdicts.find(({ ruleId }) => ruleId === rule)?.result;
}

describe("rules/packs/roads", () => {
  it("has thirteen rules, none of which acts without asking", () => {
    expect(roads().ruleset.rules.map(({ id, mode, action }) => [id, mode, action.type])).toEqual([
      ["alarm-mer", "propose", "notify"],
      ["channel-dependency", "propose", "notify"],
      ["few-new-ads", "propose", "notify"],
      ["hold-after-event", "propose", "hold"],
      ["hold-loss-making-orders", "propose", "hold"],
      ["hold-under-floor", "propose", "hold"],
      ["ltv-to-cac-low", "propose", "notify"],
      ["ltv-to-cac-room", "propose", "notify"],
      ["month-by-day-20", "propose", "notify"],
      ["pause-no-conversion", "propose", "pause"],
      ["raise-proven", "propose", "raiseBudget"],
      ["site-converts-worse", "propose", "notify"],
      ["stage-outside-band", "propose", "notify"],
    ]);
  });

  it("raises by 20 %, and the same holder again after 3 nights", () => {
    expect(roads().ruleset.rules.find(({ id }) => id === "raise-proven")).toMatchObject({
      action: { by: { kind: "percent", percent: 20 }, ceilingMicros: null },
      cooldownNights: 3,
    });
  });

  it("holds raises alone, and sounds the alarm at once and every night", () => {
    const actions = new Map(roads().ruleset.rules.map(({ id, action }) => [id, action]));
    expect(actions.get("alarm-mer")).toMatchObject({ type: "notify", urgency: "now", repeat: "daily" });
    expect(actions.get("hold-under-floor")).toMatchObject({
      type: "hold",
      blocks: ["raise"],
      scope: { kind: "brand" },
    });
  });

  it.each([
    ["all lights are green", {}, "matched"],
    ["spend is a cent short of 3 x the target CPA", { "spend window=14d": 104_990_000 }, "notMatched"],
    ["14 conversions are too few", { "conversions window=14d": 14 }, "notMatched"],
    ["the CPA may be luck", { "cpaOkProbability window=14d": 0.849999 }, "notMatched"],
    ["results are not stable", { "stable window=14d": false }, "notMatched"],
    ["the MER is under its floor", { "mer window=7d": 3.571428, "mer window=28d": 3.5 }, "notMatched"],
    ["the MER fell by more than 5 %", { "mer window=7d": 3.799999 }, "notMatched"],
    [
      "the site converts 10 % worse and a bit",
      { "siteConversionRatePercent window=7d": 1.799999 },
      "notMatched",
    ],
    ["nobody set a target CPA", { targetCpa: null }, "noData"],
    ["the shop sent no revenue", { "mer window=7d": null, "mer window=28d": null }, "noData"],
    [
      "sessions are not counted",
      { "siteConversionRatePercent window=7d": null, "siteConversionRatePercent window=28d": null },
      "noData",
    ],
    ["stability cannot be judged", { "stable window=14d": null }, "noData"],
  ] as const)("decides on a raise when %s", async (_, change, result) => {
    expect(await resultOf("raise-proven", { ...PROVEN, ...change })).toBe(result);
  });

  it.each([
    ["3 x the target CPA are spent and settled", {}, "matched"],
    [
      "part of the conversions may still come",
      { "spend correctedForDelay=true window=14d": 104_999_999 },
      "notMatched",
    ],
    ["it sold once", { "conversions window=14d": 1 }, "notMatched"],
    ["it sold a part of once", { "conversions window=14d": 0.2 }, "notMatched"],
    ["it is two days old", { ageDays: 2 }, "notMatched"],
    ["its conversions are not known", { "conversions window=14d": null }, "noData"],
    ["its age is not known", { ageDays: null }, "noData"],
  ] as const)("decides on a pause when %s", async (_, change, result) => {
    expect(await resultOf("pause-no-conversion", { ...HOPELESS, ...change })).toBe(result);
  });

  it.each([
    [3.571429, "notMatched", "notMatched"],
    [3.571428, "matched", "notMatched"],
    [2, "matched", "notMatched"],
    [1.999999, "matched", "matched"],
    [null, "noData", "noData"],
  ] as const)("at a MER of %j the hold is %s and the alarm %s", async (mer, hold, alarm) => {
    const brand = { ...HEALTHY, "mer window=7d": mer };
    expect(await resultOf("hold-under-floor", PROVEN, brand)).toBe(hold);
    expect(await resultOf("alarm-mer", PROVEN, brand)).toBe(alarm);
  });

  it("leaves awareness, paused holders and lifetime budgets alone", async () => {
    const awareness = aStatedHolder({}, "301");
    awareness.subject.stage = "awareness";
    const paused = aStatedHolder({}, "302", { adGroup: { status: "paused" } });
    const lifetime = aStatedHolder({}, "303", {
      adGroup: { budget: { period: "lifetime", amountMicros: 1_000_000_000n } },
    });
    const verdicts = await evaluateRules(
      roads().ruleset,
      statedFacts(awareness, paused, lifetime, aStatedBrand(HEALTHY)),
    );
    expect(verdicts.map(({ ruleId, subject }) => [ruleId, subject.level])).toEqual([
      ["alarm-mer", "brand"],
      ["channel-dependency", "brand"],
      ["few-new-ads", "brand"],
      ["hold-after-event", "brand"],
      ["hold-loss-making-orders", "brand"],
      ["hold-under-floor", "brand"],
      ["ltv-to-cac-low", "brand"],
      ["ltv-to-cac-room", "brand"],
      ["month-by-day-20", "brand"],
      ["site-converts-worse", "brand"],
      ["stage-outside-band", "brand"],
    ]);
  });

  it("reads its figures from a snapshot: 120 EUR spent two weeks ago without a sale is a pause", async () => {
    const { brand, ruleset } = roads();
    const insights = [anInsight({ day: "2026-02-25", spendMicros: 120_000_000n })];
    const snapshot = aSnapshot({ accounts: [anAccount({ entities: [aCampaign(), anAdGroup()], insights })] });
    const facts = createFacts({ brand, snapshot, state: anEmptyState(), maturity: { meta: [0.5, 0.8, 1] } });
    const verdicts = await evaluateRules(ruleset, facts);
    expect(verdicts.map(({ ruleId, result }) => [ruleId, result])).toEqual([
      ["alarm-mer", "noData"],
      ["channel-dependency", "notMatched"],
      ["few-new-ads", "noData"],
      ["hold-after-event", "noData"],
      ["hold-loss-making-orders", "noData"],
      ["hold-under-floor", "noData"],
      ["ltv-to-cac-low", "noData"],
      ["ltv-to-cac-room", "noData"],
      ["month-by-day-20", "notMatched"],
      ["pause-no-conversion", "matched"],
      ["raise-proven", "notMatched"],
      ["site-converts-worse", "noData"],
      ["stage-outside-band", "noData"],
    ]);
    const pause = verdicts.find(({ ruleId }) => ruleId === "pause-no-conversion");
    expect(pause?.evidence[0]).toMatchObject({
      value: { value: 120_000_000, from: "2026-02-25", to: "2026-03-10" },
      threshold: { value: 105_000_000, source: `${BRAND_FILE}: parameters.targetCpa.default` },
      thresholdFact: "targetCpa",
      thresholdTimes: 3,
    });
  });
});
