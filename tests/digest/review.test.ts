import { describe, expect, it } from "vitest";
import { type ReviewInput, reviewOf } from "../../lib/digest/index.ts";
import type { Change } from "../../lib/domain/change.ts";
import { addDays, type Day } from "../../lib/domain/day.ts";
import type { LogEvent, LogEventOf } from "../../lib/log/events.ts";
import { AT_ONCE, aJudgedSnapshot, aMadeChange, rowsAround } from "../support/digest.ts";
import { aChange, PLAN_HASH, planned, roundStarted } from "../support/log.ts";
import { aPlan } from "../support/plan-view.ts";
import { aBrand, anEmptyState, aShopDay } from "../support/snapshot.ts";

/** The week that ends on the day before the round. */
const FROM = "2026-03-04";
const TO = "2026-03-10";

function review(given: Partial<ReviewInput> = {}) {
  const input = { brand: aBrand(), state: anEmptyState(), from: FROM, to: TO, maturity: AT_ONCE, plan: null };
  return reviewOf({ ...input, events: [], snapshots: [], ...given });
}

/** 04:10 in Paris. */
function nightOf(day: Day): number {
  return Date.parse(`${day}T03:10:00Z`);
}

function aNight(day: Day, proposed: Change[] = [], auto: Change[] = []): LogEvent[] {
  const roundId = `atelier-lune/${day}/night`;
  const atMs = nightOf(day);
  return [roundStarted({ atMs, roundId, day }), planned({ atMs, roundId, proposed, auto })];
}

type Said = "proposalApproved" | "proposalRejected" | "proposalExpired" | "changeConfirmed";

function said(type: Said, day: Day, changeId: string, reason: string | null = null): LogEvent {
  const event = { v: 1 as const, atMs: nightOf(day), changeId };
  if (type === "proposalRejected") return { ...event, type, by: "lea", reason };
  return type === "proposalApproved" ? { ...event, type, by: "lea" } : { ...event, type };
}

function intended(day: Day, change: Change): LogEventOf<"changeIntended"> {
  const event = { roundId: `atelier-lune/${day}/night`, planHash: PLAN_HASH, allowedBy: "approval:lea" };
  return { type: "changeIntended", v: 1, atMs: nightOf(day), change, ...event };
}

function restored(day: Day, of: string, change: Change): LogEvent {
  const atMs = nightOf(day);
  return {
    ...{ type: "restoreApproved", v: 1, atMs, of, change, planHash: PLAN_HASH, by: "lea" },
    ...{ roundId: `atelier-lune/${day}/night`, expiresAtMs: atMs + 1, ruleOffUntilMs: atMs + 1 },
  };
}

