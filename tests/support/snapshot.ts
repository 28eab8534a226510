/**
 * Builders for what a round looks at: accounts, entities, insights, shop days, snapshots, a resolved brand, an empty brand
 * state. Each makes the example brand's ordinary case; a test states only what it is about.
 */
import type { Brand, Limits } from "../../lib/domain/brand.ts";
import type { Day } from "../../lib/domain/day.ts";
import type { Entity } from "../../lib/domain/entity.ts";
import type { AccountSnapshot, Insight, SharedBudget, ShopDay, Snapshot } from "../../lib/domain/snapshot.ts";
import type { BrandState } from "../../lib/domain/state.ts";
import { emptyState } from "../../lib/log/fold.ts";

/** The round's day: windows end on the day before, 2026-03-10. */
export const ROUND_DAY: Day = "2026-03-11";
/** 04:10 on the clock in Europe/Paris on the round's day. */
export const ROUND_AT_MS = 1_773_198_600_000;
/** 2025-11-03 09:00 in Europe/Paris: old enough for every window. */
const CREATED_AT_MS = 1_762_156_800_000;
const FILE = "rules/brands/atelier-lune.json";

/** 96 hours before the round. */
const EDITS_FROM_MS = 1_772_507_400_000;

/**
 * An active account covering the 35 days up to 2026-03-10 at every level that the night reads, with nobody's edits in its
 * history. Conversions belong to the day of their click, so that each day is settled by its own age.
 */
export function anAccount(given: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return {
    platform: "meta",
    accountId: "1001",
    name: "Atelier Lune EU",
    currency: "EUR",
    zone: "Europe/Paris",
    fetchedAtMs: ROUND_AT_MS,
    coveredFrom: "2026-02-04",
    coveredTo: "2026-03-10",
    levels: ["account", "campaign", "adGroup"],
    conversion: "omni_purchase",
    attribution: "7dClick+1dView",
    countedOn: "click",
    minDailyBudgetMicros: 1_000_000n,
    budgetUnitMicros: 10_000n,
    entities: [],
    sharedBudgets: [],
    insights: [],
    history: { fromMs: EDITS_FROM_MS, edits: [] },
    ...given,
  };
}

/** A Google Ads account like it: one conversion action, no choice of attribution, ad groups without budgets. */
export function aGoogleAccount(given: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return anAccount({
    platform: "google",
    accountId: "2000000002",
    name: "Atelier Lune Search",
    conversion: "Purchase (web)",
    attribution: "asSet",
    ...given,
  });
}

/** An active prospecting campaign without a budget of its own: its ad groups hold the money. */
export function aCampaign(given: Partial<Entity> = {}): Entity {
  return {
    platform: "meta",
    accountId: "1001",
    level: "campaign",
    id: "100",
    parentId: null,
    name: "PROS Broad FR",
    status: "active",
    platformStatus: "ACTIVE",
    objective: "OUTCOME_SALES",
    labels: [],
    createdAtMs: CREATED_AT_MS,
    budget: null,
    learning: "unknown",
    lastEditAtMs: null,
    budgetScheduled: false,
    ...given,
  };
}

/** An active, learned ad group of campaign 100 with 50 EUR a day. */
export function anAdGroup(given: Partial<Entity> = {}): Entity {
  return {
    ...aCampaign(),
    level: "adGroup",
    id: "200",
    parentId: "100",
    name: "Broad 25-54",
    objective: null,
    budget: { period: "daily", amountMicros: 50_000_000n },
    learning: "learned",
    ...given,
  };
}

/** An active budget of 120 EUR a day that campaigns 100 and 101 share. */
export function aSharedBudget(given: Partial<SharedBudget> = {}): SharedBudget {
  return {
    id: "900",
    name: "Search budget",
    status: "active",
    platformStatus: "ENABLED",
    budget: { period: "daily", amountMicros: 120_000_000n },
    campaignIds: ["100", "101"],
    ...given,
  };
}

/** An account in which that budget feeds two prospecting campaigns, each with one ad group that owns no budget. */
export function aSharingAccount(
  campaigns: { 100?: Partial<Entity>; 101?: Partial<Entity> } = {},
  given: Partial<AccountSnapshot> = {},
): AccountSnapshot {
  return anAccount({
    entities: [
      aCampaign({ learning: "learned", ...campaigns[100] }),
      aCampaign({ id: "101", name: "PROS Narrow FR", learning: "learned", ...campaigns[101] }),
      anAdGroup({ budget: null }),
      anAdGroup({ id: "201", parentId: "101", budget: null }),
    ],
    sharedBudgets: [aSharedBudget()],
    ...given,
  });
}

