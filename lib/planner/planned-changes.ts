/** The plan's changes: each draft with what became of it, what a person may make of it, and what it may cost. */
import { termsOf } from "../domain/change.ts";
import { changeIdOf } from "../domain/ids.ts";
import type { Outcome, PlannedChange } from "../domain/plan.ts";
import type { BuildInput } from "./build-input.ts";
import { comparePlanOrder, type Draft } from "./draft.ts";
import { editRangeOf } from "./edit-range.ts";
import { PlannerError } from "./errors.ts";
import { worstCaseMicros } from "./exposure.ts";
import type { Round } from "./guardrails/apply.ts";
import { lastRejection } from "./rejections.ts";
import { isRoutine } from "./routine.ts";

/**
 * Numbered from 1 in the order in which people read them: what can be approved comes first.
 * @throws PlannerError `planner.unknownPlatform`
 */
export function plannedChanges(input: BuildInput, drafts: readonly Draft[], round: Round): PlannedChange[] {
  const { brand, snapshot, worstDayMultiples } = input;
  const order: readonly Outcome[] = ["proposed", "auto", "shadow", "blocked"];
  const standing = drafts.filter((draft) => !draft.blocked && draft.mode !== "shadow");
  return [...drafts]
    .map((draft) => ({ draft, outcome: outcomeOf(draft) }))
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || comparePlanOrder(a.draft, b.draft))
    .map(({ draft, outcome }, index) => {
      const { platform } = draft.target;
      const worstDayMultiple = worstDayMultiples[platform];
      if (worstDayMultiple === undefined) {
        throw new PlannerError(
          "planner.unknownPlatform",
          `nobody says what ${platform} may spend on its worst day`,
        );
      }
      const others = standing.filter((one) => one !== draft);
      const isProposed = outcome === "proposed";
      return {
        id: changeIdOf(brand.id, snapshot.day, index + 1),
        holderKey: draft.holderKey,
        target: draft.target,
        name: draft.subject.name,
        stage: draft.subject.stage,
        currency: brand.currency,
        edit: draft.edit,
        ruleId: draft.rule.id,
        pack: draft.rule.pack,
        owner: draft.rule.owner,
        ...termsOf(draft),
        outcome,
        mode: draft.mode,
        wantedMicros: draft.wantedMicros,
        bounds: draft.bounds,
        worstCaseMicros: worstCaseMicros(draft, worstDayMultiple),
        editRange: isProposed ? editRangeOf(draft, others, round) : null,
        routine: isProposed && isRoutine(draft, others, round),
        rejectedBefore: rejectedBefore(input, draft),
        notes: [...draft.notes],
        evidence: [...draft.evidence],
      };
    });
}

function outcomeOf({ blocked, mode }: Draft): Outcome {
  if (blocked) return "blocked";
  if (mode === "shadow") return "shadow";
  return mode === "apply" ? "auto" : "proposed";
}

function rejectedBefore({ state }: BuildInput, draft: Draft): PlannedChange["rejectedBefore"] {
  const last = lastRejection(state, draft);
  return last === null ? null : { by: last.by, atMs: last.atMs, reason: last.reason };
}
