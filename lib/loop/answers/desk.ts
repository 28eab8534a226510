/** The one path of every answer, from Slack or the command line: judged at the position it is appended to, one entry each. */
import type { BlobStore } from "../../blobs/store.ts";
import type { Message } from "../../domain/figure.ts";
import type { ScopedStop } from "../../domain/plan.ts";
import type { BrandState, Proposal } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import type { Log } from "../../log/log.ts";
import { judgeApprove, judgeApproveSafe } from "./approve.ts";
import { judgeAsk } from "./ask.ts";
import { judgeResume, judgeStop, judgeTakeAlert } from "./brakes.ts";
import { judgeEdit } from "./edit.ts";
import { type Grounds, groundsFor, needsGrounds } from "./grounds.ts";
import { judgeHandsOff, judgeLiftHandsOff } from "./hands-off.ts";
import type { Asked, Judged } from "./judged.ts";
import type { AnswerKey } from "./messages.ts";
import { answeringPerson, nameOf } from "./people.ts";
import { judgeReject } from "./reject.ts";
import { judgeRestore } from "./restore.ts";
import type { Answer, AnswerOutcome, Asker } from "./types.ts";
import { freshOf } from "./versions.ts";

/** Enough to see an attack by, too few to fill a log with. */
const MAX_REFUSALS_ON_RECORD = 20;
const MAX_SUBJECT_CHARACTERS = 100;
const HOUR_MS = 3_600_000;

/** Refusals of somebody who may answer that do not last: a stop is lifted, an hour passes, a change is settled. */
const PASSING: ReadonlySet<string> = new Set<AnswerKey>([
  "answer.underStop",
  "answer.approvalsPerHour",
  "answer.takesTwo",
  "answer.restoreTakesTwo",
  "answer.notApplied",
  "answer.changeUnderWay",
]);

export interface AnswerPorts {
  log: Log;
  blobs: Pick<BlobStore, "get">;
  clock: { nowMs(): Promise<number> };
  /** Consistent read of global and account stops. */
  stops(): Promise<readonly ScopedStop[]>;
}

/**
 * Records what somebody says to a brand's desk, or says why not. The same interaction counts once.
 * @throws LogError, StoreError: nothing was recorded, or (`store.unreachable`) nobody knows; BlobError: nothing was recorded.
 */
export async function answerDesk(
  ports: AnswerPorts,
  brand: string,
  asker: Asker,
  answer: Answer,
): Promise<AnswerOutcome> {
  const { judged, state, nowMs } = await settle(ports, brand, asker, answer, true);
  return outcomeOf(judged, state, nowMs);
}

/**
 * What keeps the answer from counting, for whoever asks for more before it is given; null: nothing does so far. Only an attempt at
 * what they may not is recorded. @throws as `answerDesk`.
 */
export async function checkAnswer(
  ports: AnswerPorts,
  brand: string,
  asker: Asker,
  answer: Answer,
): Promise<Exclude<AnswerOutcome, { kind: "recorded" }> | null> {
  const { judged, state, nowMs } = await settle(ports, brand, asker, answer, false);
  const outcome = outcomeOf(judged, state, nowMs);
  return outcome.kind === "recorded" ? null : outcome;
}

async function settle(ports: AnswerPorts, brand: string, asker: Asker, answer: Answer, decides: boolean) {
  const grounds = needsGrounds(answer)
    ? await groundsFor(ports.blobs, await ports.log.state(brand), answer)
    : null;
  // A stop must be possible, and a no, while nobody can read the stops that stand.
  const stops = asksForStops(answer) ? await ports.stops() : [];
  const nowMs = await ports.clock.nowMs();
  const last: { state: BrandState | null; judged: Judged } = { state: null, judged: { kind: "unknown" } };
  const appended = await ports.log.append(brand, (state) => {
    last.state = state;
    last.judged = judgeOnce(state, { asker, answer, grounds, stops, nowMs });
    const isAttempt = last.judged.kind === "refused" && last.judged.onRecord;
    return decides || isAttempt ? entryOf(state, last.judged, { asker, answer, nowMs }) : null;
  });
  const state = appended?.state ?? last.state ?? (await ports.log.state(brand));
  return { judged: last.judged, state, nowMs };
}

interface Given {
  asker: Asker;
  answer: Answer;
  grounds: Grounds | null;
  stops: readonly ScopedStop[];
  nowMs: number;
}

/** An interaction that has counted decides nothing more, whatever it would decide by now. */
function judgeOnce(state: BrandState, given: Given): Judged {
  const judged = judge(state, given);
  const { clickId } = given.asker;
  if (judged.kind !== "record" || clickId === null || state.clicks[clickId] === undefined) return judged;
  return { kind: "stood", changeIds: judged.changeIds };
}

