import { describe, expect, it } from "vitest";
import type { GroupMember } from "../../lib/domain/brand.ts";
import { type BudgetHolder, budgetHoldersOf } from "../../lib/domain/holder.ts";
import {
  handsOffHolder,
  matchesHolder,
  memberOfHolder,
  stageOfHolder,
  stagesOfHolder,
  touchesHolder,
} from "../../lib/domain/match.ts";
import { aCampaign, anAccount, anAdGroup, aSharedBudget, aSharingAccount } from "../support/snapshot.ts";

const STAGES: readonly GroupMember[] = [
  { name: "prospecting", match: { campaigns: ["PROS *"] } },
  { name: "retargeting", match: { campaigns: ["RTG *"] } },
];

/** Campaigns 100 and 101 with these names on budget 900, "Search budget". */
function sharing(first: string, second: string, campaignIds = ["100", "101"]): BudgetHolder {
  const campaigns = { 100: { name: first, labels: ["proven"] }, 101: { name: second } };
  const account = aSharingAccount(campaigns, { sharedBudgets: [aSharedBudget({ campaignIds })] });
  return only(budgetHoldersOf(account));
}

function only(holders: readonly BudgetHolder[]): BudgetHolder {
  const [holder, ...others] = holders;
  if (holder === undefined || others.length > 0) throw new Error(`${holders.length} holders`);
  return holder;
}

describe("lib/domain/match, shared budgets", () => {
  const mixed = sharing("PROS Broad", "RTG Cart");

  it("means a shared budget only when it means every campaign, and touches it when it means one", () => {
    const prospecting = { campaigns: ["PROS *"] };
    expect([matchesHolder(prospecting, mixed), touchesHolder(prospecting, mixed)]).toEqual([false, true]);
    expect(matchesHolder({ campaigns: ["PROS *", "RTG *"] }, mixed)).toBe(true);
    expect(matchesHolder(prospecting, sharing("PROS Broad", "PROS Narrow"))).toBe(true);
    expect(touchesHolder({ campaigns: ["AWA *"] }, mixed)).toBe(false);
  });

  it("knows it by its own name and id, and by what all its campaigns have", () => {
    expect(matchesHolder({ names: ["search*"] }, mixed)).toBe(true);
    expect(matchesHolder({ names: ["PROS *"] }, mixed)).toBe(false);
    expect(matchesHolder({ ids: ["900"] }, mixed)).toBe(true);
    expect(matchesHolder({ ids: ["100"] }, mixed)).toBe(false);
    expect(matchesHolder({ ids: ["100", "101"] }, mixed)).toBe(true);
    expect(matchesHolder({ labels: ["proven"] }, mixed)).toBe(false);
    expect(matchesHolder({ objectives: ["OUTCOME_SALES"] }, mixed)).toBe(true);
    expect(matchesHolder({}, mixed)).toBe(true);
  });

  it("takes a campaign out of sight for one that is not meant and may be excepted", () => {
    const unclear = sharing("PROS Broad", "PROS Narrow", ["100", "101", "gone"]);
    expect(matchesHolder({ campaigns: ["PROS *"] }, unclear)).toBe(false);
    expect(touchesHolder({ campaigns: ["AWA *"] }, unclear)).toBe(true);
    expect(stageOfHolder(STAGES, unclear)).toBe("mixed");
    expect(memberOfHolder(STAGES, unclear)).toBeNull();
  });

  it.each([
    ["PROS Broad", "PROS Narrow", "prospecting", ["prospecting"]],
    ["PROS Broad", "RTG Cart", "mixed", ["prospecting", "retargeting"]],
    ["PROS Broad", "Summer", "mixed", ["prospecting"]],
    ["Summer", "Winter", null, []],
  ])("puts a budget of %s and %s into the stage %s", (first, second, stage, all) => {
    const holder = sharing(first, second);
    expect(stageOfHolder(STAGES, holder)).toBe(stage);
    expect(memberOfHolder(STAGES, holder)).toBe(stage === "mixed" ? null : stage);
    expect(stagesOfHolder(STAGES, holder)).toEqual(all);
  });

  it("keeps hands off it when they are off one of its campaigns or off the budget itself", () => {
    const off = (match: object) => ({ match, until: null, by: "lea" });
    const entry = (match: object) => handsOffHolder([off(match)], "2026-03-11", mixed)?.by ?? null;
    expect(entry({ campaigns: ["RTG *"] })).toBe("lea");
    expect(entry({ names: ["Search budget"] })).toBe("lea");
    expect(entry({ campaigns: ["AWA *"] })).toBeNull();
  });

  it("looks at a campaign or an ad group as it always did", () => {
    const holder = only(budgetHoldersOf(anAccount({ entities: [aCampaign(), anAdGroup()] })));
    for (const means of [matchesHolder, touchesHolder]) {
      expect(means({ campaigns: ["PROS *"], names: ["Broad*"] }, holder)).toBe(true);
      expect(means({ names: ["PROS *"] }, holder)).toBe(false);
    }
    expect(stageOfHolder(STAGES, holder)).toBe("prospecting");
  });
});
