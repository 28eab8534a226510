import { describe, expect, it } from "vitest";
import type { BrandState } from "../../lib/domain/state.ts";
import type { LogEntry } from "../../lib/log/chain.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { emptyState, foldEntry } from "../../lib/log/fold.ts";
import {
  aChange,
  accountFailed,
  accountFetched,
  BRAND,
  CHANGE_ID,
  changeConfirmed,
  changeDiverged,
  changeIntended,
  changeNotApplied,
  changeNotSent,
  changeSent,
  changeSuperseded,
  EXPIRES_AT_MS,
  NIGHT_MS,
  PLAN_HASH,
  planned,
  proposalApproved,
  proposalExpired,
  proposalRejected,
  proposalSuperseded,
  ROUND_ID,
  RULE_HASH,
  resumed,
  roundStarted,
  SNAPSHOT_HASH,
  snapshotSealed,
  stopped,
} from "../support/log.ts";

/** One entry per event, all by `writerId`. */
function fold(events: readonly LogEvent[], from = emptyState(BRAND), writerId = "w1"): BrandState {
  return events.reduce((state, event) => foldEntry(state, anEntry(state, [event], writerId)), from);
}

function anEntry(state: BrandState, events: LogEvent[], writerId = "w1"): LogEntry {
  const position = state.position + 1;
  return {
    v: 1,
    brand: BRAND,
    position,
    entryId: `e${position}`,
    writerId,
    atMs: NIGHT_MS,
    events,
    hash: `h${position}`,
  };
}

const sealed = [roundStarted(), accountFetched(), snapshotSealed()];
const proposed = [...sealed, planned()];
const approved = [...proposed, proposalApproved()];
const intended = [...approved, changeIntended()];
const sent = [...intended, changeSent()];
const automatic = [...sealed, planned({ proposed: [], auto: [aChange()] })];

const otherChange = aChange({
  edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 200_000_000n },
});

