import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../lib/domain/change.ts";
import { addDays } from "../../lib/domain/day.ts";
import { changeIdOf } from "../../lib/domain/ids.ts";
import type { BrandState } from "../../lib/domain/state.ts";
import { type LogEntry, openEntry, sealEntry } from "../../lib/log/chain.ts";
import { checkpointState, checkpointText } from "../../lib/log/checkpoint.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { emptyState, foldEntry } from "../../lib/log/fold.ts";
import { packTables } from "../../lib/log/remembered.ts";
import type { StoredEntry } from "../../lib/log/store.ts";
import {
  approvalGiven,
  messageAttempted,
  messagePosted,
  messageUpdated,
  proposalEdited,
  restoreApproved,
} from "../support/desk-events.ts";
import {
  aChange,
  accountFailed,
  accountFetched,
  BRAND,
  changeConfirmed,
  changeDiverged,
  changeIntended,
  changeNotApplied,
  changeNotSent,
  changeSent,
  changeSuperseded,
  planned,
  proposalApproved,
  proposalExpired,
  proposalRejected,
  proposalSuperseded,
  RULE_HASH,
  resumed,
  roundStarted,
  rulesRemembered,
  snapshotSealed,
  stopped,
} from "../support/log.ts";

/** Every event that may follow `state`, with a new round some days after the newest one. */
function legalEvents(state: BrandState, daysLater: number): LogEvent[] {
  const days = Object.values(state.rounds).map((round) => round.day);
  const day = addDays(days.toSorted().at(-1) ?? "2026-01-01", daysLater);
  return [
    roundStarted({ day, roundId: `${BRAND}/${day}/night` }),
    ...Object.values(state.rounds).flatMap(roundEvents),
    ...Object.entries(state.proposals).flatMap(([id, { status }]) =>
      status === "open"
        ? [...decisions(id), ...edits(state, id)]
        : status === "approved" && state.intents[id] === undefined
          ? intents(state, id)
          : [],
    ),
    ...Object.keys(state.auto).flatMap((id) => intents(state, id)),
    ...Object.entries(state.intents).flatMap(([id, intent]) => outcomes(state, id, intent)),
    ...(state.stop === null ? [stopped()] : [resumed()]),
    ...Object.keys(state.rounds).flatMap((roundId) => deliveries(state, `night/${roundId}/0`)),
  ];
}

function roundEvents(round: BrandState["rounds"][string]): LogEvent[] {
  const { roundId, day, snapshotHash, planHash, fetched } = round;
  if (planHash !== null) return [];
  if (snapshotHash === null) {
    const isFetched = Object.keys(fetched).length > 0;
    return [
      snapshotSealed({ roundId }),
      ...(isFetched ? [] : [accountFetched({ roundId }), accountFailed({ roundId })]),
    ];
  }
  const first = aChange({ id: changeIdOf(BRAND, day, 1) });
  return [planned({ roundId, proposed: [first], auto: [aPause(changeIdOf(BRAND, day, 2), day)] })];
}

/** Of another holder, over with the next night. */
function aPause(id: string, day: string): Change {
  const edit = { kind: "status", from: "active", to: "paused", budgetMicros: 100_000_000n } as const;
  return aChange({ id, edit, holderKey: "meta/1001/adGroup/78", ruleId: "stop", until: addDays(day, 1) });
}

/** What a night leaves: a streak of so many nights, and no pause of Palier's own. */
function leftBy(state: BrandState, roundId: string, nights: number): LogEvent {
  const streak = { nights, blind: 0, day: state.rounds[roundId]?.day ?? "" };
  const tables = packTables({ streaks: { [RULE_HASH]: { "brand x": streak } }, told: {}, holds: {} });
  return rulesRemembered({ roundId, tables, pausesOver: Object.keys(state.memory.pauses) });
}

function decisions(changeId: string): LogEvent[] {
  const of = { changeId };
  return [proposalApproved(of), proposalRejected(of), proposalExpired(of), proposalSuperseded(of)];
}

