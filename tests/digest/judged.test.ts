import { describe, expect, it } from "vitest";
import { type DigestInput, digestOf } from "../../lib/digest/index.ts";
import type { Intent, Round } from "../../lib/domain/state.ts";
import { AT_ONCE, aJudgedSnapshot, aMadeChange, rowsAround } from "../support/digest.ts";
import { aProposal } from "../support/log.ts";
import { anIntent } from "../support/plan.ts";
import { aBrand, anEmptyState, ROUND_AT_MS } from "../support/snapshot.ts";

const HOUR_MS = 3_600_000;
/** 08:10 in Paris on the round's day, and on the day before. */
const NOW_MS = ROUND_AT_MS + 4 * HOUR_MS;
const SINCE_MS = NOW_MS - 24 * HOUR_MS;

function digest(given: Partial<DigestInput> = {}) {
  const input = { brand: aBrand(), state: anEmptyState(), plan: null, snapshot: null, maturity: AT_ONCE };
  return digestOf({ ...input, sinceMs: SINCE_MS, nowMs: NOW_MS, ...given });
}

function byId<T extends { change: { id: string } }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.change.id, item]));
}

describe("lib/digest/judged", () => {
  const rows = rowsAround("2026-03-02", { euros: 100, conversions: 4 }, { euros: 120, conversions: 10 });
  const confirmed = (day: string, given: Partial<Intent> = {}) =>
    anIntent({
      change: aMadeChange(day).change,
      status: "confirmed",
      settledAtMs: Date.parse(`${day}T03:11:00Z`),
      ...given,
    });
  const judgedOf = (intents: readonly Intent[], given: Partial<DigestInput> = {}) =>
    digest({
      snapshot: aJudgedSnapshot(rows),
      state: anEmptyState({ intents: byId(intents) }),
      ...given,
    }).judged.map(({ changeId, days, verdict }) => [changeId, days, verdict]);

  it("tells each once, in the first digest in which its days are over", () => {
    // Seven days after 3 March are over since tonight, those after 2 March since last night.
    const third = confirmed("2026-03-03");
    expect(judgedOf([third])).toEqual([
      ["atelier-lune-20260303-1", 7, "paid"],
      ["atelier-lune-20260303-1", 14, "tooEarly"],
    ]);
    expect(judgedOf([confirmed("2026-03-02")])).toEqual([["atelier-lune-20260302-1", 14, "tooEarly"]]);
  });

  it("tells in the next digest what a missed night left untold", () => {
    const sealed: Round = {
      ...{ roundId: "atelier-lune/2026-03-09/night", day: "2026-03-09", slot: "night" },
      ...{ startedAtMs: SINCE_MS - 28 * HOUR_MS, fetched: {}, failed: {}, changes: [] },
      ...{ snapshotHash: "a".repeat(64), planHash: "b".repeat(64), refused: false, channels: [] },
    };
    const state = anEmptyState({
      intents: byId([confirmed("2026-03-02")]),
      rounds: { [sealed.roundId]: sealed },
    });
    const { judged } = digest({ snapshot: aJudgedSnapshot(rows), state });
    expect(judged.map(({ days, verdict }) => [days, verdict])).toEqual([
      [7, "paid"],
      [14, "tooEarly"],
    ]);
  });

  it("judges neither what was taken back, nor the taking back, nor what diverged", () => {
    const restore = aMadeChange("2026-03-05", {
      id: "atelier-lune-20260303-9",
      edit: { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: 50_000_000n },
    });
    const proposals = byId([aProposal({ change: restore.change, kind: "restore", status: "approved" })]);
    const intents = byId([confirmed("2026-03-03"), confirmed("2026-03-05", { change: restore.change })]);
    const state = anEmptyState({ proposals, intents });
    const { judged } = digest({ snapshot: aJudgedSnapshot(rows, { budgetEuros: 50 }), state });
    expect(judged.map(({ changeId, days, verdict }) => [changeId, days, verdict])).toEqual([
      ["atelier-lune-20260303-1", 7, "noData"],
      ["atelier-lune-20260303-1", 14, "tooEarly"],
    ]);
    expect(judgedOf([confirmed("2026-03-03", { status: "diverged" })])).toEqual([]);
  });
});