/** A row of ad group 200 on the last complete day; every counter not given is 0. */
export function anInsight(given: Partial<Insight> = {}): Insight {
  return {
    level: "adGroup",
    entityId: "200",
    day: "2026-03-10",
    spendMicros: 0n,
    impressions: 0,
    clicks: 0,
    linkClicks: 0,
    conversions: 0,
    conversionValueMicros: 0n,
    ...given,
  };
}

/** A day of the shop with revenue 0 and everything else known to be 0. */
export function aShopDay(given: Partial<ShopDay> = {}): ShopDay {
  return { day: "2026-03-10", revenueMicros: 0n, orders: 0, newCustomers: 0, sessions: 0, ...given };
}

/** One account with one campaign and one ad group, no delivery and no shop. */
export function aSnapshot(given: Partial<Snapshot> = {}): Snapshot {
  return {
    v: 1,
    brand: "atelier-lune",
    roundId: `atelier-lune/${ROUND_DAY}/night`,
    day: ROUND_DAY,
    asOfMs: ROUND_AT_MS,
    accounts: [anAccount({ entities: [aCampaign(), anAdGroup()] })],
    missing: [],
    shop: null,
    ...given,
  };
}

/** The defaults of a sandbox brand. */
function someLimits(given: Partial<Limits> = {}): Limits {
  return {
    stepPercentProposed: 20,
    stepPercentApplied: 10,
    tolerancePercent: 5,
    dailyFloorMicros: null,
    dailyCeilingMicros: null,
    anchorMultiple: 1.5,
    anchorNights: 7,
    cooldownNightsAfterRaiseProposed: 3,
    cooldownNightsAfterRaiseApplied: 7,
    cooldownNightsAfterCut: 1,
    nightlyRaisePercent: 10,
    blastRadiusPercent: 25,
    blastRadiusHolders: 3,
    writesPerRun: 30,
    pausesPerNight: 3,
    settledPercent: 85,
    minConversionsProposed: 15,
    minConversionsApplied: 30,
    minCpaOkProbabilityProposed: 0.85,
    minCpaOkProbabilityApplied: 0.9,
    learningUnknownDays: 7,
    foreignEditHours: 72,
    shadowNights: 0,
    proposalHours: 12,
    changesPerHour: 3,
    fourEyesAboveMicros: null,
    approvalsPerHour: 60,
    rejectedDays: 7,
    rejectedEvidencePercent: 20,
    restoreDays: 7,
    restoredRuleDays: 14,
    alertAnswerHours: 12,
    nightFrom: "04:05",
    nightTo: "06:00",
    ...given,
  };
}

/** The example brand; `limits` are merged over the defaults, everything else replaces. */
export function aBrand(given: Partial<Omit<Brand, "limits">> & { limits?: Partial<Limits> } = {}): Brand {
  const limits = someLimits(given.limits);
  return {
    id: "atelier-lune",
    name: "Atelier Lune",
    groups: {},
    groupBands: {},
    metrics: {},
    calendar: {},
    accountStop: [],
    language: "en",
    currency: "EUR",
    zone: "Europe/Paris",
    mode: "propose",
    sandbox: true,
    accounts: [
      { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "7dClick+1dView" },
    ],
    shop: { source: "csv", file: "revenue.csv" },
    people: [],
    slack: null,
    parameters: {
      targetCpa: {
        unit: "money",
        default: { value: 35_000_000, source: `${FILE}: parameters.targetCpa.default` },
        values: [
          {
            match: { campaigns: ["*RTG*"] },
            value: 22_000_000,
            source: `${FILE}: parameters.targetCpa.values[0]`,
          },
        ],
      },
      contributionMargin: {
        unit: "ratio",
        default: { value: 0.5, source: `${FILE}: parameters.contributionMargin.default` },
        values: [],
      },
      wantedProfit: {
        unit: "ratio",
        default: { value: 0.22, source: `${FILE}: parameters.wantedProfit.default` },
        values: [],
      },
    },
    stages: [
      { name: "awareness", match: { campaigns: ["AWA *"] } },
      { name: "prospecting", match: { campaigns: ["PROS *"] } },
      { name: "retargeting", match: { campaigns: ["RTG *"] } },
    ],
    stageBands: { awareness: [5, 10], prospecting: [70, 80], retargeting: [10, 20] },
    handsOff: [],
    packs: { roads: { off: [], modes: {}, parameters: {} } },
    hash: "b".repeat(64),
    file: FILE,
    ...given,
    limits,
    limitSources:
      given.limitSources ??
      (Object.fromEntries(Object.keys(limits).map((id) => [id, "default"])) as Record<keyof Limits, string>),
  };
}

/** The state of a brand whose log is empty. */
export function anEmptyState(given: Partial<BrandState> = {}): BrandState {
  return { ...emptyState("atelier-lune"), hash: "0".repeat(64), ...given };
}