function judge(state: BrandState, { asker, answer, grounds, stops, nowMs }: Given): Judged {
  const { desk } = state;
  const person = answeringPerson(asker, desk, answer.kind);
  if ("reason" in person) return person;
  const asked: Asked = { state, desk, person, stops, grounds, clickId: asker.clickId, nowMs };
  switch (answer.kind) {
    case "approve":
      return judgeApprove(asked, answer);
    case "approveSafe":
      return judgeApproveSafe(asked, answer);
    case "reject":
      return judgeReject(asked, answer);
    case "edit":
      return judgeEdit(asked, answer);
    case "restore":
      return judgeRestore(asked, answer);
    case "handsOff":
      return judgeHandsOff(asked, answer);
    case "liftHandsOff":
      return judgeLiftHandsOff(asked, answer);
    case "takeAlert":
      return judgeTakeAlert(asked, answer);
    case "stop":
      return judgeStop(asked, answer);
    case "resume":
      return judgeResume(asked);
    case "ask":
      return judgeAsk(asked, answer);
  }
}

function asksForStops({ kind }: Answer): boolean {
  return kind === "approve" || kind === "approveSafe" || kind === "restore";
}

/** One entry: the interaction, with what it brought about. */
function entryOf(
  state: BrandState,
  judged: Judged,
  { asker, answer, nowMs: atMs }: Pick<Given, "asker" | "answer" | "nowMs">,
): readonly LogEvent[] | null {
  const by = nameOf(asker, state.desk);
  const { clickId } = asker;
  const isNew = clickId !== null && state.clicks[clickId] === undefined;
  const used: LogEvent[] = isNew ? [{ type: "clickUsed", v: 1, atMs, clickId, by }] : [];
  if (judged.kind === "record") return [...used, ...judged.events];
  if (mayCountLater(judged, answer)) return used;
  if (judged.kind !== "refused" || !judged.onRecord || (clickId !== null && !isNew)) return null;
  const recent = state.refusals.filter((refusedAtMs) => refusedAtMs > atMs - HOUR_MS);
  // A brand that has no desk has nothing to guard, and whoever invents brands must not make logs of them.
  if (state.desk === null || recent.length >= MAX_REFUSALS_ON_RECORD) return null;
  const subject = subjectOf(answer, state.brand).slice(0, MAX_SUBJECT_CHARACTERS);
  const { reason } = judged;
  return [...used, { type: "answerRefused", v: 1, atMs, by, what: answer.kind, subject, reason }];
}

/** Whether the very same interaction, repeated by whoever overheard it, could decide once something else has changed. */
function mayCountLater(judged: Judged, { kind }: Answer): boolean {
  if (judged.kind === "stood") return kind === "stop" || kind === "resume";
  return judged.kind === "refused" && !judged.onRecord && PASSING.has(judged.reason.key);
}

function subjectOf(answer: Answer, brand: string): string {
  if ("changeId" in answer) return answer.changeId;
  if ("roundId" in answer) return answer.roundId;
  if ("alertId" in answer) return answer.alertId;
  return "holderKey" in answer ? answer.holderKey : brand;
}

function outcomeOf(judged: Judged, state: BrandState, nowMs: number): AnswerOutcome {
  switch (judged.kind) {
    case "record": {
      const { changeIds, needsSecond = false, left = [], notes = [] } = judged;
      return {
        ...{ kind: "recorded", state, proposals: proposalsOf(state, changeIds), needsSecond },
        ...{ left: left.flatMap((one) => leftOf(state, one)), notes },
      };
    }
    case "stood":
      return { kind: "stood", state, proposals: proposalsOf(state, judged.changeIds) };
    case "refused": {
      const { reason, changeId } = judged;
      const proposal = changeId === null ? null : (state.proposals[changeId] ?? null);
      const isOver = proposal !== null && (proposal.status !== "open" || nowMs >= proposal.expiresAtMs);
      const fresh = isOver ? freshOf(state, proposal, nowMs) : null;
      return { kind: "refused", state, reason, proposal, fresh };
    }
    case "unknown":
      return { kind: "unknown", state };
  }
}

function proposalsOf({ proposals }: BrandState, changeIds: readonly string[]): Proposal[] {
  return changeIds.flatMap((id) => proposals[id] ?? []);
}

function leftOf(
  { proposals }: BrandState,
  { changeId, reason }: { changeId: string; reason: Message },
): { proposal: Proposal; reason: Message }[] {
  const proposal = proposals[changeId];
  return proposal === undefined ? [] : [{ proposal, reason }];
}
