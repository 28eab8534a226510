/** The versions of a change: which one is shown, which one lives, and what the next is named by. */
import { changeDigest } from "../../domain/change.ts";
import { changeIdOf } from "../../domain/ids.ts";
import type { BrandState, Proposal } from "../../domain/state.ts";
import type { Grounds } from "./grounds.ts";
import { type Asked, type Refused, refused } from "./judged.ts";
import { answerMessage } from "./messages.ts";

/** Why nobody can answer this proposal any more; null while it is open, and is what was shown. */
export function notOpen({ nowMs }: Asked, proposal: Proposal): Refused | null {
  const { change, status, decidedBy, decidedAtMs, expiresAtMs } = proposal;
  const { id } = change;
  const decided = { id, by: decidedBy ?? "", at: decidedAtMs ?? expiresAtMs };
  switch (status) {
    case "open":
      if (nowMs < expiresAtMs) return null;
      return refused(answerMessage("answer.expired", { id, at: expiresAtMs }), id);
    case "approved":
      return refused(answerMessage("answer.approvedAlready", decided), id);
    case "rejected":
      return refused(answerMessage("answer.rejectedAlready", decided), id);
    case "edited":
      return refused(answerMessage("answer.editedAlready", decided), id);
    case "expired":
      return refused(answerMessage("answer.expired", { id, at: expiresAtMs }), id);
    case "superseded":
      return refused(answerMessage("answer.superseded", { id }), id);
  }
}

/** A button carries the digest of what it was shown with: anything else was tampered with, or belongs to another log. */
export function notAsShown({ change }: Proposal, digest: string | null): Refused | null {
  if (digest === null || digest === changeDigest(change)) return null;
  return refused(answerMessage("answer.otherVersion", { id: change.id }), change.id, true);
}

/** The open proposal for the same holder, of the newest round and version; null where there is none. */
export function freshOf(state: BrandState, proposal: Proposal, nowMs: number): Proposal | null {
  const { holderKey, id } = proposal.change;
  const open = Object.values(state.proposals).filter(
    ({ change, status, expiresAtMs }) =>
      status === "open" && nowMs < expiresAtMs && change.holderKey === holderKey && change.id !== id,
  );
  return open.toSorted((a, b) => b.expiresAtMs - a.expiresAtMs || indexOf(b) - indexOf(a))[0] ?? null;
}

/** The next free id of the night that the change belongs to. Changes that were blocked have theirs in the plan alone. */
export function nextChangeId(state: BrandState, { changes }: Grounds, roundId: string): string | null {
  const round = state.rounds[roundId];
  if (round === undefined) return null;
  const { brand, proposals, auto, intents } = state;
  const prefix = changeIdOf(brand, round.day, 0).slice(0, -1);
  const ids = [proposals, auto, intents].flatMap((record) => Object.keys(record));
  const taken = [...ids, ...changes.map(({ id }) => id)]
    .filter((id) => id.startsWith(prefix))
    .map((id) => Number(id.slice(prefix.length)));
  return changeIdOf(brand, round.day, Math.max(0, ...taken) + 1);
}

function indexOf({ change }: Proposal): number {
  return Number(change.id.slice(change.id.lastIndexOf("-") + 1));
}
