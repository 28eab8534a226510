/** Which edits of budget holders are not Palier's own, by the platform's history and the log of what Palier sent. */
import type { Brand } from "../domain/brand.ts";
import { foreignAmong, historyOf } from "../domain/foreign.ts";
import type { BudgetHolder } from "../domain/holder.ts";
import type { ForeignEdit } from "../domain/plan.ts";
import type { AccountSnapshot, Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Facts } from "../metrics/port.ts";
import { compareText } from "./draft.ts";
import { holderSubject } from "./readings.ts";

const MS_PER_HOUR = 3_600_000;

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

function hoursIn(brand: Brand): number {
  return brand.limits.foreignEditHours * MS_PER_HOUR;
}
