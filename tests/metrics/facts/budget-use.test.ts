import { describe, expect, it } from "vitest";
import type { Entity } from "../../../lib/domain/entity.ts";
import type { AccountSnapshot } from "../../../lib/domain/snapshot.ts";
import type { AppliedChange } from "../../../lib/domain/state.ts";
import { AD_GROUP_KEY, CAMPAIGN_KEY, dailyRows, factsOf, reading, repeat } from "../../support/readings.ts";
import {
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  aSharingAccount,
  aSnapshot,
  ROUND_AT_MS,
} from "../../support/snapshot.ts";

const EUR = 1_000_000n;
const DAY_MS = 86_400_000;
const lifetime = { period: "lifetime" as const, amountMicros: 900n * EUR };
const SHARED_KEY = "meta/1001/sharedBudget/900";

function ofAccount(
  account: AccountSnapshot,
  key: string,
  fact: string,
  applied: AppliedChange[] = [],
): unknown {
  const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }), state: anEmptyState({ applied }) });
  const { value, reason } = reading(facts, "budgetHolder", key, fact);
  return value ?? reason?.key;
}

function read(fact: string, adGroup: Partial<Entity>, given: Partial<AccountSnapshot> = {}): unknown {
  const entities = [aCampaign(), anAdGroup(adGroup)];
  return ofAccount(anAccount({ entities, ...given }), AD_GROUP_KEY, fact);
}

describe("lib/metrics/facts/budget: lifetime budgets", () => {
  it("reads only the kind of budget that it has", () => {
    expect([read("lifetimeBudget", { budget: lifetime }), read("dailyBudget", { budget: lifetime })]).toEqual(
      [900_000_000, "noData.noDailyBudget"],
    );
    expect(read("lifetimeBudget", {})).toBe("noData.noLifetimeBudget");
  });
});

describe("lib/metrics/facts/budget-use: budgetUsedPercent", () => {
  const insights = dailyRows([30n, 45n].map((euros) => ({ spendMicros: euros * EUR })));

  it("holds yesterday's spend against a daily budget", () => {
    expect(read("budgetUsedPercent", {}, { insights })).toBe(90);
  });

  it("holds all that was spent against a lifetime budget", () => {
    // Created on 9 March: 75 of 900.
    const createdAtMs = ROUND_AT_MS - 2 * DAY_MS;
    expect(read("budgetUsedPercent", { budget: lifetime, createdAtMs }, { insights })).toBe(8.333333);
  });

  it("has none of a lifetime that is not known in full, or has no day yet", () => {
    const reasons = [{}, { createdAtMs: null }, { createdAtMs: ROUND_AT_MS - 1 }].map((given) =>
      read("budgetUsedPercent", { budget: lifetime, ...given }, { insights }),
    );
    expect(reasons).toEqual(["noData.outsideCoverage", "noData.notReported", "noData.noCompleteDay"]);
  });

  it("sums what a shared budget feeds, and has none where another owns the money", () => {
    const rows = [
      ...dailyRows([{ spendMicros: 20n * EUR }], { level: "campaign", entityId: "100" }),
      ...dailyRows([{ spendMicros: 40n * EUR }], { level: "campaign", entityId: "101" }),
    ];
    const account = aSharingAccount({}, { insights: rows });
    expect(ofAccount(account, SHARED_KEY, "budgetUsedPercent")).toBe(50);
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }) });
    expect(reading(facts, "campaign", CAMPAIGN_KEY, "budgetUsedPercent").reason?.key).toBe("noData.noBudget");
  });
});

describe("lib/metrics/facts/budget-use: budgetLimited", () => {
  it("repeats the platform's word, the campaign's where the entity has none", () => {
    expect(read("budgetLimited", { budgetLimited: true })).toBe(true);
    expect(read("budgetLimited", { budgetLimited: false })).toBe(false);
    expect(read("budgetLimited", {})).toBe("noData.notReported");
    const entities = [aCampaign({ budgetLimited: true }), anAdGroup()];
    expect(read("budgetLimited", {}, { entities })).toBe(true);
  });

  it.each([
    [true, undefined, true],
    [true, false, true],
    [false, false, false],
    [false, undefined, "noData.notReported"],
  ])("holds a shared budget back with campaigns %s and %s: %s", (first, second, expected) => {
    const one = (budgetLimited: boolean | undefined) =>
      budgetLimited === undefined ? {} : { budgetLimited };
    expect(
      ofAccount(aSharingAccount({ 100: one(first), 101: one(second) }), SHARED_KEY, "budgetLimited"),
    ).toBe(expected);
  });
});

