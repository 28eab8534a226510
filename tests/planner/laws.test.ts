import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { raiseMicros } from "../../lib/domain/change.ts";
import type { PlannedChange } from "../../lib/domain/plan.ts";
import type { Mode } from "../../lib/domain/verdict.ts";
import { buildPlan } from "../../lib/planner/build-plan.ts";
import type { Draft } from "../../lib/planner/draft.ts";
import { decided } from "../../lib/planner/guardrails/apply.ts";
import type { PlanRound } from "../../lib/planner/guardrails/guardrail.ts";
import { guardrails } from "../../lib/planner/guardrails/index.ts";
import { holderLines } from "../../lib/planner/holder-lines.ts";
import { pauseEnds } from "../../lib/planner/pause-ends.ts";
import { roundOf } from "../../lib/planner/round.ts";
import { HOLDERS, type Night, partsOf } from "../support/plan.ts";
import { aRandomNight } from "../support/random-nights.ts";

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
      fc.property(aRandomNight, fc.integer(), (given, seed) => {
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
      fc.property(aRandomNight, (given) => {
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
      fc.property(aRandomNight, (given) => {
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
      fc.property(aRandomNight, (given) => {
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
      fc.property(aRandomNight, (given) => {
        const { plan } = planFor(given);
        const asked = new Set(
          (given.asks ?? [])
            .filter((ask) => ask.verdict?.result === "matched")
            .map((ask) => `${ask.rule.id} meta/1001/adGroup/${ask.holder}`),
        );
        const unasked = plan.changes.filter(
          (change) => change.endsPause === undefined && !asked.has(`${change.ruleId} ${change.holderKey}`),
        );
        expect(unasked).toEqual([]);
        const holders = live(plan.changes).map((change) => change.holderKey);
        expect(new Set(holders).size).toBe(holders.length);
        if (plan.refused !== null) expect(holders).toEqual([]);
      }),
    );
  });

  it("raises nothing without evidence, whatever the rules say", () => {
    fc.assert(
      fc.property(aRandomNight, (given) => {
        const figures = Object.fromEntries(HOLDERS.map((id) => [id, { cpaOkProbability14d: null }]));
        const { plan } = planFor({ ...given, figures });
        const started = live(plan.changes).filter((change) => raiseMicros(change.edit) > 0n);
        expect(started.filter(({ edit }) => edit.kind === "dailyBudget")).toEqual([]);
        expect(
          started.filter(({ outcome, endsPause }) => outcome === "auto" && endsPause === undefined),
        ).toEqual([]);
      }),
    );
  });

  it("does in earnest what it would do without the rules that are only watched", () => {
    fc.assert(
      fc.property(aRandomNight, (given) => {
        const earnest = (given.asks ?? []).filter(
          ({ rule }) => rule.mode !== "shadow" && rule.rollout?.shadowNights === 0,
        );
        const bare = (changes: readonly PlannedChange[]) =>
          live(changes).map(({ id: _, ...change }) => canonicalJson(change));
        expect(bare(planFor({ ...given, asks: earnest }).plan.changes)).toEqual(
          bare(planFor(given).plan.changes),
        );
      }),
    );
  });

  it("starts nothing again that somebody else paused, and nothing before its night", () => {
    fc.assert(
      fc.property(aRandomNight, (given) => {
        const { input, plan } = planFor(given);
        for (const { edit, holderKey, endsPause } of live(plan.changes)) {
          if (edit.kind !== "status" || edit.to !== "active") continue;
          const pause = input.state.memory.pauses[holderKey];
          expect(pause).toBeDefined();
          if (endsPause !== undefined) expect(pause?.until).toBe("2026-03-11");
        }
      }),
    );
  });
});
