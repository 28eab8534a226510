/** Yes: to one change, or to all that are routine. */
import { raiseMicros } from "../../domain/change.ts";
import type { Message } from "../../domain/figure.ts";
import type { Proposal } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { type Asked, type Judged, refused } from "./judged.ts";
import {
  fourEyesLimit,
  isAboveOwnLimit,
  overLimit,
  standingYeses,
  type Tally,
  tallyOf,
  tallyWith,
  underHandsOff,
  underStop,
} from "./limits.ts";
import { answerMessage } from "./messages.ts";
import type { Answer } from "./types.ts";
import { notAsShown, notOpen } from "./versions.ts";

/** One yes. Above the brand's threshold the first of two, which waits for somebody else's. */
export function judgeApprove(
  asked: Asked,
  { changeId, digest }: Extract<Answer, { kind: "approve" }>,
): Judged {
  const proposal = asked.state.proposals[changeId];
  if (proposal === undefined) return { kind: "unknown" };
  const tampered = notAsShown(proposal, digest);
  if (tampered !== null) return tampered;
  if (proposal.status === "approved") return { kind: "stood", changeIds: [changeId] };
  const closed = notOpen(asked, proposal);
  if (closed !== null) return closed;
  const { person, nowMs: atMs } = asked;
  const isFirst = fourEyesLimit(asked, proposal.change) !== null && !hasOtherYes(asked, proposal);
  if (isFirst && proposal.approvals.some(({ by }) => by === person.name))
    return { kind: "stood", changeIds: [changeId] };
  const reason = whyNot(asked, proposal, tallyOf(asked));
  if (reason !== null) return refused(reason, changeId, isAboveOwnLimit(reason));
  const event: LogEvent = isFirst
    ? { type: "approvalGiven", v: 1, atMs, changeId, by: person.name }
    : { type: "proposalApproved", v: 1, atMs, changeId, by: person.name };
  return { kind: "record", events: [event], changeIds: [changeId], needsSecond: isFirst };
}

/** One yes to every routine change of a round, in the order of its plan, as far as this person's limits reach. */
export function judgeApproveSafe(
  asked: Asked,
  { roundId }: Extract<Answer, { kind: "approveSafe" }>,
): Judged {
  const { state, grounds, person, nowMs: atMs } = asked;
  if (grounds === null || state.rounds[roundId] === undefined) return { kind: "unknown" };
  const routine = grounds.changes.flatMap(({ id, routine }) => (routine ? (state.proposals[id] ?? []) : []));
  const open = routine.filter((proposal) => notOpen(asked, proposal) === null);
  const approved: string[] = [];
  const left: { changeId: string; reason: Message }[] = [];
  let tally = tallyOf(asked);
  for (const proposal of open) {
    const { change } = proposal;
    const reason = needsAnother(asked, proposal) ?? whyNot(asked, proposal, tally);
    if (reason !== null) left.push({ changeId: change.id, reason });
    else {
      approved.push(change.id);
      tally = tallyWith(tally, change);
    }
  }
  const [first] = left;
  if (approved.length > 0) {
    const by = person.name;
    const events = approved.map(
      (changeId): LogEvent => ({ type: "proposalApproved", v: 1, atMs, changeId, by }),
    );
    return { kind: "record", events, changeIds: approved, left };
  }
  if (first !== undefined) return refused(first.reason, first.changeId);
  const done = routine.filter(({ status }) => status === "approved").map(({ change }) => change.id);
  if (done.length > 0) return { kind: "stood", changeIds: done };
  return refused(answerMessage("answer.nothingSafe", {}), null);
}

/** A stop, hands kept off, or a limit of this person; null when nothing speaks against their yes. */
function whyNot(asked: Asked, { change }: Proposal, tally: Tally): Message | null {
  return underStop(asked, change) ?? underHandsOff(asked, change) ?? overLimit(asked, change, tally);
}

function needsAnother(asked: Asked, proposal: Proposal): Message | null {
  const limit = fourEyesLimit(asked, proposal.change);
  if (limit === null || hasOtherYes(asked, proposal)) return null;
  return answerMessage("answer.takesTwo", { raise: raiseMicros(proposal.change.edit), limit });
}

function hasOtherYes(asked: Asked, proposal: Proposal): boolean {
  return standingYeses(asked, proposal).some((by) => by !== asked.person.name);
}
