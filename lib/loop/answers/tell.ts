/** Each outcome in one sentence, wherever it is told. */
import type { Message } from "../../domain/figure.ts";
import type { Proposal } from "../../domain/state.ts";
import { answerMessage } from "./messages.ts";
import type { Answer, AnswerOutcome } from "./types.ts";

export function tellOutcome(answer: Answer, outcome: AnswerOutcome): Message {
  switch (outcome.kind) {
    case "recorded":
      return recorded(answer, outcome);
    case "stood":
      return stood(answer, outcome);
    case "refused":
      return outcome.reason;
    case "unknown":
      return answerMessage("answer.unknown", { id: subjectOf(answer) });
  }
}

function recorded(answer: Answer, outcome: AnswerOutcome & { kind: "recorded" }): Message {
  const { state, proposals, needsSecond, left } = outcome;
  const { brand } = state;
  switch (answer.kind) {
    case "approve":
      return answerMessage(needsSecond ? "answer.firstYes" : "answer.approved", { id: answer.changeId });
    case "approveSafe": {
      const count = proposals.length;
      return left.length === 0
        ? answerMessage("answer.approvedSafe", { count })
        : answerMessage("answer.approvedSafeLeft", { count, left: left.length });
    }
    case "reject":
      return answerMessage("answer.rejected", { id: answer.changeId });
    case "edit": {
      const { changeId: old, toMicros: amount } = answer;
      return answerMessage("answer.edited", { id: proposals[0]?.change.id ?? old, old, amount });
    }
    case "restore":
      return answerMessage("answer.restored", {
        id: proposals[0]?.change.id ?? answer.changeId,
        old: answer.changeId,
      });
    case "handsOff":
      return answerMessage("answer.handsOff", { id: answer.changeId, until: answer.until });
    case "liftHandsOff":
      return answerMessage("answer.handsOffLifted", { holder: answer.holderKey });
    case "takeAlert":
      return answerMessage("answer.alertTaken", {});
    case "stop":
      return answerMessage("answer.stopped", { brand });
    case "resume":
      return answerMessage("answer.resumed", { brand });
    case "ask":
      return answerMessage("answer.asked", {});
  }
}

/** Somebody was first, this person before, or the very same interaction arrived again. */
function stood(answer: Answer, { state, proposals }: AnswerOutcome & { kind: "stood" }): Message {
  const { brand, stop } = state;
  const [proposal] = proposals;
  switch (answer.kind) {
    case "approve":
      if (proposal?.status === "open")
        return answerMessage("answer.firstYesAlready", { id: answer.changeId });
      return already("answer.approvedAlready", answer.changeId, proposal);
    case "reject":
      return already("answer.rejectedAlready", answer.changeId, proposal);
    case "edit":
      return already("answer.editedAlready", answer.changeId, state.proposals[answer.changeId]);
    case "restore":
      return already("answer.restoredAlready", answer.changeId, proposal);
    case "handsOff":
      return answerMessage("answer.handsOffAlready", { id: answer.changeId, until: answer.until });
    case "takeAlert": {
      const alert = state.alerts[answer.alertId];
      return answerMessage("answer.alertTakenAlready", {
        by: alert?.takenBy ?? "",
        at: alert?.takenAtMs ?? 0,
      });
    }
    case "stop":
      if (stop === null) return answerMessage("answer.counted", {});
      return answerMessage("answer.stoppedAlready", { brand, by: stop.by, at: stop.atMs });
    case "resume":
      return answerMessage("answer.notStopped", { brand });
    case "ask":
      return answerMessage("answer.askedAlready", {});
    case "approveSafe":
    case "liftHandsOff":
      return answerMessage("answer.counted", {});
  }
}

function already(
  key:
    | "answer.approvedAlready"
    | "answer.rejectedAlready"
    | "answer.editedAlready"
    | "answer.restoredAlready",
  id: string,
  proposal: Proposal | undefined,
): Message {
  if (proposal?.decidedAtMs == null) return answerMessage("answer.counted", {});
  return answerMessage(key, { id, by: proposal.decidedBy ?? "", at: proposal.decidedAtMs });
}

function subjectOf(answer: Answer): string {
  if ("changeId" in answer) return answer.changeId;
  if ("roundId" in answer) return answer.roundId;
  if ("alertId" in answer) return answer.alertId;
  return "holderKey" in answer ? answer.holderKey : answer.kind;
}
