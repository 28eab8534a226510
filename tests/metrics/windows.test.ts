import { describe, expect, it } from "vitest";
import type { Entity } from "../../lib/domain/entity.ts";
import type { AppliedChange } from "../../lib/domain/state.ts";
import type { FactsInput } from "../../lib/metrics/index.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import { AD_GROUP_KEY, dailyRows, factsOf, ofBrand, reading, repeat } from "../support/readings.ts";
import {
  aBrand,
  aCampaign,
  aGoogleAccount,
  anAccount,
  anAdGroup,
  anEmptyState,
  aSharingAccount,
  aShopDay,
  aSnapshot,
} from "../support/snapshot.ts";

/** 2026-03-09 00:30 and 23:30 in Europe/Paris: 8 March 23:30 and 9 March 22:30 in UTC. */
const EARLY_ON_THE_9TH_MS = 1_773_012_600_000;
const LATE_ON_THE_9TH_MS = 1_773_095_400_000;

/** One euro on each of the 35 covered days, 2026-02-04 to 2026-03-10, for ad group 200. */
const ROWS = dailyRows(repeat(35, { spendMicros: 1_000_000n }));

function factsWith(group: Partial<Entity>, given: Partial<FactsInput> = {}): Facts {
  const entities = [aCampaign(), anAdGroup(group), anAdGroup({ id: "201" })];
  return factsOf({ snapshot: aSnapshot({ accounts: [anAccount({ entities, insights: ROWS })] }), ...given });
}

/** Days and euros spent of ad group 200, or the reason why there are none. */
function told(facts: Facts, window: string, params: Params = {}): string {
  const found = reading(facts, "adGroup", AD_GROUP_KEY, "spend", { window, ...params });
  return found.reason?.key ?? `${found.from} ${found.to} ${Number(found.value) / 1_000_000}`;
}

describe("lib/metrics/windows", () => {
  it.each([
    ["thisWeek", "2026-03-09 2026-03-10 2"],
    ["lastWeek", "2026-03-02 2026-03-08 7"],
    ["thisMonth", "2026-03-01 2026-03-10 10"],
    ["lastMonth", "noData.outsideCoverage"],
    ["14d..8d", "2026-02-25 2026-03-03 7"],
    // A night covers no part of its own day.
    ["7d+today", "noData.outsideCoverage"],
    ["today", "noData.outsideCoverage"],
    // Created on 2025-11-03, before what is covered.
    ["lifetime", "noData.outsideCoverage"],
    ["sinceChange", "noData.noKnownChange"],
  ])("reads spend over %s: %s", (window, expected) => {
    expect(told(factsWith({}), window)).toBe(expected);
  });

  it("reads windows with today where the account covers it", () => {
    const insights = [...ROWS, { ...ROWS[0], day: "2026-03-11" }] as typeof ROWS;
    const entities = [aCampaign(), anAdGroup()];
    const account = anAccount({ coveredTo: "2026-03-11", entities, insights });
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }) });
    expect(told(facts, "7d+today")).toBe("2026-03-04 2026-03-11 8");
    expect(told(facts, "thisWeek+today")).toBe("2026-03-09 2026-03-11 3");
    expect(told(facts, "thisWeek")).toBe("2026-03-09 2026-03-10 2");
  });

  it("counts a life from the day that the account's clock showed, each subject its own", () => {
    expect(told(factsWith({ createdAtMs: EARLY_ON_THE_9TH_MS }), "lifetime")).toBe("2026-03-09 2026-03-10 2");
    const facts = factsWith({ createdAtMs: LATE_ON_THE_9TH_MS });
    expect(told(facts, "lifetime")).toBe("2026-03-09 2026-03-10 2");
    expect(
      facts.readAll("adGroup", "spend", { window: "lifetime" }).map(({ from, value }) => [from, value]),
    ).toEqual([
      ["2026-03-09", 2_000_000],
      ["2025-11-03", null],
    ]);
    expect(told(factsWith({ createdAtMs: null }), "lifetime")).toBe("noData.notReported");
  });

  it("begins on the day after the last change, by the platform or by Palier", () => {
    const edited = factsWith({ lastEditAtMs: EARLY_ON_THE_9TH_MS });
    expect(told(edited, "sinceChange")).toBe("2026-03-10 2026-03-10 1");
    const applied: AppliedChange = {
      changeId: "atelier-lune-20260305-1",
      holderKey: AD_GROUP_KEY,
      ruleId: "cut",
      day: "2026-03-05",
      // 04:06 on that day.
      atMs: 1_772_680_000_000,
      edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 40_000_000n },
    };
    const state = anEmptyState({ applied: [applied] });
    expect(told(factsWith({}, { state }), "sinceChange")).toBe("2026-03-06 2026-03-10 5");
    expect(told(factsWith({ lastEditAtMs: 1_773_180_000_000 }), "sinceChange")).toBe("noData.noCompleteDay");
  });

  it("counts the life of a shared budget from the oldest of what it feeds, though its age is the youngest's", () => {
    const snapshot = aSnapshot({
      accounts: [
        aSharingAccount({
          100: { createdAtMs: EARLY_ON_THE_9TH_MS },
          101: { createdAtMs: 1_772_500_000_000 },
        }),
      ],
    });
    const facts = factsOf({ snapshot });
    const key = "meta/1001/sharedBudget/900";
    expect(reading(facts, "budgetHolder", key, "spend", { window: "lifetime" })).toMatchObject({
      ...{ value: 0, from: "2026-03-03", to: "2026-03-10" },
    });
    const unknown = factsOf({
      snapshot: aSnapshot({ accounts: [aSharingAccount({ 100: { createdAtMs: null } })] }),
    });
    expect(reading(unknown, "budgetHolder", key, "spend", { window: "lifetime" }).reason?.key).toBe(
      "noData.notReported",
    );
  });

  it("reads the days of events and before them, of the brand's figures, too", () => {
    const calendar = { sale: [{ from: "2026-03-05", to: "2026-03-07" }] };
    const days = ["2026-03-05", "2026-03-06", "2026-03-07"].map((day) => aShopDay({ day, orders: 4 }));
    const facts = factsWith({}, { brand: aBrand({ calendar }) });
    expect(told(facts, "event:sale")).toBe("2026-03-05 2026-03-07 3");
    expect(told(facts, "before:sale:7d")).toBe("2026-02-26 2026-03-04 7");
    expect(told(facts, "event:fair")).toBe("noData.noEvent");
    const shop = factsOf({
      brand: aBrand({ calendar }),
      snapshot: aSnapshot({ shop: { source: "csv", days } }),
    });
    expect(ofBrand(shop, "orders", { window: "event:sale" })).toMatchObject({
      value: 12,
      from: "2026-03-05",
    });
    expect(ofBrand(shop, "orders", { window: "lifetime" }).reason?.key).toBe("noData.notReported");
  });
});

