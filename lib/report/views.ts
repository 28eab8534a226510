/** What the log and its check look like to a reader. The log's own values fit these shapes as they are. */
import type { Change, Edit } from "../domain/change.ts";
import type { Day } from "../domain/day.ts";
import type { Desk } from "../domain/desk.ts";
import type { Message } from "../domain/figure.ts";
import type { AccountRef, TargetRef } from "../domain/ids.ts";
import type { Question } from "../domain/state.ts";

interface At {
  atMs: number;
}

export type EventView =
  | (At & { type: "roundStarted"; day: Day; slot: string })
  | (At & { type: "accountFetched"; account: AccountRef; requests: number })
  | (At & { type: "accountFailed"; account: AccountRef; reason: Message })
  | (At & { type: "snapshotSealed"; snapshotHash: string; missing: readonly AccountRef[] })
  | (At & { type: "planned"; planHash: string; refused: Message | null } & PlannedView)
  | (At & {
      type: "rulesRemembered";
      scopes: Readonly<Record<string, number>>;
      pausesOver: readonly string[];
    })
  | (At & { type: "proposalApproved"; changeId: string; by: string })
  | (At & { type: "proposalRejected"; changeId: string; by: string; reason: string | null })
  | (At & { type: "proposalExpired"; changeId: string })
  | (At & { type: "proposalSuperseded"; changeId: string; reason: Message })
  | (At & { type: "changeIntended"; change: Change; allowedBy: string })
  | (At & { type: "changeSuperseded"; changeId: string; actual: Edit | null; reason: Message })
  | (At & { type: "changeSent"; changeId: string; attempt: number })
  | (At & { type: "changeAnswered"; changeId: string })
  | (At & { type: "changeNotSent"; changeId: string; reason: Message })
  | (At & { type: "changeConfirmed"; changeId: string })
  | (At & { type: "changeNotApplied"; changeId: string; reason: Message })
  | (At & { type: "changeDiverged"; changeId: string; actual: Edit | null; reason: Message })
  | (At & { type: "stopped"; by: string; reason: string | null })
  | (At & { type: "resumed"; by: string })
  | (At & { type: "stepFailed"; step: string; nextTryAtMs: number; reason: Message | null })
  | (At & { type: "rulesPublished"; by: string; sourceHash: string })
  | DeskEventView;

export type DeskEventView =
  | (At & { type: "deskChanged"; by: string; desk: Desk })
  | (At & { type: "approvalGiven"; changeId: string; by: string })
  | (At & { type: "proposalEdited"; changeId: string; change: Change; by: string })
  | (At & { type: "restoreApproved"; of: string; change: Change; ruleOffUntilMs: number; by: string })
  | (At & {
      type: "handsOffSet";
      target: TargetRef;
      name: string;
      until: Day;
      by: string;
      reason: string | null;
    })
  | (At & { type: "handsOffLifted"; holderKey: string; by: string })
  | (At & { type: "clickUsed"; clickId: string; by: string })
  | (At & { type: "answerRefused"; by: string; what: string; subject: string; reason: Message })
  | (At & { type: "messageAttempted"; key: string; channel: string })
  | (At & { type: "messagePosted"; key: string; ts: string })
  | (At & { type: "messageUpdated"; key: string })
  | (At & { type: "alertRaised"; kind: string; subject: string; reason: Message })
  | (At & { type: "alertTaken"; alertId: string; by: string })
  | (At & { type: "alertEscalated"; alertId: string })
  | (At & { type: "alertCleared"; alertId: string })
  | (At & { type: "questionAsked"; kind: Question["kind"]; text: string; by: string })
  | (At & { type: "questionAnswered"; questionId: string });

interface PlannedView {
  proposed: readonly Change[];
  auto: readonly Change[];
}

export interface EntryView {
  position: number;
  events: readonly EventView[];
}

export type VerifyView =
  | { ok: true; entries: number; head: { position: number; hash: string }; witnessed: number | null }
  | { ok: false; position: number; problem: VerifyProblemView; detail: string };

export type VerifyProblemView =
  | "illegal"
  | "malformed"
  | "misplaced"
  | "missing"
  | "rewritten"
  | "tampered"
  | "truncated"
  | "unknownEvent";
