/**
 * The fold: a brand's state from its entries, in order. Pure, so that every reader of a log arrives at the same state. Each
 * event is legal only where a correct writer could have appended it; anything else makes the log suspect.
 */
import { type BrandState, NO_MEMORY } from "../domain/state.ts";
import { type LogEntry, seedHash } from "./chain.ts";
import type { deskEventSchemas } from "./desk-events.ts";
import type { LogEvent, LogEventOf } from "./events.ts";
import {
  foldChangeAnswered,
  foldChangeConfirmed,
  foldChangeDiverged,
  foldChangeIntended,
  foldChangeNotApplied,
  foldChangeNotSent,
  foldChangeSent,
  foldChangeSuperseded,
} from "./fold-changes.ts";
import {
  foldAnswerRefused,
  foldClickUsed,
  foldDeskChanged,
  foldHandsOffLifted,
  foldHandsOffSet,
  foldQuestionAnswered,
  foldQuestionAsked,
} from "./fold-desk.ts";
import { foldRulesRemembered } from "./fold-memory.ts";
import {
  foldAlertCleared,
  foldAlertEscalated,
  foldAlertRaised,
  foldAlertTaken,
  foldMessageAttempted,
  foldMessagePosted,
  foldMessageUpdated,
} from "./fold-messages.ts";
import {
  foldApprovalGiven,
  foldProposalApproved,
  foldProposalEdited,
  foldProposalExpired,
  foldProposalRejected,
  foldProposalSuperseded,
  foldRestoreApproved,
} from "./fold-proposals.ts";
import {
  foldAccountFailed,
  foldAccountFetched,
  foldPlanned,
  foldRoundStarted,
  foldSnapshotSealed,
} from "./fold-rounds.ts";
import { illegal, type Origin, withEntry } from "./transition.ts";

/** Raised with every change of what the fold makes of the same entries: checkpoints of other versions are dropped. */
export const FOLD_VERSION = 4;

export function emptyState(brand: string): BrandState {
  return {
    brand,
    position: 0,
    hash: seedHash(brand),
    rounds: {},
    proposals: {},
    auto: {},
    intents: {},
    applied: [],
    ruleNights: {},
    stop: null,
    retries: {},
    published: null,
    desk: null,
    heldOff: {},
    rulesOff: [],
    clicks: {},
    refusals: [],
    messages: {},
    alerts: {},
    questions: {},
    memory: NO_MEMORY,
  };
}

/** The state after `entry`. @throws LogError `log.illegal`; the given state is unchanged in any case. */
export function foldEntry(state: BrandState, entry: LogEntry): BrandState {
  const { brand, position, writerId, hash } = entry;
  const origin = { brand, position, writerId, events: entry.events };
  if (brand !== state.brand) illegal(origin, `the entry belongs to another brand than ${state.brand}`);
  if (position !== state.position + 1)
    illegal(origin, `the entry does not follow position ${state.position}`);
  const folded = entry.events.reduce((before, event) => foldEvent(before, event, origin), state);
  return { ...folded, position, hash };
}

function foldEvent(state: BrandState, event: LogEvent, origin: Origin): BrandState {
  switch (event.type) {
    case "roundStarted":
      return foldRoundStarted(state, event, origin);
    case "accountFetched":
      return foldAccountFetched(state, event, origin);
    case "accountFailed":
      return foldAccountFailed(state, event, origin);
    case "snapshotSealed":
      return foldSnapshotSealed(state, event, origin);
    case "planned":
      return foldPlanned(state, event, origin);
    case "rulesRemembered":
      return foldRulesRemembered(state, event, origin);
    case "proposalApproved":
      return foldProposalApproved(state, event, origin);
    case "proposalRejected":
      return foldProposalRejected(state, event, origin);
    case "proposalExpired":
      return foldProposalExpired(state, event, origin);
    case "proposalSuperseded":
      return foldProposalSuperseded(state, event, origin);
    case "changeIntended":
      return foldChangeIntended(state, event, origin);
    case "changeSuperseded":
      return foldChangeSuperseded(state, event, origin);
    case "changeSent":
      return foldChangeSent(state, event, origin);
    case "changeAnswered":
      return foldChangeAnswered(state, event, origin);
    case "changeNotSent":
      return foldChangeNotSent(state, event, origin);
    case "changeConfirmed":
      return foldChangeConfirmed(state, event, origin);
    case "changeNotApplied":
      return foldChangeNotApplied(state, event, origin);
    case "changeDiverged":
      return foldChangeDiverged(state, event, origin);
    case "stopped":
      return { ...state, stop: { by: event.by, atMs: event.atMs, reason: event.reason } };
    case "resumed":
      return foldResumed(state, origin);
    case "stepFailed":
      return foldStepFailed(state, event);
    case "rulesPublished": {
      const { sourceHash, by, atMs } = event;
      return { ...state, published: { sourceHash, by, atMs } };
    }
    default:
      return foldDeskEvent(state, event, origin);
  }
}

type DeskEvent = LogEventOf<(typeof deskEventSchemas)[number]["shape"]["type"]["value"]>;

function foldDeskEvent(state: BrandState, event: DeskEvent, origin: Origin): BrandState {
  switch (event.type) {
    case "deskChanged":
      return foldDeskChanged(state, event, origin);
    case "approvalGiven":
      return foldApprovalGiven(state, event, origin);
    case "proposalEdited":
      return foldProposalEdited(state, event, origin);
    case "restoreApproved":
      return foldRestoreApproved(state, event, origin);
    case "handsOffSet":
      return foldHandsOffSet(state, event);
    case "handsOffLifted":
      return foldHandsOffLifted(state, event, origin);
    case "clickUsed":
      return foldClickUsed(state, event, origin);
    case "answerRefused":
      return foldAnswerRefused(state, event);
    case "messageAttempted":
      return foldMessageAttempted(state, event, origin);
    case "messagePosted":
      return foldMessagePosted(state, event, origin);
    case "messageUpdated":
      return foldMessageUpdated(state, event, origin);
    case "alertRaised":
      return foldAlertRaised(state, event, origin);
    case "alertTaken":
      return foldAlertTaken(state, event, origin);
    case "alertEscalated":
      return foldAlertEscalated(state, event, origin);
    case "alertCleared":
      return foldAlertCleared(state, event, origin);
    case "questionAsked":
      return foldQuestionAsked(state, event, origin);
    case "questionAnswered":
      return foldQuestionAnswered(state, event, origin);
  }
}

function foldResumed(state: BrandState, origin: Origin): BrandState {
  if (state.stop === null) illegal(origin, "the brand was resumed without being stopped");
  return { ...state, stop: null };
}

function foldStepFailed(
  state: BrandState,
  { step, nextTryAtMs, atMs }: LogEventOf<"stepFailed">,
): BrandState {
  const before = state.retries[step];
  const retry = { tries: (before?.tries ?? 0) + 1, nextTryAtMs, sinceMs: before?.sinceMs ?? atMs };
  return { ...state, retries: withEntry(state.retries, step, retry) };
}
