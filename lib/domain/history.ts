/** What has been done to holders before, as the log tells it: for cool-downs, anchors, allowances and one change a night. */
import type { Limits } from "./brand.ts";
import type { Edit } from "./change.ts";
import { type Day, daysBetween, localDay } from "./day.ts";
import type { BrandState, Intent, IntentStatus, Round } from "./state.ts";

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
  return reserved(state, exceptId).filter((intent) => countedIn(state, intent) === roundId);
}

/** The round that started last before `atMs`; null before the first. */
export function roundAt(state: BrandState, atMs: number): Round | null {
  const started = Object.values(state.rounds).filter((round) => round.startedAtMs <= atMs);
  return started.sort((a, b) => a.startedAtMs - b.startedAtMs).at(-1) ?? null;
}

/** What is taken back counts in the night in which somebody does so, not in that of the change. */
function countedIn(state: BrandState, { change, roundId, intendedAtMs }: Intent): string {
  if (state.proposals[change.id]?.kind !== "restore") return roundId;
  return roundAt(state, intendedAtMs)?.roundId ?? roundId;
}

/** Intents of one round that were sent at least once or may yet be, whatever came of them: a refused write is one, too. */
export function attemptsIn(state: BrandState, roundId: string, exceptId: string | null): Intent[] {
  return Object.values(state.intents).filter(
    (intent) => countedIn(state, intent) === roundId && intent.change.id !== exceptId && isAttempt(intent),
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
 * `zone` tells for rounds that the state no longer holds; what took one back under the day on which it did.
 */
export function pastChangesOf(
  state: BrandState,
  holderKey: string,
  zone: string,
  exceptId: string | null,
): PastChange[] {
  const applied = state.applied
    .filter((change) => change.holderKey === holderKey && change.changeId !== exceptId)
    .map(({ changeId, ruleId, day, atMs, edit }): PastChange => {
      const isRestore = state.proposals[changeId]?.kind === "restore";
      return { changeId, ruleId, day: isRestore ? localDay(atMs, zone) : day, edit };
    });
  const known = new Set(applied.map((change) => change.changeId));
  const underWay = reserved(state, exceptId)
    .filter((intent) => intent.change.holderKey === holderKey && !known.has(intent.change.id))
    .sort((a, b) => a.intendedAtMs - b.intendedAtMs)
    .map(
      (intent): PastChange => ({
        changeId: intent.change.id,
        ruleId: intent.change.ruleId,
        day: state.rounds[countedIn(state, intent)]?.day ?? localDay(intent.intendedAtMs, zone),
        edit: intent.change.edit,
      }),
    );
  return [...applied, ...underWay];
}

/** What a holder's daily budget was before the last nights' changes; `nowMicros`, what it is, where there were none. */
export function anchorOf(
  past: readonly PastChange[],
  nowMicros: bigint,
  day: Day,
  { anchorNights }: Pick<Limits, "anchorNights">,
): bigint {
  const earliest = past.find(
    (one) => one.edit.kind === "dailyBudget" && daysBetween(one.day, day) <= anchorNights,
  );
  return earliest?.edit.kind === "dailyBudget" ? earliest.edit.fromMicros : nowMicros;
}

function reserved(state: BrandState, exceptId: string | null): Intent[] {
  return Object.values(state.intents).filter(
    (intent) => intent.change.id !== exceptId && (RESERVING.has(intent.status) || tookEffectLate(intent)),
  );
}
