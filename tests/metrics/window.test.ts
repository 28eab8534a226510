import { describe, expect, it } from "vitest";
import {
  isPerSubject,
  parseWindow,
  readWindow,
  slidWindow,
  windowDays,
} from "../../lib/metrics/windows/window.ts";

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
    ["7d+today", { fromDaysAgo: 7, toDaysAgo: 0 }],
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
    "14d..8d+today",
    "7d +today",
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
    ["7d", { kind: "span", fromDaysAgo: 7, toDaysAgo: 1 }],
    ["lifetime", { kind: "since", start: "lifetime", today: false }],
    ["sinceChange+today", { kind: "since", start: "sinceChange", today: true }],
    ["thisWeek", { kind: "since", start: "thisWeek", today: false }],
    ["thisMonth+today", { kind: "since", start: "thisMonth", today: true }],
    ["lastWeek", { kind: "last", unit: "week" }],
    ["lastMonth", { kind: "last", unit: "month" }],
    ["event:black-friday", { kind: "event", event: "black-friday" }],
    ["before:black-friday:14d", { kind: "before", event: "black-friday", days: 14 }],
  ])("knows %s", (text, window) => {
    expect(readWindow(text)).toEqual(window);
  });

  it.each([
    [
      "lastWeek+today",
      "lastMonth+today",
      "event:",
      "event:a:b",
      "before:sale",
      "before:sale:0d",
      "before:sale:14",
    ],
    ["Lifetime", "lifetime + today", "week", "thisYear", "event:sale+today", ""],
  ])("knows no %s", (...texts) => {
    expect(texts.map(readWindow)).toEqual(texts.map(() => null));
  });

  it("tells the windows that begin on a day of the subject's own", () => {
    const texts = ["lifetime", "sinceChange+today", "thisMonth", "lastWeek", "7d", "event:sale"];
    const own = texts.filter((text) => {
      const window = readWindow(text);
      return window !== null && isPerSubject(window);
    });
    expect(own).toEqual(["lifetime", "sinceChange+today"]);
  });

  it.each([
    ["7d", 1, "8d..2d"],
    ["1d", 2, "3d..3d"],
    ["14d..8d", 6, "20d..14d"],
    ["3d", 0, "3d..1d"],
  ])("slides %s by %i nights to %s", (text, nights, slid) => {
    expect(slidWindow(text, nights)).toBe(slid);
  });

  it.each(["today", "7d+today", "lifetime", "9999d", "week"])("does not slide %s", (text) => {
    expect(() => slidWindow(text, 1)).toThrow(expect.objectContaining({ code: "window.malformed" }));
  });
});
