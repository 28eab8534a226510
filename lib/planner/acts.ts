/** What a rule has done to a holder: for how often it may, and for rules that keep others away. */
import type { Day } from "../domain/day.ts";
import { pastChangesOf } from "../domain/history.ts";
import type { BrandState } from "../domain/state.ts";

export interface Acts {
  /** Ever. */
  times: number;
  /** Of the last 35 nights, and of what is under way, oldest first. */
  days: readonly Day[];
  /** The last one, however long ago; null where there is none. */
  lastDay: Day | null;
}

/**
 * Changes that took effect, may have, or may yet. What a person took back is no act of the rule's, and the end of its own pause is
 * part of the pause. `exceptId` is the change that is being judged.
 */
export function actsOf(
  state: BrandState,
  { ruleId, holderKey }: { ruleId: string; holderKey: string },
  zone: string,
  exceptId: string | null,
): Acts {
  const past = pastChangesOf(state, holderKey, zone, exceptId).filter(
    (one) =>
      one.ruleId === ruleId &&
      state.proposals[one.changeId]?.kind !== "restore" &&
      state.intents[one.changeId]?.change.endsPause === undefined,
  );
  const counted = new Set(state.applied.map(({ changeId }) => changeId));
  const underWay = past.filter(({ changeId }) => !counted.has(changeId)).length;
  const ever = state.memory.acts[ruleId]?.[holderKey];
  const days = past.map(({ day }) => day);
  const known = ever === undefined ? days : [ever.day, ...days];
  return {
    times: Math.max(ever?.times ?? 0, past.length - underWay) + underWay,
    days,
    lastDay: known.toSorted().at(-1) ?? null,
  };
}
