import { describe, expect, it } from "vitest";
import type { Action, Rule, Schedule } from "../../lib/rules/types.ts";
import { type Ask, aHold, anAskOf, aPause, aRaise, aRule, type Night, planOf } from "../support/plan.ts";

const BY_DAY: Schedule = { when: { kind: "at", times: ["09:00"] }, days: null, zone: null };
const NIGHT: Schedule = { when: { kind: "night" }, days: null, zone: null };
const ALLOCATE: Action = { type: "allocate", goal: { kind: "nextEuro" }, basis: "budget", totalMicros: null };
const ASSIGN: Action = { type: "assign", group: "tier", move: "down", to: null };

function lines(night: Night): string[] {
  const plan = planOf(night);
  expect([plan.changes, plan.notices, plan.holds, plan.nearMisses]).toEqual([[], [], [], []]);
  return plan.notActed.map(({ ruleId, reason, subjects }) => `${ruleId} ${reason.key} ${subjects}`);
}

function onAds(rule: Rule): Rule {
  return { ...rule, appliesTo: { ...rule.appliesTo, level: "ad" } };
}

describe("lib/planner/not-acted", () => {
  it("changes, tells and holds nothing by what it does not do yet, and says on how many it matched", () => {
    const asks: Ask[] = [
      anAskOf(aPause({ id: "day-stop", schedule: [BY_DAY] }), "200"),
      anAskOf(aRule(ALLOCATE, { id: "divide" }), "200"),
      anAskOf(aRule(ASSIGN, { id: "down" }), "200"),
      anAskOf(onAds(aPause({ id: "ads" })), "200"),
    ];
    const twice = [...asks, ...asks.map((ask) => ({ ...ask, holder: "201" }))];
    expect(lines({ asks: twice })).toEqual([
      "ads notActed.ads 2",
      "day-stop notActed.byDay 2",
      "divide notActed.allocate 2",
      "down notActed.assign 2",
    ]);
  });

  it("holds and tells nothing by rules that wait for rounds by day", () => {
    const schedule = [BY_DAY];
    const note = aRule(
      { type: "notify", urgency: "now", to: [], repeat: "daily" },
      { id: "note", schedule, onNoData: "notify" },
    );
    const hold = aHold({ schedule });
    expect(lines({ asks: [{ rule: hold }, { rule: note }] })).toEqual([
      "hold-under-floor notActed.byDay 1",
      "note notActed.byDay 1",
    ]);
    for (const result of ["noData", "notMatched"] as const) {
      expect(
        lines({
          asks: [
            { rule: hold, verdict: { result } },
            { rule: note, verdict: { result } },
          ],
        }),
      ).toEqual([]);
    }
  });

  it("acts in the night on a rule that is also looked at by day", () => {
    const rule = aRaise(20, { schedule: [BY_DAY, NIGHT] });
    expect(planOf({ asks: [anAskOf(rule, "200")] }).changes.map(({ outcome }) => outcome)).toEqual([
      "proposed",
    ]);
  });

  it("takes spend for steered that a rule of other weekdays looks at, and not what one by day does", () => {
    const figures = { "200": { spend7d: 300_000_000 } };
    const waiting = aRaise(20, { schedule: [{ ...NIGHT, days: ["mon"] }] });
    const named = (rule: Rule) => planOf({ idleRules: [rule], figures }).uncovered.length;
    expect([named(waiting), named({ ...waiting, schedule: [BY_DAY] })]).toEqual([0, 10]);
  });
});
