/** Forgets what no later decision can need, so that the state of a brand does not grow with its log. */
import { addDays, type Day } from "../domain/day.ts";
import type { BrandState, Intent, Proposal } from "../domain/state.ts";

/** Longer than any cool-down, anchor or window, in local days before the newest round. */
const KEPT_DAYS = 35;

/** Settled for good: `notSent` may be sent again, so it stays open. */
function isSettled(intent: Intent): boolean {
  return intent.settledAtMs !== null;
}

/** Rounds, proposals and intents that are closed and older than 35 days go; whatever is open stays for ever. */
export function prune(state: BrandState): BrandState {
  const days = Object.values(state.rounds).map((round) => round.day);
  const newest = days.reduce((latest, day) => (day > latest ? day : latest));
  const oldest = addDays(newest, -KEPT_DAYS);
  const isOld = (item: { roundId: string }) => dayOf(state, item.roundId) < oldest;

  const intents = keep(state.intents, (intent) => !isSettled(intent) || !isOld(intent));
  const proposals = keep(
    state.proposals,
    (proposal, id) => isOpen(proposal, state.intents[id]) || !isOld(proposal),
  );
  const needed = new Set(
    [...Object.values(intents), ...Object.values(proposals), ...Object.values(state.auto)].map(
      (item) => item.roundId,
    ),
  );
  return {
    ...state,
    intents,
    proposals,
    rounds: keep(state.rounds, (round, id) => round.day >= oldest || needed.has(id)),
    applied: state.applied.filter((change) => change.day >= oldest),
    retries: keep(state.retries, (_, step) => !isOfOlderRound(step, `${state.brand}/${newest}/`)),
  };
}

function isOpen(proposal: Proposal, intent: Intent | undefined): boolean {
  if (proposal.status === "open") return true;
  return proposal.status === "approved" && (intent === undefined || !isSettled(intent));
}

/** Rounds outlive everything that names them, so a round that is gone is older than any limit. */
function dayOf(state: BrandState, roundId: string): Day {
  return state.rounds[roundId]?.day ?? "";
}

function keep<T>(
  record: Readonly<Record<string, T>>,
  wanted: (value: T, key: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key, value]) => wanted(value, key)));
}

/** An account that was never fetched in its night is not waited for in the next one. */
function isOfOlderRound(step: string, newestRounds: string): boolean {
  return step.startsWith("fetch ") && !step.startsWith(`fetch ${newestRounds}`);
}
