/** Which edits in a platform's history are Palier's own, by the log of what it sent; all others are somebody else's. */
import { accountKey, type TargetRef } from "./ids.ts";
import type { EditHistory, PastEdit, Snapshot } from "./snapshot.ts";
import type { BrandState, Intent, IntentStatus, OwnPause } from "./state.ts";

/** A fence's `sendBeforeMs` is this long after it was appended; nothing is sent before. */
const FENCE_MS = 10_000;
/** How far the platform's clock may be behind ours. */
const BEHIND_MS = 120_000;
/** The call's own 20 s, as much again for the platform to act on it, and a clock that is 2 minutes ahead of ours. */
const AFTER_DEADLINE_MS = 160_000;

/** Of these the log says that nothing came of the attempt, so an edit like it is somebody else's. */
const WITHOUT_EFFECT: ReadonlySet<IntentStatus> = new Set(["notSent", "notApplied"]);

/** Each attempt explains at most one edit, the earliest that it can: a person who did the same again did it themselves. */
export function foreignAmong(
  edits: readonly PastEdit[],
  holderKey: string,
  state: Pick<BrandState, "intents">,
): PastEdit[] {
  const attempts = Object.values(state.intents)
    .filter((intent) => intent.change.holderKey === holderKey && isAttempt(intent))
    .sort((a, b) => (a.sendBeforeMs ?? 0) - (b.sendBeforeMs ?? 0));
  return edits.filter((edit) => {
    const index = attempts.findIndex((attempt) => explains(attempt, edit));
    if (index >= 0) attempts.splice(index, 1);
    return index < 0;
  });
}

function isAttempt({ sends, status }: Intent): boolean {
  return sends > 0 && !WITHOUT_EFFECT.has(status);
}

/** Same new value, at a time at which the attempt can have made it. What cannot be read is never taken for our own. */
function explains({ change, sendBeforeMs }: Intent, { atMs, edit }: PastEdit): boolean {
  if (sendBeforeMs === null) return false;
  if (atMs < sendBeforeMs - FENCE_MS - BEHIND_MS || atMs > sendBeforeMs + AFTER_DEADLINE_MS) return false;
  if (edit.kind === "status") return change.edit.kind === "status" && edit.to === change.edit.to;
  return change.edit.kind === "dailyBudget" && edit.toMicros === change.edit.toMicros;
}

/**
 * Whether the history tells a change of the status since Palier's pause that no attempt of Palier explains. An edit at the time of
 * the pause itself counts: who wanted the same owns it from then on.
 */
export function isStatusForeignSince(
  ref: TargetRef,
  holderKey: string,
  { changeId, atMs: pausedAtMs }: Pick<OwnPause, "changeId" | "atMs">,
  history: EditHistory | null,
  state: Pick<BrandState, "intents">,
): boolean {
  const sendBeforeMs = state.intents[changeId]?.sendBeforeMs ?? null;
  const sinceMs = sendBeforeMs === null ? pausedAtMs : sendBeforeMs - FENCE_MS - BEHIND_MS;
  const edits = (history?.edits ?? []).filter(({ target }) => isSameTarget(target, ref));
  return foreignAmong(
    edits.toSorted((a, b) => a.atMs - b.atMs),
    holderKey,
    state,
  ).some(({ edit, atMs }) => edit.kind === "status" && atMs >= sinceMs);
}

/** The account's history as far as it is the holder's; null where it may not be read. */
export function historyOf({ ref }: { ref: TargetRef }, { accounts }: Snapshot): EditHistory | null {
  const history = accounts.find((one) => accountKey(one) === accountKey(ref))?.history ?? null;
  if (history === null) return null;
  return { ...history, edits: history.edits.filter(({ target }) => isSameTarget(target, ref)) };
}

/** By parts: a history may hold thousands of edits for each of a thousand holders, and keys would be made for all. */
function isSameTarget(a: TargetRef, b: TargetRef): boolean {
  return a.id === b.id && a.level === b.level && a.accountId === b.accountId && a.platform === b.platform;
}
