import { describe, expect, it } from "vitest";
import { eachDay } from "../../lib/domain/day.ts";
import type { Insight } from "../../lib/domain/snapshot.ts";
import { maturityAt, settledOf } from "../../lib/metrics/delivery/exposure.ts";
import type { Facts } from "../../lib/metrics/port.ts";
import { factsOf, ofAdGroup, ofBrand, repeat } from "../support/readings.ts";
import {
  aBrand,
  aCampaign,
  aGoogleAccount,
  anAccount,
  anAdGroup,
  anInsight,
  aSnapshot,
} from "../support/snapshot.ts";

/** 35 %, 60 % and 70 % after 0, 1 and 2 days: steps of 0.35, 0.25, 0.1, and 0.3 for what comes on the third. */
const CURVE = [0.35, 0.6, 0.7];
/** Steps of 0.35, 0.25, 0.1, 0.08, 0.06, 0.06, 0.03, 0.03, 0.02, 0.01 and 0.01. */
const META = [0.35, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99];
const EUR = 1_000_000;

/** Ad group 200 of an account by conversion day, spending so much on each of the 35 covered days. */
function byConversion(spendEur: readonly number[], curve = META, conversions = 0): Facts {
  const insights = eachDay("2026-02-04", "2026-03-10").map((day, index) =>
    anInsight({ day, spendMicros: BigInt((spendEur[index] ?? 0) * EUR), conversions }),
  );
  const account = anAccount({ countedOn: "conversion", entities: [aCampaign(), anAdGroup()], insights });
  return factsOf({ snapshot: aSnapshot({ accounts: [account] }), maturity: { meta: curve } });
}

function settledSpend(facts: Facts, window: string): unknown {
  return ofAdGroup(facts, "spend", { window, correctedForDelay: true }).value;
}

function settledPercent(facts: Facts, window: string): unknown {
  return ofAdGroup(facts, "settledPercent", { window }).value;
}

describe("lib/metrics/exposure", () => {
  it("takes everything as arrived beyond the end of the curve", () => {
    expect([0, 2, 3, 90].map((age) => maturityAt(CURVE, age))).toEqual([0.35, 0.7, 1, 1]);
  });

  it("counts each day by click at the share of its own age", () => {
    // The last of three days is one day old.
    expect([...settledOf(Float64Array.of(100, 200, 300), CURVE, "click", 3)]).toEqual([100, 140, 180]);
  });

  it("counts each day by conversion from that day and the ones before it", () => {
    // A whole week of 100, then 200: 0.35 x 200 + 0.65 x 100.
    const settled = settledOf(
      Float64Array.of(100, 100, 100, 100, 100, 100, 100, 200),
      CURVE,
      "conversion",
      8,
    );
    expect([...settled].map(Math.round)).toEqual([100, 100, 100, 100, 100, 100, 100, 135]);
  });

  it("takes the first week's mean for the days before the covered ones", () => {
    // The mean is 10. First day 0.35 x 70 + 0.65 x 10, second 0.25 x 70 + 0.4 x 10, third 0.1 x 70 + 0.3 x 10.
    const settled = settledOf(Float64Array.of(70, 0, 0, 0, 0, 0, 0), CURVE, "conversion", 7);
    expect([...settled].map((day) => Math.round(day * 1000) / 1000)).toEqual([31, 21.5, 10, 21, 0, 0, 0]);
  });

  it("settles at once without a curve", () => {
    expect([...settledOf(Float64Array.of(1, 2), [], "conversion", 2)]).toEqual([1, 2]);
    expect([...settledOf(Float64Array.of(1, 2), [], "click", 2)]).toEqual([1, 2]);
    expect([...settledOf(new Float64Array(0), CURVE, "conversion", 0)]).toEqual([]);
  });
});