describe("lib/metrics/windows: minSettledPercent", () => {
  const GOOGLE = { platform: "google", accountId: "2000000002" };
  const brand = aBrand({
    accounts: [
      { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "asSet" },
      { ...GOOGLE, conversions: ["Purchase (web)"], attribution: "asSet" },
    ],
  });
  /** 90 % are there after two days on Meta and after four on Google; TikTok is nobody's. */
  const maturity = { meta: [0.5, 0.8], google: [0.5, 0.6, 0.7, 0.8], tiktok: [0, 0, 0, 0, 0, 0] };
  const entities = [aCampaign(GOOGLE), anAdGroup({ ...GOOGLE, id: "501" })];
  const accounts = [anAccount({ entities: [aCampaign(), anAdGroup()] }), aGoogleAccount({ entities })];
  const facts = factsOf({ brand, snapshot: aSnapshot({ accounts }), maturity });
  const params = { window: "7d", minSettledPercent: 90 };
  const days = (
    level: "adGroup" | "brand" | "account",
    key: string,
    more: Params = {},
    fact = "spend",
  ): string => {
    const { from, to } = reading(facts, level, key, fact, { ...params, ...more });
    return `${from} ${to}`;
  };

  it("moves the window of each subject by the curve of its platform, and the brand's by all of its own", () => {
    expect(days("adGroup", AD_GROUP_KEY)).toBe("2026-03-03 2026-03-09");
    expect(days("adGroup", "google/2000000002/adGroup/501")).toBe("2026-03-01 2026-03-07");
    expect(days("account", "meta/1001")).toBe("2026-03-03 2026-03-09");
    expect(days("brand", "atelier-lune")).toBe("2026-03-01 2026-03-07");
    expect(days("adGroup", AD_GROUP_KEY, {}, "mer")).toBe("2026-03-01 2026-03-07");
    expect(days("adGroup", AD_GROUP_KEY, { of: "brand" })).toBe("2026-03-01 2026-03-07");
    expect(days("adGroup", AD_GROUP_KEY, { of: "account" })).toBe("2026-03-03 2026-03-09");
  });

  it("leaves a window that is old enough where it is", () => {
    expect(days("adGroup", AD_GROUP_KEY, { window: "14d..8d" })).toBe("2026-02-25 2026-03-03");
    expect(days("adGroup", AD_GROUP_KEY, { minSettledPercent: 80 })).toBe("2026-03-04 2026-03-10");
  });

  it("goes with every metric, and with a rank by one", () => {
    expect(days("adGroup", AD_GROUP_KEY, { by: "spend" }, "rank")).toBe("2026-03-03 2026-03-09");
  });
});
