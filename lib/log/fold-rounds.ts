/** The fold of a round: started, accounts fetched or failed, snapshot sealed, planned once. */
import type { Change } from "../domain/change.ts";
import { accountKey, NIGHT_SLOT, roundIdOf } from "../domain/ids.ts";
import type { AutoChange, BrandState, Proposal, Round } from "../domain/state.ts";
import type { LogEventOf } from "./events.ts";
import { prune } from "./prune.ts";
import { illegal, knownRound, type Origin, withEntry, without, withoutRetries } from "./transition.ts";

export function foldRoundStarted(
  state: BrandState,
  event: LogEventOf<"roundStarted">,
  origin: Origin,
): BrandState {
  const { roundId, day, slot, atMs: startedAtMs } = event;
  if (roundId !== roundIdOf(state.brand, day, slot))
    illegal(origin, `round ${roundId} is not named by its day`);
  if (state.rounds[roundId] !== undefined) illegal(origin, `round ${roundId} started twice`);
  const round: Round = {
    roundId,
    day,
    slot,
    startedAtMs,
    fetched: {},
    failed: {},
    snapshotHash: null,
    planHash: null,
    changes: [],
    refused: false,
    channels: [],
  };
  return prune({ ...state, rounds: withEntry(state.rounds, roundId, round) }, startedAtMs);
}

export function foldAccountFetched(
  state: BrandState,
  event: LogEventOf<"accountFetched">,
  origin: Origin,
): BrandState {
  const key = accountKey(event.account);
  const round = fetchingRound(state, event.roundId, key, origin);
  const { blobHash, atMs: fetchedAtMs } = event;
  const fetched = withRound(state, {
    ...round,
    fetched: withEntry(round.fetched, key, { blobHash, fetchedAtMs }),
    failed: without(round.failed, key),
  });
  return withoutRetries(fetched, (step) => step === `fetch ${event.roundId} ${key}`);
}

export function foldAccountFailed(
  state: BrandState,
  event: LogEventOf<"accountFailed">,
  origin: Origin,
): BrandState {
  const key = accountKey(event.account);
  const round = fetchingRound(state, event.roundId, key, origin);
  const tries = (round.failed[key]?.tries ?? 0) + 1;
  return withRound(state, {
    ...round,
    failed: withEntry(round.failed, key, { reason: event.reason, tries }),
  });
}

export function foldSnapshotSealed(
  state: BrandState,
  event: LogEventOf<"snapshotSealed">,
  origin: Origin,
): BrandState {
  const round = openRound(state, event.roundId, origin);
  const sealed = withRound(state, { ...round, snapshotHash: event.snapshotHash });
  return withoutRetries(sealed, (step) => step.startsWith(`fetch ${event.roundId} `));
}

/** Proposed changes wait for a person, automatic ones for their intent; each enabled rule has seen one more night. */
export function foldPlanned(state: BrandState, event: LogEventOf<"planned">, origin: Origin): BrandState {
  const { roundId, planHash, expiresAtMs } = event;
  const round = plannableRound(state, event, origin);
  const changes = [...event.proposed, ...event.auto];
  checkChangeIds(state, changes, origin);
  if (event.refused !== null && changes.length > 0) illegal(origin, "a refused plan carries changes");
  const ids = changes.map(({ id }) => id);
  const planned = withRound(state, { ...round, planHash, changes: ids, refused: event.refused !== null });
  return {
    ...planned,
    proposals: {
      ...state.proposals,
      ...byId(event.proposed, (change) => openProposal(change, roundId, planHash, expiresAtMs)),
    },
    auto: { ...state.auto, ...byId(event.auto, (change): AutoChange => ({ change, roundId, planHash })) },
    ruleNights: round.slot === NIGHT_SLOT ? countNight(state.ruleNights, event.ruleHashes) : state.ruleNights,
  };
}

function openProposal(change: Change, roundId: string, planHash: string, expiresAtMs: number): Proposal {
  return {
    change,
    kind: "planned",
    origin: change.id,
    madeBy: null,
    approvals: [],
    roundId,
    planHash,
    status: "open",
    expiresAtMs,
    decidedBy: null,
    decidedAtMs: null,
    reason: null,
  };
}

function byId<T>(changes: readonly Change[], make: (change: Change) => T): Record<string, T> {
  return Object.fromEntries(changes.map((change) => [change.id, make(change)]));
}

/** A rule listed twice in one plan has still been watched for one night. */
function countNight(nights: BrandState["ruleNights"], ruleHashes: readonly string[]): Record<string, number> {
  const watched = [...new Set(ruleHashes)].map((hash) => [hash, (nights[hash] ?? 0) + 1] as const);
  return { ...nights, ...Object.fromEntries(watched) };
}

function plannableRound(state: BrandState, event: LogEventOf<"planned">, origin: Origin): Round {
  const round = knownRound(state, event.roundId, origin);
  if (round.planHash !== null) illegal(origin, `round ${event.roundId} was planned twice`);
  if (round.snapshotHash === null) illegal(origin, `round ${event.roundId} was planned without a snapshot`);
  if (round.snapshotHash !== event.inputs.snapshot) {
    illegal(origin, `round ${event.roundId} was planned from another snapshot than its own`);
  }
  return round;
}

function checkChangeIds(state: BrandState, changes: readonly Change[], origin: Origin): void {
  const seen = new Set<string>();
  for (const { id } of changes) {
    const used = state.proposals[id] ?? state.auto[id] ?? state.intents[id];
    if (used !== undefined || seen.has(id)) illegal(origin, `change ${id} was planned twice`);
    seen.add(id);
  }
}

function fetchingRound(state: BrandState, roundId: string, account: string, origin: Origin): Round {
  const round = openRound(state, roundId, origin);
  if (round.fetched[account] !== undefined)
    illegal(origin, `account ${account} was already fetched in ${roundId}`);
  return round;
}

/** A sealed round's figures never change again. */
function openRound(state: BrandState, roundId: string, origin: Origin): Round {
  const round = knownRound(state, roundId, origin);
  if (round.snapshotHash !== null) illegal(origin, `the snapshot of round ${roundId} is already sealed`);
  return round;
}

function withRound(state: BrandState, round: Round): BrandState {
  return { ...state, rounds: withEntry(state.rounds, round.roundId, round) };
}
