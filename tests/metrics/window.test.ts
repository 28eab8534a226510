import { describe, expect, it } from "vitest";
import { matureWindow, parseWindow, windowDays } from "../../lib/metrics/window.ts";

describe("lib/metrics/window", () => {
  it.each([
    ["1d", { fromDaysAgo: 1, toDaysAgo: 1 }],
    ["7d", { fromDaysAgo: 7, toDaysAgo: 1 }],
    ["92d", { fromDaysAgo: 92, toDaysAgo: 1 }],
    ["9999d", { fromDaysAgo: 9999, toDaysAgo: 1 }],
    ["400d..365d", { fromDaysAgo: 400, toDaysAgo: 365 }],
    ["today", { fromDaysAgo: 0, toDaysAgo: 0 }],
    ["14d..8d", { fromDaysAgo: 14, toDaysAgo: 8 }],
    ["3d..3d", { fromDaysAgo: 3, toDaysAgo: 3 }],
  ])("reads %s", (text, span) => {
    expect(parseWindow(text)).toEqual(span);
  });

  it.each([
    "0d",
    "10000d",
    "8d..14d",
    "7",
    "7D",
    "07d",
    "today..today",
    "lifetime",
    "7d+today",
    "7d..0d",
    " 7d",
    "7d..",
    "d",
  ])("refuses %j", (text) => {
    expect(parseWindow(text)).toBeNull();
    expect(() => windowDays(text, "2026-03-11")).toThrow("is not a window");
  });

  it.each([
    ["7d", "2026-03-11", { from: "2026-03-04", to: "2026-03-10" }],
    ["14d..8d", "2026-03-11", { from: "2026-02-25", to: "2026-03-03" }],
    ["1d", "2028-03-01", { from: "2028-02-29", to: "2028-02-29" }],
    ["1d", "2027-03-01", { from: "2027-02-28", to: "2027-02-28" }],
    ["3d", "2026-01-02", { from: "2025-12-30", to: "2026-01-01" }],
    ["28d", "2026-03-30", { from: "2026-03-02", to: "2026-03-29" }],
    ["366d", "2029-01-01", { from: "2028-01-01", to: "2028-12-31" }],
    ["today", "2026-03-11", { from: "2026-03-11", to: "2026-03-11" }],
  ])("%s on %s ends the day before", (text, day, expected) => {
    expect(windowDays(text, day)).toEqual(expected);
  });

  it.each([
    // 35 %, 60 %, 90 %, 88 % and 100 % have arrived after 0 to 4 days: 90 % for good only after four.
    ["7d", 90, "10d..4d"],
    ["7d", 60, "7d"],
    ["7d", 61, "8d..2d"],
    ["7d", 30, "7d"],
    ["14d..8d", 90, "14d..8d"],
    ["today", 88, "2d..2d"],
    ["5d..3d", 100, "6d..4d"],
  ])("moves %s back until %s percent of each day have arrived: %s", (text, percent, moved) => {
    expect(matureWindow(text, [[0.35, 0.6, 0.9, 0.88]], percent)).toBe(moved);
  });

  it("waits for the slowest of several platforms, and for none where there is none", () => {
    expect(matureWindow("7d", [[0.9], [0.1, 0.2, 0.3]], 50)).toBe("9d..3d");
    expect(matureWindow("7d", [], 90)).toBe("7d");
    expect(() => matureWindow("9999d", [[0.1, 0.1]], 50)).toThrow("too long ago");
    expect(() => matureWindow("7", [], 50)).toThrow("is not a window");
  });
});
