import { describe, expect, it } from "vitest";
import { noData } from "../../lib/metrics/outcome.ts";
import { daysOfWindow, settledDays } from "../../lib/metrics/windows/window-days.ts";

const UNKNOWN = noData({ key: "noData.noKnownChange", values: {} });

/** Days of a window in a round on `day`, for a subject that was created and changed on these days; else the reason. */
function days(
  text: string,
  day: string,
  own: { lifetime?: string; sinceChange?: string } = {},
  events: Record<string, { from: string; to: string }[]> = {},
): string {
  const found = daysOfWindow(text, { day, events }, (start) => own[start] ?? UNKNOWN);
  return "kind" in found ? found.reason.key : `${found.from} ${found.to}`;
}

describe("lib/metrics/window-days", () => {
  it.each([
    // 2026-03-11 is a Wednesday, 2026-03-09 a Monday.
    ["thisWeek", "2026-03-11", "2026-03-09 2026-03-10"],
    ["thisWeek", "2026-03-10", "2026-03-09 2026-03-09"],
    ["thisWeek", "2026-03-09", "noData.noCompleteDay"],
    ["thisWeek", "2026-03-08", "2026-03-02 2026-03-07"],
    ["thisWeek+today", "2026-03-09", "2026-03-09 2026-03-09"],
    ["thisWeek+today", "2026-03-11", "2026-03-09 2026-03-11"],
    ["lastWeek", "2026-03-09", "2026-03-02 2026-03-08"],
    ["lastWeek", "2026-03-15", "2026-03-02 2026-03-08"],
    ["lastWeek", "2026-01-01", "2025-12-22 2025-12-28"],
    ["thisMonth", "2026-03-11", "2026-03-01 2026-03-10"],
    ["thisMonth", "2026-03-01", "noData.noCompleteDay"],
    ["thisMonth+today", "2026-03-01", "2026-03-01 2026-03-01"],
    ["thisMonth", "2026-12-31", "2026-12-01 2026-12-30"],
    ["lastMonth", "2026-01-31", "2025-12-01 2025-12-31"],
    ["lastMonth", "2027-03-31", "2027-02-01 2027-02-28"],
    ["lastMonth", "2028-03-01", "2028-02-01 2028-02-29"],
    ["lastMonth", "2026-05-01", "2026-04-01 2026-04-30"],
    // Clocks go forward in the night to 2026-03-29 and back in the one to 2026-10-25.
    ["thisWeek", "2026-03-30", "noData.noCompleteDay"],
    ["lastWeek", "2026-03-30", "2026-03-23 2026-03-29"],
    ["thisMonth", "2026-10-26", "2026-10-01 2026-10-25"],
    ["7d", "2026-10-26", "2026-10-19 2026-10-25"],
    ["7d+today", "2026-03-11", "2026-03-04 2026-03-11"],
    ["today", "2026-03-11", "2026-03-11 2026-03-11"],
  ])("%s on %s is %s", (text, day, expected) => {
    expect(days(text, day)).toBe(expected);
  });

  it.each([
    ["lifetime", { lifetime: "2026-03-10" }, "2026-03-10 2026-03-10"],
    ["lifetime", { lifetime: "2026-03-11" }, "noData.noCompleteDay"],
    ["lifetime+today", { lifetime: "2026-03-11" }, "2026-03-11 2026-03-11"],
    ["lifetime", { lifetime: "2025-11-03" }, "2025-11-03 2026-03-10"],
    ["lifetime", {}, "noData.noKnownChange"],
    ["sinceChange", { sinceChange: "2026-03-08" }, "2026-03-08 2026-03-10"],
    ["sinceChange", { sinceChange: "2026-03-12" }, "noData.noCompleteDay"],
    ["sinceChange+today", { sinceChange: "2026-03-12" }, "noData.noCompleteDay"],
    ["sinceChange+today", { sinceChange: "2026-03-11" }, "2026-03-11 2026-03-11"],
    ["sinceChange", {}, "noData.noKnownChange"],
  ])("%s of a subject since %o is %s", (text, own, expected) => {
    expect(days(text, "2026-03-11", own)).toBe(expected);
  });

  const sale = [
    { from: "2025-11-28", to: "2025-12-01" },
    { from: "2026-11-27", to: "2026-11-30" },
  ];

  it.each([
    ["event:sale", "2025-11-27", "noData.noEvent"],
    ["event:sale", "2025-11-28", "noData.noCompleteDay"],
    ["event:sale", "2025-11-30", "2025-11-28 2025-11-29"],
    ["event:sale", "2025-12-01", "2025-11-28 2025-11-30"],
    ["event:sale", "2025-12-02", "2025-11-28 2025-12-01"],
    ["event:sale", "2026-11-26", "2025-11-28 2025-12-01"],
    ["event:sale", "2026-11-28", "2026-11-27 2026-11-27"],
    ["event:sale", "2027-05-01", "2026-11-27 2026-11-30"],
    ["event:constructor", "2026-05-01", "noData.noEvent"],
    ["before:sale:14d", "2025-11-28", "2025-11-14 2025-11-27"],
    ["before:sale:14d", "2025-12-01", "2025-11-14 2025-11-27"],
    // From the day after, the next one is meant, whose days before are still to come.
    ["before:sale:14d", "2025-12-02", "noData.windowNotOver"],
    ["before:sale:14d", "2026-11-26", "noData.windowNotOver"],
    ["before:sale:14d", "2026-11-27", "2026-11-13 2026-11-26"],
    ["before:sale:1d", "2027-01-01", "2026-11-26 2026-11-26"],
    ["before:nothing:14d", "2026-11-27", "noData.noEvent"],
  ])("%s on %s is %s", (text, day, expected) => {
    expect(days(text, day, {}, { sale })).toBe(expected);
  });

  it("refuses what is no window", () => {
    expect(() => days("week", "2026-03-11")).toThrow(expect.objectContaining({ code: "window.malformed" }));
  });
});

