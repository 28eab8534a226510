/** What has been done to holders before, as the log tells it: for cool-downs, anchors, allowances and one change a night. */
import type { Edit } from "../domain/change.ts";
import { type Day, localDay } from "../domain/day.ts";
import type { BrandState, Intent, IntentStatus } from "../domain/state.ts";

/**
 * A change keeps its reservation until it is certain that the platform was not changed: also while its outcome is unknown,
 * and when it diverged.
 */
const RESERVING: ReadonlySet<IntentStatus> = new Set([
  "intended",
  "sent",
  "notSent",
  "confirmed",
  "diverged",
]);

export interface PastChange {
  changeId: string;
  ruleId: string;
  day: Day;
  edit: Edit;
}

/**
 * A change that was sent, given up for what a later read showed, and stands on the platform after all, took effect later than
 * any proof: its money has moved.
 */
function tookEffectLate({ status, sends, actual, change: { edit } }: Intent): boolean {
  if (status !== "superseded" || sends === 0 || actual === null) return false;
  if (actual.kind === "status") return edit.kind === "status" && actual.to === edit.to;
  return edit.kind === "dailyBudget" && actual.toMicros === edit.toMicros;
}

/** Intents of one round that count against its allowances, without the one that is being judged. */
export function reservedIn(state: BrandState, roundId: string, exceptId: string | null): Intent[] {
  return reserved(state, exceptId).filter((intent) => intent.roundId === roundId);
}

/** Intents of one round that were sent at least once or may yet be, whatever came of them: a refused write is one, too. */
export function attemptsIn(state: BrandState, roundId: string, exceptId: string | null): Intent[] {
  return Object.values(state.intents).filter(
    (intent) => intent.roundId === roundId && intent.change.id !== exceptId && isAttempt(intent),
  );
}

/** Intents on one holder that were sent at least once or may yet be, whatever came of them: the platform counted them. */
export function attemptsOn(state: BrandState, holderKey: string, exceptId: string | null): Intent[] {
  return Object.values(state.intents).filter(
    (intent) => intent.change.holderKey === holderKey && intent.change.id !== exceptId && isAttempt(intent),
  );
}

function isAttempt(intent: Intent): boolean {
  return intent.sends > 0 || RESERVING.has(intent.status);
}

/**
 * Changes of one holder that took effect, may have, or may yet, oldest first. Each under the day of its round, which
 * `zone` tells for rounds that the state no longer holds.
 */
export function pastChangesOf(
  state: BrandState,
  holderKey: string,
  zone: string,
  exceptId: string | null,
): PastChange[] {
  const applied = state.applied
    .filter((change) => change.holderKey === holderKey && change.changeId !== exceptId)
    .map(({ changeId, ruleId, day, edit }): PastChange => ({ changeId, ruleId, day, edit }));
  const known = new Set(applied.map((change) => change.changeId));
  const underWay = reserved(state, exceptId)
    .filter((intent) => intent.change.holderKey === holderKey && !known.has(intent.change.id))
    .sort((a, b) => a.intendedAtMs - b.intendedAtMs)
    .map(
      ({ change, roundId, intendedAtMs }): PastChange => ({
        changeId: change.id,
        ruleId: change.ruleId,
        day: state.rounds[roundId]?.day ?? localDay(intendedAtMs, zone),
        edit: change.edit,
      }),
    );
  return [...applied, ...underWay];
}

function reserved(state: BrandState, exceptId: string | null): Intent[] {
  return Object.values(state.intents).filter(
    (intent) => intent.change.id !== exceptId && (RESERVING.has(intent.status) || tookEffectLate(intent)),
  );
}
