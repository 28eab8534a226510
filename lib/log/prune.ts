/** Forgets what no later decision can need, so that the state of a brand does not grow with its log. */
import { alertKey, nightOfKey, noticeKey } from "../domain/content.ts";
import { addDays, type Day } from "../domain/day.ts";
import type { Alert, BrandState, Intent, PostedMessage, Proposal } from "../domain/state.ts";
import { newestDay } from "./transition.ts";

/** Longer than any cool-down or anchor of the brand, in local days before the newest round; rules remember theirs by themselves. */
const KEPT_DAYS = 35;

const MS_PER_HOUR = 3_600_000;

/**
 * What is told and looked at goes two days after the changes it is about: an alert that was cleared is not raised again, and a
 * message not posted again, for what is still known.
 */
const TOLD_KEPT_MS = (KEPT_DAYS + 2) * 24 * MS_PER_HOUR;

/** Whoever asked has found out otherwise by then, and an answer to yesterday's question would only confuse. */
const QUESTION_KEPT_MS = 24 * MS_PER_HOUR;

/** Settled for good: `notSent` may be sent again, so it stays open. */
function isSettled(intent: Intent): boolean {
  return intent.settledAtMs !== null;
}

/**
 * Rounds, proposals and intents that are closed and older than 35 days go; whatever is open stays for ever. `atMs` is when the
 * newest round started.
 */
export function prune(state: BrandState, atMs: number): BrandState {
  const newest = newestDay(state);
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
  const rounds = keep(state.rounds, (round, id) => round.day >= oldest || needed.has(id));
  const alerts = keep(state.alerts, (alert) => (alert.clearedAtMs ?? atMs) > atMs - TOLD_KEPT_MS);
  return {
    ...state,
    ...{ intents, proposals, rounds, alerts },
    applied: state.applied.filter((change) => change.day >= oldest),
    retries: keep(
      state.retries,
      ({ sinceMs }, step) =>
        !isOfOlderRound(step, `${state.brand}/${newest}/`) &&
        (!step.startsWith("tell ") || sinceMs > atMs - TOLD_KEPT_MS),
    ),
    heldOff: keep(state.heldOff, ({ until }) => until >= newest),
    rulesOff: state.rulesOff.filter(({ untilMs }) => untilMs > atMs),
    messages: keptMessages(state.messages, { rounds, alerts }, atMs),
    questions: keep(state.questions, ({ askedAtMs }) => askedAtMs > atMs - QUESTION_KEPT_MS),
  };
}

/** A message stays as long as what it is about: one that is forgotten would be posted again. */
function keptMessages(
  messages: BrandState["messages"],
  { rounds, alerts }: { rounds: BrandState["rounds"]; alerts: Readonly<Record<string, Alert>> },
  atMs: number,
): Record<string, PostedMessage> {
  const keys = new Set([...Object.keys(rounds).map(noticeKey), ...Object.values(alerts).map(alertKey)]);
  return keep(messages, ({ firstAtMs }, key) => {
    const round = nightOfKey(key)?.roundId;
    const isNeeded = keys.has(key) || (round !== undefined && rounds[round] !== undefined);
    return isNeeded || firstAtMs > atMs - TOLD_KEPT_MS;
  });
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