describe("lib/log/fold", () => {
  it("follows a round from start to plan", () => {
    const state = fold(proposed);
    expect(state.position).toBe(4);
    expect(state.hash).toBe("h4");
    expect(state.rounds).toEqual({
      [ROUND_ID]: {
        roundId: ROUND_ID,
        day: "2026-03-11",
        slot: "night",
        startedAtMs: NIGHT_MS,
        fetched: { "meta/1001": { blobHash: "d".repeat(64), fetchedAtMs: NIGHT_MS } },
        failed: {},
        snapshotHash: SNAPSHOT_HASH,
        planHash: PLAN_HASH,
        refused: false,
      },
    });
    expect(state.proposals).toEqual({
      [CHANGE_ID]: {
        change: aChange(),
        roundId: ROUND_ID,
        planHash: PLAN_HASH,
        status: "open",
        expiresAtMs: EXPIRES_AT_MS,
        decidedBy: null,
        decidedAtMs: null,
        reason: null,
      },
    });
  });

  it("counts an account's failures and forgets them once it is fetched", () => {
    const failed = fold([roundStarted(), accountFailed(), accountFailed()]);
    expect(failed.rounds[ROUND_ID]?.failed["meta/1001"]?.tries).toBe(2);
    const fetched = fold([accountFetched()], failed);
    expect(fetched.rounds[ROUND_ID]?.failed).toEqual({});
    expect(Object.keys(fetched.rounds[ROUND_ID]?.fetched ?? {})).toEqual(["meta/1001"]);
  });

  it("remembers that a plan was refused", () => {
    const refused = { key: "refused.blastRadius", values: {} };
    const state = fold([...sealed, planned({ refused, proposed: [] })]);
    expect(state.rounds[ROUND_ID]?.refused).toBe(true);
  });

  it("counts one night per rule and round, and none for intraday rounds", () => {
    const twice = fold([...sealed, planned({ ruleHashes: [RULE_HASH, RULE_HASH] })]);
    expect(twice.ruleNights).toEqual({ [RULE_HASH]: 1 });
    const noon = { roundId: "atelier-lune/2026-03-12/12:00", day: "2026-03-12", slot: "12:00" };
    const night = { roundId: "atelier-lune/2026-03-12/night", day: "2026-03-12" };
    const later = fold(
      [
        roundStarted(noon),
        snapshotSealed(noon),
        planned({ roundId: noon.roundId, proposed: [] }),
        roundStarted(night),
        snapshotSealed(night),
        planned({ roundId: night.roundId, proposed: [] }),
      ],
      twice,
    );
    expect(later.ruleNights).toEqual({ [RULE_HASH]: 2 });
  });

  it.each([
    ["approved", proposalApproved(), { decidedBy: "lea", decidedAtMs: NIGHT_MS + 60_000, reason: null }],
    [
      "rejected",
      proposalRejected(),
      { decidedBy: "lea", decidedAtMs: NIGHT_MS + 60_000, reason: "sale next week" },
    ],
    ["expired", proposalExpired(), { decidedBy: null, decidedAtMs: EXPIRES_AT_MS, reason: null }],
    [
      "superseded",
      proposalSuperseded(),
      { decidedBy: null, decidedAtMs: NIGHT_MS + 60_000, reason: "superseded.budgetChanged" },
    ],
  ])("ends a proposal as %s", (status, event, decision) => {
    expect(fold([...proposed, event]).proposals[CHANGE_ID]).toMatchObject({ status, ...decision });
  });

  it("lets an approved proposal without an intent be superseded, keeping who approved it", () => {
    const state = fold([...approved, proposalSuperseded()]);
    expect(state.proposals[CHANGE_ID]).toMatchObject({ status: "superseded", decidedBy: "lea" });
  });

  it("keeps an automatic change until it is intended", () => {
    const state = fold(automatic);
    expect(state.auto).toEqual({
      [CHANGE_ID]: { change: aChange(), roundId: ROUND_ID, planHash: PLAN_HASH },
    });
    const later = fold([changeIntended({ allowedBy: "mode:apply" })], state);
    expect(later.auto).toEqual({});
    expect(later.intents[CHANGE_ID]?.status).toBe("intended");
  });

  it("drops an automatic change that is superseded before its intent", () => {
    expect(fold([...automatic, proposalSuperseded()]).auto).toEqual({});
  });

  it("records the fence with its writer and the count of sends", () => {
    const intent = fold(sent).intents[CHANGE_ID];
    expect(intent).toEqual({
      change: aChange(),
      roundId: ROUND_ID,
      allowedBy: "approval:lea",
      status: "sent",
      intendedAtMs: NIGHT_MS + 61_000,
      sends: 1,
      writerId: "w1",
      sendBeforeMs: NIGHT_MS + 72_000,
      settledAtMs: null,
      actual: null,
      reason: null,
    });
  });

  it("allows a second send after the writer gave up the first", () => {
    const intent = fold([...sent, changeNotSent(), changeSent({ attempt: 2 })]).intents[CHANGE_ID];
    expect(intent).toMatchObject({ status: "sent", sends: 2, reason: null });
  });

  it("counts a confirmed change as applied on the day of its round", () => {
    const state = fold([...sent, changeConfirmed()]);
    expect(state.intents[CHANGE_ID]).toMatchObject({
      status: "confirmed",
      settledAtMs: NIGHT_MS + 64_000,
      actual: { kind: "dailyBudget", toMicros: 120_000_000n },
    });
    expect(state.applied).toEqual([
      {
        changeId: CHANGE_ID,
        holderKey: "meta/1001/adGroup/77",
        ruleId: "raise-proven",
        day: "2026-03-11",
        atMs: NIGHT_MS + 64_000,
        edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 120_000_000n },
      },
    ]);
  });

  it("counts a diverged change as applied too, because the money may have moved", () => {
    const state = fold([...sent, changeDiverged()]);
    expect(state.intents[CHANGE_ID]).toMatchObject({
      status: "diverged",
      actual: { toMicros: 110_000_000n },
    });
    expect(state.applied).toHaveLength(1);
  });

  it.each([
    ["notApplied", [...sent, changeNotApplied()], null],
    ["superseded", [...intended, changeSuperseded()], { toMicros: 90_000_000n }],
  ])("settles a change as %s without counting it as applied", (status, events, actual) => {
    const state = fold(events);
    expect(state.intents[CHANGE_ID]?.status).toBe(status);
    expect(state.intents[CHANGE_ID]?.settledAtMs).not.toBeNull();
    if (actual === null) expect(state.intents[CHANGE_ID]?.actual).toBeNull();
    else expect(state.intents[CHANGE_ID]?.actual).toMatchObject(actual);
    expect(state.applied).toEqual([]);
  });

  it("stops and resumes the brand", () => {
    const state = fold([stopped()]);
    expect(state.stop).toEqual({ by: "lea", atMs: NIGHT_MS + 50_000, reason: "looks odd" });
    expect(fold([resumed()], state).stop).toBeNull();
  });

  it("lets another writer say that an attempt had no effect 180 s after its last moment to start", () => {
    const state = fold([changeNotSent({ atMs: NIGHT_MS + 252_000 })], fold(sent), "w2");
    expect(state.intents[CHANGE_ID]).toMatchObject({ status: "notSent", sends: 1 });
  });

  it("lets another writer judge an attempt 30 s after its last moment to start", () => {
    const state = fold([changeConfirmed({ atMs: NIGHT_MS + 102_000 })], fold(sent), "w2");
    expect(state.intents[CHANGE_ID]?.status).toBe("confirmed");
  });

  it.each<[string, readonly LogEvent[], LogEvent]>([
    ["a round named by another day", [], roundStarted({ day: "2026-03-12" })],
    ["a round that starts twice", [roundStarted()], roundStarted()],
    ["a fetch without a round", [], accountFetched()],
    ["a second fetch of an account", [roundStarted(), accountFetched()], accountFetched()],
    ["a failure after the fetch", [roundStarted(), accountFetched()], accountFailed()],
    ["a fetch after the snapshot", [roundStarted(), snapshotSealed()], accountFetched()],
    ["a second snapshot", sealed, snapshotSealed()],
    ["a plan without a round", [], planned()],
    ["a plan without a snapshot", [roundStarted()], planned()],
    [
      "a plan from another snapshot",
      [roundStarted(), snapshotSealed({ snapshotHash: "e".repeat(64) })],
      planned(),
    ],
    ["a second plan of a round", proposed, planned({ proposed: [] })],
    ["a change planned twice", sealed, planned({ auto: [aChange()] })],
    ["a refused plan with changes", sealed, planned({ refused: { key: "refused.blastRadius", values: {} } })],
    ["an approval of nothing", sealed, proposalApproved()],
    ["an approval of a rejected proposal", [...proposed, proposalRejected()], proposalApproved()],
    ["a second approval", approved, proposalApproved()],
    ["an approval after the proposal's time", proposed, proposalApproved({ atMs: EXPIRES_AT_MS + 1 })],
    ["a rejection of an approved proposal", approved, proposalRejected()],
    ["an expiry before the proposal's time", proposed, proposalExpired({ atMs: EXPIRES_AT_MS - 1 })],
    ["an expiry of an approved proposal", approved, proposalExpired()],
    ["superseding a rejected proposal", [...proposed, proposalRejected()], proposalSuperseded()],
    ["superseding an intended change", intended, proposalSuperseded()],
    ["an intent without an approval", proposed, changeIntended()],
    ["an intent of a rejected proposal", [...proposed, proposalRejected()], changeIntended()],
    ["an intent by another approver", approved, changeIntended({ allowedBy: "approval:eva" })],
    ["an automatic intent of a proposal", approved, changeIntended({ allowedBy: "mode:apply" })],
    ["an approved intent of an automatic change", automatic, changeIntended()],
    ["an intent of another amount", approved, changeIntended({ change: otherChange })],
    ["an intent from another plan", approved, changeIntended({ planHash: "e".repeat(64) })],
    ["a second intent", intended, changeIntended()],
    ["an intent while stopped", [...approved, stopped()], changeIntended()],
    ["a send without an intent", approved, changeSent()],
    ["a send while stopped", [...intended, stopped()], changeSent()],
    ["a send out of turn", intended, changeSent({ attempt: 2 })],
    ["a send by another writer than the entry's", intended, changeSent({ writerId: "w2" })],
    ["a send while another is under way", sent, changeSent({ attempt: 2 })],
    [
      "a third send",
      [...sent, changeNotSent(), changeSent({ attempt: 2 }), changeNotSent()],
      changeSent({ attempt: 2 }),
    ],
    ["giving up what was not sent", intended, changeNotSent()],
    ["superseding what was sent", sent, changeSuperseded()],
    ["a confirmation without a send", intended, changeConfirmed()],
    ["a confirmation after giving up", [...sent, changeNotSent()], changeConfirmed()],
    ["a second outcome", [...sent, changeConfirmed()], changeDiverged()],
    ["a failure without a send", intended, changeNotApplied()],
    ["a resume without a stop", [], resumed()],
  ])("refuses %s", (_, before, event) => {
    const state = fold(before);
    expect(() => fold([event], state)).toThrow(
      expect.objectContaining({ code: "log.illegal", brand: BRAND, position: before.length + 1 }),
    );
  });

  it.each([
    ["giving up another writer's send without proof", changeNotSent({ atMs: NIGHT_MS + 251_999 })],
    ["judging another writer's send too early", changeConfirmed({ atMs: NIGHT_MS + 101_999 })],
  ])("refuses %s", (_, event) => {
    expect(() => fold([event], fold(sent), "w2")).toThrow(expect.objectContaining({ code: "log.illegal" }));
  });

  it("refuses entries of another brand and entries out of order", () => {
    const state = emptyState(BRAND);
    const entry = anEntry(state, [stopped()]);
    expect(() => foldEntry(state, { ...entry, brand: "other" })).toThrow("another brand");
    expect(() => foldEntry(state, { ...entry, position: 2 })).toThrow("does not follow");
  });

  it("leaves the state before an entry as it was", () => {
    const state = fold(approved);
    const before = structuredClone(state);
    fold([changeIntended(), changeSent(), changeConfirmed()], state);
    expect(state).toEqual(before);
  });
});

