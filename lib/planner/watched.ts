/** How far a rule may go by how long it has been watched. */
import type { Limits } from "../domain/brand.ts";
import type { BrandState } from "../domain/state.ts";
import { type Mode, strictest } from "../domain/verdict.ts";
import type { Rule } from "../rules/types.ts";

type Aged = Pick<Rule, "hash" | "mode" | "rollout">;

export function nightsWatched({ hash }: Pick<Rule, "hash">, state: Pick<BrandState, "ruleNights">): number {
  return state.ruleNights[hash] ?? 0;
}

/** The step of its rollout that it has come to; its own mode without one. */
export function rolloutMode({ rollout, mode, hash }: Aged, state: Pick<BrandState, "ruleNights">): Mode {
  const nights = nightsWatched({ hash }, state);
  if (rollout === null) return mode;
  if (nights < rollout.shadowNights) return "shadow";
  return nights < rollout.shadowNights + rollout.proposeNights ? strictest(mode, "propose") : mode;
}

/** The mode that its age leaves it: a new or edited rule is watched first, whatever its own rollout. */
export function modeByAge(
  rule: Aged,
  state: Pick<BrandState, "ruleNights">,
  { shadowNights }: Pick<Limits, "shadowNights">,
): Mode {
  return nightsWatched(rule, state) < shadowNights ? "shadow" : rolloutMode(rule, state);
}
