import { describe, expect, it } from "vitest";
import type { Entity } from "../../lib/domain/entity.ts";
import { type BudgetHolder, budgetHoldersOf } from "../../lib/domain/holder.ts";
import type { SharedBudget } from "../../lib/domain/snapshot.ts";
import { aCampaign, anAccount, anAdGroup, aSharedBudget, aSharingAccount } from "../support/snapshot.ts";

const NOVEMBER_MS = 1_762_156_800_000;
const MARCH_MS = 1_772_500_000_000;

/** The one shared holder of an account where campaigns 100 and 101 live on budget 900. */
function shared(
  first: Partial<Entity> = {},
  second: Partial<Entity> = {},
  budget: Partial<SharedBudget> = {},
): BudgetHolder {
  const account = aSharingAccount({ 100: first, 101: second }, { sharedBudgets: [aSharedBudget(budget)] });
  const [holder, ...others] = budgetHoldersOf(account);
  if (holder === undefined || others.length > 0) throw new Error(`${others.length + 1} holders`);
  return holder;
}

const daily = (micros: bigint) => ({ period: "daily" as const, amountMicros: micros });

describe("lib/domain/holder", () => {
  it("takes the campaign where it owns the budget, and its ad groups where it does not", () => {
    const account = anAccount({
      entities: [
        aCampaign({ id: "c1", budget: daily(90_000_000n) }),
        anAdGroup({ id: "g1", parentId: "c1", budget: null }),
        aCampaign({ id: "c2", budget: null }),
        anAdGroup({ id: "g2", parentId: "c2", budget: daily(40_000_000n) }),
        anAdGroup({ id: "g3", parentId: "c2", budget: daily(50_000_000n) }),
      ],
    });
    expect(budgetHoldersOf(account).map(({ key, owner }) => [key, owner])).toEqual([
      ["meta/1001/campaign/c1", "campaign"],
      ["meta/1001/adGroup/g2", "adGroup"],
      ["meta/1001/adGroup/g3", "adGroup"],
    ]);
  });

  it("lets the campaign win where both claim a budget, and skips orphans", () => {
    const account = anAccount({
      entities: [
        aCampaign({ id: "c1", budget: daily(90_000_000n) }),
        anAdGroup({ id: "g1", parentId: "c1", budget: daily(10_000_000n) }),
        anAdGroup({ id: "g2", parentId: "gone", budget: daily(10_000_000n) }),
      ],
    });
    expect(budgetHoldersOf(account).map((holder) => holder.ref.id)).toEqual(["c1"]);
  });

  it("takes a shared budget for what its campaigns live on, and none of them nor their ad groups", () => {
    const sharing = aSharingAccount({ 100: { budget: daily(5_000_000n) } });
    const account = {
      ...sharing,
      entities: [
        ...sharing.entities,
        anAdGroup({ id: "202", parentId: "101" }),
        aCampaign({ id: "102", budget: daily(1n) }),
      ],
    };
    const holders = budgetHoldersOf(account);
    expect(holders.map(({ key, owner, name }) => [key, owner, name])).toEqual([
      ["meta/1001/campaign/102", "campaign", "PROS Broad FR"],
      ["meta/1001/sharedBudget/900", "shared", "Search budget"],
    ]);
    expect(holders[1]?.feeds.map(({ level, id }) => `${level} ${id}`)).toEqual([
      "campaign 100",
      "campaign 101",
    ]);
    expect(holders[1]).toMatchObject({ budget: { amountMicros: 120_000_000n }, unclearFeeds: [] });
  });

  it("names the same holder in whichever order the platform lists its campaigns, and as often", () => {
    const listed = shared({}, {}, { campaignIds: ["101", "100", "101"] });
    expect(listed.feeds.map((campaign) => campaign.id)).toEqual(["100", "101"]);
  });

  it("leaves out a shared budget that feeds nothing", () => {
    const account = anAccount({ sharedBudgets: [aSharedBudget({ campaignIds: [] })] });
    expect(budgetHoldersOf(account)).toEqual([]);
  });

  it("keeps apart what it cannot see and what two budgets claim", () => {
    const account = aSharingAccount(
      {},
      {
        sharedBudgets: [
          aSharedBudget({ campaignIds: ["100", "101", "gone"] }),
          aSharedBudget({ id: "901", campaignIds: ["101"] }),
        ],
      },
    );
    expect(
      budgetHoldersOf(account).map(({ ref, feeds, unclearFeeds, status }) => [
        ref.id,
        feeds.map((campaign) => campaign.id),
        unclearFeeds,
        status,
      ]),
    ).toEqual([
      ["900", ["100"], ["101", "gone"], "active"],
      ["901", [], ["101"], "other"],
    ]);
  });

  it.each([
    ["learned", "learned", "learned"],
    ["learned", "learning", "learning"],
    ["unknown", "learning", "learning"],
    ["learned", "limited", "unknown"],
    ["learned", "unknown", "unknown"],
  ] as const)("takes campaigns that are %s and %s for %s together", (first, second, together) => {
    expect(shared({ learning: first }, { learning: second }).learning).toBe(together);
  });

  it("has not learned while one of its campaigns is out of sight", () => {
    expect(shared({}, {}, { campaignIds: ["100", "101", "gone"] })).toMatchObject({
      learning: "unknown",
      createdAtMs: null,
      lastEditAtMs: null,
    });
  });

  it("is as young as its youngest campaign and was edited when the last was", () => {
    const holder = shared({ createdAtMs: NOVEMBER_MS, lastEditAtMs: MARCH_MS }, { createdAtMs: MARCH_MS });
    expect([holder.createdAtMs, holder.lastEditAtMs]).toEqual([MARCH_MS, MARCH_MS]);
  });

  it("knows no age where a campaign's is unknown, and no edit where one tells neither", () => {
    const known = { createdAtMs: NOVEMBER_MS, lastEditAtMs: NOVEMBER_MS };
    const half = shared(known, { createdAtMs: null, lastEditAtMs: MARCH_MS });
    expect([half.createdAtMs, half.lastEditAtMs]).toEqual([null, MARCH_MS]);
    const blank = shared(known, { createdAtMs: null, lastEditAtMs: null });
    expect([blank.createdAtMs, blank.lastEditAtMs]).toEqual([null, null]);
  });

  it.each([
    ["active", "paused", "active", "active"],
    ["paused", "paused", "active", "paused"],
    ["paused", "other", "active", "other"],
    ["active", "active", "removed", "removed"],
  ] as const)("with campaigns %s and %s under a budget that is %s is %s", (first, second, own, status) => {
    expect(shared({ status: first }, { status: second }, { status: own }).status).toBe(status);
  });

  it("is under a scheduled increase when any campaign is, and has an objective that all share", () => {
    expect(shared({}, { budgetScheduled: true }).budgetScheduled).toBe(true);
    expect(shared().objective).toBe("OUTCOME_SALES");
    expect(shared({}, { objective: "OUTCOME_TRAFFIC" }).objective).toBeNull();
  });
});
