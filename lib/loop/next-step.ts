/**
 * What does this brand need next? A pure question asked of the folded log again after every step, so that a process killed
 * anywhere is continued by whichever asks next.
 */
import type { Brand, BrandAccount } from "../domain/brand.ts";
import { instantOf } from "../domain/day.ts";
import { accountKey } from "../domain/ids.ts";
import type { BrandState, Intent, Round } from "../domain/state.ts";
import { JUDGE_AFTER_MS } from "../log/fold-changes.ts";
import { alertId } from "./desk/alerts.ts";
import { type DeskStep, noticeSteps, settlingDeskSteps, tellingSteps } from "./desk/due-steps.ts";

/** The round that should exist by now; null when only open matters are to be dealt with. */
export interface DueRound {
  roundId: string;
  day: string;
  slot: string;
}

export type Step =
  | { kind: "reconcile"; changeId: string }
  | { kind: "expire"; changeId: string }
  | { kind: "intend"; changeId: string }
  | { kind: "send"; changeId: string }
  | { kind: "startRound"; due: DueRound }
  | { kind: "fetch"; roundId: string; account: BrandAccount }
  | { kind: "seal"; roundId: string }
  | { kind: "decide"; roundId: string }
  | DeskStep;

export function stepKey(step: Step): string {
  switch (step.kind) {
    case "startRound":
      return `startRound ${step.due.roundId}`;
    case "fetch":
      return `fetch ${step.roundId} ${accountKey(step.account)}`;
    case "seal":
    case "decide":
      return `${step.kind} ${step.roundId}`;
    case "desk":
      return step.kind;
    case "raiseAlert":
      return `raiseAlert ${alertId(step.alert.kind, step.alert.subject)}`;
    case "clearAlert":
    case "escalateAlert":
      return `${step.kind} ${step.alertId}`;
    case "answerQuestion":
      return `answerQuestion ${step.questionId}`;
    case "tell":
      return `tell ${step.key}`;
    default:
      return `${step.kind} ${step.changeId}`;
  }
}

/** What one process may do: the part that reads and decides, or the part that changes platforms. */
export type Part = "observe" | "apply";

const APPLYING: ReadonlySet<Step["kind"]> = new Set(["intend", "send", "reconcile"]);

export function partOf(step: Step): Part {
  return APPLYING.has(step.kind) ? "apply" : "observe";
}

/** Steps that need the desk's channel. */
export function isForChannel({ kind }: Step): boolean {
  return kind === "tell" || kind === "answerQuestion";
}

/** Every step that is due, in the order in which they are done, those that wait after a failure included. */
export function dueSteps(brand: Brand, state: BrandState, due: DueRound | null, nowMs: number): Step[] {
  return [
    ...settlingSteps(state, nowMs),
    ...sendingSteps(state),
    ...settlingDeskSteps(brand, state, nowMs),
    ...roundSteps(brand, state, due, nowMs),
    ...tellingSteps(brand, state, nowMs),
  ];
}

/** False while the step waits after a failure. */
export function hasWaited(state: BrandState, step: Step, nowMs: number): boolean {
  return nowMs >= (state.retries[stepKey(step)]?.nextTryAtMs ?? 0);
}

function settlingSteps(state: BrandState, nowMs: number): Step[] {
  const judged = Object.values(state.intents)
    .filter((intent) => mayBeJudged(intent, nowMs))
    .map((intent): Step => ({ kind: "reconcile", changeId: intent.change.id }));
  const expired = Object.values(state.proposals)
    .filter((proposal) => proposal.status === "open" && nowMs >= proposal.expiresAtMs)
    .map((proposal): Step => ({ kind: "expire", changeId: proposal.change.id }));
  return [...judged, ...expired];
}

/** Whether the sent attempt's outcome may be looked at by anybody. */
export function mayBeJudged(intent: Intent, nowMs: number): boolean {
  return (
    intent.status === "sent" && intent.sendBeforeMs !== null && nowMs >= intent.sendBeforeMs + JUDGE_AFTER_MS
  );
}

function sendingSteps(state: BrandState): Step[] {
  const approved = Object.values(state.proposals)
    .filter((proposal) => proposal.status === "approved" && state.intents[proposal.change.id] === undefined)
    .map((proposal) => proposal.change.id);
  const toIntend = [...approved, ...Object.keys(state.auto)].map(
    (changeId): Step => ({ kind: "intend", changeId }),
  );
  const toSend = Object.values(state.intents)
    .filter((intent) => intent.status === "intended" || intent.status === "notSent")
    .map((intent): Step => ({ kind: "send", changeId: intent.change.id }));
  return [...toSend, ...toIntend];
}

function roundSteps(brand: Brand, state: BrandState, due: DueRound | null, nowMs: number): Step[] {
  if (due === null) return [];
  const round = state.rounds[due.roundId];
  if (round === undefined) return [{ kind: "startRound", due }];
  if (round.planHash !== null) return [];
  const notice = noticeSteps(brand, state, round.roundId, nowMs);
  if (round.snapshotHash !== null) return [...notice, { kind: "decide", roundId: round.roundId }];
  const absent = brand.accounts.filter((account) => round.fetched[accountKey(account)] === undefined);
  const fetches = absent.map((account): Step => ({ kind: "fetch", roundId: round.roundId, account }));
  return maySeal(brand, round, absent.length, nowMs)
    ? [...notice, ...fetches, { kind: "seal", roundId: round.roundId }]
    : [...notice, ...fetches];
}

/**
 * Sealed when every account is in, or at the end of the night window with the missing ones named. With none at all there is
 * nothing to decide: the night stays open and counts as missed.
 */
function maySeal(brand: Brand, round: Round, absentAccounts: number, nowMs: number): boolean {
  if (absentAccounts === 0) return true;
  const over = nowMs >= instantOf(round.day, brand.limits.nightTo, brand.zone);
  return over && Object.keys(round.fetched).length > 0;
}
