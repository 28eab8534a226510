import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dayNumber,
  daysBetween,
  eachDay,
  firstOfMonth,
  firstOfNextMonth,
  instantOf,
  isDay,
  isZone,
  localDay,
  localMinutes,
  weekdayOf,
} from "../../lib/domain/day.ts";

describe("lib/domain/day", () => {
  it.each(["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "2025-02-29", "", "2026-01-01T00:00"])(
    "refuses %j as a day",
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );

  it.each([
    ["2026-01-31", "2026-01-01", "2026-02-01"],
    ["2026-02-28", "2026-02-01", "2026-03-01"],
    ["2028-02-01", "2028-02-01", "2028-03-01"],
    ["2026-12-15", "2026-12-01", "2027-01-01"],
  ])("puts %s into the month from %s to before %s", (day, first, next) => {
    expect(firstOfMonth(day)).toBe(first);
    expect(firstOfNextMonth(day)).toBe(next);
  });

  it("crosses months, years and leap days", () => {
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(eachDay("2026-12-30", "2027-01-02")).toEqual([
      "2026-12-30",
      "2026-12-31",
      "2027-01-01",
      "2027-01-02",
    ]);
    expect(eachDay("2026-01-02", "2026-01-01")).toEqual([]);
  });

  it("counts the same days that it adds", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), (days) => {
        expect(daysBetween("2026-03-11", addDays("2026-03-11", days))).toBe(days);
      }),
    );
  });

  it("knows the same days, and numbers them alike, as the machine's own calendar", () => {
    const text = fc
      .tuple(...[9999, 14, 33].map((max) => fc.integer({ min: 0, max })))
      .map(([year, month, day]) =>
        [`${year}`.padStart(4, "0"), `${month}`.padStart(2, "0"), `${day}`.padStart(2, "0")].join("-"),
      );
    fc.assert(
      fc.property(text, (day) => {
        const atMs = Date.parse(`${day}T00:00:00Z`);
        const exists = !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 10) === day;
        expect(isDay(day)).toBe(exists);
        if (exists) expect(dayNumber(day)).toBe(atMs / 86_400_000);
      }),
    );
    expect(["2100-02-29", "2000-02-29", "2026-04-31", "2026-12-31"].map(isDay)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it("numbers weekdays from Monday", () => {
    expect(weekdayOf("2026-03-09")).toBe(1);
    expect(weekdayOf("2026-03-15")).toBe(7);
    expect(weekdayOf("1969-12-28")).toBe(7);
  });

  it("tells the day of a zone, not of the machine", () => {
    const atMs = Date.parse("2026-03-11T11:30:00Z");
    expect(localDay(atMs, "Pacific/Kiritimati")).toBe("2026-03-12");
    expect(localDay(atMs, "America/Anchorage")).toBe("2026-03-11");
    expect(localMinutes(Date.parse("2026-03-11T03:10:00Z"), "Europe/Paris")).toBe(250);
  });

  it("finds an instant on both sides of a clock change", () => {
    expect(new Date(instantOf("2026-03-28", "04:10", "Europe/Paris")).toISOString()).toBe(
      "2026-03-28T03:10:00.000Z",
    );
    expect(new Date(instantOf("2026-03-29", "04:10", "Europe/Paris")).toISOString()).toBe(
      "2026-03-29T02:10:00.000Z",
    );
    expect(new Date(instantOf("2026-03-29", "02:30", "Europe/Paris")).toISOString()).toBe(
      "2026-03-29T01:30:00.000Z",
    );
  });

  it("knows zones by name only", () => {
    expect(isZone("Europe/Paris")).toBe(true);
    expect(isZone("UTC")).toBe(true);
    for (const zone of ["Europe/Pariss", "CET+1", "+02:00", ""]) expect(isZone(zone)).toBe(false);
  });
});
