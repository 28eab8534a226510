import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../lib/log/events.ts";
import {
  ALERT_ID,
  alertCleared,
  alertEscalated,
  alertRaised,
  alertTaken,
  deskChanged,
  messageAttempted,
  messagePosted,
  messageUpdated,
  NIGHT_KEY,
  questionAnswered,
  questionAsked,
  SHOWN,
} from "../support/desk-events.ts";
import { fold } from "../support/fold.ts";
import { CHANGE_ID, NIGHT_MS } from "../support/log.ts";

const LEASE_OVER_MS = NIGHT_MS + 60_000;
const posted = [messageAttempted(), messagePosted()];
const again = messageAttempted({ atMs: NIGHT_MS + 2000, untilMs: NIGHT_MS + 62_000 });

function illegal(why: string): unknown {
  return expect.objectContaining({ code: "log.illegal", message: expect.stringContaining(why) });
}

describe("lib/log/fold-messages", () => {
  it("begins a message by its first attempt, delivers it by Slack's name for it, and keeps what it shows", () => {
    const begun = fold([messageAttempted()]);
    expect(begun.messages).toEqual({
      [NIGHT_KEY]: {
        ...{ key: NIGHT_KEY, channel: "C0LUNE", ts: null, shown: null, firstAtMs: NIGHT_MS },
        attempt: { writerId: "w1", atMs: NIGHT_MS, untilMs: LEASE_OVER_MS },
      },
    });
    const delivered = fold([messagePosted()], begun);
    expect(delivered.messages[NIGHT_KEY]).toEqual({
      ...{ key: NIGHT_KEY, channel: "C0LUNE", ts: "1773198601.000100", shown: SHOWN },
      ...{ firstAtMs: NIGHT_MS, attempt: null },
    });
    const changed = fold([again, messageUpdated()], delivered);
    expect(changed.messages[NIGHT_KEY]).toMatchObject({
      ...{ ts: "1773198601.000100", shown: "6".repeat(64), attempt: null, firstAtMs: NIGHT_MS },
    });
  });

  it("lets somebody else try once the attempt's time is over", () => {
    const atMs = LEASE_OVER_MS;
    const other = messageAttempted({ atMs, untilMs: atMs + 60_000, writerId: "w2" });
    const taken = fold([other], fold([messageAttempted()]), "w2");
    expect(taken.messages[NIGHT_KEY]).toMatchObject({ firstAtMs: NIGHT_MS, attempt: { writerId: "w2" } });
  });

  it("lets an undelivered message go to another channel, and a delivered one stay", () => {
    const moved = messageAttempted({ channel: "C0NEW" });
    expect(fold([messageAttempted(), moved]).messages[NIGHT_KEY]?.channel).toBe("C0NEW");
    expect(() => fold([moved], fold(posted))).toThrow(illegal("another channel"));
  });

  it.each<[string, readonly LogEvent[], LogEvent]>([
    ["posted", [messageAttempted()], messagePosted()],
    ["changed", [...posted, again], messageUpdated()],
  ])("ends the waiting of a message that was %s, and of no other", (_, before, event) => {
    const waits = (step: string): LogEvent => {
      return { type: "stepFailed", v: 1, atMs: NIGHT_MS, step, nextTryAtMs: NIGHT_MS + 1, reason: null };
    };
    const waiting = [waits(`tell ${NIGHT_KEY}`), waits("tell digest/2026-03-11")];
    const state = fold([...waiting, ...before, event]);
    expect(Object.keys(state.retries)).toEqual(["tell digest/2026-03-11"]);
    expect(fold([deskChanged()], state).retries).toEqual({});
  });

  it("ends the waiting of an answered question", () => {
    const step = "answerQuestion q1";
    const failed = { type: "stepFailed", v: 1, atMs: NIGHT_MS, step, nextTryAtMs: 1, reason: null } as const;
    expect(fold([questionAsked(), failed, questionAnswered()]).retries).toEqual({});
  });

  it.each<[string, readonly LogEvent[], LogEvent, string]>([
    ["an attempt that is over at once", [], messageAttempted({ untilMs: NIGHT_MS }), "lasts 0 ms"],
    [
      "an attempt of more than ten minutes",
      [],
      messageAttempted({ untilMs: NIGHT_MS + 600_001 }),
      "lasts 600001 ms",
    ],
    ["an attempt in another's name", [], messageAttempted({ writerId: "w2" }), "another writer"],
    ["a post without an attempt", [], messagePosted(), "never begun"],
    ["a second post", posted, messagePosted(), "posted twice"],
    ["a second post after another attempt", [...posted, again], messagePosted(), "posted twice"],
    ["a change before the post", [messageAttempted()], messageUpdated(), "before it was posted"],
    ["a change without an attempt", posted, messageUpdated(), "without an attempt"],
  ])("refuses %s", (_, before, event, why) => {
    const state = fold(before);
    expect(() => fold([event], state)).toThrow(illegal(why));
  });

  it("refuses another writer's attempt or change while one is under way", () => {
    const atMs = LEASE_OVER_MS - 1;
    const attempt = messageAttempted({ atMs, untilMs: LEASE_OVER_MS, writerId: "w2" });
    expect(() => fold([attempt], fold([messageAttempted()]), "w2")).toThrow(illegal("being posted by w1"));
    const changing = fold([...posted, again]);
    expect(() => fold([messageUpdated({ atMs })], changing, "w2")).toThrow(illegal("being changed by w1"));
    const over = { atMs: NIGHT_MS + 62_000 };
    expect(fold([messageUpdated(over)], changing, "w2").messages[NIGHT_KEY]?.attempt).toBeNull();
  });

  it("takes Slack's name for a message from a writer that was slow, whoever tries meanwhile", () => {
    const atMs = LEASE_OVER_MS;
    const other = messageAttempted({ atMs, untilMs: atMs + 60_000, writerId: "w2" });
    const state = fold([messagePosted({ atMs: atMs + 1 })], fold([other], fold([messageAttempted()]), "w2"));
    expect(state.messages[NIGHT_KEY]).toMatchObject({ ts: "1773198601.000100", attempt: null });
  });
});

