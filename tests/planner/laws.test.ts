import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { raiseMicros } from "../../lib/domain/change.ts";
import type { PlannedChange } from "../../lib/domain/plan.ts";
import type { AppliedChange } from "../../lib/domain/state.ts";
import type { Mode, Result } from "../../lib/domain/verdict.ts";
import { buildPlan } from "../../lib/planner/build-plan.ts";
import type { Draft } from "../../lib/planner/draft.ts";
import { decided } from "../../lib/planner/guardrails/apply.ts";
import type { PlanRound } from "../../lib/planner/guardrails/guardrail.ts";
import { guardrails } from "../../lib/planner/guardrails/index.ts";
import { holderLines } from "../../lib/planner/holder-lines.ts";
import { pauseEnds } from "../../lib/planner/pause-ends.ts";
import { roundOf } from "../../lib/planner/round.ts";
import type { Rule } from "../../lib/rules/types.ts";
import {
  aCut,
  anAskOf,
  anIntent,
  aPause,
  applied,
  aRaise,
  HOLDERS,
  type Night,
  partsOf,
} from "../support/plan.ts";

const euros = fc.integer({ min: 1, max: 400_000 }).map((cents) => BigInt(cents) * 10_000n);
const mode = fc.constantFrom<Mode>("shadow", "propose", "apply");
const percent = fc.integer({ min: 1, max: 300 });
const result = fc.constantFrom<Result>("matched", "matched", "matched", "notMatched", "noData");
const holder = fc.constantFrom(...HOLDERS);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    kind: fc.constantFrom("raise", "cut", "pause"),
    percent,
    mode,
    ceiling: fc.option(euros),
    floor: fc.option(euros),
  })
  .map(({ kind, percent, mode, ceiling: ceilingMicros, floor: floorMicros }) => {
    const given = {
      id: `${kind}-${percent}-${mode}-${ceilingMicros}-${floorMicros}`,
      mode,
      cooldownNights: 2,
    };
    const by = { kind: "percent", percent } as const;
    if (kind === "raise")
      return aRaise(percent, { ...given, action: { type: "raiseBudget", by, ceilingMicros } });
    return kind === "cut"
      ? aCut(percent, { ...given, action: { type: "cutBudget", by, floorMicros } })
      : aPause(given);
  });

const past: fc.Arbitrary<AppliedChange> = fc
  .record({ holder, day: fc.constantFrom("2026-03-03", "2026-03-05", "2026-03-09"), from: euros, to: euros })
  .map(({ holder, day, from, to }) =>
    applied({
      holderKey: `meta/1001/adGroup/${holder}`,
      day,
      edit: { kind: "dailyBudget", fromMicros: from, toMicros: to },
    }),
  );

const night: fc.Arbitrary<Night> = fc
  .record({
    asks: fc.array(fc.record({ rule, holder, result }), { maxLength: 12 }),
    budgets: fc.array(euros, { minLength: 10, maxLength: 10 }),
    mode,
    ceiling: fc.option(euros),
    floor: fc.option(euros),
    nightlyRaisePercent: fc.integer({ min: 0, max: 50 }),
    unit: fc.constantFrom(10_000n, 1_000_000n, 70_000n),
    past: fc.array(past, { maxLength: 3 }),
    reserved: fc.option(euros),
    probabilities: fc.array(fc.constantFrom(null, 0.8, 0.86, 0.95), { minLength: 10, maxLength: 10 }),
  })
  .map((given) => {
    const toMicros = 50_000_000n + (given.reserved ?? 0n);
    const intent = anIntent({ change: { edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros } } });
    const byHolder = <T>(of: (index: number) => T) =>
      Object.fromEntries(HOLDERS.map((id, index) => [id, of(index)]));
    return {
      asks: given.asks.map((ask) => anAskOf(ask.rule, ask.holder, { result: ask.result })),
      entities: byHolder((index) => ({
        budget: { period: "daily" as const, amountMicros: given.budgets[index] ?? 1n },
      })),
      figures: byHolder((index) => ({
        cpaOkProbability14d: given.probabilities[index] ?? null,
        conversions14d: 35,
      })),
      brand: {
        mode: given.mode,
        limits: {
          dailyCeilingMicros: given.ceiling,
          dailyFloorMicros: given.floor,
          nightlyRaisePercent: given.nightlyRaisePercent,
        },
      },
      budgetUnitMicros: given.unit,
      state: { applied: given.past, intents: given.reserved === null ? {} : { [intent.change.id]: intent } },
    };
  });

function live(changes: readonly PlannedChange[]): PlannedChange[] {
  return changes.filter((change) => change.outcome === "proposed" || change.outcome === "auto");
}

function planFor(given: Night) {
  const { input, facts, verdicts } = partsOf(given);
  return { input, plan: buildPlan(input, facts, verdicts) };
}

/** Every draft of the night before any guardrail, with what guardrails are asked with. */
function draftsFor(given: Night): { drafts: Draft[]; round: PlanRound } {
  const { input, facts, verdicts } = partsOf(given);
  const { asked, round } = roundOf(input, facts, verdicts, holderLines(input.brand, facts));
  const drafts = [...asked.drafts, ...pauseEnds({ ...input, facts }, round.ownPauses).drafts];
  return { drafts, round: { ...round, before: [], standing: drafts } };
}

