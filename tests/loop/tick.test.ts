import { describe, expect, it } from "vitest";
import type { BrandSummary } from "../../lib/log/store.ts";
import { tick } from "../../lib/loop/tick.ts";

/** 12:30 UTC on 2026-03-11. */
const NOW_MS = 1_773_232_200_000;
const HALF_HOUR_MS = 1_800_000;

function aRow(brand: string, given: Partial<BrandSummary> = {}): BrandSummary {
  return {
    brand,
    nextDueAtMs: NOW_MS + 1,
    nextApplyAtMs: null,
    nightEndsAtMs: NOW_MS,
    openProposals: 0,
    unsettled: 0,
    stopped: false,
    lastNight: "2026-03-10",
    head: { position: 1, hash: "a".repeat(64) },
    ...given,
  };
}

function woken(rows: readonly BrandSummary[], nowMs = NOW_MS): string[] {
  return tick(rows, nowMs).wakes.map(({ brand, part }) => `${brand} ${part}`);
}

describe("lib/loop/tick", () => {
  it("wakes whoever is due, for the part that is due", () => {
    const rows = [
      aRow("early"),
      aRow("due", { nextDueAtMs: NOW_MS }),
      aRow("sending", { nextApplyAtMs: NOW_MS - 1, unsettled: 1 }),
      aRow("waiting", { nextApplyAtMs: NOW_MS + 60_000, unsettled: 1 }),
    ];
    expect(woken(rows)).toEqual(["due observe", "sending apply"]);
  });

  it("wakes each minute at first, then ever more rarely, so that no brand that waits for its turn is heaped with wake-ups", () => {
    const due = [aRow("due", { nextDueAtMs: NOW_MS - 20_000, nextApplyAtMs: NOW_MS - 20_000, unsettled: 1 })];
    const minutes = Array.from({ length: 58 }, (_, index) => index);
    const wakes = minutes.map((minute) => ({ minute, woken: woken(due, NOW_MS + minute * 60_000) }));
    const awake = wakes.filter(({ woken: some }) => some.length > 0);
    // 30 is the full hour.
    expect(awake.map(({ minute }) => minute)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 30, 32]);
    for (const { woken: some } of awake) expect(some).toEqual(["due observe", "due apply"]);
  });

  it("wakes everybody in the first minute of an hour, since a row may be stale", () => {
    const rows = [aRow("quiet"), aRow("waiting", { nextApplyAtMs: NOW_MS + 3_600_000, unsettled: 1 })];
    const hour = NOW_MS + HALF_HOUR_MS;
    expect(woken(rows, hour)).toEqual(["quiet observe", "waiting observe", "waiting apply"]);
    expect(woken(rows, hour + 59_999)).toHaveLength(3);
    expect(woken([aRow("quiet", { nextDueAtMs: hour + 70_000 })], hour + 60_000)).toEqual([]);
  });

  it("counts a night as missed half an hour after its window, not before", () => {
    const rows = [aRow("late", { nightEndsAtMs: NOW_MS - HALF_HOUR_MS }), aRow("in time")];
    expect(tick(rows, NOW_MS).missedNights).toEqual(["late"]);
    expect(tick(rows, NOW_MS - 1).missedNights).toEqual([]);
  });
});