/** A first yes, and a version that raises by half as much. */
function edits(state: BrandState, changeId: string): LogEvent[] {
  const proposal = state.proposals[changeId];
  if (proposal?.change.edit.kind !== "dailyBudget" || proposal.approvals.length > 0) return [];
  const { change, roundId } = proposal;
  const { fromMicros, toMicros } = proposal.change.edit;
  const edit = { ...proposal.change.edit, toMicros: (fromMicros + toMicros) / 2n };
  const next = { ...change, id: nextId(state, roundId), edit };
  return [approvalGiven({ changeId }), proposalEdited({ changeId, change: next })];
}

function nextId(state: BrandState, roundId: string): string {
  const day = state.rounds[roundId]?.day ?? "";
  const known = { ...state.proposals, ...state.auto, ...state.intents };
  const index = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((at) => known[changeIdOf(BRAND, day, at)] === undefined);
  return changeIdOf(BRAND, day, index ?? 10);
}

function restores(
  state: BrandState,
  of: string,
  { change, roundId }: BrandState["intents"][string],
): LogEvent[] {
  const planHash = state.rounds[roundId]?.planHash ?? "";
  const isKnown = Object.values(state.proposals).some(
    ({ kind, origin }) => kind === "restore" && origin === of,
  );
  if (isKnown || state.proposals[of]?.kind === "restore" || change.edit.kind !== "dailyBudget") return [];
  const edit = { ...change.edit, fromMicros: change.edit.toMicros, toMicros: change.edit.fromMicros };
  const next = { ...change, id: nextId(state, roundId), edit };
  return [restoreApproved({ of, change: next, roundId, planHash, by: "lea" })];
}

function deliveries(state: BrandState, key: string): LogEvent[] {
  const message = state.messages[key];
  if (message === undefined || message.attempt === null) return [messageAttempted({ key })];
  return [message.ts === null ? messagePosted({ key }) : messageUpdated({ key })];
}

function intents(state: BrandState, changeId: string): LogEvent[] {
  const superseded = proposalSuperseded({ changeId });
  if (state.stop !== null) return [superseded];
  const auto = state.auto[changeId];
  const item = auto ?? state.proposals[changeId];
  if (item === undefined) return [];
  const { change, roundId } = item;
  const allowedBy = auto === undefined ? "approval:lea" : "mode:apply";
  return [superseded, changeIntended({ change, roundId, allowedBy })];
}

function outcomes(state: BrandState, changeId: string, intent: BrandState["intents"][string]): LogEvent[] {
  const of = { changeId };
  if (intent.status === "sent") {
    return [changeConfirmed(of), changeDiverged(of), changeNotApplied(of), changeNotSent(of)];
  }
  if (intent.status === "confirmed") return restores(state, changeId, intent);
  if (intent.status !== "intended" && intent.status !== "notSent") return [];
  const maySend = state.stop === null && intent.sends < 2;
  return [changeSuperseded(of), ...(maySend ? [changeSent({ ...of, attempt: intent.sends + 1 })] : [])];
}

/** A log of one entry per pick: whichever of the legal events the pick falls on. */
function walk(picks: readonly { event: number; daysLater: number }[]): {
  stored: StoredEntry[];
  states: BrandState[];
} {
  const stored: StoredEntry[] = [];
  const states = [emptyState(BRAND)];
  for (const { event: pick, daysLater } of picks) {
    const state = last(states);
    const events = legalEvents(state, daysLater);
    const event = events[pick % events.length] ?? stopped();
    const left = event.type === "planned" ? [leftBy(state, event.roundId, pick)] : [];
    const position = state.position + 1;
    const draft = {
      brand: BRAND,
      position,
      entryId: `e${position}`,
      writerId: "w1",
      atMs: 0,
      events: [event, ...left],
    };
    const sealed = sealEntry(state.hash, draft);
    stored.push(sealed.stored);
    states.push(foldEntry(state, sealed.entry));
  }
  return { stored, states };
}