describe("lib/metrics/window-days: settled", () => {
  /** 35 %, 60 %, 90 %, 88 % and 100 % have arrived after 0 to 4 days: 90 % for good only after four. */
  const CURVE = [0.35, 0.6, 0.9, 0.88];
  const moved = (text: string, percent: number, curves: readonly (readonly number[])[] = [CURVE]): string => {
    const plain = daysOfWindow(text, { day: "2026-03-11", events: {} }, () => "2026-03-08");
    if ("kind" in plain) throw new Error(text);
    const found = settledDays(text, plain, "2026-03-11", curves, percent);
    return "kind" in found ? found.reason.key : `${found.from} ${found.to}`;
  };

  it.each([
    ["7d", 90, "2026-03-01 2026-03-07"],
    ["7d", 60, "2026-03-04 2026-03-10"],
    ["7d", 61, "2026-03-03 2026-03-09"],
    ["7d", 30, "2026-03-04 2026-03-10"],
    ["14d..8d", 90, "2026-02-25 2026-03-03"],
    ["today", 88, "2026-03-09 2026-03-09"],
    ["5d..3d", 100, "2026-03-05 2026-03-07"],
    ["lastWeek", 90, "2026-03-01 2026-03-07"],
    // What begins on a day of its own ends earlier instead.
    ["lifetime", 88, "2026-03-08 2026-03-09"],
    ["lifetime", 90, "noData.noCompleteDay"],
    ["thisMonth", 90, "2026-03-01 2026-03-07"],
    ["thisWeek", 90, "noData.noCompleteDay"],
  ])("%s with %i percent of each day is %s", (text, percent, expected) => {
    expect(moved(text, percent)).toBe(expected);
  });

  it("waits for the slowest of several platforms, and for none where there is none", () => {
    expect(moved("7d", 50, [[0.9], [0.1, 0.2, 0.3]])).toBe("2026-03-02 2026-03-08");
    expect(moved("7d", 90, [])).toBe("2026-03-04 2026-03-10");
  });
});
