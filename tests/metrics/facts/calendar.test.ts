import { describe, expect, it } from "vitest";
import type { Brand } from "../../../lib/domain/brand.ts";
import { factsOf, ofAdGroup, ofBrand } from "../../support/readings.ts";
import { aBrand, aSnapshot, ROUND_AT_MS } from "../../support/snapshot.ts";

const HOUR_MS = 3_600_000;

function on(day: string, fact: string, params = {}, calendar: Brand["calendar"] = {}): unknown {
  const facts = factsOf({ brand: aBrand({ calendar }), snapshot: aSnapshot({ day }) });
  const { value, reason } = ofBrand(facts, fact, params);
  return value ?? reason?.key;
}

describe("lib/metrics/facts/time", () => {
  it.each([
    ["2026-03-09", "mon"],
    ["2026-03-11", "wed"],
    ["2026-03-15", "sun"],
    ["2026-12-31", "thu"],
    ["2028-02-29", "tue"],
  ])("names the weekday of %s: %s", (day, expected) => {
    expect(on(day, "weekday")).toBe(expected);
  });

  it("reads the hour on the brand's own clock", () => {
    const hour = (nowMs: number, zone = "Europe/Paris") =>
      ofAdGroup(factsOf({ brand: aBrand({ zone }), nowMs }), "localHour", {}).value;
    // 04:10 in Paris.
    expect(hour(ROUND_AT_MS)).toBe(4);
    expect(hour(ROUND_AT_MS + 20 * HOUR_MS)).toBe(0);
    expect(hour(ROUND_AT_MS + 20 * HOUR_MS - 11 * 60_000)).toBe(23);
    expect(hour(ROUND_AT_MS, "America/New_York")).toBe(23);
  });

  const sales = [
    { from: "2026-02-20", to: "2026-02-22" },
    { from: "2026-03-10", to: "2026-03-12" },
    { from: "2026-06-24", to: "2026-07-21" },
  ];
  const calendar = { sales, "black-friday": [{ from: "2026-11-27", to: "2026-11-30" }] };

  it.each([
    ["2026-03-01", "daysToEvent", { event: "sales" }, 9],
    ["2026-03-10", "daysToEvent", { event: "sales" }, 0],
    ["2026-03-12", "daysToEvent", { event: "sales" }, 0],
    ["2026-03-13", "daysToEvent", { event: "sales" }, 103],
    ["2026-07-22", "daysToEvent", { event: "sales" }, "noData.noEventAhead"],
    ["2026-07-22", "daysToEvent", {}, 128],
    ["2026-12-01", "daysToEvent", {}, "noData.noEventAhead"],
    ["2026-02-19", "daysSinceEvent", { event: "sales" }, "noData.noEventBegun"],
    ["2026-02-22", "daysSinceEvent", { event: "sales" }, 0],
    ["2026-02-25", "daysSinceEvent", { event: "sales" }, 3],
    ["2026-03-11", "daysSinceEvent", { event: "sales" }, 0],
    ["2026-03-13", "daysSinceEvent", {}, 1],
    ["2026-03-13", "daysSinceEvent", { event: "black-friday" }, "noData.noEventBegun"],
    ["2026-03-13", "daysSinceEvent", { event: "constructor" }, "noData.noEventBegun"],
  ])("on %s reads %s with %j as %s", (day, fact, params, expected) => {
    expect(on(day, fact, params, calendar)).toBe(expected);
  });
});

describe("lib/metrics/facts/month: monthElapsedPercent", () => {
  it.each([
    ["2026-03-01", 0],
    ["2026-03-11", 32.258065],
    ["2026-02-15", 50],
    ["2028-02-29", 96.551724],
    ["2026-12-31", 96.774194],
    ["2026-04-16", 50],
  ])("on %s: %d %%", (day, expected) => {
    expect(on(day, "monthElapsedPercent")).toBe(expected);
  });
});
