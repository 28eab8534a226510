/** The fold of changes: intended once, sent at most twice behind a fence, settled by reading. */
import { canonicalJson } from "../domain/canonical.ts";
import type { AppliedChange, AutoChange, BrandState, Intent, IntentStatus } from "../domain/state.ts";
import type { LogEvent, LogEventOf } from "./events.ts";
import { withMemory } from "./fold-memory.ts";
import {
  illegal,
  knownRound,
  newestDay,
  type Origin,
  withEntry,
  without,
  withoutRetries,
} from "./transition.ts";

/** Sends per change, ever. A second may follow only a first that is known to have had no effect. */
export const MAX_SENDS = 2;

/** The call may take 20 s after the fence; until this has passed only its writer knows how it ended. */
export const JUDGE_AFTER_MS = 30_000;

/** A fence's `sendBeforeMs` is this long after the append. */
export const FENCE_MS = 10_000;

/**
 * A read this long after the last moment at which the call could start is later than its time limit (20 s) and the platform's
 * own lag (3 minutes, of values and of the history of edits), so the old value then proves that the call had no effect.
 */
export const PROOF_OF_NO_EFFECT_MS = 210_000;

type Settlement = Extract<
  LogEvent,
  { type: "changeConfirmed" | "changeDiverged" | "changeNotApplied" | "changeSuperseded" }
>;

/** Legal once, unstopped, for exactly the change that was approved or that the plan allowed by itself. */
export function foldChangeIntended(
  state: BrandState,
  event: LogEventOf<"changeIntended">,
  origin: Origin,
): BrandState {
  const { change, roundId, allowedBy, atMs: intendedAtMs } = event;
  if (state.intents[change.id] !== undefined) illegal(origin, `change ${change.id} was intended twice`);
  refuseWhenStopped(state, change.id, origin);
  const { planned, by } = allowed(state, change.id, origin);
  if (allowedBy !== by) illegal(origin, `change ${change.id} is allowed by ${by}, not by ${allowedBy}`);
  const same =
    planned.roundId === roundId &&
    planned.planHash === event.planHash &&
    canonicalJson(planned.change) === canonicalJson(change);
  if (!same) illegal(origin, `change ${change.id} is not the one that was allowed`);
  const intent: Intent = {
    change,
    roundId,
    allowedBy,
    status: "intended",
    intendedAtMs,
    sends: 0,
    writerId: null,
    sendBeforeMs: null,
    answered: false,
    settledAtMs: null,
    actual: null,
    reason: null,
  };
  return {
    ...state,
    auto: without(state.auto, change.id),
    intents: withEntry(state.intents, change.id, intent),
  };
}

export function foldChangeSent(
  state: BrandState,
  event: LogEventOf<"changeSent">,
  origin: Origin,
): BrandState {
  const { changeId, attempt, writerId, sendBeforeMs } = event;
  const intent = intentIn(state, event, ["intended", "notSent"], origin);
  refuseWhenStopped(state, changeId, origin);
  if (intent.sends >= MAX_SENDS) illegal(origin, `change ${changeId} was sent more than ${MAX_SENDS} times`);
  if (attempt !== intent.sends + 1) illegal(origin, `change ${changeId} was sent out of turn`);
  if (writerId !== origin.writerId)
    illegal(origin, `the fence of ${changeId} names another writer than its entry's`);
  return withIntent(state, {
    ...intent,
    status: "sent",
    sends: attempt,
    writerId,
    sendBeforeMs,
    answered: false,
    reason: null,
  });
}

export function foldChangeAnswered(
  state: BrandState,
  event: LogEventOf<"changeAnswered">,
  origin: Origin,
): BrandState {
  const intent = intentIn(state, event, ["sent"], origin);
  if (intent.writerId !== origin.writerId) {
    illegal(origin, `only the writer of the fence of ${event.changeId} can say what it was answered`);
  }
  if (intent.answered) illegal(origin, `the answer to ${event.changeId} was recorded twice`);
  return withIntent(state, { ...intent, answered: true });
}

/** Who held the fence can know at once that nothing was sent; anybody else only by a read late enough to prove it. */
export function foldChangeNotSent(
  state: BrandState,
  event: LogEventOf<"changeNotSent">,
  origin: Origin,
): BrandState {
  const intent = intentIn(state, event, ["sent"], origin);
  const early = event.atMs < (intent.sendBeforeMs ?? 0) + PROOF_OF_NO_EFFECT_MS;
  if (early && intent.writerId !== origin.writerId) {
    illegal(
      origin,
      `only the writer of the fence of ${event.changeId} can say so soon that it had no effect`,
    );
  }
  if (intent.answered) illegal(origin, `${event.changeId} was answered with yes, so it was sent`);
  return withIntent(state, { ...intent, status: "notSent", reason: event.reason });
}

