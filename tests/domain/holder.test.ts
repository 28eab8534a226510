import { describe, expect, it } from "vitest";
import { budgetHoldersOf } from "../../lib/domain/holder.ts";
import { aCampaign, anAccount, anAdGroup } from "../support/snapshot.ts";

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
});
