import { describe, expect, it } from "vitest";
import { eachDay } from "../../../lib/domain/day.ts";
import type { Reading } from "../../../lib/domain/figure.ts";
import type { Insight } from "../../../lib/domain/snapshot.ts";
import type { Params } from "../../../lib/metrics/port.ts";
import {
  dailyRows,
  factsOf,
  META_MATURITY,
  ofAdGroup,
  ofBrand,
  repeat,
  SETTLED,
  withRows,
} from "../../support/readings.ts";
import { aBrand, anAccount, anInsight, aSnapshot } from "../../support/snapshot.ts";

const day = (conversions: number, euros = 35): Partial<Insight> => ({
  spendMicros: BigInt(euros) * 1_000_000n,
  conversions,
});

function read(
  fact: string,
  days: Partial<Insight>[],
  params: Params = { window: "14d" },
  maturity: Record<string, number[]> = SETTLED,
): Reading {
  return ofAdGroup(factsOf({ snapshot: withRows(dailyRows(days)), maturity }), fact, params);
}

const reasonOf = (reading: Reading): unknown[] => [
  reading.reason?.key,
  ...Object.values(reading.reason?.values ?? {}).map(({ value }) => value),
];

describe("lib/metrics/facts/evidence-bars: cpaUpper80", () => {
  it("lies above the CPA by what so few conversions leave open", () => {
    // 14 conversions of 35 each: (490 + 35) / 11.686; the exact quantile of the Gamma gives 44.93.
    expect(read("cpaUpper80", repeat(14, day(1)))).toMatchObject({ value: 44_924_074, unit: "money" });
  });

  it("says how dear it may be where nothing has come", () => {
    // (105 + 35) / 0.2252: an exponential would say 140 / -ln 0.8 = 627.4.
    expect(read("cpaUpper80", repeat(7, day(0, 15))).value).toBe(621_806_991);
  });

  it("trusts scattered results less", () => {
    // phi 28 / 13, so 28 conversions count as 13 and 490 as 227.50.
    expect(read("cpaUpper80", repeat(7, [day(0), day(4)]).flat()).value).toBe(24_309_080);
  });

  it("needs a target and 7 days with spend", () => {
    expect(reasonOf(read("cpaUpper80", repeat(6, day(5))))).toEqual(["noData.tooFewDays", 6, 7]);
    const facts = factsOf({
      brand: aBrand({ parameters: {} }),
      snapshot: withRows(dailyRows(repeat(14, day(1)))),
    });
    expect(ofAdGroup(facts, "cpaUpper80").reason?.key).toBe("noData.parameterUnset");
  });
});

describe("lib/metrics/facts/evidence-bars: evidenceUp", () => {
  it("asks for the conversions and the certainty of the brand's limits", () => {
    expect(read("evidenceUp", repeat(14, day(2)))).toMatchObject({ value: true, unit: "flag" });
    // 28 conversions of 50 each, where 43.75 would do.
    expect(read("evidenceUp", repeat(14, day(2, 100))).value).toBe(false);
  });

  it("is false with too few conversions, whatever they cost", () => {
    expect(read("evidenceUp", repeat(14, day(1, 1))).value).toBe(false);
    expect(read("evidenceUp", [day(14, 1)]).value).toBe(false);
    expect(read("evidenceUp", [day(14, 1), day(1, 1)]).reason?.key).toBe("noData.tooFewDays");
  });

  it("follows the brand's own limits", () => {
    const snapshot = withRows(dailyRows(repeat(14, day(1, 15))));
    const lenient = aBrand({ limits: { minConversionsProposed: 14 } });
    expect(ofAdGroup(factsOf({ snapshot }), "evidenceUp", { window: "14d" }).value).toBe(false);
    expect(ofAdGroup(factsOf({ snapshot, brand: lenient }), "evidenceUp", { window: "14d" }).value).toBe(
      true,
    );
  });
});

describe("lib/metrics/facts/evidence-bars: evidenceDown", () => {
  it("is true where the CPA is surely far above the target", () => {
    expect(read("evidenceDown", repeat(14, day(1, 105)))).toMatchObject({ value: true, unit: "flag" });
    expect(read("evidenceDown", repeat(14, day(1))).value).toBe(false);
  });

  it("is true once 3 times the target brought nothing, however few the days", () => {
    expect(read("evidenceDown", repeat(3, day(0))).value).toBe(true);
    expect(read("evidenceDown", [day(0, 104)]).reason?.key).toBe("noData.tooFewDays");
  });

  it("does not count spend whose conversions may still come", () => {
    expect(read("evidenceDown", [day(0, 105)], { window: "14d" }, META_MATURITY).value).toBeNull();
    // 60 % of 175 is 105.
    expect(read("evidenceDown", [day(0, 175)], { window: "14d" }, META_MATURITY).value).toBe(true);
  });
});

