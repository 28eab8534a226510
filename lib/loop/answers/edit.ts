/** Another amount: a new version of a change, which waits for its own yes. */
import { directionOf, type Edit } from "../../domain/change.ts";
import type { Message } from "../../domain/figure.ts";
import type { EditRange } from "../../domain/plan.ts";
import type { Proposal } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import type { Grounds } from "./grounds.ts";
import { type Asked, type Judged, refused } from "./judged.ts";
import { answerMessage } from "./messages.ts";
import type { Answer } from "./types.ts";
import { nextChangeId, notAsShown, notOpen } from "./versions.ts";

/** People who go on editing mean something that editing cannot give them. */
const MAX_VERSIONS = 20;

/** What the plan lets a person make of a proposal; null where its amount cannot be edited. */
export function editRangeOf({ changes }: Grounds, { change, kind, origin }: Proposal): EditRange | null {
  if (change.edit.kind !== "dailyBudget" || kind === "restore") return null;
  return changes.find(({ id }) => id === origin)?.editRange ?? null;
}

/** Within what every guardrail let pass when the plan was made; each of them is asked again before the change is sent. */
export function judgeEdit(
  asked: Asked,
  { changeId, digest, toMicros }: Extract<Answer, { kind: "edit" }>,
): Judged {
  const { state, grounds, person, nowMs: atMs } = asked;
  const proposal = state.proposals[changeId];
  if (proposal === undefined || grounds === null) return { kind: "unknown" };
  const tampered = notAsShown(proposal, digest);
  if (tampered !== null) return tampered;
  const made = sameEdit(asked, proposal, toMicros);
  if (made !== null) return { kind: "stood", changeIds: [made] };
  const closed = notOpen(asked, proposal);
  if (closed !== null) return closed;
  const { change } = proposal;
  const range = editRangeOf(grounds, proposal);
  const id = nextChangeId(state, grounds, proposal.roundId);
  if (range === null || id === null || change.edit.kind !== "dailyBudget")
    return refused(answerMessage("answer.notEditable", { id: changeId }), changeId);
  const versions = Object.values(state.proposals).filter(({ origin }) => origin === proposal.origin);
  if (versions.length >= MAX_VERSIONS)
    return refused(
      answerMessage("answer.tooManyVersions", { id: proposal.origin, limit: MAX_VERSIONS }),
      changeId,
    );
  const edit: Edit = { ...change.edit, toMicros };
  if (toMicros === change.edit.toMicros)
    return refused(answerMessage("answer.sameAmount", { id: changeId, amount: toMicros }), changeId);
  const reason = outside(range, change.edit, edit);
  if (reason !== null) return refused(reason, changeId);
  const event: LogEvent = {
    type: "proposalEdited",
    v: 1,
    ...{ atMs, changeId, by: person.name },
    change: { ...change, id, edit },
  };
  return { kind: "record", events: [event], changeIds: [id] };
}

function outside(
  { leastMicros: least, mostMicros: most, unitMicros: unit }: EditRange,
  planned: Edit & { kind: "dailyBudget" },
  edit: Edit & { kind: "dailyBudget" },
): Message | null {
  const { fromMicros: from, toMicros: to } = edit;
  if (to < least || to > most || to % unit !== 0n)
    return answerMessage("answer.outsideRange", { least, most, unit });
  return to === from || directionOf(edit) !== directionOf(planned)
    ? answerMessage("answer.otherDirection", { from })
    : null;
}

/** This person's version with this very amount, made of this proposal before and still open. */
function sameEdit({ state, person }: Asked, { change, status, origin }: Proposal, toMicros: bigint) {
  if (status !== "edited") return null;
  const made = Object.values(state.proposals).find(
    (one) =>
      one.kind === "edited" &&
      one.status === "open" &&
      one.origin === origin &&
      one.madeBy === person.name &&
      one.change.id !== change.id &&
      one.change.edit.kind === "dailyBudget" &&
      one.change.edit.toMicros === toMicros,
  );
  return made?.change.id ?? null;
}
