/** How long what allowed a change goes on allowing it. */
import type { BrandState, Intent } from "../domain/state.ts";

/** An automatic change may be sent only this soon after its intent: the night's data and limits still stand. */
const AUTO_SEND_WITHIN_MS = 900_000;

/**
 * Whether a change that was allowed may still be sent, for the first time or again. An approval runs out with its proposal;
 * an automatic change must be recent.
 */
export function isStillAllowed(intent: Intent, state: BrandState, nowMs: number): boolean {
  const proposal = state.proposals[intent.change.id];
  if (proposal !== undefined) return nowMs < proposal.expiresAtMs;
  return nowMs - intent.intendedAtMs < AUTO_SEND_WITHIN_MS;
}
