import { describe, expect, it } from "vitest";
import { NO_MEMORY } from "../../lib/domain/state.ts";
import type { Subject } from "../../lib/domain/verdict.ts";
import type { Action, HoldScope, Rule } from "../../lib/rules/types.ts";
import { aCut, aHold, anAskOf, aPause, aRaise, type Night, planOf, told } from "../support/plan.ts";
import { aCampaign, anAccount, anAdGroup } from "../support/snapshot.ts";

type Hold = Extract<Action, { type: "hold" }>;

function holding(scope: HoldScope, given: Partial<Rule> = {}, action: Partial<Hold> = {}): Rule {
  return aHold({
    action: { type: "hold", blocks: ["raise"], scope, forAtLeastNights: null, ...action },
    ...given,
  });
}

const raises = ["200", "201"].map((id) => anAskOf(aRaise(), id));

function outcomes(night: Night): string[] {
  return planOf(night)
    .changes.map((change) => `${change.target.id} ${told(change)}`)
    .sort();
}

const account: Subject = { level: "account", key: "meta/1001", name: "EU", ref: null, stage: null };

describe("lib/planner/holds", () => {
  it("holds raises of the whole brand as a rule of its own, also for want of data", () => {
    for (const result of ["matched", "noData"] as const) {
      const asks = [{ rule: holding({ kind: "brand" }), verdict: { result } }, ...raises];
      expect(outcomes({ asks })).toEqual(["200 blocked 60 hold.blocked", "201 blocked 60 hold.blocked"]);
    }
  });

  it("holds nothing for want of data where its rule says so", () => {
    for (const onNoData of ["skip", "notify"] as const) {
      const rule = holding({ kind: "brand" }, { onNoData });
      const plan = planOf({ asks: [{ rule, verdict: { result: "noData" } }, ...raises] });
      expect([plan.holds, plan.changes.map(told)]).toEqual([[], ["proposed 60", "proposed 60"]]);
    }
  });

  it("holds what it matched on alone where it holds itself", () => {
    const asks = [anAskOf(holding({ kind: "self" }), "200"), ...raises];
    expect(outcomes({ asks })).toEqual(["200 blocked 60 hold.blocked", "201 proposed 60"]);
    expect(planOf({ asks }).holds.map(({ scope }) => scope)).toEqual(["budgetHolder meta/1001/adGroup/200"]);
  });

  it("holds the ad groups of a campaign, and the campaign whose money an ad group spends", () => {
    const ref = { platform: "meta", accountId: "1001", level: "campaign" as const, id: "100" };
    const campaign: Subject = {
      level: "campaign",
      key: "meta/1001/campaign/100",
      name: "PROS",
      ref,
      stage: null,
    };
    expect(
      outcomes({ asks: [{ rule: holding({ kind: "self" }), verdict: { subject: campaign } }, ...raises] }),
    ).toEqual(["200 blocked 60 hold.blocked", "201 blocked 60 hold.blocked"]);
    const budget = { period: "daily" as const, amountMicros: 50_000_000n };
    const accounts = [
      anAccount({
        entities: [
          aCampaign({ budget, learning: "learned" }),
          anAdGroup({ budget: null }),
          aCampaign({ id: "101" }),
        ],
      }),
    ];
    const below = planOf({
      asks: [
        anAskOf(holding({ kind: "self" }), "200"),
        { rule: aPause({ id: "raise-it", action: aRaise().action }), verdict: { subject: campaign } },
      ],
      snapshot: { accounts },
    });
    expect(below.changes.map(told)).toEqual(["blocked 60 hold.blocked"]);
  });

  it("holds an account or a stage, and not the others", () => {
    const other = anAccount({
      accountId: "1002",
      entities: [
        aCampaign({ accountId: "1002", name: "RTG Cart" }),
        anAdGroup({ accountId: "1002", id: "300" }),
      ],
    });
    const snapshot = { accounts: [anAccount({ entities: [aCampaign(), anAdGroup()] }), other] };
    const there = { platform: "meta", accountId: "1002", level: "adGroup" as const, id: "300" };
    const subject: Subject = {
      level: "budgetHolder",
      key: "meta/1002/adGroup/300",
      name: "300",
      ref: there,
      stage: "retargeting",
    };
    const cuts = [anAskOf(aCut(), "200"), { rule: aCut(), verdict: { subject } }];
    const blocks = { blocks: ["cut"] } as const;
    const of = (rule: Rule, about: Subject) =>
      outcomes({ asks: [{ rule, verdict: { subject: about } }, ...cuts], snapshot });
    expect(of(holding({ kind: "account" }, {}, blocks), account)).toEqual([
      "200 blocked 40 hold.blocked",
      "300 proposed 40",
    ]);
    expect(of(holding({ kind: "account" }, {}, blocks), subject)).toEqual([
      "200 proposed 40",
      "300 blocked 40 hold.blocked",
    ]);
    expect(of(holding({ kind: "stage", stage: "retargeting" }, {}, blocks), account)).toEqual([
      "200 proposed 40",
      "300 blocked 40 hold.blocked",
    ]);
  });

  it("lasts as long as it was meant to, all of it, and says its last night", () => {
    const rule = holding({ kind: "brand" }, {}, { blocks: ["raise", "cut"], forAtLeastNights: 3 });
    expect(planOf({ asks: [{ rule }] }).holds).toMatchObject([
      { scope: "brand", because: "matched", until: "2026-03-13" },
    ]);
    const state = {
      memory: { ...NO_MEMORY, holds: { "hold-under-floor": { brand: { until: "2026-03-11" } } } },
    };
    for (const asks of [
      [],
      [{ rule, verdict: { result: "notMatched" as const } }],
      [{ rule, verdict: { result: "noData" as const } }],
    ]) {
      const plan = planOf({ asks: [...asks, ...raises, anAskOf(aCut(), "202")], idleRules: [rule], state });
      expect(plan.changes.map(({ outcome }) => outcome)).toEqual(["blocked", "blocked", "blocked"]);
      expect(plan.holds).toMatchObject([{ until: "2026-03-11", blocks: ["raise", "cut"] }]);
    }
    const over = {
      memory: { ...NO_MEMORY, holds: { "hold-under-floor": { brand: { until: "2026-03-10" } } } },
    };
    expect(planOf({ asks: raises, idleRules: [rule], state: over }).holds).toEqual([]);
    const watched = { ...rule, mode: "shadow" as const };
    expect(planOf({ asks: raises, idleRules: [watched], state }).holds).toEqual([]);
  });

  it("waits for its nights in a row, but not for want of data", () => {
    const rule = holding({ kind: "brand" }, { nightsInARow: 2 });
    expect(planOf({ asks: [{ rule }] }).holds).toEqual([]);
    expect(planOf({ asks: [{ rule, verdict: { result: "noData" } }] }).holds).toHaveLength(1);
  });

  it("is not in force while its rollout only watches it", () => {
    const rule = holding({ kind: "brand" }, { rollout: { shadowNights: 2, proposeNights: 0 } });
    const of = (nights: number) =>
      planOf({ asks: [{ rule }], state: { ruleNights: { ["a".repeat(64)]: nights } } }).holds.length;
    expect([of(1), of(2)]).toEqual([0, 1]);
  });
});
