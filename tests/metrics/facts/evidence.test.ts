import { describe, expect, it } from "vitest";
import type { Reading } from "../../../lib/domain/figure.ts";
import type { Insight } from "../../../lib/domain/snapshot.ts";
import {
  dailyRows,
  factsOf,
  META_MATURITY,
  ofAdGroup,
  repeat,
  SETTLED,
  withRows,
} from "../../support/readings.ts";
import { aBrand } from "../../support/snapshot.ts";

const day = (conversions: number, spendMicros = 35_000_000n): Partial<Insight> => ({
  spendMicros,
  conversions,
});

function read(fact: string, days: Partial<Insight>[], maturity: Record<string, number[]> = SETTLED): Reading {
  return ofAdGroup(factsOf({ snapshot: withRows(dailyRows(days)), maturity }), fact, { window: "14d" });
}

describe("lib/metrics/facts/expected-conversions", () => {
  it("divides spend by the entity's target", () => {
    const facts = factsOf({ snapshot: withRows(dailyRows([day(0, 105_000_000n)])) });
    expect(ofAdGroup(facts, "expectedConversions")).toMatchObject({
      value: 3,
      unit: "count",
      source: "meta/1001 adGroup 200; rules/brands/atelier-lune.json: parameters.targetCpa.default",
    });
  });

  it("has no data without a target", () => {
    const facts = factsOf({ brand: aBrand({ parameters: {} }) });
    expect(ofAdGroup(facts, "expectedConversions").reason).toEqual({
      key: "noData.parameterUnset",
      values: { name: { value: "targetCpa", unit: "text" } },
    });
  });
});

describe("lib/metrics/facts/settled-percent", () => {
  it("weights each day's arrived share by its spend", () => {
    const rows = dailyRows([day(0, 10_000_000n), day(0, 30_000_000n)]);
    const facts = factsOf({ snapshot: withRows(rows), maturity: META_MATURITY });
    // (10 x 70 % + 30 x 60 %) / 40.
    expect(ofAdGroup(facts, "settledPercent")).toMatchObject({ value: 62.5, unit: "percent" });
  });

  it("is the curve's mean for equal days and 100 beyond its end", () => {
    const facts = factsOf({ snapshot: withRows(dailyRows(repeat(14, day(0)))), maturity: META_MATURITY });
    expect(ofAdGroup(facts, "settledPercent", { window: "3d" }).value).toBe(69.333333);
    expect(ofAdGroup(facts, "settledPercent", { window: "14d..10d" }).value).toBe(100);
  });

  it("has no data without spend", () => {
    expect(ofAdGroup(factsOf(), "settledPercent").reason).toEqual({ key: "noData.noSpend", values: {} });
  });
});

describe("lib/metrics/facts/evidence", () => {
  it("gives the probability of a CPA within 1.25 x target", () => {
    expect(read("cpaOkProbability", repeat(14, day(1)))).toMatchObject({
      value: 0.77241,
      unit: "probability",
    });
  });

  it("believes scattered results less", () => {
    expect(read("cpaOkProbability", repeat(7, [day(0), day(4)]).flat()).value).toBe(0.996239);
    expect(read("cpaOkProbability", repeat(14, day(2))).value).toBe(0.999975);
  });

  it("discounts spend by what has arrived", () => {
    expect(read("cpaOkProbability", repeat(14, day(1)), META_MATURITY).value).toBe(0.858356);
  });

  it.each(["cpaOkProbability", "stable"])(
    "has no %s under 7 days with spend, however long the window",
    (fact) => {
      expect(read(fact, repeat(6, day(5))).reason).toEqual({
        key: "noData.tooFewDays",
        values: { have: { value: 6, unit: "days" }, need: { value: 7, unit: "days" } },
      });
      expect(read(fact, repeat(7, day(5))).value).not.toBeNull();
    },
  );

  it("has no probability without a target", () => {
    const snapshot = withRows(dailyRows(repeat(14, day(1))));
    const facts = factsOf({ brand: aBrand({ parameters: {} }), snapshot });
    expect(ofAdGroup(facts, "cpaOkProbability", { window: "14d" }).reason?.key).toBe("noData.parameterUnset");
  });

  it("calls even results stable", () => {
    expect(read("stable", repeat(28, day(1)))).toMatchObject({ value: true, unit: "flag", reason: null });
  });

  it("names scatter beyond Poisson noise", () => {
    expect(read("stable", repeat(7, [day(0), day(6)]).flat())).toMatchObject({
      value: false,
      reason: {
        key: "stable.overDispersed",
        values: { phi: { value: 3.230769, unit: "ratio" }, limit: { value: 2.5, unit: "ratio" } },
      },
    });
  });

  it("names halves that differ, in either direction", () => {
    const worse = [...repeat(7, day(3)), ...repeat(7, day(1))];
    const difference = (zSplit: number): object => ({
      value: false,
      reason: {
        key: "stable.halvesDiffer",
        values: { zSplit: { value: zSplit, unit: "ratio" }, limit: { value: 1.64, unit: "ratio" } },
      },
    });
    expect(read("stable", worse)).toMatchObject(difference(-2.645751));
    expect(read("stable", worse.toReversed())).toMatchObject(difference(2.645751));
  });

  it("names a worsening against the 28-day CPA", () => {
    const facts = factsOf({ snapshot: withRows(dailyRows([...repeat(14, day(3)), ...repeat(14, day(1))])) });
    // 28-day CPA 17.50 at 2 a day: each day misses 0.822 x 2 - 1 = 0.644 conversions, 9.016 in 14 days.
    expect(ofAdGroup(facts, "stable", { window: "14d" })).toMatchObject({
      value: false,
      reason: {
        key: "stable.worsening",
        values: { cusum: { value: 9.016, unit: "count" }, limit: { value: 7, unit: "count" } },
      },
    });
  });

  it("does not take conversions that are still to come for a worsening", () => {
    // What has arrived of 30 a day. Against raw spend the later week is (171.3 - 190.2) / sqrt(380.4 / 4) = -1.938.
    const arrived = [30, 30, 30, 30, 30, 29.7, 29.4, 28.8, 27.9, 27, 25.2, 23.4, 21, 18].map((n) => day(n));
    const month = [...repeat(14, day(30)), ...arrived];
    expect(read("stable", month, META_MATURITY).value).toBe(true);
    expect(read("stable", month)).toMatchObject({ reason: { values: { zSplit: { value: -1.938079 } } } });
  });

  it("has no data under 10 conversions", () => {
    const nine = [...repeat(9, day(1)), ...repeat(5, day(0))];
    expect(read("stable", nine).reason).toEqual({
      key: "noData.tooFewConversions",
      values: { have: { value: 9, unit: "count" }, need: { value: 10, unit: "count" } },
    });
  });

  it("has no data when the 28 days of the base CPA leave what is covered", () => {
    const facts = factsOf({ snapshot: withRows(dailyRows(repeat(35, day(1)))) });
    expect(ofAdGroup(facts, "stable", { window: "21d..8d" }).value).toBe(true);
    expect(ofAdGroup(facts, "stable", { window: "22d..9d" }).reason).toMatchObject({
      key: "noData.outsideCoverage",
      values: { from: { value: "2026-02-03" }, coveredFrom: { value: "2026-02-04" } },
    });
  });

  it("leaves days without spend out, so a pause is no worsening", () => {
    const paused = [...repeat(7, day(2)), ...repeat(4, day(0, 0n)), ...repeat(7, day(2))];
    expect(read("stable", paused).value).toBe(true);
  });
});
