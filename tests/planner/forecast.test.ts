import { describe, expect, it } from "vitest";
import { type OutlookInput, outlookOf } from "../../lib/planner/forecast.ts";
import { aLeaf } from "../support/plan.ts";
import { aFigure } from "../support/plan-facts.ts";

const NOW: OutlookInput = { createdAtMs: null, zone: "Europe/Paris", day: "2026-03-11" };
/** 2026-03-01 at noon in Paris: ten complete days before the round. */
const TEN_DAYS_OLD = { ...NOW, createdAtMs: 1_772_362_800_000 };

function conversions(have: number, need: number) {
  return aLeaf({
    value: aFigure(have, "count", "14d"),
    threshold: aFigure(need, "count", null),
    result: "notMatched",
  });
}

describe("lib/planner/forecast", () => {
  it("says when the count suffices at the pace of the days lived", () => {
    expect(outlookOf(conversions(11, 15), TEN_DAYS_OLD)).toEqual({
      forecast: { fact: "conversions", have: 11, need: 15, unit: "count", perDay: 1.1, day: "2026-03-15" },
      tooSmall: false,
    });
  });

  it("says that it never does when the window moves on first", () => {
    const old = outlookOf(conversions(11, 15), NOW);
    expect(old).toEqual({
      forecast: { fact: "conversions", have: 11, need: 15, unit: "count", perDay: 0.785714, day: null },
      tooSmall: false,
    });
  });

  it.each([
    [8, true],
    [9, false],
    [0, true],
  ])("tells what is too small from what a lucky fortnight could still bring: %d of 15", (have, tooSmall) => {
    expect(outlookOf(conversions(have, 15), NOW)?.tooSmall).toBe(tooSmall);
  });

  it("judges nothing by one day without a conversion", () => {
    const yesterday = { ...NOW, createdAtMs: 1_773_140_400_000 };
    expect(outlookOf(conversions(0, 15), yesterday)).toMatchObject({
      forecast: { day: null, perDay: 0 },
      tooSmall: false,
    });
  });

  it("names no day for what is over 0 once anything comes, and nothing does", () => {
    const over = { ...conversions(0, 0), operator: "greaterThan" };
    expect(outlookOf(over, NOW)?.forecast.day).toBeNull();
  });

  it("takes spend at its pace, without luck", () => {
    const spend = aLeaf({
      fact: "spend",
      value: aFigure(100_000_000, "money", "14d"),
      threshold: aFigure(105_000_000, "money", null),
      result: "notMatched",
    });
    expect(outlookOf(spend, NOW)).toMatchObject({ forecast: { day: null }, tooSmall: true });
    expect(outlookOf(spend, TEN_DAYS_OLD)).toMatchObject({
      forecast: { day: "2026-03-12" },
      tooSmall: false,
    });
  });

  it.each([
    ["is met", { result: "matched" as const }],
    ["has no data", { result: "noData" as const, value: aFigure(null, "count", "14d") }],
    ["does not add up", { fact: "cpaOkProbability", result: "notMatched" as const }],
    [
      "asks for days in a row",
      {
        result: "notMatched" as const,
        value: aFigure(11, "count", "14d"),
        days: [
          {
            value: aFigure(11, "count", "14d"),
            threshold: aFigure(15, "count", null),
            result: "notMatched" as const,
          },
        ],
      },
    ],
    ["asks for less", { operator: "lessThan", result: "notMatched" as const }],
    ["is not a number", { threshold: aFigure("x", "text", null), result: "notMatched" as const }],
    ["covers no days", { value: aFigure(1, "count", null), result: "notMatched" as const }],
  ])("has nothing to say of a condition that %s", (_, given) => {
    expect(outlookOf(aLeaf(given), NOW)).toBeNull();
  });
});