describe("lib/planner: laws", () => {
  it("makes the same plan whatever the order of rules and verdicts", () => {
    fc.assert(
      fc.property(night, fc.integer(), (given, seed) => {
        const { input, facts, verdicts } = partsOf(given);
        const turn = <T>(list: readonly T[]): T[] => {
          const at = list.length === 0 ? 0 : Math.abs(seed) % list.length;
          return [...list.slice(at), ...list.slice(0, at)].toReversed();
        };
        const turned = { ...input, ruleset: { ...input.ruleset, rules: turn(input.ruleset.rules) } };
        expect(canonicalJson(buildPlan(turned, facts, turn(verdicts)))).toBe(
          canonicalJson(buildPlan(input, facts, verdicts)),
        );
      }),
    );
  });

  it("keeps every change inside its bounds, and raises together under the night's allowance", () => {
    fc.assert(
      fc.property(night, (given) => {
        const { input, plan } = planFor(given);
        const { limits } = input.brand;
        const reserved = Object.values(input.state.intents).map((intent) => raiseMicros(intent.change.edit));
        let raised = reserved.reduce((sum, one) => sum + one, 0n);
        for (const { edit, mode, bounds, target } of live(plan.changes)) {
          if (edit.kind === "status") continue;
          const { fromMicros: from, toMicros: to } = edit;
          const step = BigInt(mode === "apply" ? limits.stepPercentApplied : limits.stepPercentProposed);
          const moved = to > from ? to - from : from - to;
          expect(moved * 100n).toBeLessThanOrEqual(from * step);
          expect(moved * 100n).toBeGreaterThanOrEqual(from * 5n);
          expect(to % (given.budgetUnitMicros ?? 1n)).toBe(0n);
          if (to > from) {
            raised += to - from;
            for (const ceiling of [bounds.ceilingMicros, limits.dailyCeilingMicros]) {
              if (ceiling !== null) expect(to).toBeLessThanOrEqual(ceiling);
            }
            const anchors = input.state.applied.filter(
              (one) => one.holderKey.endsWith(target.id) && one.day >= "2026-03-04",
            );
            const anchor = anchors[0]?.edit.kind === "dailyBudget" ? anchors[0].edit.fromMicros : from;
            expect(to * 2n).toBeLessThanOrEqual(anchor * 3n);
          } else {
            for (const floor of [bounds.floorMicros, limits.dailyFloorMicros]) {
              if (floor !== null) expect(to).toBeGreaterThanOrEqual(floor);
            }
          }
        }
        const start = plan.holders.reduce((sum, line) => sum + line.budgetMicros, 0n);
        const raisedHere = raised - reserved.reduce((sum, one) => sum + one, 0n);
        if (raisedHere > 0n)
          expect(raised * 100n).toBeLessThanOrEqual(start * BigInt(limits.nightlyRaisePercent));
      }),
    );
  });

  it("answers, asked again about what it made, as if asked once", () => {
    fc.assert(
      fc.property(night, (given) => {
        const { drafts, round } = draftsFor(given);
        for (const draft of drafts) {
          for (const guardrail of guardrails) {
            const once = decided(draft, guardrail, guardrail.check(draft, round));
            if (once.blocked) continue;
            expect([guardrail.id, guardrail.check(once, round)]).toEqual([guardrail.id, { kind: "allow" }]);
          }
        }
      }),
    );
  });

  it("never makes a change larger, freer or of another direction", () => {
    const freedom: readonly Mode[] = ["shadow", "propose", "apply"];
    fc.assert(
      fc.property(night, (given) => {
        const { drafts, round } = draftsFor(given);
        for (const draft of drafts) {
          for (const guardrail of guardrails) {
            const { edit, mode, direction } = decided(draft, guardrail, guardrail.check(draft, round));
            expect(freedom.indexOf(mode)).toBeLessThanOrEqual(freedom.indexOf(draft.mode));
            expect(direction).toBe(draft.direction);
            if (edit.kind === "status" || draft.edit.kind === "status") continue;
            const raising = direction === "raise";
            expect(
              raising ? edit.toMicros <= draft.edit.toMicros : edit.toMicros >= draft.edit.toMicros,
            ).toBe(true);
            expect(edit.fromMicros).toBe(draft.edit.fromMicros);
          }
        }
      }),
    );
  });

  it("changes nothing for rules without data or match, and a holder at most once", () => {
    fc.assert(
      fc.property(night, (given) => {
        const { plan } = planFor(given);
        const asked = new Set(
          (given.asks ?? [])
            .filter((ask) => ask.verdict?.result === "matched")
            .map((ask) => `${ask.rule.id} meta/1001/adGroup/${ask.holder}`),
        );
        expect(plan.changes.filter((change) => !asked.has(`${change.ruleId} ${change.holderKey}`))).toEqual(
          [],
        );
        const holders = live(plan.changes).map((change) => change.holderKey);
        expect(new Set(holders).size).toBe(holders.length);
        if (plan.refused !== null) expect(holders).toEqual([]);
      }),
    );
  });

  it("raises nothing without evidence, whatever the rules say", () => {
    fc.assert(
      fc.property(night, (given) => {
        const figures = Object.fromEntries(HOLDERS.map((id) => [id, { cpaOkProbability14d: null }]));
        const { plan } = planFor({ ...given, figures });
        expect(live(plan.changes).filter((change) => raiseMicros(change.edit) > 0n)).toEqual([]);
      }),
    );
  });
});
