import { describe, expect, it } from "vitest";
import { addDays } from "../../lib/domain/day.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import {
  ALERT_ID,
  alertCleared,
  alertRaised,
  aRestoringChange,
  confirmed,
  DAY_MS,
  handsOffSet,
  messageAttempted,
  messagePosted,
  NIGHT_KEY,
  proposalEdited,
  questionAsked,
  restoreApproved,
} from "../support/desk-events.ts";
import { approved, automatic, fold, intended, proposed, sent } from "../support/fold.ts";
import {
  CHANGE_ID,
  changeConfirmed,
  changeDiverged,
  changeIntended,
  changeNotSent,
  changeSent,
  NIGHT_MS,
  proposalRejected,
  ROUND_ID,
  RULE_HASH,
  roundStarted,
} from "../support/log.ts";

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

  it("waits no longer for an account of a night that is over", () => {
    const atMs = 1_773_200_000_000;
    const failed = (step: string): LogEvent => {
      return { type: "stepFailed", v: 1, atMs, step, nextTryAtMs: atMs + 60_000, reason: null };
    };
    const waiting = fold([failed(`fetch ${ROUND_ID} meta/1001`), failed(`send ${CHANGE_ID}`)], fold(sent));
    expect(Object.keys(waiting.retries)).toHaveLength(2);
    const next = fold([on("2026-03-20")], waiting);
    expect(Object.keys(next.retries)).toEqual([`send ${CHANGE_ID}`]);
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

  it("keeps a restore that is not settled, though its change is forgotten", () => {
    const state = fold([on("2027-03-11")], fold([...confirmed, restoreApproved()]));
    expect(Object.keys(state.proposals)).toEqual(["atelier-lune-20260311-3"]);
    expect(Object.keys(state.rounds)).toContain(ROUND_ID);
  });

  it("forgets dead versions and restores that are settled with their night", () => {
    const restore = changeIntended({ change: aRestoringChange(), allowedBy: "approval:eva" });
    const of = { changeId: "atelier-lune-20260311-3" };
    const edited = fold([
      ...proposed,
      proposalEdited(),
      proposalRejected({ changeId: "atelier-lune-20260311-2" }),
    ]);
    const restored = fold([...confirmed, restoreApproved(), restore, changeSent(of), changeConfirmed(of)]);
    for (const state of [edited, restored]) {
      expect(Object.keys(state.proposals)).toHaveLength(2);
      expect(Object.keys(fold([on("2026-04-15")], state).proposals)).toHaveLength(2);
      expect(fold([on("2026-04-16")], state).proposals).toEqual({});
    }
  });
});

/** A round on `day`, so many days after the first night to the hour. */
function nightAfter(days: number, ms = 0): LogEvent {
  const day = addDays("2026-03-11", days);
  return roundStarted({ roundId: `atelier-lune/${day}/night`, day, atMs: NIGHT_MS + days * DAY_MS + ms });
}

describe("lib/log/prune, the desk", () => {
  it("keeps hands off up to and on the last day", () => {
    const set = fold([handsOffSet({ until: "2026-03-20" })]);
    expect(Object.keys(fold([nightAfter(9)], set).heldOff)).toEqual(["meta/1001/adGroup/77"]);
    expect(fold([nightAfter(10)], set).heldOff).toEqual({});
  });

  it("keeps a rule off until the very moment", () => {
    const off = fold([...confirmed, restoreApproved()]);
    expect(fold([nightAfter(14, -1)], off).rulesOff).toHaveLength(1);
    expect(fold([nightAfter(14)], off).rulesOff).toEqual([]);
  });

  it("waits a day for the answer to a question", () => {
    const asked = fold([questionAsked()]);
    expect(Object.keys(fold([nightAfter(1, -1)], asked).questions)).toEqual(["q1"]);
    expect(fold([nightAfter(1)], asked).questions).toEqual({});
  });

  const told = (key: string, atMs = NIGHT_MS): LogEvent[] => [
    messageAttempted({ key, atMs, untilMs: atMs + 60_000 }),
    messagePosted({ key, atMs: atMs + 1000 }),
  ];

  it("keeps what a morning was told for 37 days", () => {
    const state = fold(told("digest/2026-03-11"));
    expect(Object.keys(fold([nightAfter(37, -1)], state).messages)).toEqual(["digest/2026-03-11"]);
    expect(fold([nightAfter(37)], state).messages).toEqual({});
  });

  it("keeps the messages of a night as long as the night", () => {
    const keys = [NIGHT_KEY, `night/${ROUND_ID}/1`, `notice/${ROUND_ID}`];
    const story = keys.flatMap((key) => told(key));
    const waiting = fold([...proposed, ...story]);
    expect(Object.keys(fold([nightAfter(365)], waiting).messages)).toEqual(keys);
    const over = fold([proposalRejected()], waiting);
    expect(Object.keys(fold([nightAfter(35)], over).messages)).toEqual(keys);
    expect(fold([nightAfter(38)], over).messages).toEqual({});
  });

  it("keeps an alert that stands for ever, with its message, and one that is over for 37 days", () => {
    const key = `alert/${ALERT_ID}/${NIGHT_MS}`;
    const standing = fold([alertRaised(), ...told(key)]);
    const later = fold([nightAfter(365)], standing);
    expect([Object.keys(later.alerts), Object.keys(later.messages)]).toEqual([[ALERT_ID], [key]]);
    const over = fold([alertCleared({ atMs: NIGHT_MS + 100 * DAY_MS })], standing);
    const kept = fold([nightAfter(137, -1)], over);
    expect([Object.keys(kept.alerts), Object.keys(kept.messages)]).toEqual([[ALERT_ID], [key]]);
    const gone = fold([nightAfter(137)], over);
    expect([gone.alerts, gone.messages]).toEqual([{}, {}]);
  });

  it("forgets no alert of a change that is still known, so that it is not raised again", () => {
    const diverged = [...sent, changeDiverged(), alertRaised({ atMs: NIGHT_MS + 64_000 })];
    const state = fold([...diverged, alertCleared({ atMs: NIGHT_MS + 65_000 }), nightAfter(35, 3_600_000)]);
    expect(Object.keys(state.intents)).toEqual([CHANGE_ID]);
    expect(Object.keys(state.alerts)).toEqual([ALERT_ID]);
  });
});
