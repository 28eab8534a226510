/** Which edits of budget holders are not Palier's own, by the platform's history and the log of what Palier sent. */
import type { Brand } from "../domain/brand.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import { accountKey, type TargetRef } from "../domain/ids.ts";
import type { ForeignEdit } from "../domain/plan.ts";
import type { AccountSnapshot, EditHistory, PastEdit, Snapshot } from "../domain/snapshot.ts";
import type { BrandState, Intent, IntentStatus } from "../domain/state.ts";
import type { Facts } from "../metrics/port.ts";
import { compareText } from "./draft.ts";
import { holderSubject } from "./readings.ts";

const MS_PER_HOUR = 3_600_000;

/** A fence's `sendBeforeMs` is this long after it was appended; nothing is sent before. */
const FENCE_MS = 10_000;
/** How far the platform's clock may be behind ours. */
const BEHIND_MS = 120_000;
/** The call's own 20 s, as much again for the platform to act on it, and a clock that is 2 minutes ahead of ours. */
const AFTER_DEADLINE_MS = 160_000;

/** Of these the log says that nothing came of the attempt, so an edit like it is somebody else's. */
const WITHOUT_EFFECT: ReadonlySet<IntentStatus> = new Set(["notSent", "notApplied"]);

/** A state with a word of its own: the platform names nobody, or nobody but the tool. */
export const NOBODY_NAMED = "somebody";

/** What the edits are judged by. The state holds intents for longer than any history is looked at: 35 days against 29. */
export interface EditsRound {
  brand: Brand;
  snapshot: Snapshot;
  state: Pick<BrandState, "intents">;
  nowMs: number;
}

/** Why nobody knows who changed what in an account: the credential may not look, or not back far enough. */
export type UnknownHistory = "historyNotPermitted" | "historyTooShort";

/** Why the hours for which a foreign edit counts are not known in full; null when they are. */
export function unknownHistory(
  { history }: AccountSnapshot,
  { brand, nowMs }: Pick<EditsRound, "brand" | "nowMs">,
): UnknownHistory | null {
  if (history === null) return "historyNotPermitted";
  return history.fromMs > nowMs - hoursIn(brand) ? "historyTooShort" : null;
}

/** The last foreign edit of each holder that is left alone for it, newest first. */
export function foreignEdits(round: EditsRound, facts: Facts): ForeignEdit[] {
  return facts
    .holders()
    .flatMap((holder) => lastForeignEdit(holder, round) ?? [])
    .sort((a, b) => b.atMs - a.atMs || compareText(a.subject.key, b.subject.key));
}

/**
 * The last edit of the holder's budget or status within the brand's `foreignEditHours` that no attempt of Palier explains;
 * null where there is none, and where the history is not known.
 */
export function lastForeignEdit(holder: BudgetHolder, round: EditsRound): ForeignEdit | null {
  const { brand, snapshot, state, nowMs } = round;
  const edits = (historyOf(holder, snapshot)?.edits ?? []).toSorted((a, b) => a.atMs - b.atMs);
  const last = foreignAmong(edits, holder.key, state).at(-1);
  if (last === undefined) return null;
  const { target: _, ...edit } = last;
  const untilMs = edit.atMs + hoursIn(brand);
  if (nowMs >= untilMs) return null;
  const by = ["", "?", edit.via].includes(edit.by.trim()) ? NOBODY_NAMED : edit.by;
  return { ...edit, by, subject: holderSubject(brand, holder), untilMs };
}

/** The account's history as far as it is the holder's; null where it may not be read. */
export function historyOf(holder: BudgetHolder, { accounts }: Snapshot): EditHistory | null {
  const history = accounts.find((one) => accountKey(one) === accountKey(holder.ref))?.history ?? null;
  if (history === null) return null;
  return { ...history, edits: history.edits.filter(({ target }) => isSame(target, holder.ref)) };
}

/** By parts: a history may hold thousands of edits for each of a thousand holders, and keys would be made for all. */
function isSame(a: TargetRef, b: TargetRef): boolean {
  return a.id === b.id && a.level === b.level && a.accountId === b.accountId && a.platform === b.platform;
}

function hoursIn(brand: Brand): number {
  return brand.limits.foreignEditHours * MS_PER_HOUR;
}

/** Each attempt explains at most one edit, the earliest that it can: a person who did the same again did it themselves. */
function foreignAmong(edits: readonly PastEdit[], holderKey: string, state: EditsRound["state"]): PastEdit[] {
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
