import { describe, expect, it } from "vitest";
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