describe("lib/metrics/facts/budget-use: anchorBudget", () => {
  const change = (day: string, from: bigint, to: bigint): AppliedChange => ({
    changeId: `atelier-lune-${day.replaceAll("-", "")}-1`,
    holderKey: AD_GROUP_KEY,
    ruleId: "raise-proven",
    day,
    atMs: ROUND_AT_MS,
    edit: { kind: "dailyBudget", fromMicros: from * EUR, toMicros: to * EUR },
  });
  const account = anAccount({ entities: [aCampaign(), anAdGroup()] });

  it.each([
    ["as it is without a change", [], 50_000_000],
    [
      "before the first change of the last 7 nights",
      [change("2026-03-04", 40n, 45n), change("2026-03-08", 45n, 50n)],
      40_000_000,
    ],
    [
      "without those before them",
      [change("2026-03-03", 40n, 45n), change("2026-03-08", 45n, 50n)],
      45_000_000,
    ],
  ])("is the budget %s", (_, applied, expected) => {
    expect(ofAccount(account, AD_GROUP_KEY, "anchorBudget", applied)).toBe(expected);
  });

  it("is none of a lifetime budget", () => {
    expect(read("anchorBudget", { budget: lifetime })).toBe("noData.noDailyBudget");
  });
});

describe("lib/metrics/facts/search", () => {
  const searchShares = { impressionPercent: 62.5, lostToBudgetPercent: 30, lostToRankPercent: null };

  it("repeats the platform's shares as far as it tells them", () => {
    const facts = ["searchImpressionSharePercent", "searchLostToBudgetPercent", "searchLostToRankPercent"];
    expect(facts.map((fact) => read(fact, { searchShares }))).toEqual([62.5, 30, "noData.notReported"]);
    expect(facts.map((fact) => read(fact, {}))).toEqual(repeat(3, "noData.notReported"));
  });

  it("has none of a shared budget, whose campaigns' shares do not add up", () => {
    const account = aSharingAccount({ 100: { searchShares }, 101: { searchShares } });
    expect(ofAccount(account, SHARED_KEY, "searchImpressionSharePercent")).toBe("noData.notReported");
  });
});

describe("lib/metrics/facts/identity: labels and bids", () => {
  it("adds the campaign's labels to its own, each once", () => {
    const entities = [
      aCampaign({ labels: ["proven", "summer"] }),
      anAdGroup({ labels: ["broad", "proven"] }),
    ];
    expect(read("labels", {}, { entities })).toEqual(["broad", "proven", "summer"]);
    expect(read("labels", {})).toEqual([]);
  });

  it("has labels of a shared budget only where its campaigns agree", () => {
    const shared = (...labels: string[][]) =>
      aSharingAccount({ 100: { labels: labels[0] ?? [] }, 101: { labels: labels[1] ?? [] } });
    expect(ofAccount(shared(["a", "b"], ["b", "a"]), SHARED_KEY, "labels")).toEqual(["a", "b"]);
    expect(ofAccount(shared(["a"], ["a", "b"]), SHARED_KEY, "labels")).toBe("noData.notReported");
  });

  it("reads how it bids, or its campaign does", () => {
    expect(read("bidStrategy", { bidStrategy: "COST_CAP" })).toBe("COST_CAP");
    expect(
      read("bidStrategy", {}, { entities: [aCampaign({ bidStrategy: "LOWEST_COST" }), anAdGroup()] }),
    ).toBe("LOWEST_COST");
    expect(read("bidStrategy", {})).toBe("noData.notReported");
    const shared = (second: string) =>
      aSharingAccount({ 100: { bidStrategy: "TARGET_CPA" }, 101: { bidStrategy: second } });
    expect(ofAccount(shared("TARGET_CPA"), SHARED_KEY, "bidStrategy")).toBe("TARGET_CPA");
    expect(ofAccount(shared("MAXIMIZE"), SHARED_KEY, "bidStrategy")).toBe("noData.notReported");
  });
});