describe("lib/log/fold-messages, alerts", () => {
  it("stands until it is cleared, taken once, before or after it was escalated", () => {
    const raised = fold([alertRaised()]);
    expect(raised.alerts).toEqual({
      [ALERT_ID]: {
        ...{ id: ALERT_ID, kind: "diverged", subject: CHANGE_ID, raisedAtMs: NIGHT_MS },
        reason: { key: "diverged.other", values: {} },
        ...{ takenBy: null, takenAtMs: null, escalatedAtMs: null, clearedAtMs: null },
      },
    });
    const taken = fold([alertEscalated(), alertTaken({ atMs: NIGHT_MS + 2500 }), alertCleared()], raised);
    expect(taken.alerts[ALERT_ID]).toMatchObject({
      ...{ takenBy: "lea", takenAtMs: NIGHT_MS + 2500 },
      ...{ escalatedAtMs: NIGHT_MS + 2000, clearedAtMs: NIGHT_MS + 3000 },
    });
  });

  it("is another alert when it is raised again after it was cleared", () => {
    const later = alertRaised({ atMs: NIGHT_MS + 9000 });
    const state = fold([alertRaised(), alertTaken(), alertCleared(), later]);
    expect(state.alerts[ALERT_ID]).toMatchObject({
      ...{ raisedAtMs: NIGHT_MS + 9000, takenBy: null, clearedAtMs: null },
    });
  });

  it.each<[string, readonly LogEvent[], LogEvent, string]>([
    ["the same alert twice", [alertRaised()], alertRaised(), "stands already"],
    ["taking nothing", [], alertTaken(), "does not stand"],
    ["taking twice", [alertRaised(), alertTaken()], alertTaken({ by: "eva" }), "taken twice"],
    ["taking what is over", [alertRaised(), alertCleared()], alertTaken(), "does not stand"],
    ["escalating what was taken", [alertRaised(), alertTaken()], alertEscalated(), "taken or escalated"],
    ["escalating twice", [alertRaised(), alertEscalated()], alertEscalated(), "taken or escalated"],
    ["escalating what is over", [alertRaised(), alertCleared()], alertEscalated(), "does not stand"],
    ["clearing twice", [alertRaised(), alertCleared()], alertCleared(), "does not stand"],
  ])("refuses %s", (_, before, event, why) => {
    const state = fold(before);
    expect(() => fold([event], state)).toThrow(illegal(why));
  });
});
