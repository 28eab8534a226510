import { describe, expect, it } from "vitest";
import type { BrandState } from "../../lib/domain/state.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { emptyState, foldEntry } from "../../lib/log/fold.ts";
import { packTables } from "../../lib/log/remembered.ts";
import { aRestoringChange, deskChanged, restoreApproved } from "../support/desk-events.ts";
import { anEntry, fold, proposed, sealed } from "../support/fold.ts";
import {
  aChange,
  BRAND,
  CHANGE_ID,
  changeConfirmed,
  changeDiverged,
  changeIntended,
  changeNotApplied,
  changeSent,
  NIGHT_MS,
  planned,
  proposalApproved,
  ROUND_ID,
  RULE_HASH,
  roundStarted,
  rulesRemembered,
  snapshotSealed,
} from "../support/log.ts";

const HOLDER = "meta/1001/adGroup/77";
const STREAKS = { [RULE_HASH]: { [`budgetHolder ${HOLDER}`]: { nights: 2, blind: 0, day: "2026-03-11" } } };
const tables = packTables({ streaks: STREAKS, told: {}, holds: {} });
const pause = { kind: "status", from: "active", to: "paused", budgetMicros: 100_000_000n } as const;
const resume = { kind: "status", from: "paused", to: "active", budgetMicros: 100_000_000n } as const;

/** The night's plan and what it leaves, in one entry on top of `state`. */
function night(state: BrandState, ...events: LogEvent[]): BrandState {
  return foldEntry(state, anEntry(state, [planned(), ...events]));
}

/** One change from its plan to what came of it. */
function made(
  change: Parameters<typeof aChange>[0],
  end: LogEvent,
  from = emptyState(BRAND),
  day = "2026-03-11",
): BrandState {
  const roundId = `atelier-lune/${day}/night`;
  const made = aChange(change);
  const changeId = made.id;
  return fold(
    [
      roundStarted({ roundId, day }),
      snapshotSealed({ roundId }),
      planned({ roundId, proposed: [made] }),
      proposalApproved({ changeId }),
      changeIntended({ roundId, change: made }),
      changeSent({ changeId }),
      { ...end, changeId } as LogEvent,
    ],
    from,
  );
}

