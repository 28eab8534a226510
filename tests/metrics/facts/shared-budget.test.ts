import { describe, expect, it } from "vitest";
import type { Parameter } from "../../../lib/domain/brand.ts";
import type { Reading } from "../../../lib/domain/figure.ts";
import type { AccountSnapshot, Insight } from "../../../lib/domain/snapshot.ts";
import type { FactsInput } from "../../../lib/metrics/index.ts";
import type { Facts, Params } from "../../../lib/metrics/port.ts";
import { dailyRows, factsOf, reading, repeat } from "../../support/readings.ts";
import {
  aBrand,
  anEmptyState,
  aSharedBudget,
  aSharingAccount,
  aSnapshot,
  ROUND_AT_MS,
} from "../../support/snapshot.ts";

const KEY = "meta/1001/sharedBudget/900";
const DAY_MS = 86_400_000;

/** 7 days of each campaign: 100 spends 10 EUR for a conversion, 101 spends 30 EUR for 3. */
const ROWS: Insight[] = [
  ...dailyRows(repeat(7, { spendMicros: 10_000_000n, conversions: 1, clicks: 10, linkClicks: 10 }), {
    level: "campaign",
    entityId: "100",
  }),
  ...dailyRows(repeat(7, { spendMicros: 30_000_000n, conversions: 3, clicks: 10, linkClicks: 10 }), {
    level: "campaign",
    entityId: "101",
  }),
];

type Campaigns = Parameters<typeof aSharingAccount>[0];

function sharing(
  campaigns: Campaigns = {},
  account: Partial<AccountSnapshot> = {},
  given: Partial<FactsInput> = {},
): Facts {
  const accounts = [aSharingAccount(campaigns, { insights: ROWS, ...account })];
  return factsOf({ snapshot: aSnapshot({ accounts }), ...given });
}

function ofShared(facts: Facts, fact: string, params: Params = {}): Reading {
  return reading(facts, "budgetHolder", KEY, fact, params);
}