export function foldChangeSuperseded(
  state: BrandState,
  event: LogEventOf<"changeSuperseded">,
  origin: Origin,
): BrandState {
  const intent = intentIn(state, event, ["intended", "notSent"], origin);
  return settled(state, intent, event, "superseded");
}

export function foldChangeNotApplied(
  state: BrandState,
  event: LogEventOf<"changeNotApplied">,
  origin: Origin,
): BrandState {
  return settled(state, judgedIntent(state, event, origin), event, "notApplied");
}

export function foldChangeConfirmed(
  state: BrandState,
  event: LogEventOf<"changeConfirmed">,
  origin: Origin,
): BrandState {
  const intent = judgedIntent(state, event, origin);
  return withApplied(settled(state, intent, event, "confirmed"), intent, event, origin);
}

/** Counted as applied: the money may have moved, so limits must assume that it did. */
export function foldChangeDiverged(
  state: BrandState,
  event: LogEventOf<"changeDiverged">,
  origin: Origin,
): BrandState {
  const intent = judgedIntent(state, event, origin);
  return withApplied(settled(state, intent, event, "diverged"), intent, event, origin);
}

function refuseWhenStopped(state: BrandState, changeId: string, origin: Origin): void {
  if (state.stop !== null) illegal(origin, `change ${changeId} went ahead while the brand was stopped`);
}

function allowed(state: BrandState, changeId: string, origin: Origin): { planned: AutoChange; by: string } {
  const auto = state.auto[changeId];
  if (auto !== undefined) return { planned: auto, by: "mode:apply" };
  const proposal = state.proposals[changeId];
  if (proposal?.status !== "approved") illegal(origin, `change ${changeId} was intended without an approval`);
  return { planned: proposal, by: `approval:${proposal.decidedBy}` };
}

function judgedIntent(state: BrandState, event: Settlement, origin: Origin): Intent {
  const intent = intentIn(state, event, ["sent"], origin);
  const early = event.atMs < (intent.sendBeforeMs ?? 0) + JUDGE_AFTER_MS;
  if (early && intent.writerId !== origin.writerId) {
    illegal(
      origin,
      `change ${event.changeId} was judged by another writer while its call could still be under way`,
    );
  }
  return intent;
}

function intentIn(
  state: BrandState,
  event: { type: string; changeId: string },
  statuses: readonly IntentStatus[],
  origin: Origin,
): Intent {
  const intent =
    state.intents[event.changeId] ?? illegal(origin, `change ${event.changeId} was never intended`);
  if (!statuses.includes(intent.status)) {
    illegal(origin, `${event.type} of ${event.changeId}, which is ${intent.status}`);
  }
  return intent;
}

function settled(state: BrandState, intent: Intent, event: Settlement, status: IntentStatus): BrandState {
  return withIntent(state, {
    ...intent,
    status,
    settledAtMs: event.atMs,
    actual: actualAfter(event, intent),
    reason: "reason" in event ? event.reason : null,
  });
}

function actualAfter(event: Settlement, intent: Intent): Intent["actual"] {
  if ("actual" in event) return event.actual;
  return event.type === "changeConfirmed" ? intent.change.edit : null;
}

/**
 * Under the day of its round, whenever it was settled: changes of one night share one day. Only a restore, which may come days
 * after its round, counts under the newest night's, so that what waits after a change waits from when it was made.
 */
function withApplied(
  state: BrandState,
  intent: Intent,
  { type, atMs }: LogEventOf<"changeConfirmed" | "changeDiverged">,
  origin: Origin,
): BrandState {
  const { id: changeId, holderKey, ruleId, edit } = intent.change;
  const round = knownRound(state, intent.roundId, origin);
  const day = state.proposals[changeId]?.kind === "restore" ? newestDay(state) : round.day;
  const applied: AppliedChange = { changeId, holderKey, ruleId, day, atMs, edit };
  const counted = { ...state, applied: [...state.applied, applied] };
  return withMemory(counted, intent.change, { day, atMs, confirmed: type === "changeConfirmed" });
}

/** Whatever happens to a change ends the waiting of its steps. */
function withIntent(state: BrandState, intent: Intent): BrandState {
  const { id } = intent.change;
  const moved = { ...state, intents: withEntry(state.intents, id, intent) };
  return withoutRetries(moved, (step) => step === `send ${id}` || step === `reconcile ${id}`);
}