describe("lib/digest/review", () => {
  it("counts what became of each rule's changes in the period, the most proposed first", () => {
    const raises = [1, 2, 3].map((index) => aChange({ id: `raise-${index}` }));
    const pause = aChange({ id: "pause-1", ruleId: "pause-none", owner: "max" });
    const cut = aChange({ id: "cut-1", ruleId: "cut-dear" });
    const version = aChange({ id: "raise-4" });
    const back = aChange({ id: "raise-5" });
    const events = [
      ...aNight("2026-03-05", [...raises, pause], [cut]),
      said("proposalRejected", "2026-03-05", "raise-1", "sale next week"),
      said("proposalRejected", "2026-03-06", "pause-1", null),
      {
        type: "proposalEdited",
        v: 1,
        atMs: nightOf("2026-03-06"),
        changeId: "raise-2",
        change: version,
        by: "lea",
      },
      said("proposalApproved", "2026-03-06", "raise-4"),
      said("proposalRejected", "2026-03-06", "raise-3", "too early"),
      intended("2026-03-06", version),
      said("changeConfirmed", "2026-03-06", "raise-4"),
      restored("2026-03-08", "raise-4", back),
      intended("2026-03-08", back),
      said("changeConfirmed", "2026-03-08", "raise-5"),
      intended("2026-03-05", cut),
      said("changeConfirmed", "2026-03-05", "cut-1"),
    ] satisfies LogEvent[];
    const none = { pack: "roads", proposed: 0, approved: 0, edited: 0, rejected: 0, expired: 0 };
    const nothing = { ...none, applied: 0, restored: 0, reasons: [], paid: 0, cost: 0 };
    expect(review({ events }).rules).toEqual([
      {
        ...{
          ...nothing,
          ruleId: "raise-proven",
          owner: "lea",
          proposed: 3,
          approved: 1,
          edited: 1,
          rejected: 2,
        },
        ...{ applied: 1, restored: 1, reasons: ["too early", "sale next week"] },
      },
      { ...nothing, ruleId: "pause-none", owner: "max", proposed: 1, rejected: 1 },
      { ...nothing, ruleId: "cut-dear", owner: "lea", applied: 1 },
    ]);
  });

  it("counts neither what was before nor what came after", () => {
    const change = aChange({ id: "raise-1" });
    const events = [
      ...aNight("2026-03-03", [change]),
      said("proposalExpired", "2026-03-04", "raise-1"),
      ...aNight("2026-03-11", [aChange({ id: "raise-2" })]),
    ];
    expect(review({ events }).rules).toMatchObject([{ proposed: 0, expired: 1 }]);
  });

  it("counts the nights that were planned and those that were not, from the brand's first on", () => {
    const nights = ["2026-03-05", "2026-03-06", "2026-03-08"].flatMap((day) => aNight(day));
    expect(review({ events: nights })).toMatchObject({ nightsPlanned: 3, nightsMissed: 3 });
    const older = [...aNight("2026-02-20"), ...nights];
    expect(review({ events: older })).toMatchObject({ nightsPlanned: 3, nightsMissed: 4 });
    const begun = roundStarted({ atMs: nightOf(TO), roundId: "atelier-lune/2026-03-10/night", day: TO });
    expect(review({ events: [...older, begun] })).toMatchObject({ nightsPlanned: 3, nightsMissed: 4 });
    expect(review()).toMatchObject({ nightsPlanned: 0, nightsMissed: 0 });
  });

  it("tells what a customer cost over just these days", () => {
    const rows = rowsAround("2026-03-03", { euros: 500, conversions: 4 }, { euros: 100, conversions: 4 });
    const days = [...Array(7)].map((_, index) => aShopDay({ day: addDays(FROM, index), newCustomers: 5 }));
    const snapshot = { ...aJudgedSnapshot(rows), shop: { source: "csv", days } };
    // 7 x 100 for 7 x 5 customers.
    expect(review({ snapshots: [snapshot] }).cac).toMatchObject({ value: 20_000_000, from: FROM, to: TO });
    expect(review({ snapshots: [snapshot], from: "2025-12-01" }).cac).toMatchObject({
      value: null,
      reason: { key: "digest.daysOutOfReach" },
    });
    expect(review().cac).toMatchObject({ value: null, reason: { key: "digest.noSnapshot" } });
  });

  describe("on judgements", () => {
    const rows = rowsAround("2026-02-27", { euros: 100, conversions: 4 }, { euros: 120, conversions: 10 });
    const made = (day: Day): LogEvent[] => {
      const { change } = aMadeChange(day);
      return [...aNight(day, [change]), intended(day, change), said("changeConfirmed", day, change.id)];
    };
    const judgedOf = (day: Day, given: Partial<ReviewInput> = {}) => {
      const { judged, rules } = review({ events: made(day), snapshots: [aJudgedSnapshot(rows)], ...given });
      return { judged: judged.map(({ days, verdict }) => [days, verdict]), paid: rules[0]?.paid };
    };

    it("holds those whose days were over first within the period", () => {
      // The days after the 25th end on 4 March: told by the snapshot of the 5th, so not yet on the period's first day.
      expect(judgedOf("2026-02-25")).toEqual({ judged: [[7, "paid"]], paid: 1 });
      // Seven after the 24th end on the 3rd: they could be judged on the 4th, in the review before. Fourteen end on the 10th.
      expect(judgedOf("2026-02-24")).toEqual({ judged: [[14, "paid"]], paid: 1 });
      expect(judgedOf("2026-02-23")).toEqual({ judged: [[14, "paid"]], paid: 1 });
      expect(judgedOf("2026-02-17")).toEqual({ judged: [], paid: undefined });
      // Seven days after 3 March are over, too; after the 4th they are not.
      expect(judgedOf("2026-03-03").judged).toEqual([[7, "paid"]]);
      expect(judgedOf("2026-03-04").judged).toEqual([]);
    });

    it("takes each from the first snapshot that can say anything", () => {
      const change = "2026-02-25";
      const early = { ...aJudgedSnapshot(rows), day: "2026-03-07" };
      const late = aJudgedSnapshot(rows, { budgetEuros: 90 });
      expect(judgedOf(change, { snapshots: [early, late] }).judged).toEqual([[7, "paid"]]);
      expect(judgedOf(change, { snapshots: [late] }).judged).toEqual([[7, "noData"]]);
      const unread = { ...early, accounts: [] };
      expect(judgedOf(change, { snapshots: [unread, aJudgedSnapshot(rows)] }).judged).toEqual([[7, "paid"]]);
    });

    it("judges no taking back", () => {
      const day = "2026-02-25";
      const { change } = aMadeChange(day);
      const events = [restored(day, "atelier-lune-20260220-1", change), intended(day, change)];
      const confirmed = said("changeConfirmed", day, change.id);
      const { judged } = review({ events: [...events, confirmed], snapshots: [aJudgedSnapshot(rows)] });
      expect(judged).toEqual([]);
    });
  });

  it("carries the plan's week", () => {
    const plan = aPlan({});
    expect(review({ plan }).brandLine).toEqual(plan.brandLine);
    expect(review().brandLine).toBeNull();
  });
});
