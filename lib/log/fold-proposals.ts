/** The fold of proposals: exactly one decision each, by a person, by time, or because the world moved on. */
import { canonicalJson } from "../domain/canonical.ts";
import { type Change, directionOf, type Edit, raiseMicros, takenBack } from "../domain/change.ts";
import { roleAtLeast } from "../domain/desk.ts";
import { changeIdOf } from "../domain/ids.ts";
import type { BrandState, Intent, Proposal, Round, RuleOff } from "../domain/state.ts";
import type { LogEventOf } from "./events.ts";
import { illegal, knownRound, type Origin, withEntry, without } from "./transition.ts";

/** Versions of one change of a plan, the plan's own included: beyond any haggling, so that no hand fills the state. */
const MAX_VERSIONS = 50;

const MS_PER_DAY = 86_400_000;

export function foldProposalApproved(
  state: BrandState,
  event: LogEventOf<"proposalApproved">,
  origin: Origin,
): BrandState {
  const proposal = answeredInTime(state, event, origin);
  if (!hasAllYeses(state, proposal, event.by))
    illegal(origin, `proposal ${event.changeId} takes two people, and only ${event.by} approved it`);
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
      ...{
        ...auto,
        kind: "planned",
        origin: changeId,
        madeBy: null,
        approvals: [],
        expiresAtMs: decidedAtMs,
      },
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
  event: LogEventOf<"approvalGiven">,
  origin: Origin,
): BrandState {
  const { changeId, by, atMs } = event;
  const proposal = answeredInTime(state, event, origin);
  if (proposal.approvals.some((one) => one.by === by))
    illegal(origin, `${by} approved proposal ${changeId} twice`);
  return decided(state, changeId, { ...proposal, approvals: [...proposal.approvals, { by, atMs }] });
}

/** The edited proposal is dead; its new version is open for as long as the old one would have been. Only amounts are edited. */
export function foldProposalEdited(
  state: BrandState,
  event: LogEventOf<"proposalEdited">,
  origin: Origin,
): BrandState {
  const { changeId, change, by, atMs } = event;
  const old = answeredInTime(state, event, origin);
  checkNewChange(state, old.change, change, knownRound(state, old.roundId, origin), origin);
  if (!isOtherAmount(old.change.edit, change.edit))
    illegal(origin, `${change.id} is not ${changeId} with another amount in the same direction`);
  const versions = Object.values(state.proposals).filter((one) => one.origin === old.origin);
  if (versions.length >= MAX_VERSIONS)
    illegal(origin, `${old.origin} has more than ${MAX_VERSIONS} versions`);
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
  const intent = restorable(state, event, origin);
  const round = knownRound(state, roundId, origin);
  if (round.planHash !== planHash) illegal(origin, `${planHash} is not the plan of round ${roundId}`);
  const back = takenBack(intent.change);
  checkNewChange(state, back, change, round, origin);
  if (canonicalJson(change.edit) !== canonicalJson(back.edit))
    illegal(origin, `${change.id} does not take ${of} back exactly`);
  if (expiresAtMs <= atMs || untilMs <= atMs) illegal(origin, `${change.id} was over before it was approved`);
  const restore: Proposal = {
    ...{ change, roundId, planHash, expiresAtMs, kind: "restore", origin: of, madeBy: by },
    ...{ approvals: [], status: "approved", decidedBy: by, decidedAtMs: atMs, reason: null },
  };
  if (!hasAllYeses(state, restore, by))
    illegal(origin, `${change.id} takes two people, and is one person's will`);
  const { ruleId, pack, holderKey } = intent.change;
  const isOther = (one: RuleOff) => one.ruleId !== ruleId || one.pack !== pack || one.holderKey !== holderKey;
  const rulesOff = [...state.rulesOff.filter(isOther), { ruleId, pack, holderKey, untilMs, by }];
  return decided({ ...state, rulesOff }, change.id, restore);
}

/** The applied change that may be taken back: once, within the desk's days, and no taking back of a taking back. */
function restorable(state: BrandState, event: LogEventOf<"restoreApproved">, origin: Origin): Intent {
  const { of, by, atMs } = event;
  const intent = state.intents[of] ?? illegal(origin, `change ${of} was never intended`);
  if (intent.status !== "confirmed" || intent.settledAtMs === null)
    illegal(origin, `change ${of} is not applied`);
  if (state.proposals[of]?.kind === "restore") illegal(origin, `change ${of} is itself a restore`);
  if (!mayAllow(state, by)) illegal(origin, `${by} may allow nothing on this desk`);
  const { desk } = state;
  if (desk !== null && atMs >= intent.settledAtMs + desk.restoreDays * MS_PER_DAY)
    illegal(origin, `change ${of} is too old to be taken back`);
  const standing = Object.values(state.proposals).find(
    (one) => one.kind === "restore" && one.origin === of && mayStillAct(one, state.intents[one.change.id]),
  );
  if (standing !== undefined) illegal(origin, `change ${of} is taken back by ${standing.change.id} already`);
  return intent;
}

/** False once it is certain that it changed nothing and never will. */
function mayStillAct({ status }: Proposal, intent: Intent | undefined): boolean {
  if (status !== "open" && status !== "approved") return false;
  return intent?.status !== "notApplied" && intent?.status !== "superseded";
}

/** What is new is the old change but for its amount, under an id of its round's night that nothing has had. */
function checkNewChange(state: BrandState, old: Change, next: Change, round: Round, origin: Origin): void {
  if (state.proposals[next.id] ?? state.auto[next.id] ?? state.intents[next.id])
    illegal(origin, `change ${next.id} exists already`);
  const index = Number(next.id.slice(next.id.lastIndexOf("-") + 1));
  if (!(index > 0) || next.id !== changeIdOf(state.brand, round.day, index))
    illegal(origin, `change ${next.id} is not named by its night`);
  const { id, edit } = old;
  if (canonicalJson({ ...next, id, edit }) !== canonicalJson(old))
    illegal(origin, `change ${next.id} is about something else than ${id}`);
}

function isOtherAmount(old: Edit, next: Edit): boolean {
  if (old.kind !== "dailyBudget" || next.kind !== "dailyBudget") return false;
  const sameWay = directionOf(next) === directionOf(old) && next.toMicros !== next.fromMicros;
  return sameWay && next.fromMicros === old.fromMicros;
}

/** Whoever the desk gives a say; anybody where it names no people. */
function mayAllow({ desk }: BrandState, by: string): boolean {
  if (desk === null || desk.people.length === 0) return true;
  return desk.people.some(({ name, role }) => name === by && roleAtLeast(role, "approver"));
}

/** Above the desk's threshold a raise needs a yes of somebody else too, who may still give it. */
function hasAllYeses(state: BrandState, { change, approvals }: Proposal, by: string): boolean {
  const limit = state.desk?.fourEyesAboveMicros ?? null;
  if (limit === null || raiseMicros(change.edit) <= limit) return true;
  return approvals.some((one) => one.by !== by && mayAllow(state, one.by));
}

/** The open proposal that a person of the desk moves on, in time: what allows money counts not a moment too late. */
function answeredInTime(
  state: BrandState,
  { changeId, by, atMs }: LogEventOf<"proposalApproved" | "approvalGiven" | "proposalEdited">,
  origin: Origin,
): Proposal {
  const proposal = openProposal(state, changeId, origin);
  if (atMs >= proposal.expiresAtMs) illegal(origin, `proposal ${changeId} was answered after it expired`);
  if (!mayAllow(state, by)) illegal(origin, `${by} may allow nothing on this desk`);
  return proposal;
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
