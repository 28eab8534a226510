import { describe, expect, it } from "vitest";
import type { LogEvent } from "../../lib/log/events.ts";
import { approved, automatic, fold, intended, proposed, sent } from "../support/fold.ts";
import {
  CHANGE_ID,
  changeConfirmed,
  changeNotSent,
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
});
