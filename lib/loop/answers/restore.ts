/** Taking back what was applied: the old value again, in one step, through the same caps. */
import { type Change, differenceMicros, raiseMicros, takenBack } from "../../domain/change.ts";
import type { Message } from "../../domain/figure.ts";
import type { BrandState, Intent, Proposal } from "../../domain/state.ts";
import type { LogEvent } from "../../log/events.ts";
import { type Asked, type Judged, refused } from "./judged.ts";
import { fourEyesLimit, isAboveOwnLimit, overLimit, tallyOf, underStop } from "./limits.ts";
import { answerMessage } from "./messages.ts";
import type { Answer } from "./types.ts";
import { nextChangeId } from "./versions.ts";

const DAY_MS = 86_400_000;
/** It was asked for now, so it is made now or not at all: the world it was asked in does not last a night. */
const RESTORE_LASTS_MS = 3_600_000;

export function judgeRestore(asked: Asked, { changeId }: Extract<Answer, { kind: "restore" }>): Judged {
  const { state, desk, grounds, person, nowMs: atMs } = asked;
  const intent = state.intents[changeId];
  if (grounds === null || (intent === undefined && state.proposals[changeId] === undefined))
    return { kind: "unknown" };
  const before = restoreOf(state, changeId);
  if (before !== null) return { kind: "stood", changeIds: [before.change.id] };
  const id = intent === undefined ? null : nextChangeId(state, grounds, intent.roundId);
  if (intent?.status !== "confirmed" || desk === null || id === null)
    return refused(answerMessage("answer.notApplied", { id: changeId }), null);
  const change: Change = { ...takenBack(intent.change), id };
  const reason = notRestorable(asked, intent) ?? notAllowed(asked, change);
  if (reason !== null) return refused(reason, null, isAboveOwnLimit(reason));
  const { roundId } = intent;
  const planHash = state.rounds[roundId]?.planHash ?? "";
  const ruleOffUntilMs = atMs + desk.restoredRuleDays * DAY_MS;
  const event: LogEvent = {
    type: "restoreApproved",
    v: 1,
    ...{ atMs, of: changeId, change, planHash, roundId, by: person.name },
    ...{ expiresAtMs: atMs + RESTORE_LASTS_MS, ruleOffUntilMs },
  };
  return { kind: "record", events: [event], changeIds: [id], notes: restoreNotes(intent) };
}

/** What taking it back cannot undo, for whoever is about to and whoever has. */
function restoreNotes({ change, settledAtMs, intendedAtMs }: Intent): Message[] {
  const since = settledAtMs ?? intendedAtMs;
  const difference = differenceMicros(change.edit);
  const told =
    difference > 0n
      ? answerMessage("answer.restoreSpent", { amount: difference, since })
      : answerMessage("answer.restoreMissed", { amount: -difference, since });
  return [told, answerMessage("answer.restoreLearning", {})];
}

/** The taking back of a change that is under way or done; one that came to nothing may be asked for again. */
function restoreOf({ proposals, intents }: BrandState, changeId: string): Proposal | null {
  const all = Object.values(proposals).filter(
    ({ kind, origin }) => kind === "restore" && origin === changeId,
  );
  return all.find((proposal) => !cameToNothing(proposal, intents[proposal.change.id])) ?? null;
}

export function cameToNothing({ status }: Proposal, intent: Intent | undefined): boolean {
  if (intent === undefined) return status !== "approved" && status !== "open";
  return intent.status === "superseded" || intent.status === "notApplied";
}

/** Why the old value cannot simply be put back. */
function notRestorable({ state, desk, nowMs }: Asked, { change, settledAtMs }: Intent): Message | null {
  const { id, holderKey } = change;
  if (state.proposals[id]?.kind === "restore") return answerMessage("answer.isRestore", { id });
  const days = desk?.restoreDays ?? 0;
  if (nowMs >= (settledAtMs ?? 0) + days * DAY_MS)
    return answerMessage("answer.restoreTooLate", { id, days });
  const own = state.applied.findIndex(({ changeId }) => changeId === id);
  const later = state.applied.slice(own + 1).find((one) => one.holderKey === holderKey);
  if (later !== undefined) return answerMessage("answer.changedSince", { id: later.changeId });
  const waiting = underWay(state, holderKey);
  return waiting === null ? null : answerMessage("answer.changeUnderWay", { id: waiting });
}

/** A change of the holder that is allowed and not settled: what it will leave behind is not known. */
function underWay({ proposals, auto, intents }: BrandState, holderKey: string): string | null {
  const unsettled = Object.values(intents).filter(({ settledAtMs }) => settledAtMs === null);
  const approved = Object.values(proposals).filter(
    ({ status, change }) => status === "approved" && intents[change.id] === undefined,
  );
  const all = [...unsettled, ...approved, ...Object.values(auto)];
  return all.find(({ change }) => change.holderKey === holderKey)?.change.id ?? null;
}

/** It is one person's yes at once, so a raise that takes two cannot be made by it. */
function notAllowed(asked: Asked, change: Change): Message | null {
  const stop = underStop(asked, change);
  if (stop !== null) return stop;
  const limit = fourEyesLimit(asked, change);
  if (limit !== null)
    return answerMessage("answer.restoreTakesTwo", { raise: raiseMicros(change.edit), limit });
  return overLimit(asked, change, tallyOf(asked));
}
