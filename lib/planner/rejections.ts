/** What somebody said no to: until when it is not asked again, and what lets it be asked before. */
import type { Limits } from "../domain/brand.ts";
import { canonicalJson } from "../domain/canonical.ts";
import { type Direction, directionOf } from "../domain/change.ts";
import type { BrandState, Proposal } from "../domain/state.ts";
import type { Evidence } from "../domain/verdict.ts";

const MS_PER_DAY = 86_400_000;

/** The evidence on which a rejected change was proposed, from its plan: the log does not hold it. */
export interface Rejection {
  changeId: string;
  evidence: readonly Evidence[];
}

/** Somebody's no, as the log tells it. */
export interface Rejected {
  changeId: string;
  proposal: Proposal;
  by: string;
  atMs: number;
  reason: string | null;
}

interface Asking {
  holderKey: string;
  ruleId: string;
  pack: string;
  direction: Direction;
}

/** The last no to the same rule's change of the same holder in the same direction, however long ago; null where there is none. */
export function lastRejection(state: BrandState, asking: Asking): Rejected | null {
  return rejectionsIn(state).findLast((one) => keyOf(askingOf(one)) === keyOf(asking)) ?? null;
}

/** The last no of each kind that still stands, by the change's id. */
export function standingRejections(state: BrandState, limits: Limits, nowMs: number): Rejected[] {
  const last = new Map(rejectionsIn(state).map((one) => [keyOf(askingOf(one)), one]));
  return [...last.values()].filter((one) => nowMs < rejectedUntilMs(one, limits));
}

export function rejectedUntilMs({ atMs }: Rejected, { rejectedDays }: Limits): number {
  return atMs + rejectedDays * MS_PER_DAY;
}

/**
 * Whether a figure over a window has moved by so much since: ages and settings are no evidence of anything new, and what was not
 * known then or is not known now has not moved.
 */
export function hasMoved(before: readonly Evidence[], now: readonly Evidence[], percent: number): boolean {
  return now.some((leaf) => {
    const then = before.find((one) => one.fact === leaf.fact && sameParams(one, leaf))?.value.value;
    const { value } = leaf.value;
    if (leaf.params.window === undefined || typeof then !== "number" || typeof value !== "number")
      return false;
    return then === 0 ? value !== 0 : Math.abs(value - then) * 100 >= Math.abs(then) * percent;
  });
}

/** Oldest first; the id settles ties, so that the order of the state's keys never does. */
function rejectionsIn(state: BrandState): Rejected[] {
  return Object.values(state.proposals)
    .flatMap((proposal): Rejected[] => {
      const { change, status, decidedBy: by, decidedAtMs: atMs, reason } = proposal;
      if (status !== "rejected" || by === null || atMs === null) return [];
      return [{ changeId: change.id, proposal, by, atMs, reason }];
    })
    .sort((a, b) => a.atMs - b.atMs || (a.changeId < b.changeId ? -1 : 1));
}

function askingOf({ proposal: { change } }: Rejected): Asking {
  const { holderKey, ruleId, pack, edit } = change;
  return { holderKey, ruleId, pack, direction: directionOf(edit) };
}

function keyOf({ holderKey, ruleId, pack, direction }: Asking): string {
  return `${holderKey} ${pack}/${ruleId} ${direction}`;
}

function sameParams(a: Evidence, b: Evidence): boolean {
  return canonicalJson(a.params) === canonicalJson(b.params);
}