function last<T>(items: readonly T[]): T {
  const item = items.at(-1);
  if (item === undefined) throw new Error("empty");
  return item;
}

const walks = fc
  .array(fc.record({ event: fc.nat({ max: 1000 }), daysLater: fc.integer({ min: 1, max: 20 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map(walk);

function read(state: BrandState, stored: StoredEntry): LogEntry {
  return openEntry(BRAND, state.hash, state.position + 1, stored);
}

describe("lib/log/fold laws", () => {
  it("folds in pieces, over a checkpoint, to what it folds to at once", () => {
    fc.assert(
      fc.property(walks, fc.nat(), ({ stored, states }, cut) => {
        const whole = stored.reduce(
          (state, entry) => foldEntry(state, read(state, entry)),
          emptyState(BRAND),
        );
        expect(whole).toEqual(last(states));
        const at = 1 + (cut % stored.length);
        const piece = states[at] ?? emptyState(BRAND);
        const restored = checkpointState(BRAND, checkpointText(piece));
        expect(restored).toEqual(piece);
        const rest = stored
          .slice(at)
          .reduce((state, entry) => foldEntry(state, read(state, entry)), restored ?? piece);
        expect(rest).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it("never sends a change that nobody allowed, nor more than twice, nor under a stop", () => {
    fc.assert(
      fc.property(walks, ({ stored, states }) => {
        const events = stored.flatMap(
          (entry, index) => read(states[index] ?? emptyState(BRAND), entry).events,
        );
        const ids = events.flatMap((event) => (event.type === "changeSent" ? [event.changeId] : []));
        for (const id of ids) {
          expect(ids.filter((other) => other === id).length).toBeLessThanOrEqual(2);
          const before = events.slice(
            0,
            events.findIndex((event) => event.type === "changeSent" && event.changeId === id),
          );
          const isAllowed = before.some(
            (event) =>
              (event.type === "proposalApproved" && event.changeId === id) ||
              (event.type === "restoreApproved" && event.change.id === id) ||
              (event.type === "planned" && event.auto.some((change) => change.id === id)),
          );
          expect(isAllowed).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("counts each change that took effect once for its rule, and keeps no pause that a night found over", () => {
    fc.assert(
      fc.property(walks, ({ stored, states }) => {
        const events = stored.flatMap(
          (entry, index) => read(states[index] ?? emptyState(BRAND), entry).events,
        );
        const restores = events.flatMap((event) =>
          event.type === "restoreApproved" ? [event.change.id] : [],
        );
        const made = events.filter(
          (event) =>
            (event.type === "changeConfirmed" || event.type === "changeDiverged") &&
            !restores.includes(event.changeId),
        );
        const { acts, pauses } = last(states).memory;
        const counted = Object.values(acts).flatMap((byHolder) => Object.values(byHolder));
        expect(counted.reduce((sum, { times }) => sum + times, 0)).toBe(made.length);
        const lastNight = events.findLastIndex(({ type }) => type === "rulesRemembered");
        const since = events
          .slice(lastNight + 1)
          .flatMap((event) => ("changeId" in event ? [event.changeId] : []));
        for (const { changeId } of Object.values(pauses)) expect(since).toContain(changeId);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps no more than 35 days of what is closed", () => {
    fc.assert(
      fc.property(walks, ({ states }) => {
        const state = last(states);
        const newest = Object.values(state.rounds)
          .map((round) => round.day)
          .toSorted()
          .at(-1);
        if (newest === undefined) return;
        for (const { day } of state.applied) expect(addDays(day, 35) >= newest).toBe(true);
        for (const { status, roundId } of Object.values(state.proposals)) {
          const isOld = addDays(state.rounds[roundId]?.day ?? "2000-01-01", 35) < newest;
          if (isOld) expect(["open", "approved"]).toContain(status);
        }
      }),
      { numRuns: 60 },
    );
  });
});
