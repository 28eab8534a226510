import { describe, expect, it } from "vitest";
import { emptyState, foldEntry } from "../../lib/log/fold.ts";
import { anEntry, approved, automatic, fold, intended, proposed, sealed, sent } from "../support/fold.ts";
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
        changes: [CHANGE_ID],
        refused: false,
        channels: [],
      },
    });
    expect(state.proposals).toEqual({
      [CHANGE_ID]: {
        change: aChange(),
        kind: "planned",
        origin: CHANGE_ID,
        madeBy: null,
        approvals: [],
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

  it("keeps an automatic change that is superseded before its intent as what was overtaken, and why", () => {
    const state = fold([...automatic, proposalSuperseded()]);
    expect(state.auto).toEqual({});
    expect(state.proposals[CHANGE_ID]).toMatchObject({
      status: "superseded",
      decidedBy: null,
      reason: "superseded.budgetChanged",
    });
    expect(() => fold([changeIntended({ allowedBy: "mode:apply" })], state)).toThrow("without an approval");
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
      answered: false,
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

  it("lets another writer say that an attempt had no effect 210 s after its last moment to start", () => {
    const state = fold([changeNotSent({ atMs: NIGHT_MS + 282_000 })], fold(sent), "w2");
    expect(state.intents[CHANGE_ID]).toMatchObject({ status: "notSent", sends: 1 });
  });

  it("lets another writer judge an attempt 30 s after its last moment to start", () => {
    const state = fold([changeConfirmed({ atMs: NIGHT_MS + 102_000 })], fold(sent), "w2");
    expect(state.intents[CHANGE_ID]?.status).toBe("confirmed");
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
