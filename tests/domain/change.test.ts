import { describe, expect, it } from "vitest";
import {
  changePercent,
  changeSchema,
  differenceMicros,
  directionOf,
  type Edit,
  raiseMicros,
} from "../../lib/domain/change.ts";

const raise: Edit = { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: 72_000_000n };
const cut: Edit = { kind: "dailyBudget", fromMicros: 60_000_000n, toMicros: 48_000_000n };
const pause: Edit = { kind: "status", from: "active", to: "paused", budgetMicros: 40_000_000n };
const resume: Edit = { kind: "status", from: "paused", to: "active", budgetMicros: 40_000_000n };

describe("lib/domain/change", () => {
  it("counts raises gross: cuts and pauses free nothing", () => {
    expect([raise, cut, pause, resume].map(raiseMicros)).toEqual([12_000_000n, 0n, 0n, 40_000_000n]);
  });

  it("says what each change adds to the day, less than nothing for cuts and pauses", () => {
    expect([raise, cut, pause, resume].map(differenceMicros)).toEqual([
      12_000_000n,
      -12_000_000n,
      -40_000_000n,
      40_000_000n,
    ]);
  });

  it("names the direction", () => {
    expect([raise, cut, pause, resume].map(directionOf)).toEqual(["raise", "cut", "pause", "resume"]);
  });

  it("may act on a shared budget, in the shape of every other target", () => {
    const target = { platform: "meta", accountId: "1001", level: "sharedBudget", id: "900" };
    expect(changeSchema.shape.target.parse(target)).toEqual(target);
    expect(changeSchema.shape.target.safeParse({ ...target, level: "account" }).success).toBe(false);
  });

  it("tells the change in percent of the old budget", () => {
    expect(changePercent(raise)).toBe(20);
    expect(changePercent(cut)).toBe(-20);
    expect(changePercent(pause)).toBeNull();
    expect(changePercent({ kind: "dailyBudget", fromMicros: 0n, toMicros: 5n })).toBeNull();
  });
});
