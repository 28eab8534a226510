/** No: to one change. */
import { type Asked, type Judged, reasonText } from "./judged.ts";
import type { Answer } from "./types.ts";
import { notAsShown, notOpen } from "./versions.ts";

/** Nobody needs a limit, or a brand that runs, to say no. */
export function judgeReject(
  asked: Asked,
  { changeId, digest, reason }: Extract<Answer, { kind: "reject" }>,
): Judged {
  const proposal = asked.state.proposals[changeId];
  if (proposal === undefined) return { kind: "unknown" };
  const tampered = notAsShown(proposal, digest);
  if (tampered !== null) return tampered;
  if (proposal.status === "rejected") return { kind: "stood", changeIds: [changeId] };
  const closed = notOpen(asked, proposal);
  if (closed !== null) return closed;
  const { person, nowMs: atMs } = asked;
  const given = { changeId, by: person.name, reason: reasonText(reason) };
  return {
    kind: "record",
    events: [{ type: "proposalRejected", v: 1, atMs, ...given }],
    changeIds: [changeId],
  };
}