describe("lib/metrics, shared budgets", () => {
  const week = { window: "7d" };

  it("knows the budget as the only holder, under its own name and stage", () => {
    expect(sharing().subjects("budgetHolder")).toEqual([
      {
        level: "budgetHolder",
        key: KEY,
        name: "Search budget",
        ref: { platform: "meta", accountId: "1001", level: "sharedBudget", id: "900" },
        stage: "prospecting",
      },
    ]);
    const [mixed] = sharing({ 101: { name: "RTG Cart" } }).subjects("budgetHolder");
    expect(mixed?.stage).toBe("mixed");
  });

  it("sums what its campaigns did and takes ratios from the sums", () => {
    const facts = sharing();
    expect(ofShared(facts, "spend", week)).toMatchObject({
      value: 280_000_000,
      source: "meta/1001 sharedBudget 900",
    });
    expect(ofShared(facts, "conversions", week)).toMatchObject({
      value: 28,
      source: "meta/1001 sharedBudget 900 omni_purchase 7dClick+1dView by click day",
    });
    expect(ofShared(facts, "cpa", week).value).toBe(10_000_000);
    expect(ofShared(facts, "cpc", week).value).toBe(2_000_000);
  });

  it("takes a campaign without rows for one that did nothing", () => {
    const insights = ROWS.filter((row) => row.entityId === "100");
    expect(ofShared(sharing({}, { insights }), "spend", week).value).toBe(70_000_000);
  });

  it.each([
    ["is out of sight", { sharedBudgets: [aSharedBudget({ campaignIds: ["100", "gone"] })] }, "gone"],
    [
      "has two",
      { sharedBudgets: [aSharedBudget(), aSharedBudget({ id: "901", campaignIds: ["101"] })] },
      "101",
    ],
  ])("has no data as soon as one of its campaigns %s", (_, account, campaign) => {
    expect(ofShared(sharing({}, account), "spend", week)).toMatchObject({
      value: null,
      reason: { key: "noData.campaignUnclear", values: { campaign: { value: campaign, unit: "text" } } },
    });
  });

  it("has no data outside the covered days, nor without the campaigns' level", () => {
    const early = sharing({}, { coveredTo: "2026-03-09", insights: [] });
    expect(ofShared(early, "spend", week).reason?.key).toBe("noData.outsideCoverage");
    const narrow = sharing({}, { levels: ["account"] });
    expect(ofShared(narrow, "spend", week).reason?.key).toBe("noData.levelNotFetched");
  });

  it("tells states of the budget as a whole", () => {
    const facts = sharing({ 101: { learning: "learning", createdAtMs: ROUND_AT_MS - 2 * DAY_MS } });
    const states = ["name", "status", "learning", "objective", "ageDays", "dailyBudget", "budgetOwner"];
    expect(states.map((fact) => ofShared(facts, fact).value)).toEqual([
      "Search budget",
      "active",
      "learning",
      "OUTCOME_SALES",
      2,
      120_000_000,
      "shared",
    ]);
    expect(ofShared(facts, "budgetPeriod").value).toBe("daily");
    const unlike = sharing({ 101: { learning: "unknown", objective: "OUTCOME_TRAFFIC", createdAtMs: null } });
    expect(["learning", "objective", "ageDays"].map((fact) => ofShared(unlike, fact).value)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("says of campaigns and ad groups on it that their money is shared, and is none of their own", () => {
    const facts = sharing();
    for (const [level, id] of [
      ["campaign", "100"],
      ["adGroup", "201"],
    ] as const) {
      const read = (fact: string) => reading(facts, level, `meta/1001/${level}/${id}`, fact);
      expect(read("budgetOwner").value).toBe("shared");
      expect(read("dailyBudget").reason?.key).toBe("noData.noDailyBudget");
      expect(read("budgetPeriod").value).toBe("daily");
    }
  });

  it("counts the last change of the budget or of any campaign on it", () => {
    const edit = { kind: "dailyBudget", fromMicros: 1n, toMicros: 2n } as const;
    const change = { changeId: "c", ruleId: "r", day: "2026-03-06", edit };
    const state = anEmptyState({
      applied: [{ ...change, holderKey: KEY, atMs: ROUND_AT_MS - 5 * DAY_MS }],
    });
    expect(ofShared(sharing(), "daysSinceChange").reason?.key).toBe("noData.noKnownChange");
    expect(ofShared(sharing({}, {}, { state }), "daysSinceChange").value).toBe(5);
    const edited = sharing({ 101: { lastEditAtMs: ROUND_AT_MS - DAY_MS } }, {}, { state });
    expect(ofShared(edited, "daysSinceChange").value).toBe(1);
    expect(reading(edited, "campaign", "meta/1001/campaign/100", "daysSinceChange").value).toBe(5);
  });

  it("has a parameter where all its campaigns agree or the budget itself is named", () => {
    expect(ofShared(sharing(), "targetCpa").value).toBe(35_000_000);
    const unlike = { 101: { name: "RTG Cart" } };
    expect(ofShared(sharing(unlike), "targetCpa")).toMatchObject({
      value: null,
      reason: { key: "noData.parameterDiffers", values: { name: { value: "targetCpa", unit: "text" } } },
    });
    const { targetCpa } = aBrand().parameters;
    const named: Parameter = {
      unit: "money",
      default: targetCpa?.default ?? null,
      values: [
        { match: { ids: ["900"] }, value: 30_000_000, source: "values[0]" },
        ...(targetCpa?.values ?? []),
      ],
    };
    const brand = aBrand({ parameters: { targetCpa: named } });
    expect(ofShared(sharing(unlike, {}, { brand }), "targetCpa").value).toBe(30_000_000);
  });

  it("leaves the budget alone when hands are off one of its campaigns, and still counts it", () => {
    const brand = aBrand({
      handsOff: [{ match: { campaigns: ["PROS Narrow*"] }, until: null, by: "lea" }],
    });
    const facts = sharing({}, {}, { brand });
    expect(facts.subjects("budgetHolder")).toEqual([]);
    expect(facts.holders().map((holder) => holder.key)).toEqual([KEY]);
  });
});
