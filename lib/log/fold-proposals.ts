/** The fold of proposals: exactly one decision each, by a person, by time, or because the world moved on. */
import type { Change } from "../domain/change.ts";
import type { BrandState, Proposal } from "../domain/state.ts";
import type { LogEventOf } from "./events.ts";
import { illegal, type Origin, withEntry, without } from "./transition.ts";

export function foldProposalApproved(
  state: BrandState,
  event: LogEventOf<"proposalApproved">,
  origin: Origin,
): BrandState {
  const proposal = openProposal(state, event.changeId, origin);
  if (event.atMs >= proposal.expiresAtMs)
    illegal(origin, `proposal ${event.changeId} was approved after it expired`);
  return decided(state, event.changeId, {
    ...proposal,
    status: "approved",
    decidedBy: event.by,
    decidedAtMs: event.atMs,
  });
}

export function foldProposalRejected(
  state: BrandState,
  event: LogEventOf<"proposalRejected">,
  origin: Origin,
): BrandState {
  return decided(state, event.changeId, {
    ...openProposal(state, event.changeId, origin),
    status: "rejected",
    decidedBy: event.by,
    decidedAtMs: event.atMs,
    reason: event.reason,
  });
}

export function foldProposalExpired(
  state: BrandState,
  event: LogEventOf<"proposalExpired">,
  origin: Origin,
): BrandState {
  const proposal = openProposal(state, event.changeId, origin);
  if (event.atMs < proposal.expiresAtMs)
    illegal(origin, `proposal ${event.changeId} expired before its time`);
  return decided(state, event.changeId, { ...proposal, status: "expired", decidedAtMs: event.atMs });
}

/** Open proposals, approved ones without an intent, and pending automatic changes can be overtaken; an intent cannot. */
export function foldProposalSuperseded(
  state: BrandState,
  event: LogEventOf<"proposalSuperseded">,
  origin: Origin,
): BrandState {
  const { changeId, atMs: decidedAtMs, reason } = event;
  const auto = state.auto[changeId];
  if (auto !== undefined) {
    // Kept like a proposal that nobody was asked about, so that people see what became of it.
    const overtaken: Proposal = {
      ...{ ...auto, kind: "planned", origin: changeId, madeBy: null, approvals: [], expiresAtMs: decidedAtMs },
      ...{ status: "superseded", decidedBy: null, decidedAtMs, reason: reason.key },
    };
    return decided({ ...state, auto: without(state.auto, changeId) }, changeId, overtaken);
  }
  const proposal = knownProposal(state, changeId, origin);
  const waiting = proposal.status === "approved" && state.intents[changeId] === undefined;
  if (proposal.status !== "open" && !waiting) {
    illegal(origin, `proposal ${changeId} is ${proposal.status} and cannot be superseded`);
  }
  return decided(state, changeId, { ...proposal, status: "superseded", decidedAtMs, reason: reason.key });
}

/** The first yes of two; the second is the approval itself, and somebody else's. */
export function foldApprovalGiven(
  state: BrandState,
  { changeId, by, atMs }: LogEventOf<"approvalGiven">,
  origin: Origin,
): BrandState {
  const proposal = openProposal(state, changeId, origin);
  if (proposal.approvals.some((one) => one.by === by))
    illegal(origin, `${by} approved proposal ${changeId} twice`);
  return decided(state, changeId, { ...proposal, approvals: [...proposal.approvals, { by, atMs }] });
}

/** The edited proposal is dead; its new version is open for as long as the old one would have been. */
export function foldProposalEdited(
  state: BrandState,
  { changeId, change, by, atMs }: LogEventOf<"proposalEdited">,
  origin: Origin,
): BrandState {
  const old = openProposal(state, changeId, origin);
  checkNewChange(state, old.change, change, origin);
  const dead = decided(state, changeId, { ...old, status: "edited", decidedBy: by, decidedAtMs: atMs });
  return decided(dead, change.id, { ...old, change, kind: "edited", madeBy: by, approvals: [] });
}

/** An applied change is taken back: approved as it is asked for, and its rule stays away for a while. */
export function foldRestoreApproved(
  state: BrandState,
  event: LogEventOf<"restoreApproved">,
  origin: Origin,
): BrandState {
  const { of, change, roundId, planHash, expiresAtMs, ruleOffUntilMs: untilMs, by, atMs } = event;
  const intent = state.intents[of] ?? illegal(origin, `change ${of} was never intended`);
  if (intent.status !== "confirmed") illegal(origin, `change ${of} is not applied`);
  checkNewChange(state, intent.change, change, origin);
  const restore: Proposal = {
    ...{ change, roundId, planHash, expiresAtMs, kind: "restore", origin: of, madeBy: by },
    ...{ approvals: [], status: "approved", decidedBy: by, decidedAtMs: atMs, reason: null },
  };
  const { ruleId, pack, holderKey } = intent.change;
  const others = state.rulesOff.filter((one) => one.ruleId !== ruleId || one.holderKey !== holderKey);
  const rulesOff = [...others, { ruleId, pack, holderKey, untilMs, by }];
  return decided({ ...state, rulesOff }, change.id, restore);
}

/** A version of a change is about the same holder of the same account, under an id that nothing has had. */
function checkNewChange(state: BrandState, old: Change, next: Change, origin: Origin): void {
  if (state.proposals[next.id] ?? state.auto[next.id] ?? state.intents[next.id])
    illegal(origin, `change ${next.id} exists already`);
  if (next.holderKey !== old.holderKey || next.currency !== old.currency || next.edit.kind !== old.edit.kind)
    illegal(origin, `change ${next.id} is about something else than ${old.id}`);
}

function openProposal(state: BrandState, changeId: string, origin: Origin): Proposal {
  const proposal = knownProposal(state, changeId, origin);
  if (proposal.status !== "open") illegal(origin, `proposal ${changeId} is already ${proposal.status}`);
  return proposal;
}

function knownProposal(state: BrandState, changeId: string, origin: Origin): Proposal {
  return state.proposals[changeId] ?? illegal(origin, `proposal ${changeId} does not exist`);
}

function decided(state: BrandState, changeId: string, proposal: Proposal): BrandState {
  return { ...state, proposals: withEntry(state.proposals, changeId, proposal) };
}
