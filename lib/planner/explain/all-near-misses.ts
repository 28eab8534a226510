/** The near misses of a night over all its rules, those that only tell or hold included. */
import type { AllNearMisses } from "../../domain/explanation.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { ruleKey } from "../draft.ts";
import { ruleOf } from "../drafts.ts";
import { nearMissesOf } from "../near-misses.ts";
import type { DecidedNight } from "./explain.ts";

/** `ruleId` null: of every rule. */
export function allNearMisses(
  { brand, ruleset, facts, plan }: DecidedNight,
  snapshot: Snapshot,
  ruleId: string | null,
): AllNearMisses {
  const rules = new Map(ruleset.rules.map((rule) => [ruleKey(rule), rule]));
  const verdicts = plan.verdicts
    .filter((verdict) => ruleId === null || verdict.ruleId === ruleId)
    .map((verdict) => ({ rule: ruleOf(rules, verdict), verdict }));
  const { brand: id, roundId, day } = plan;
  return { brand: id, roundId, day, ...nearMissesOf({ brand, snapshot, facts, verdicts }) };
}
