import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../lib/log/events.ts";
import { approved, automatic, fold, intended, proposed, sealed, sent } from "../support/fold.ts";
import {
  aChange,
  accountFailed,
  accountFetched,
  BRAND,
  changeAnswered,
  changeConfirmed,
  changeDiverged,
  changeIntended,
  changeNotApplied,
  changeNotSent,
  changeSent,
  changeSuperseded,
  EXPIRES_AT_MS,
  NIGHT_MS,
  planned,
  proposalApproved,
  proposalExpired,
  proposalRejected,
  proposalSuperseded,
  resumed,
  roundStarted,
  snapshotSealed,
  stopped,
} from "../support/log.ts";

const otherChange = aChange({
  edit: { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 200_000_000n },
});

describe("lib/log/fold refusals", () => {
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
    ["an answer to what was not sent", intended, changeAnswered()],
    ["an answer twice", [...sent, changeAnswered()], changeAnswered()],
    ["giving up what was answered with yes", [...sent, changeAnswered()], changeNotSent()],
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
    ["telling what another writer was answered", changeAnswered()],
    ["judging another writer's send too early", changeConfirmed({ atMs: NIGHT_MS + 101_999 })],
  ])("refuses %s", (_, event) => {
    expect(() => fold([event], fold(sent), "w2")).toThrow(expect.objectContaining({ code: "log.illegal" }));
  });
});