describe("lib/log/fold-memory", () => {
  it("takes what a night leaves in the place of what stood before", () => {
    const first = night(
      fold(sealed),
      rulesRemembered({ tables, scopes: { [RULE_HASH]: 3 }, channels: ["#media"] }),
    );
    expect(first.memory).toMatchObject({ streaks: STREAKS, told: {}, holds: {}, scopes: { [RULE_HASH]: 3 } });
    expect(first.rounds[ROUND_ID]?.channels).toEqual(["#media"]);
    const roundId = "atelier-lune/2026-03-12/night";
    const second = fold([roundStarted({ roundId, day: "2026-03-12" }), snapshotSealed({ roundId })], first);
    const next = anEntry(second, [planned({ roundId, proposed: [] }), rulesRemembered({ roundId })]);
    expect(foldEntry(second, next).memory).toMatchObject({ streaks: {}, scopes: {} });
  });

  describe("refuses what no night leaves", () => {
    const state = fold(sealed);
    const byDay = "atelier-lune/2026-03-11/12:00";
    const intraday = fold(
      [roundStarted({ roundId: byDay, slot: "12:00" }), snapshotSealed({ roundId: byDay })],
      emptyState(BRAND),
    );

    it.each([
      [
        "without a plan",
        () => foldEntry(state, anEntry(state, [rulesRemembered()])),
        "another entry than its plan's",
      ],
      ["after its entry", () => fold([rulesRemembered()], fold(proposed)), "another entry than its plan's"],
      ["twice", () => night(state, rulesRemembered(), rulesRemembered()), "remembered twice"],
      ["that cannot be read", () => night(state, rulesRemembered({ tables: "x" })), "cannot be read"],
      [
        "about nobody's pause",
        () => night(state, rulesRemembered({ pausesOver: [HOLDER] })),
        "that nobody made",
      ],
      [
        "of a round by day",
        () =>
          foldEntry(
            intraday,
            anEntry(intraday, [planned({ roundId: byDay }), rulesRemembered({ roundId: byDay })]),
          ),
        "is no night",
      ],
      ["of an unknown round", () => night(state, rulesRemembered({ roundId: "x" })), "never started"],
    ] as const)("%s", (_, act, message) => {
      expect(act).toThrow(message);
    });
  });

  describe("counts what rules did", () => {
    const acts = (state: BrandState) => state.memory.acts;

    it("by rule and holder, whether it was confirmed or diverged", () => {
      const once = made({}, changeConfirmed());
      expect(acts(once)).toEqual({ "raise-proven": { [HOLDER]: { times: 1, day: "2026-03-11" } } });
      const twice = made({ id: "atelier-lune-20260320-1" }, changeDiverged(), once, "2026-03-20");
      expect(acts(twice)).toEqual({ "raise-proven": { [HOLDER]: { times: 2, day: "2026-03-20" } } });
    });

    it("for longer than anything else is kept, and not what came to nothing", () => {
      const once = made({}, changeConfirmed());
      const later = made({ id: "atelier-lune-20260801-1" }, changeNotApplied(), once, "2026-08-01");
      expect(later.applied).toEqual([]);
      expect(acts(later)).toEqual({ "raise-proven": { [HOLDER]: { times: 1, day: "2026-03-11" } } });
    });
  });

  describe("keeps a pause for Palier's own", () => {
    const own = {
      ruleId: "raise-proven",
      pack: "roads",
      changeId: CHANGE_ID,
      atMs: NIGHT_MS + 64_000,
      until: null,
    };

    it("from its confirmation on, with the night in which it ends", () => {
      expect(made({ edit: pause }, changeConfirmed()).memory.pauses).toEqual({ [HOLDER]: own });
      expect(made({ edit: pause, until: "2026-04-01" }, changeConfirmed()).memory.pauses).toEqual({
        [HOLDER]: { ...own, until: "2026-04-01" },
      });
      expect(made({ edit: pause }, changeDiverged()).memory.pauses).toEqual({});
    });

    it("until its status is changed again; a budget is not its status", () => {
      const paused = made({ edit: pause }, changeConfirmed());
      const raised = made({ id: "atelier-lune-20260312-1" }, changeConfirmed(), paused, "2026-03-12");
      expect(raised.memory.pauses).toEqual({ [HOLDER]: own });
      const id = "atelier-lune-20260313-1";
      expect(made({ id, edit: resume }, changeConfirmed(), raised, "2026-03-13").memory.pauses).toEqual({});
      expect(made({ id, edit: resume }, changeDiverged(), raised, "2026-03-13").memory.pauses).toEqual({});
      expect(made({ id, edit: resume }, changeNotApplied(), raised, "2026-03-13").memory.pauses).toEqual({
        [HOLDER]: own,
      });
    });

    it("until a night finds it taken over", () => {
      const paused = made({ edit: pause }, changeConfirmed());
      const roundId = "atelier-lune/2026-03-12/night";
      const next = fold([roundStarted({ roundId, day: "2026-03-12" }), snapshotSealed({ roundId })], paused);
      const over = rulesRemembered({ roundId, pausesOver: [HOLDER] });
      const entry = anEntry(next, [planned({ roundId, proposed: [] }), over]);
      expect(foldEntry(next, entry).memory.pauses).toEqual({});
    });

    it("not what a person takes back, which is nobody's act but theirs", () => {
      const paused = made({ edit: pause }, changeConfirmed(), fold([deskChanged()]));
      const change = { ...aRestoringChange(), edit: resume };
      const back = fold(
        [
          restoreApproved({ change }),
          changeIntended({ change, allowedBy: "approval:eva" }),
          changeSent({ changeId: change.id }),
          changeConfirmed({ changeId: change.id }),
        ],
        paused,
      );
      expect(back.memory.pauses).toEqual({});
      expect(back.memory.acts["raise-proven"]?.[HOLDER]?.times).toBe(1);
    });
  });
});
