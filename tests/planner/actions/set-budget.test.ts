import { describe, expect, it } from "vitest";
import type { Action, BudgetAim } from "../../../lib/rules/types.ts";
import { anAskOf, aRule, changeOf, type Night, planOf, told } from "../../support/plan.ts";

type SetBudget = Extract<Action, { type: "setBudget" }>;

const UNLIMITED = { maxPercent: null, floorMicros: null, ceilingMicros: null };

/** Towards a CPA of 35 EUR, at rest from 33 to 37. */
const TOWARD_CPA: BudgetAim = {
  kind: "toward",
  metric: "cpa",
  params: { window: "14d" },
  target: 35_000_000,
  band: [33_000_000, 37_000_000],
  goodSide: "low",
};

/** Towards 16 conversions in 14 days, at rest from 14 to 18. */
const TOWARD_COUNT: BudgetAim = {
  ...TOWARD_CPA,
  ...{ metric: "conversions", target: 16, band: [14, 18], goodSide: "high" },
};

function asked(aim: BudgetAim, given: Partial<SetBudget> = {}) {
  const rule = aRule({ type: "setBudget", aim, ...UNLIMITED, ...given }, { id: "steer" });
  return [anAskOf(rule, "200")];
}

/** What becomes of ad group 200 with 50 EUR a day, under wide steps. */
function of200(aim: BudgetAim, night: Night = {}, given: Partial<SetBudget> = {}): string {
  const brand = { ...night.brand, limits: { stepPercentProposed: 90, ...night.brand?.limits } };
  return told(changeOf(planOf({ asks: asked(aim, given), ...night, brand }), "200"));
}

function cpa(cpa14d: number | null): Night {
  return { figures: { "200": { cpa14d } } };
}

describe("lib/planner/actions/set-budget", () => {
  it("raises or cuts to an amount, whichever that is, and does nothing where the budget is there", () => {
    expect(of200({ kind: "amount", micros: 55_000_000n })).toBe("proposed 55");
    expect(of200({ kind: "amount", micros: 40_000_000n })).toBe("proposed 40");
    const plan = planOf({ asks: asked({ kind: "amount", micros: 50_000_000n }) });
    expect([plan.changes, plan.notActed]).toEqual([[], []]);
  });

  it("moves the budget by as much as a metric is away from its target, in its good direction", () => {
    // 50 x 35 / 25 = 70, but no raise goes further than 50 a night of all 500.
    expect(of200(TOWARD_CPA, cpa(28_000_000))).toBe("proposed 62.5");
    // 50 x 35 / 70
    expect(of200(TOWARD_CPA, cpa(70_000_000))).toBe("proposed 25");
    // 50 x 20 / 16
    expect(of200(TOWARD_COUNT)).toBe("proposed 62.5");
    // 50 x 8 / 16, too few conversions for a raise and enough for a cut
    expect(of200(TOWARD_COUNT, { figures: { "200": { conversions14d: 8 } } })).toBe("proposed 25");
  });

  it.each([32_999_999, 37_000_001])("moves just outside its band: %d", (micros) => {
    expect(planOf({ asks: asked(TOWARD_CPA), ...cpa(micros) }).changes).toHaveLength(1);
  });

  it.each([33_000_000, 35_000_000, 37_000_000])("rests inside its band, both ends included: %d", (micros) => {
    const plan = planOf({ asks: asked(TOWARD_CPA), ...cpa(micros) });
    expect([plan.changes, plan.notActed]).toEqual([[], []]);
  });

  it("cuts to nothing of its own by a figure of 0, and no further than its floor", () => {
    const none = { figures: { "200": { conversions14d: 0 } } };
    expect(of200(TOWARD_COUNT, none, { floorMicros: 20_000_000n, maxPercent: 80 })).toBe(
      "proposed 20 floor.clamped",
    );
  });

  it.each([null, 0])("does nothing without a figure to go by, and says so: CPA %s", (micros) => {
    const plan = planOf({ asks: asked(TOWARD_CPA), ...cpa(micros) });
    expect(plan.changes).toEqual([]);
    expect(plan.notActed).toEqual([
      {
        ruleId: "steer",
        pack: "roads",
        reason: { key: "notActed.noFigure", values: { metric: { value: "cpa", unit: "text" } } },
        subjects: 1,
      },
    ]);
  });

  it("stays within its own percentage, floor and ceiling, and within the brand's step", () => {
    const far = { kind: "amount", micros: 90_000_000n } as const;
    expect(of200(far, {}, { maxPercent: 10 })).toBe("proposed 55");
    expect(of200(far, {}, { ceilingMicros: 56_000_000n })).toBe("proposed 56 anchor.clamped ceiling.clamped");
    expect(of200(far, { brand: { limits: { stepPercentProposed: 20 } } })).toBe("proposed 60 step.clamped");
    const near = { kind: "amount", micros: 10_000_000n } as const;
    expect(of200(near, {}, { maxPercent: 10 })).toBe("proposed 45");
    expect(of200(near, {}, { floorMicros: 42_000_000n })).toBe("proposed 42 floor.clamped");
  });

  it("needs a raise's evidence for a raise and none for a cut", () => {
    const unproven = { figures: { "200": { cpaOkProbability14d: 0.5 } } };
    expect(of200({ kind: "amount", micros: 55_000_000n }, unproven)).toBe("blocked 55 evidence.blocked");
    expect(of200({ kind: "amount", micros: 45_000_000n }, unproven)).toBe("proposed 45");
  });

  it("waits for the conversions of the window that it steers by", () => {
    const young = { figures: { "200": { cpa14d: 28_000_000, settledPercent14d: 84 } } };
    expect(of200(TOWARD_CPA, { ...young })).toBe("blocked 62.5 unsettled.blocked");
  });
});
