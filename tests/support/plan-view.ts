/** Plans as the report reads them, built by hand: readings, conditions, holders, changes, a quiet night. */
import type { Reading } from "../../lib/domain/figure.ts";
import type { TargetRef } from "../../lib/domain/ids.ts";
import type {
  AccountLine,
  ForeignEdit,
  HolderLine,
  NearMiss,
  Plan,
  PlannedChange,
} from "../../lib/domain/plan.ts";
import type { Evidence, Subject } from "../../lib/domain/verdict.ts";
import type { PlanReportOptions } from "../../lib/report/plan-report.ts";

const FROM_14 = "2026-02-25";
const FROM_7 = "2026-03-04";
const TO = "2026-03-10";
const COUNTED = "meta/1001 omni_purchase 7dClick+1dView";

export const factLabels = {
  spend: { en: "spend", fr: "dépense" },
  conversions: { en: "conversions", fr: "conversions" },
  cpa: { en: "CPA", fr: "CPA" },
  targetCpa: { en: "target CPA", fr: "CPA cible" },
  mer: { en: "MER", fr: "MER" },
  merFloor: { en: "MER floor", fr: "plancher de MER" },
  merAlarm: { en: "MER alarm", fr: "alerte de MER" },
  cpaOkProbability: { en: "P(CPA within 1.25 x target)", fr: "P(CPA à moins de 1,25 x l'objectif)" },
  stable: { en: "stable results", fr: "résultats stables" },
} as const;

export const levelWords = {
  meta: {
    en: { campaign: "campaign", adGroup: "ad set", ad: "ad" },
    fr: { campaign: "campagne", adGroup: "ensemble de publicités", ad: "publicité" },
  },
  google: {
    en: { campaign: "campaign", adGroup: "ad group", ad: "ad", sharedBudget: "shared budget" },
    fr: {
      campaign: "campagne",
      adGroup: "groupe d'annonces",
      ad: "annonce",
      sharedBudget: "budget partagé",
    },
  },
} as const;

export const platformLabels = { meta: "Meta", google: "Google Ads" } as const;

/** Addresses short enough for a page; an ad has none. */
export function entityUrl({ platform, level, id }: TargetRef): string | null {
  return level === "ad" ? null : `https://${platform}.example/${level}/${id}`;
}

export function reportOptions(given: Partial<PlanReportOptions> = {}): PlanReportOptions {
  return {
    language: "en",
    width: 100,
    colors: false,
    verbose: false,
    factLabels,
    levelWords,
    platformLabels,
    entityUrl,
    hyperlinks: false,
    logFolder: ".palier/sandbox/log",
    next: ["npm run palier -- approve atelier-lune-20260311-1", "npm run palier -- log"],
    ...given,
  };
}

/** A reading over 14 days ending on 2026-03-10. */
export function aReading(
  value: Reading["value"],
  unit: Reading["unit"],
  given: Partial<Reading> = {},
): Reading {
  return { value, unit, from: FROM_14, to: TO, reason: null, source: COUNTED, ...given };
}

/** A parameter: no days, and the place where it was set. */
export function aParameter(value: Reading["value"], unit: Reading["unit"], source: string): Reading {
  return { value, unit, from: null, to: null, reason: null, source };
}

/** A reading over 7 days ending on 2026-03-10. */
export function aWeek(value: Reading["value"], unit: Reading["unit"]): Reading {
  return aReading(value, unit, { from: FROM_7 });
}

/** Spend of 147 over 14 days against 3 x 35: 4.2 x target CPA. */
export function anEvidence(given: Partial<Evidence> = {}): Evidence {
  return {
    fact: "spend",
    params: { window: "14d" },
    operator: "greaterThanInclusive",
    value: aReading(147_000_000, "money"),
    threshold: aParameter(105_000_000, "money", "atelier-lune.json parameters.targetCpa.default"),
    thresholdFact: "targetCpa",
    thresholdTimes: 3,
    thresholdPlus: 0,
    result: "matched",
    distancePercent: null,
    ...given,
  };
}

/** 11 conversions where 15 are needed. */
export function tooFewConversions(): Evidence {
  return anEvidence({
    fact: "conversions",
    value: aReading(11, "count"),
    threshold: aParameter(15, "count", "rule"),
    thresholdFact: null,
    thresholdTimes: null,
    thresholdPlus: null,
    result: "notMatched",
    distancePercent: 26.666667,
  });
}

export function aSubject(id: string, name: string): Subject {
  const ref = { platform: "meta", accountId: "1001", level: "adGroup", id } as const;
  return { level: "budgetHolder", key: `meta/1001/adGroup/${id}`, name, ref, stage: "prospecting" };
}

export function aHolderLine(id: string, name: string, given: Partial<HolderLine> = {}): HolderLine {
  return {
    subject: aSubject(id, name),
    campaignName: "PROS Broad FR",
    owner: "adGroup",
    status: "active",
    learning: "learned",
    budgetMicros: 100_000_000n,
    period: "daily",
    targetCpa: aParameter(35_000_000, "money", "atelier-lune.json parameters.targetCpa.default"),
    spend: aReading(147_000_000, "money"),
    conversions: aReading(18, "count"),
    cpa: aReading(31_200_000, "money"),
    daily: {
      from: FROM_14,
      spendMicros: Array.from({ length: 14 }, () => 10_500_000),
      conversions: Array.from({ length: 14 }, () => 1),
    },
    ...given,
  };
}

