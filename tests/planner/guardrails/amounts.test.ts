import { describe, expect, it } from "vitest";
import type { Edit } from "../../../lib/domain/change.ts";
import { NO_MEMORY } from "../../../lib/domain/state.ts";
import {
  aCut,
  anIntent,
  aPause,
  applied,
  aRaise,
  aRule,
  changeOf,
  type Night,
  noteOf,
  planOf,
  told,
} from "../../support/plan.ts";

const raise = { rule: aRaise(), holder: "200" };
const cut = { rule: aCut(), holder: "200" };
const pause = { rule: aPause(), holder: "200" };
const SURE = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };

function of200(night: Night): string {
  return told(changeOf(planOf(night), "200"));
}

function budgets(from: number, to: number): Edit {
  return { kind: "dailyBudget", fromMicros: BigInt(from * 1e6), toMicros: BigInt(to * 1e6) };
}

function byAmount(type: "raiseBudget" | "cutBudget", micros: bigint) {
  const by = { kind: "amount", micros } as const;
  const action = type === "raiseBudget" ? { type, by, ceilingMicros: null } : { type, by, floorMicros: null };
  return { rule: aRule(action), holder: "200" };
}

describe("lib/planner/guardrails: cool-downs", () => {
  it.each([
    ["2026-03-09", "propose", "blocked 60 cooldown.blocked"],
    ["2026-03-08", "propose", "proposed 60"],
    ["2026-03-05", "apply", "blocked 60 cooldown.blocked"],
    ["2026-03-04", "apply", "auto 55 step.clamped"],
  ] as const)("rests after a raise on %s in mode %s", (day, mode, expected) => {
    const asks = [{ rule: aRaise(20, { mode }), holder: "200" }];
    const state = { applied: [applied({ day, edit: budgets(45, 50) })] };
    expect(of200({ asks, state, brand: { mode: "apply" }, figures: SURE })).toBe(expected);
  });

  it("rests after a cut by its own measure, and cuts rest as well", () => {
    const changedOn = (day: string, edit: Edit) => ({ applied: [applied({ day, edit })] });
    const limits = { cooldownNightsAfterCut: 2 };
    expect(of200({ asks: [raise], state: changedOn("2026-03-10", budgets(60, 50)), brand: { limits } })).toBe(
      "blocked 60 cooldown.blocked",
    );
    expect(of200({ asks: [raise], state: changedOn("2026-03-09", budgets(60, 50)), brand: { limits } })).toBe(
      "proposed 60",
    );
    expect(of200({ asks: [cut], state: changedOn("2026-03-09", budgets(45, 50)) })).toBe(
      "blocked 40 cooldown.blocked",
    );
    const change = changeOf(planOf({ asks: [cut], state: changedOn("2026-03-09", budgets(45, 50)) }), "200");
    expect(noteOf(change, "cooldown")).toEqual({ nights: 2, needed: 3 });
  });

  it("rests after a raise even when a cut followed it", () => {
    const state = {
      applied: [
        applied({ changeId: "a", day: "2026-03-09", edit: budgets(50, 60) }),
        applied({ changeId: "b", day: "2026-03-10", edit: budgets(60, 50) }),
      ],
    };
    expect(of200({ asks: [raise], state })).toBe("blocked 60 cooldown.blocked");
  });

  it("rests after a change whose outcome nobody knows yet", () => {
    const intent = anIntent({
      roundId: "atelier-lune/2026-03-09/night",
      status: "sent",
      intendedAtMs: 1_773_025_800_000,
      change: { id: "atelier-lune-20260309-1", holderKey: "meta/1001/adGroup/200", edit: budgets(45, 50) },
    });
    expect(of200({ asks: [raise], state: { intents: { [intent.change.id]: intent } } })).toBe(
      "blocked 60 cooldown.blocked",
    );
  });

  it("lets a pause neither wait nor start a rest", () => {
    const paused: Edit = { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n };
    expect(of200({ asks: [pause], state: { applied: [applied()] } })).toBe("proposed paused");
    expect(of200({ asks: [raise], state: { applied: [applied({ edit: paused })] } })).toBe("proposed 60");
  });

  it.each([
    ["raise-proven", "2026-03-07", "blocked 60 ruleCooldown.blocked"],
    ["raise-proven", "2026-03-06", "proposed 60"],
    ["cut-dear", "2026-03-07", "proposed 60"],
  ])("keeps a rule's own cool-down of 5 nights after %s on %s", (ruleId, day, expected) => {
    const asks = [{ rule: aRaise(20, { cooldownNights: 5 }), holder: "200" }];
    const plan = planOf({ asks, state: { applied: [applied({ ruleId, day, edit: budgets(45, 50) })] } });
    expect(told(changeOf(plan, "200"))).toBe(expected);
    expect(changeOf(plan, "200").bounds.cooldownNights).toBe(5);
  });

  it.each([
    ["2026-01-12", "blocked 60 ruleCooldown.blocked"],
    ["2026-01-11", "proposed 60"],
  ])("keeps a cool-down of 59 nights that is longer than changes are kept, after %s", (day, expected) => {
    const asks = [{ rule: aRaise(20, { cooldownNights: 59 }), holder: "200" }];
    const acts = { "raise-proven": { "meta/1001/adGroup/200": { times: 1, day } } };
    expect(of200({ asks, state: { memory: { ...NO_MEMORY, acts } } })).toBe(expected);
  });

  it("keeps a rule's own cool-down for its pauses, too", () => {
    const paused: Edit = { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n };
    const asks = [{ rule: aPause({ cooldownNights: 2 }), holder: "200" }];
    const state = { applied: [applied({ ruleId: "pause-dead", edit: paused })] };
    expect(of200({ asks, state })).toBe("blocked paused ruleCooldown.blocked");
  });
});