describe("lib/metrics/facts/unsettled", () => {
  it("holds what has arrived against the brand's limit", () => {
    const rows = [day(0, 10), day(0, 30)];
    // 62.5 % have arrived, 85 % are asked for.
    expect(read("dataUnsettled", rows, { window: "7d" }, META_MATURITY)).toMatchObject({
      value: true,
      unit: "flag",
    });
    expect(read("dataUnsettled", rows).value).toBe(false);
    expect(read("dataUnsettled", []).reason?.key).toBe("noData.noSpend");
  });

  const usual = { spendMicros: 500_000_000n, clicks: 1000, conversions: 30 };
  const account = (accountId: string, yesterday: Partial<Insight>, days = 35) => {
    const own = { level: "account", entityId: accountId } as const;
    const dates = eachDay("2026-02-04", "2026-03-10").slice(-days);
    const insights = dates.map((date) => anInsight({ ...usual, ...own, day: date }));
    return anAccount({
      accountId,
      insights: [...insights.slice(0, -1), anInsight({ ...usual, ...yesterday, ...own })],
    });
  };
  const accounts = ["1001", "1002"].map((accountId) => ({
    platform: "meta",
    accountId,
    conversions: ["omni_purchase"],
    attribution: "7dClick+1dView",
  }));
  const suspicion = (first: Partial<Insight>, second: Partial<Insight>, days = 35): unknown[] => {
    const snapshot = aSnapshot({ accounts: [account("1001", first), account("1002", second, days)] });
    const facts = factsOf({ brand: aBrand({ accounts }), snapshot });
    const ofAccounts = facts.subjects("account").map((one) => facts.read(one, "trackingSuspect", {}));
    return [ofBrand(facts, "trackingSuspect", {}), ...ofAccounts].map(
      ({ value, reason }) => value ?? reason?.key,
    );
  };

  it("is suspect of the account whose conversions broke off, and of the brand with it", () => {
    expect(suspicion({}, {})).toEqual([false, false, false]);
    expect(suspicion({}, { conversions: 0 })).toEqual([true, false, true]);
    expect(suspicion({ conversions: 60 }, {})).toEqual([true, true, false]);
  });

  it("never takes what nobody can judge for a good answer", () => {
    const unclear = "noData.trackingUnclear";
    expect(suspicion({}, {}, 5)).toEqual([unclear, false, unclear]);
    expect(suspicion({ conversions: 0 }, {}, 5)).toEqual([true, true, unclear]);
  });
});

describe("lib/metrics/facts/marginal-cpa", () => {
  const weeks = (now: Partial<Insight>, before = day(4, 100)): Partial<Insight>[] => [
    ...repeat(7, before),
    ...repeat(7, now),
  ];

  it("divides what was spent on top by what came on top", () => {
    // 50 a day more for 1 a day more; the average is 30.
    expect(read("marginalCpa", weeks(day(5, 150)), { window: "7d" })).toMatchObject({
      value: 50_000_000,
      unit: "money",
      source:
        "meta/1001 adGroup 200 omni_purchase 7dClick+1dView by click day; against 2026-02-25 to 2026-03-03",
    });
  });

  it("compares days, so windows may have different lengths", () => {
    const days = [...repeat(14, day(2, 50)), ...repeat(7, day(9, 9)), ...repeat(7, day(4, 110))];
    expect(read("marginalCpa", days, { window: "7d", against: "28d..15d" }).value).toBe(30_000_000);
  });

  it("has none where too little was added, or brought nothing", () => {
    expect(reasonOf(read("marginalCpa", weeks(day(5, 109)), { window: "7d" }))).toEqual([
      "noData.spendNotRaised",
      9,
      10,
    ]);
    expect(reasonOf(read("marginalCpa", weeks(day(4, 150)), { window: "7d" }))).toEqual([
      "noData.noMoreConversions",
    ]);
    expect(reasonOf(read("marginalCpa", weeks(day(5, 150)), { window: "7d", against: "7d" }))).toEqual([
      "noData.baseNotBefore",
    ]);
  });
});
