import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../lib/planner/draft.ts";
import { judgeAll, judgeRule, type Round } from "../../lib/planner/guardrails/apply.ts";
import { holderLines } from "../../lib/planner/holder-lines.ts";
import { roundOf } from "../../lib/planner/round.ts";
import {
  aCut,
  anAskOf,
  anIntent,
  aPause,
  applied,
  aRaise,
  changeOf,
  type Night,
  partsOf,
  planOf,
  slackSettings,
} from "../support/plan.ts";

/** Least and most in EUR, and the step between; null where nothing may be edited. */
function range(night: Night, holder = "200"): number[] | null {
  const { editRange } = changeOf(planOf(night), holder);
  if (editRange === null) return null;
  return [editRange.leastMicros, editRange.mostMicros, editRange.unitMicros].map((one) => Number(one) / 1e6);
}

describe("lib/planner/edit-range", () => {
  const raise = [anAskOf(aRaise(10), "200")];

  it("runs from the smallest change worth an edit to the first limit, on the side that was proposed", () => {
    expect(range({ asks: raise })).toEqual([52.5, 60, 0.01]);
    expect(range({ asks: [anAskOf(aCut(10), "200")] })).toEqual([40, 47.5, 0.01]);
  });

  it("counts in whole units of the account", () => {
    expect(range({ asks: raise, budgetUnitMicros: 1_000_000n })).toEqual([53, 60, 1]);
    expect(range({ asks: [anAskOf(aCut(), "200")], budgetUnitMicros: 7_000_000n })).toEqual([42, 42, 7]);
  });

  it("obeys the rule's ceiling and floor, the brand's, and the anchor", () => {
    const capped = aRaise(10, {
      action: { type: "raiseBudget", by: { kind: "percent", percent: 10 }, ceilingMicros: 57_000_000n },
    });
    const past = applied({
      day: "2026-03-05",
      edit: { kind: "dailyBudget", fromMicros: 38_000_000n, toMicros: 50_000_000n },
    });
    expect([
      range({ asks: [anAskOf(capped, "200")] }),
      range({ asks: raise, brand: { limits: { dailyCeilingMicros: 56_000_000n } } }),
      range({ asks: raise, state: { applied: [past] } }),
      range({ asks: [anAskOf(aCut(10), "200")], minDailyBudgetMicros: 43_000_000n }),
    ]).toEqual([
      [52.5, 57, 0.01],
      [52.5, 56, 0.01],
      [52.5, 57, 0.01],
      [43, 47.5, 0.01],
    ]);
  });

  it("leaves of the night's raises what the others take, those that come later included", () => {
    // 10 % of ten budgets of 50 EUR are 50 EUR, of which eight other raises take 5.50 each.
    const others = ["201", "202", "203", "204", "205", "206", "207", "208"].map((id) =>
      anAskOf(aRaise(11, { id: "other" }), id),
    );
    const wide = { blastRadiusPercent: 100, writesPerRun: 30 };
    const night = { asks: [...raise, ...others], brand: { limits: wide } };
    expect(range({ ...night, asks: [...raise, ...others.slice(0, 7)] })).toEqual([52.5, 60, 0.01]);
    expect(range({ ...night, asks: [...raise, ...others] })).toEqual([52.5, 56, 0.01]);
  });

  it("is nothing for a pause and for what is not proposed", () => {
    const auto = { figures: { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } } };
    expect([
      range({ asks: [anAskOf(aPause(), "200")] }),
      range({ asks: [anAskOf(aRaise(3), "200")] }),
      range({ asks: [anAskOf(aRaise(10, { mode: "shadow" }), "200")] }),
      range({ ...auto, asks: [anAskOf(aRaise(10, { mode: "apply" }), "200")], brand: { mode: "apply" } }),
    ]).toEqual([null, null, null, null]);
  });
});

