/** The fold of the desk: who may answer, what is kept away from, which interactions have counted, what is asked. */
import type { BrandState } from "../domain/state.ts";
import type { LogEventOf } from "./events.ts";
import { illegal, type Origin, withEntry, without, withoutRetries } from "./transition.ts";

/** Refused answers are counted over so long. */
const REFUSALS_KEPT_MS = 3_600_000;

/** Longer than a signed request stays valid, both ways. */
const CLICKS_KEPT_MS = 15 * 60_000;

/** Questions that wait at a time: more than a desk asks in a day, and each costs a read of the plan. */
const MAX_OPEN_QUESTIONS = 20;

/** What waited after a failure may be told at once: the desk may have been its cause. */
export function foldDeskChanged(
  state: BrandState,
  { desk }: LogEventOf<"deskChanged">,
  origin: Origin,
): BrandState {
  for (const key of ["name", "slack"] as const) {
    const named = desk.people.flatMap((person) => person[key] ?? []);
    // Two entries of one person would be the four eyes of one head.
    if (new Set(named).size < named.length) illegal(origin, `two people of the desk have the same ${key}`);
  }
  return withoutRetries({ ...state, desk }, (step) => step.startsWith("tell "));
}

export function foldHandsOffSet(state: BrandState, event: LogEventOf<"handsOffSet">): BrandState {
  const { holderKey, target, name, until, by, atMs, reason } = event;
  const heldOff = withEntry(state.heldOff, holderKey, { target, name, until, by, atMs, reason });
  return { ...state, heldOff };
}

export function foldHandsOffLifted(
  state: BrandState,
  { holderKey }: LogEventOf<"handsOffLifted">,
  origin: Origin,
): BrandState {
  if (state.heldOff[holderKey] === undefined) illegal(origin, `nobody keeps hands off ${holderKey}`);
  return { ...state, heldOff: without(state.heldOff, holderKey) };
}

export function foldClickUsed(
  state: BrandState,
  { clickId, atMs }: LogEventOf<"clickUsed">,
  origin: Origin,
): BrandState {
  if (state.clicks[clickId] !== undefined) illegal(origin, `interaction ${clickId} counted twice`);
  const recent = Object.entries(state.clicks).filter(([, usedAtMs]) => usedAtMs > atMs - CLICKS_KEPT_MS);
  return { ...state, clicks: withEntry(Object.fromEntries(recent), clickId, atMs) };
}

export function foldAnswerRefused(state: BrandState, { atMs }: LogEventOf<"answerRefused">): BrandState {
  const recent = state.refusals.filter((refusedAtMs) => refusedAtMs > atMs - REFUSALS_KEPT_MS);
  return { ...state, refusals: [...recent, atMs] };
}

export function foldQuestionAsked(
  state: BrandState,
  event: LogEventOf<"questionAsked">,
  origin: Origin,
): BrandState {
  const { questionId: id, kind, text, by, userId, channel, atMs: askedAtMs } = event;
  if (state.questions[id] !== undefined) illegal(origin, `question ${id} was asked twice`);
  if (Object.keys(state.questions).length >= MAX_OPEN_QUESTIONS)
    illegal(origin, `more than ${MAX_OPEN_QUESTIONS} questions wait`);
  const questions = withEntry(state.questions, id, { id, kind, text, by, userId, channel, askedAtMs });
  return { ...state, questions };
}

export function foldQuestionAnswered(
  state: BrandState,
  { questionId }: LogEventOf<"questionAnswered">,
  origin: Origin,
): BrandState {
  if (state.questions[questionId] === undefined) illegal(origin, `question ${questionId} is not open`);
  const answered = { ...state, questions: without(state.questions, questionId) };
  return withoutRetries(answered, (step) => step === `answerQuestion ${questionId}`);
}
