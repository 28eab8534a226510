/** The changes that took effect, from the state for the days that it keeps, from the log's events for any period. */
import type { Change } from "../domain/change.ts";
import { type Day, localDay } from "../domain/day.ts";
import type { BrandState } from "../domain/state.ts";
import type { LogEvent } from "../log/events.ts";

export interface MadeChange {
  change: Change;
  /** The local day on which it took effect. */
  day: Day;
  /** `judged`: a rule's change that stands as it was asked. One taken back and one that diverged only count as changes. */
  judged: boolean;
}

/** Oldest first. The state keeps intents for 35 days. */
export function madeByState(state: BrandState, zone: string): MadeChange[] {
  return Object.values(state.intents)
    .filter(({ status }) => status === "confirmed" || status === "diverged")
    .map(({ change, status, settledAtMs, intendedAtMs }) => ({
      change,
      day: localDay(settledAtMs ?? intendedAtMs, zone),
      judged: status === "confirmed" && state.proposals[change.id]?.kind !== "restore",
    }))
    .sort(byDayAndId);
}

/** Oldest first. A change counts only if the events hold its intent, too. */
export function madeByEvents(events: readonly LogEvent[], zone: string): MadeChange[] {
  const intended = new Map<string, Change>();
  const restores = new Set<string>();
  const made: MadeChange[] = [];
  for (const event of events) {
    if (event.type === "changeIntended") intended.set(event.change.id, event.change);
    if (event.type === "restoreApproved") restores.add(event.change.id);
    if (event.type !== "changeConfirmed" && event.type !== "changeDiverged") continue;
    const change = intended.get(event.changeId);
    if (change === undefined) continue;
    const judged = event.type === "changeConfirmed" && !restores.has(change.id);
    made.push({ change, day: localDay(event.atMs, zone), judged });
  }
  return made.sort(byDayAndId);
}

function byDayAndId(a: MadeChange, b: MadeChange): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.change.id < b.change.id ? -1 : 1;
}
