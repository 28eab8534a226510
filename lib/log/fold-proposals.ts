/** The fold of proposals: exactly one decision each, by a person, by time, or because the world moved on. */
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
  if (state.auto[changeId] !== undefined) return { ...state, auto: without(state.auto, changeId) };
  const proposal = knownProposal(state, changeId, origin);
  const waiting = proposal.status === "approved" && state.intents[changeId] === undefined;
  if (proposal.status !== "open" && !waiting) {
    illegal(origin, `proposal ${changeId} is ${proposal.status} and cannot be superseded`);
  }
  return decided(state, changeId, { ...proposal, status: "superseded", decidedAtMs, reason: reason.key });
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
