/** What became of each change: the night's own, and those of nights before that moved since the last digest. */
import type { Change } from "../domain/change.ts";
import type { DigestChange } from "../domain/digest.ts";
import type { Message } from "../domain/figure.ts";
import type { Plan } from "../domain/plan.ts";
import type { BrandState, Intent, Proposal } from "../domain/state.ts";
import { digestMessage } from "./messages.ts";

/**
 * The changes of `night` (null: none was planned) and whatever was decided, sent or settled since, the newest night first and
 * each night in the plan's order. A version that a person made stands for the one before.
 */
export function digestChanges(state: BrandState, night: Plan | null, sinceMs: number): DigestChange[] {
  const isRecent = (atMs: number | null | undefined): boolean => (atMs ?? 0) > sinceMs;
  const asked = Object.values(state.proposals).flatMap((proposal) => {
    const intent = state.intents[proposal.change.id] ?? null;
    const moved = isRecent(proposal.decidedAtMs) || isRecent(intent?.settledAtMs);
    const told = proposal.roundId === night?.roundId || moved;
    return told && proposal.status !== "edited" ? [askedChange(proposal, intent)] : [];
  });
  const unasked = Object.values(state.intents)
    .filter((intent) => state.proposals[intent.change.id] === undefined)
    .filter((intent) => intent.roundId === night?.roundId || isRecent(intent.settledAtMs))
    .map((intent) => lineOf(intent.change, intent.status, null, intent.reason));
  const waiting = Object.values(state.auto).map(({ change }) => lineOf(change, "waiting", null, null));
  return [...asked, ...unasked, ...waiting].sort(byNightAndIndex);
}

function askedChange({ change, status, decidedBy, reason }: Proposal, intent: Intent | null): DigestChange {
  if (intent !== null) return lineOf(change, intent.status, decidedBy, intent.reason);
  const said =
    status === "rejected" && reason !== null ? digestMessage("digest.rejectedBecause", { reason }) : null;
  const standing = status === "open" || status === "edited" ? "waiting" : status;
  return lineOf(change, standing, decidedBy, said);
}

function lineOf(
  { id: changeId, name, target: ref, edit, ruleId }: Change,
  status: DigestChange["status"],
  by: string | null,
  reason: Message | null,
): DigestChange {
  return { changeId, name, ref, edit, ruleId, by, status, reason };
}

/** Ids end with the night and the place in its plan: `atelier-lune-20260311-4`. */
function byNightAndIndex(a: DigestChange, b: DigestChange): number {
  const [left, right] = [placeOf(a.changeId), placeOf(b.changeId)];
  if (left.night !== right.night) return left.night < right.night ? 1 : -1;
  return left.index - right.index;
}

function placeOf(changeId: string): { night: string; index: number } {
  const [night = "", index = ""] = changeId.split("-").slice(-2);
  return { night, index: Number(index) };
}