describe("lib/planner/guardrails: amounts", () => {
  it.each([
    ["raise", 35, "propose", "proposed 60 step.clamped"],
    ["raise", 35, "apply", "auto 55 step.clamped"],
    ["raise", 20, "propose", "proposed 60"],
    ["cut", 35, "propose", "proposed 40 step.clamped"],
    ["cut", 35, "apply", "auto 45 step.clamped"],
  ] as const)("limits a %s of %d %% in mode %s to one step", (direction, percent, mode, expected) => {
    const rule = direction === "raise" ? aRaise(percent, { mode }) : aCut(percent, { mode });
    expect(of200({ asks: [{ rule, holder: "200" }], brand: { mode: "apply" }, figures: SURE })).toBe(
      expected,
    );
  });

  it("says what a clamp made of what was wanted", () => {
    const change = changeOf(planOf({ asks: [{ rule: aRaise(35), holder: "200" }] }), "200");
    expect(noteOf(change, "step")).toEqual({
      limit: 20,
      from: 50_000_000,
      value: 67_500_000,
      to: 60_000_000,
    });
    expect(change.wantedMicros).toBe(67_500_000n);
  });

  it.each([
    ["2026-03-04", "proposed 52.5 anchor.clamped"],
    ["2026-03-03", "proposed 60"],
  ])("raises to at most 1.5 x what the budget was before a change of %s", (day, expected) => {
    const state = { applied: [applied({ day, edit: budgets(35, 42) })] };
    expect(of200({ asks: [raise], state })).toBe(expected);
  });

  it("anchors on the earliest change of the last 7 nights and blocks when there is no room", () => {
    const state = {
      applied: [
        applied({ changeId: "a", day: "2026-03-05", edit: budgets(30, 40) }),
        applied({ changeId: "b", day: "2026-03-08", edit: budgets(40, 50) }),
      ],
    };
    const change = changeOf(planOf({ asks: [raise], state }), "200");
    expect(told(change)).toBe("blocked 60 anchor.blocked");
    expect(noteOf(change, "anchor")).toEqual({ anchor: 30_000_000, multiple: 1.5, nights: 7 });
  });

  it("anchors on the current budget when nothing changed", () => {
    const brand = { limits: { anchorMultiple: 1.1 } };
    expect(of200({ asks: [raise], brand })).toBe("proposed 55 anchor.clamped");
  });

  it("cuts without regard to the anchor", () => {
    const state = { applied: [applied({ day: "2026-03-04", edit: budgets(10, 12) })] };
    expect(of200({ asks: [cut], state })).toBe("proposed 40");
  });

  it.each([
    ["the platform's minimum", { minDailyBudgetMicros: 45_000_000n }, null],
    ["the brand's floor", { brand: { limits: { dailyFloorMicros: 45_000_000n } } }, null],
    ["the rule's floor", {}, 45_000_000n],
  ] satisfies [string, Night, bigint | null][])("cuts no further than %s", (_, night, floorMicros) => {
    const rule = aCut(20, {
      action: { type: "cutBudget", by: { kind: "percent", percent: 20 }, floorMicros },
    });
    expect(of200({ ...night, asks: [{ rule, holder: "200" }] })).toBe("proposed 45 floor.clamped");
  });

  it("blocks a cut at its floor and takes the highest of all floors", () => {
    const brand = { limits: { dailyFloorMicros: 50_000_000n } };
    const change = changeOf(planOf({ asks: [cut], brand, minDailyBudgetMicros: 5_000_000n }), "200");
    expect(told(change)).toBe("blocked 40 floor.blocked");
    expect(noteOf(change, "floor")).toEqual({ limit: 50_000_000 });
  });

  it("never cuts by more than there is", () => {
    expect(of200({ asks: [byAmount("cutBudget", 70_000_000n)] })).toBe("proposed 40 step.clamped");
  });

  it.each([
    ["the brand's ceiling", { brand: { limits: { dailyCeilingMicros: 55_000_000n } } }, null],
    ["the rule's ceiling", {}, 55_000_000n],
    ["the lower of both", { brand: { limits: { dailyCeilingMicros: 58_000_000n } } }, 55_000_000n],
  ] satisfies [string, Night, bigint | null][])("raises no further than %s", (_, night, ceilingMicros) => {
    const rule = aRaise(20, {
      action: { type: "raiseBudget", by: { kind: "percent", percent: 20 }, ceilingMicros },
    });
    expect(of200({ ...night, asks: [{ rule, holder: "200" }] })).toBe("proposed 55 ceiling.clamped");
  });

  it("blocks a raise at its ceiling and lets a budget above it be cut", () => {
    const brand = { limits: { dailyCeilingMicros: 45_000_000n } };
    expect([of200({ asks: [raise], brand }), of200({ asks: [cut], brand })]).toEqual([
      "blocked 60 ceiling.blocked",
      "proposed 40",
    ]);
  });

  it("rounds raises down and cuts up to whole units of the account", () => {
    const night = {
      entities: { "200": { budget: { period: "daily" as const, amountMicros: 50_010_000n } } },
    };
    expect(of200({ ...night, asks: [{ rule: aRaise(19.99), holder: "200" }] })).toBe(
      "proposed 60 rounding.clamped",
    );
    expect(of200({ ...night, asks: [{ rule: aCut(19.99), holder: "200" }] })).toBe(
      "proposed 40.02 rounding.clamped",
    );
    expect(of200({ ...night, asks: [raise], budgetUnitMicros: 7_000_000n })).toBe(
      "proposed 56 rounding.clamped",
    );
  });

  it.each([
    [5, "proposed 52.5"],
    [4.99, "blocked 52.49 rounding.clamped tolerance.blocked"],
  ])("thinks a change of %d %% worth an edit or not", (percent, expected) => {
    expect(of200({ asks: [{ rule: aRaise(percent), holder: "200" }] })).toBe(expected);
  });

  it("blocks by tolerance a cut that is too small", () => {
    const change = changeOf(planOf({ asks: [byAmount("cutBudget", 2_000_000n)] }), "200");
    expect(told(change)).toBe("blocked 48 tolerance.blocked");
    expect(noteOf(change, "tolerance")).toEqual({ percent: 4, limit: 5 });
  });

  it("blocks by tolerance a raise that several clamps together made too small", () => {
    const state = { applied: [applied({ day: "2026-03-04", edit: budgets(34.7, 40) })] };
    const brand = { limits: { dailyCeilingMicros: 52_000_000n } };
    const change = changeOf(planOf({ asks: [{ rule: aRaise(35), holder: "200" }], state, brand }), "200");
    expect(told(change)).toBe("blocked 52 step.clamped anchor.clamped ceiling.clamped tolerance.blocked");
  });

  it("blocks a raise that rounding leaves nothing of, even at no tolerance", () => {
    const brand = { limits: { tolerancePercent: 0 } };
    expect(of200({ asks: [raise], budgetUnitMicros: 50_000_000n, brand })).toBe(
      "blocked 50 rounding.clamped tolerance.blocked",
    );
  });
});