export function aPlannedChange(id: string, name: string, given: Partial<PlannedChange> = {}): PlannedChange {
  return {
    id: "atelier-lune-20260311-1",
    holderKey: `meta/1001/adGroup/${id}`,
    target: { platform: "meta", accountId: "1001", level: "adGroup", id },
    name,
    stage: "prospecting",
    currency: "EUR",
    edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 120_000_000n },
    ruleId: "raise-proven",
    pack: "roads",
    owner: "lea",
    outcome: "proposed",
    mode: "propose",
    wantedMicros: 120_000_000n,
    bounds: { floorMicros: 1_000_000n, ceilingMicros: null, cooldownNights: 3 },
    worstCaseMicros: 210_000_000n,
    editRange: { leastMicros: 105_000_000n, mostMicros: 120_000_000n, unitMicros: 10_000n },
    routine: false,
    rejectedBefore: null,
    notes: [],
    evidence: [anEvidence()],
    ...given,
  };
}

export function aNearMiss(id: string, name: string, given: Partial<NearMiss> = {}): NearMiss {
  return {
    ruleId: "raise-proven",
    pack: "roads",
    subject: aSubject(id, name),
    failing: [tooFewConversions()],
    forecast: { fact: "conversions", have: 11, need: 15, unit: "count", perDay: 1.5, day: "2026-03-12" },
    ...given,
  };
}

/** Somebody raised a budget at 18:20 of the day before, and it is left alone for 72 hours. */
export function aForeignEdit(id: string, name: string, given: Partial<ForeignEdit> = {}): ForeignEdit {
  return {
    subject: aSubject(id, name),
    atMs: 1_773_163_200_000,
    by: "Camille Roy",
    via: "Ads Manager",
    edit: { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: 80_000_000n },
    untilMs: 1_773_422_400_000,
    ...given,
  };
}

/** What an account spent and claims over 7 days. */
export function anAccountLine(
  platform: string,
  accountId: string,
  spendMicros: number | null,
  claimedMicros: number | null,
): AccountLine {
  return {
    account: { platform, accountId },
    name: `Account ${accountId}`,
    spend: aWeek(spendMicros, "money"),
    conversionValue: aWeek(claimedMicros, "money"),
  };
}

/** A quiet night of the example brand: nothing considered, one holder. */
export function aPlan(given: Partial<Plan> = {}): Plan {
  return {
    v: 1,
    newcomers: [],
    scopes: [],
    notActed: [],
    silent: [],
    brand: "atelier-lune",
    brandName: "Atelier Lune",
    language: "en",
    currency: "EUR",
    zone: "Europe/Paris",
    roundId: "atelier-lune/2026-03-11/night",
    day: "2026-03-11",
    decidedAtMs: 1_773_198_600_000,
    engineVersion: "0.2.0",
    inputs: { brand: "b".repeat(64), rules: "c".repeat(64), snapshot: "d".repeat(64), state: "e".repeat(64) },
    mode: "propose",
    stops: [],
    refused: null,
    brandLine: {
      spend: aWeek(21_000_000_000, "money"),
      revenue: { ...aWeek(84_000_000_000, "money"), source: "csv revenue.csv" },
      claimedValue: aWeek(61_000_000_000, "money"),
      accounts: [anAccountLine("meta", "1001", 21_000_000_000, 61_000_000_000)],
      mer: aWeek(4, "ratio"),
      merFloor: aParameter(3.571429, "ratio", "1 / (contributionMargin - wantedProfit)"),
      merAlarm: aParameter(2, "ratio", "1 / contributionMargin"),
      merBand: "healthy",
      stages: [
        {
          stage: "prospecting",
          spend: aWeek(15_750_000_000, "money"),
          sharePercent: aWeek(75, "percent"),
          band: [70, 80],
        },
        {
          stage: "retargeting",
          spend: aWeek(5_040_000_000, "money"),
          sharePercent: aWeek(24, "percent"),
          band: [10, 20],
        },
        {
          stage: "unmapped",
          spend: aWeek(210_000_000, "money"),
          sharePercent: aWeek(1, "percent"),
          band: null,
        },
      ],
    },
    holders: [aHolderLine("11", "Broad women 25-44")],
    changes: [],
    notices: [],
    holds: [],
    nearMisses: [],
    tooSmall: [],
    uncovered: [],
    missing: [],
    foreignEdits: [],
    protections: [],
    verdicts: [],
    settings: [
      {
        id: "merFloor",
        value: { value: 3.571429, unit: "ratio" },
        source: "1 / (contributionMargin - wantedProfit)",
      },
      { id: "stepPercentProposed", value: { value: 20, unit: "percent" }, source: "default" },
      {
        id: "nightlyRaisePercent",
        value: { value: 8, unit: "percent" },
        source: "atelier-lune.json limits.nightlyRaisePercent",
      },
    ],
    sources: [
      {
        account: "meta/1001",
        zone: "Europe/Paris",
        conversion: "omni_purchase",
        attribution: "7dClick+1dView",
        countedOn: "conversion",
      },
    ],
    ...given,
  };
}
