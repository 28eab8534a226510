import { describe, expect, it } from "vitest";
import { parseWindow, windowDays } from "../../lib/metrics/window.ts";

describe("lib/metrics/window", () => {
  it.each([
    ["1d", { fromDaysAgo: 1, toDaysAgo: 1 }],
    ["7d", { fromDaysAgo: 7, toDaysAgo: 1 }],
    ["92d", { fromDaysAgo: 92, toDaysAgo: 1 }],
    ["14d..8d", { fromDaysAgo: 14, toDaysAgo: 8 }],
    ["3d..3d", { fromDaysAgo: 3, toDaysAgo: 3 }],
  ])("reads %s", (text, span) => {
    expect(parseWindow(text)).toEqual(span);
  });

  it.each([
    "0d",
    "93d",
    "8d..14d",
    "7",
    "7D",
    "07d",
    "today",
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
  ])("%s on %s ends the day before", (text, day, expected) => {
    expect(windowDays(text, day)).toEqual(expected);
  });
});
