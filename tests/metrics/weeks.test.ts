import { describe, expect, it } from "vitest";
import { addDays, dayNumber, eachDay } from "../../lib/domain/day.ts";
import type { Facts } from "../../lib/metrics/port.ts";
import { factsOf, ofAdGroup, reading } from "../support/readings.ts";
import { aCampaign, anAccount, anAdGroup, anInsight, aSnapshot } from "../support/snapshot.ts";

describe("lib/metrics: rows of several days", () => {
  const account = {
    coveredFrom: "2027-12-20",
    coveredTo: "2028-03-12",
    entities: [aCampaign(), anAdGroup()],
  };
  /** Weeks from Monday 20 December 2027 on, over the end of the year and the leap day, 1 EUR and 10 clicks more in each. */
  const weeks = Array.from({ length: 12 }, (_, week) =>
    anInsight({
      day: addDays("2027-12-20", 7 * week),
      days: 7,
      spendMicros: BigInt(week + 1) * 1_000_000n,
      clicks: (week + 1) * 10,
      reach: 1000 + week,
      impressions: 4 * (1000 + week),
    }),
  );
  const on = (day: string, insights = weeks): Facts =>
    factsOf({ snapshot: aSnapshot({ day, accounts: [anAccount({ ...account, insights })] }) });
  const spend = (day: string, window: string, insights = weeks): unknown => {
    const { value, reason } = ofAdGroup(on(day, insights), "spend", { window });
    return value ?? reason?.key;
  };

  it.each([
    ["2028-03-13", "7d", 12_000_000],
    ["2028-03-13", "14d", 23_000_000],
    ["2028-03-13", "28d", 42_000_000],
    ["2028-03-13", "14d..8d", 11_000_000],
    ["2028-03-13", "84d", 78_000_000],
    ["2028-03-06", "7d", 11_000_000],
    ["2028-01-03", "7d", 2_000_000],
    ["2028-03-13", "1d", "noData.notTiled"],
    ["2028-03-13", "3d", "noData.notTiled"],
    ["2028-03-13", "8d", "noData.notTiled"],
    ["2028-03-13", "13d..7d", "noData.notTiled"],
    ["2028-03-12", "7d", "noData.notTiled"],
    ["2028-03-14", "7d", "noData.outsideCoverage"],
  ])("on %s has over %s %s", (day, window, expected) => {
    expect(spend(day, window)).toBe(expected);
  });

  it("has no data where days fall short of a row, be it at the end of what is covered", () => {
    const late = anInsight({ day: "2028-03-10", days: 7, spendMicros: 5n });
    const early = anInsight({ day: "2027-12-18", days: 7, spendMicros: 5n });
    expect(spend("2028-03-13", "7d", [late])).toBe("noData.notTiled");
    expect(spend("2028-03-13", "9d..4d", [late])).toBe(0);
    expect(spend("2028-03-13", "84d", [early])).toBe("noData.notTiled");
    expect(spend("2028-03-13", "79d", [early])).toBe(0);
  });

  it("has no data over single days of such rows, in figures and in pictures", () => {
    const facts = on("2028-03-13");
    const keys = [
      ofAdGroup(facts, "spend", { window: "7d", correctedForDelay: true }),
      ofAdGroup(facts, "settledPercent", { window: "7d" }),
      ofAdGroup(facts, "stable", { window: "28d" }),
    ].map(({ reason }) => reason?.key);
    expect(keys).toEqual(["noData.notDaily", "noData.notDaily", "noData.notDaily"]);
    const [group] = facts.subjects("adGroup");
    if (group === undefined) throw new Error("no ad group");
    expect(facts.days(group, "3d")).toMatchObject({ spendMicros: [null, null, null] });
  });

  it("has reach and frequency where the window is one row, and never their sum", () => {
    const facts = on("2028-03-13");
    const of = (fact: string, window: string): unknown => {
      const { value, reason } = ofAdGroup(facts, fact, { window });
      return value ?? reason?.key;
    };
    expect([of("reach", "7d"), of("frequency", "7d")]).toEqual([1011, 4]);
    expect([of("reach", "14d"), of("frequency", "14d")]).toEqual([
      "noData.notAdditive",
      "noData.notAdditive",
    ]);
    expect(of("clicks", "14d")).toBe(230);
  });

  it("crosses the leap day and the end of a year day by day", () => {
    const daily = eachDay("2027-12-20", "2028-03-12").map((day) =>
      anInsight({ day, clicks: 1, spendMicros: BigInt(dayNumber(day)) }),
    );
    const clicks = (day: string, window: string): unknown =>
      ofAdGroup(on(day, daily), "clicks", { window }).value;
    expect(clicks("2028-03-01", "1d")).toBe(1);
    expect(clicks("2028-03-02", "3d")).toBe(3);
    expect(clicks("2028-01-02", "13d")).toBe(13);
    // 28 February, the leap day and 1 March are days 21242, 21243 and 21244 since 1970.
    expect(spend("2028-03-02", "3d", daily)).toBe(63_729);
  });

  it("keeps a single account's reach in the brand's, and adds no two", () => {
    const rows = [
      anInsight({ level: "account", entityId: "1001", day: "2026-03-10", reach: 70, impressions: 210 }),
    ];
    const one = aSnapshot({ accounts: [anAccount({ insights: rows })] });
    expect(
      reading(factsOf({ snapshot: one }), "brand", "atelier-lune", "frequency", { window: "1d" }).value,
    ).toBe(3);
    expect(
      reading(factsOf({ snapshot: one }), "brand", "atelier-lune", "reach", { window: "3d" }).reason?.key,
    ).toBe("noData.notAdditive");
  });
});