describe("lib/log/prune", () => {
  const closed = fold([...sent, changeConfirmed()]);
  const on = (day: string) => roundStarted({ roundId: `atelier-lune/${day}/night`, day });

  it("keeps what is closed for 35 local days", () => {
    const state = fold([on("2026-04-15")], closed);
    expect(Object.keys(state.intents)).toEqual([CHANGE_ID]);
    expect(Object.keys(state.proposals)).toEqual([CHANGE_ID]);
    expect(state.applied).toHaveLength(1);
    expect(Object.keys(state.rounds)).toHaveLength(2);
  });

  it("forgets it on the 36th, except for the nights each rule was watched", () => {
    const state = fold([on("2026-04-16")], closed);
    expect(state.intents).toEqual({});
    expect(state.proposals).toEqual({});
    expect(state.applied).toEqual([]);
    expect(Object.keys(state.rounds)).toEqual(["atelier-lune/2026-04-16/night"]);
    expect(state.ruleNights).toEqual({ [RULE_HASH]: 1 });
  });

  it.each([
    ["an open proposal", proposed, "proposals"],
    ["an approved proposal without an intent", approved, "proposals"],
    ["a pending automatic change", automatic, "auto"],
    ["an intent that was not sent", intended, "intents"],
    ["an intent whose outcome is unknown", sent, "intents"],
    ["an intent that its writer gave up", [...sent, changeNotSent()], "intents"],
  ] as const)("never forgets %s, nor its round", (_, events, where) => {
    const state = fold([on("2027-03-11")], fold(events));
    expect(Object.keys(state[where])).toEqual([CHANGE_ID]);
    expect(Object.keys(state.rounds)).toContain(ROUND_ID);
  });

  it("keeps the proposal of an unsettled intent", () => {
    expect(fold([on("2027-03-11")], fold(sent)).proposals[CHANGE_ID]?.status).toBe("approved");
  });
});