describe("lib/metrics: conversions on their own day", () => {
  it("settles steady spend whole, in a window of 28 days as in one of a day", () => {
    const facts = byConversion(repeat(35, 100));
    expect(["1d", "7d", "14d", "28d", "35d"].map((window) => settledSpend(facts, window))).toEqual([
      100_000_000, 700_000_000, 1_400_000_000, 2_800_000_000, 3_500_000_000,
    ]);
    expect(settledPercent(facts, "28d")).toBe(100);
  });

  it("holds yesterday's raise by 20 % against what has had time to convert", () => {
    const facts = byConversion([...repeat(34, 100), 120]);
    // 0.35 x 120 + 0.65 x 100 = 107 of 120; over the week 707 of 720.
    expect(settledSpend(facts, "1d")).toBe(107_000_000);
    expect(settledPercent(facts, "1d")).toBe(89.166667);
    expect(settledPercent(facts, "7d")).toBe(98.194444);
  });

  it("holds a raise by 100 % three days ago likewise", () => {
    const facts = byConversion([...repeat(32, 100), 200, 200, 200]);
    // 135, then 160, then 170 of 200 each.
    expect(["3d..3d", "2d..2d", "1d"].map((window) => settledSpend(facts, window))).toEqual([
      135_000_000, 160_000_000, 170_000_000,
    ]);
    expect(settledPercent(facts, "3d")).toBe(77.5);
    // 4 days of 100 and the 465 of three days, of 1000.
    expect(settledPercent(facts, "7d")).toBe(86.5);
  });

  it("counts a new campaign's first days at what they can have brought", () => {
    const facts = byConversion([...repeat(32, 0), 100, 100, 100]);
    // 35 + 60 + 70 of 300.
    expect(settledSpend(facts, "7d")).toBe(165_000_000);
    expect(settledPercent(facts, "7d")).toBe(55);
  });

  it("holds conversions after a cut against the spend they come from, and calls no more than all of them arrived", () => {
    const facts = byConversion([...repeat(34, 100), 50], META, 2);
    // 0.35 x 50 + 0.65 x 100 = 82.5, for 2 conversions.
    expect(settledSpend(facts, "1d")).toBe(82_500_000);
    expect(ofAdGroup(facts, "cpa", { window: "1d", correctedForDelay: true }).value).toBe(41_250_000);
    expect(ofAdGroup(facts, "cpa", { window: "1d" }).value).toBe(25_000_000);
    expect(settledPercent(facts, "1d")).toBe(100);
  });

  it("corrects clicks as it corrects spend", () => {
    const insights = eachDay("2026-02-04", "2026-03-10").map((day, index) =>
      anInsight({ day, clicks: index === 34 ? 200 : 100, conversions: 1.35 }),
    );
    const account = anAccount({ countedOn: "conversion", entities: [aCampaign(), anAdGroup()], insights });
    const facts = factsOf({ snapshot: aSnapshot({ accounts: [account] }), maturity: { meta: META } });
    const params = { window: "1d", correctedForDelay: true };
    // 1.35 conversions of 135 clicks.
    expect(ofAdGroup(facts, "conversionRatePercent", params).value).toBe(1);
  });

  it("does not take days on which nothing was spent for days of delivery", () => {
    // Paused a week ago: conversions trickle in, but 6 days of the last 14 say how spend converts.
    const facts = byConversion([...repeat(27, 100), ...repeat(8, 0)], META, 1);
    expect(ofAdGroup(facts, "cpaOkProbability", { window: "14d" }).reason).toEqual({
      key: "noData.tooFewDays",
      values: { have: { value: 6, unit: "days" }, need: { value: 7, unit: "days" } },
    });
  });
});