describe("lib/planner/edit-range: laws", () => {
  const euros = fc.integer({ min: 500, max: 40_000 }).map((cents) => BigInt(cents) * 10_000n);
  const night: fc.Arbitrary<Night> = fc
    .record({
      percents: fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 4, maxLength: 4 }),
      budgets: fc.array(euros, { minLength: 4, maxLength: 4 }),
      ceiling: fc.option(euros),
      floor: fc.option(euros),
      nightlyRaisePercent: fc.integer({ min: 1, max: 30 }),
      unit: fc.constantFrom(10_000n, 1_000_000n, 70_000n),
      reserved: fc.option(euros),
    })
    .map(({ percents, budgets, ceiling, floor, nightlyRaisePercent, unit, reserved }) => {
      const toMicros = 50_000_000n + (reserved ?? 0n);
      const intent = anIntent({
        change: {
          holderKey: "meta/1001/adGroup/209",
          edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros },
        },
      });
      const ids = ["200", "201", "202", "203"];
      return {
        asks: percents.map((percent, index) =>
          anAskOf(
            percent < 0
              ? aCut(-percent, { id: `cut${index}` })
              : aRaise(percent + 1, { id: `raise${index}` }),
            ids[index] ?? "",
          ),
        ),
        entities: Object.fromEntries(
          ids.map((id, index) => [
            id,
            { budget: { period: "daily" as const, amountMicros: budgets[index] ?? 1n } },
          ]),
        ),
        brand: {
          limits: {
            dailyCeilingMicros: ceiling,
            dailyFloorMicros: floor,
            nightlyRaisePercent,
            blastRadiusPercent: 100,
          },
        },
        budgetUnitMicros: unit,
        state: reserved === null ? {} : { intents: { [intent.change.id]: intent } },
      };
    });

  /** What is left standing once one of the standing changes ends at `toMicros` instead, in words that compare. */
  function judgedWith(standing: readonly Draft[], edited: Draft, toMicros: bigint, round: Round): string[] {
    const drafts = standing.map((draft) => {
      if (draft !== edited || draft.edit.kind !== "dailyBudget") return { ...draft, notes: [] };
      return { ...draft, edit: { ...draft.edit, toMicros }, notes: [] };
    });
    return judgeAll(drafts, round).drafts.map((draft) => {
      const end = draft.edit.kind === "dailyBudget" ? draft.edit.toMicros : draft.edit.to;
      return `${draft.holderKey} ${draft.blocked} ${draft.mode} ${end}`;
    });
  }

  function wanted(standing: readonly Draft[], edited: Draft, toMicros: bigint): string[] {
    return standing.map((draft) => {
      const own = draft.edit.kind === "dailyBudget" ? draft.edit.toMicros : draft.edit.to;
      return `${draft.holderKey} false ${draft.mode} ${draft === edited ? toMicros : own}`;
    });
  }

  it("lets every whole unit inside pass untouched beside all others, and none outside", () => {
    fc.assert(
      fc.property(night, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const { input, facts, verdicts } = partsOf(given);
        const night = roundOf(input, facts, verdicts, holderLines(input.brand, facts));
        const { round } = night;
        const asked = night.asked.drafts.map((draft) => judgeRule(draft, round));
        const standing = judgeAll(asked, round).drafts.filter((draft) => !draft.blocked);
        const { changes } = planOf(given);
        for (const draft of standing) {
          const editRange = changes.find(({ holderKey }) => holderKey === draft.holderKey)?.editRange;
          if (!editRange) throw new Error(`${draft.holderKey} may not be edited`);
          const { leastMicros: least, mostMicros: most, unitMicros: unit } = editRange;
          const units = Number((most - least) / unit);
          const inside = least + BigInt(Math.round(units * share)) * unit;
          for (const amount of [least, inside, most])
            expect(judgedWith(standing, draft, amount, round)).toEqual(wanted(standing, draft, amount));
          for (const amount of [least - unit, most + unit])
            expect(judgedWith(standing, draft, amount, round)).not.toEqual(wanted(standing, draft, amount));
        }
      }),
    );
  });
});

describe("lib/planner/routine", () => {
  const SURE = { "200": { conversions14d: 40, cpaOkProbability14d: 0.95 } };

  function routine(night: Night): boolean {
    return changeOf(planOf({ figures: SURE, ...night }), "200").routine;
  }

  it("is what only the mode of its rule or brand keeps from being applied", () => {
    expect([
      routine({ asks: [anAskOf(aRaise(10), "200")] }),
      routine({ asks: [anAskOf(aRaise(10, { mode: "apply" }), "200")] }),
      routine({ asks: [anAskOf(aRaise(10), "200")], brand: { mode: "apply" } }),
      routine({ asks: [anAskOf(aCut(10), "200")] }),
      routine({ asks: [anAskOf(aPause(), "200")] }),
    ]).toEqual([true, true, true, true, true]);
  });

  it("is not what a limit of unasked changes would stop, make smaller or ask for", () => {
    const asks = [anAskOf(aRaise(10), "200")];
    const raised = applied({ day: "2026-03-06" });
    expect([
      routine({ asks: [anAskOf(aRaise(20), "200")] }),
      routine({ asks, figures: {} }),
      routine({ asks, state: { applied: [raised] } }),
      routine({ asks, nowMs: Date.UTC(2026, 2, 11, 10) }),
    ]).toEqual([false, false, false, false]);
  });

  it("is nothing that is not proposed", () => {
    expect([
      routine({ asks: [anAskOf(aRaise(10, { mode: "apply" }), "200")], brand: { mode: "apply" } }),
      routine({ asks: [anAskOf(aRaise(10, { mode: "shadow" }), "200")] }),
      routine({ asks: [anAskOf(aRaise(3), "200")] }),
    ]).toEqual([false, false, false]);
  });

  it("needs no notice of the night: whoever is asked has noticed", () => {
    expect(routine({ asks: [anAskOf(aRaise(10), "200")], brand: { slack: slackSettings() } })).toBe(true);
  });
});