describe("lib/metrics: accounts of both kinds in one brand", () => {
  const accounts = [
    { platform: "meta", accountId: "1001", conversions: ["omni_purchase"], attribution: "7dClick+1dView" },
    { platform: "google", accountId: "2000000002", conversions: ["Purchase (web)"], attribution: "asSet" },
  ];
  const days = eachDay("2026-02-04", "2026-03-10");
  const rows = (entityId: string, row: Partial<Insight>): Insight[] =>
    days.map((day) => anInsight({ level: "account", entityId, day, ...row }));
  const metaRow = { spendMicros: 100_000_000n, conversions: 2, conversionValueMicros: 300_000_000n };
  const googleRow = {
    spendMicros: 50_000_000n,
    clicks: 40,
    conversions: 1,
    conversionValueMicros: 90_000_000n,
    onConversionDay: { conversions: 1.5, conversionValueMicros: 120_000_000n },
  };

  function both(google: Partial<Insight> = googleRow): Facts {
    const snapshot = aSnapshot({
      accounts: [
        anAccount({ countedOn: "conversion", insights: rows("1001", metaRow) }),
        aGoogleAccount({ insights: rows("2000000002", google) }),
      ],
    });
    return factsOf({ brand: aBrand({ accounts }), snapshot, maturity: { meta: META, google: CURVE } });
  }

  const week = (countedOn?: string) => ({
    window: "7d",
    ...(countedOn === undefined ? {} : { countedOn }),
  });

  it("settles each account in its own way", () => {
    // Meta whole; Google five days whole, 0.7 of the one before yesterday and 0.6 of yesterday.
    const facts = both();
    const corrected = ofBrand(facts, "spend", { window: "7d", correctedForDelay: true });
    expect(corrected.value).toBe((700 + 5 * 50 + 35 + 30) * EUR);
    // 1015 of 1050.
    expect(ofBrand(facts, "settledPercent").value).toBe(96.666667);
  });

  it("adds the plain columns and says of each how it counts", () => {
    const read = ofBrand(both(), "conversions");
    expect(read.value).toBe(21);
    expect(read.source).toBe(
      "meta/1001 omni_purchase 7dClick+1dView by conversion day + google/2000000002 Purchase (web) asSet by click day",
    );
    expect(ofBrand(both(), "cpa").value).toBe(50_000_000);
  });

  it("counts both on the conversion's day when asked to", () => {
    const read = ofBrand(both(), "conversions", week("conversion"));
    expect(read.value).toBe(24.5);
    expect(read.source).toBe(
      "meta/1001 omni_purchase 7dClick+1dView by conversion day + google/2000000002 Purchase (web) asSet by conversion day",
    );
    expect(ofBrand(both(), "conversionValue", week("conversion")).value).toBe(2_940_000_000);
    // 1050 / 24.5 and 2940 / 1050; 24.5 of 280 clicks.
    expect(ofBrand(both(), "cpa", week("conversion")).value).toBe(42_857_143);
    expect(ofBrand(both(), "roas", week("conversion")).value).toBe(2.8);
    expect(ofBrand(both(), "conversionRatePercent", week("conversion")).value).toBe(8.75);
  });

  it.each(["conversions", "conversionValue", "cpa", "roas", "conversionRatePercent"])(
    "has no %s by click day where an account counts otherwise, and names it",
    (fact) => {
      expect(ofBrand(both(), fact, week("click")).reason).toEqual({
        key: "noData.countedOtherwise",
        values: {
          account: { value: "meta/1001", unit: "text" },
          countedOn: { value: "click", unit: "state" },
        },
      });
    },
  );

  it("has no conversions on their own day as soon as one row comes without them", () => {
    const { onConversionDay: _, ...plain } = googleRow;
    expect(ofBrand(both(plain), "conversions", week("conversion")).reason).toEqual({
      key: "noData.countedOtherwise",
      values: {
        account: { value: "google/2000000002", unit: "text" },
        countedOn: { value: "conversion", unit: "state" },
      },
    });
    expect(ofBrand(both(plain), "conversions").value).toBe(21);
  });

  it("reads one account's plain column under its own name too", () => {
    const google = { level: "account", key: "google/2000000002", name: "", ref: null, stage: null } as const;
    const read = both().read(google, "conversions", week("click"));
    expect(read).toMatchObject({
      value: 7,
      source: "google/2000000002 Purchase (web) asSet by click day",
    });
    expect(both().read(google, "conversions", week("conversion")).value).toBe(10.5);
  });

  it("refuses a kind of day with a correction for delay, which no checked rule asks for", () => {
    const params = { window: "7d", countedOn: "conversion", correctedForDelay: true };
    expect(() => ofBrand(both(), "cpa", params)).toThrow("on plain figures");
    expect(() => ofBrand(both(), "cpa", week("order"))).toThrow("countedOn is click or conversion");
  });

  it("has no CPA when corrections took away more than a window brought", () => {
    const taken = {
      ...googleRow,
      conversions: -3,
      onConversionDay: { conversions: -3, conversionValueMicros: 0n },
    };
    const facts = both(taken);
    expect(ofBrand(facts, "conversions").value).toBe(-7);
    expect(ofBrand(facts, "cpa").reason).toEqual({ key: "noData.noConversions", values: {} });
    expect(ofBrand(facts, "cpaOkProbability", { window: "7d" }).value).toBeLessThan(0.01);
    expect(ofBrand(facts, "stable", { window: "7d" }).reason?.key).toBe("noData.tooFewConversions");
  });
});
