import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../lib/domain/day.ts";
import type { Snapshot } from "../../../lib/domain/snapshot.ts";
import { factsOf, ofBrand } from "../../support/readings.ts";
import { anAccount, anInsight, aShopDay, aSnapshot } from "../../support/snapshot.ts";

const euros = (amount: number): bigint => BigInt(amount) * 1_000_000n;

describe("lib/metrics/facts: incrementalMer", () => {
  interface Stretch {
    from: string;
    days: number;
    spend: number;
    revenue: number;
  }

  /** Each stretch spends and earns the same every day, in euros. */
  function brandOf(stretches: Stretch[], coveredFrom: string) {
    const daily = stretches.flatMap((one) =>
      eachDay(one.from, addDays(one.from, one.days - 1)).map((day) => ({ ...one, day })),
    );
    const account = anAccount({
      coveredFrom,
      insights: daily.map(({ day, spend }) =>
        anInsight({ level: "account", entityId: "1001", day, spendMicros: euros(spend) }),
      ),
    });
    const shop: Snapshot["shop"] = {
      source: "csv",
      days: daily.map(({ day, revenue }) => aShopDay({ day, revenueMicros: euros(revenue) })),
    };
    return factsOf({ snapshot: aSnapshot({ accounts: [account], shop }) });
  }

  // The round is on 2026-03-11: 7d is 4 to 10 March, the base 25 February to 3 March, or for 28d..15d 11 to 24 February.
  const base = { from: "2026-02-25", days: 7, spend: 100, revenue: 500 };
  const raised = { from: "2026-03-04", days: 7, spend: 150, revenue: 600 };

  it("divides what a day earned more by what a day spent more", () => {
    // (600 - 500) / (150 - 100)
    expect(ofBrand(brandOf([base, raised], "2026-02-25"), "incrementalMer")).toMatchObject({
      value: 2,
      unit: "ratio",
      from: "2026-03-04",
      to: "2026-03-10",
      source: "csv; meta/1001; against 2026-02-25 to 2026-03-03, not season corrected",
    });
  });

  it("compares windows of different lengths per day", () => {
    const long = { from: "2026-02-11", days: 14, spend: 120, revenue: 540 };
    const facts = brandOf([long, base, raised], "2026-02-11");
    // (600 - 540) / (150 - 120)
    expect(ofBrand(facts, "incrementalMer", { window: "7d", against: "28d..15d" }).value).toBe(2);
  });

  it("is below 0 where more money earned less", () => {
    const facts = brandOf([base, { ...raised, revenue: 485 }], "2026-02-25");
    expect(ofBrand(facts, "incrementalMer").value).toBe(-0.3);
  });

  it("takes out what the season did a year before, weekday against weekday", () => {
    // 364 days before 4 March 2026 is 5 March 2025, a Wednesday too.
    const lastYear = [
      { from: "2025-02-26", days: 7, spend: 80, revenue: 400 },
      { from: "2025-03-05", days: 7, spend: 80, revenue: 440 },
    ];
    const facts = brandOf([...lastYear, base, raised], "2025-02-26");
    // 440 / 400 = 1.1, so (600 - 500 x 1.1) / (150 - 100)
    expect(ofBrand(facts, "incrementalMer")).toMatchObject({
      value: 1,
      source:
        "csv; meta/1001; against 2026-02-25 to 2026-03-03, its revenue x 1.1, the growth 364 days earlier",
    });
    const uncovered = brandOf([...lastYear, base, raised], "2025-02-27");
    expect(ofBrand(uncovered, "incrementalMer")).toMatchObject({
      value: 2,
      source: expect.stringMatching(/, not season corrected$/),
    });
  });

  it.each([
    [100, 109, 9],
    [100, 80, -20],
  ])("has no data where spend a day goes from %d to %d", (before, after, rise) => {
    const facts = brandOf(
      [
        { ...base, spend: before },
        { ...raised, spend: after },
      ],
      "2026-02-25",
    );
    expect(ofBrand(facts, "incrementalMer").reason).toEqual({
      key: "noData.spendNotRaised",
      values: { rise: { value: rise, unit: "percent" }, need: { value: 10, unit: "percent" } },
    });
  });

  it("has data from a rise of 10 % on, and from nothing to something", () => {
    // (600 - 500) / (110 - 100) and (600 - 500) / (150 - 0)
    const least = brandOf([base, { ...raised, spend: 110 }], "2026-02-25");
    expect(ofBrand(least, "incrementalMer").value).toBe(10);
    const first = brandOf([{ ...base, spend: 0 }, raised], "2026-02-25");
    expect(ofBrand(first, "incrementalMer").value).toBe(0.666667);
  });

  it("has no data without spend, nor where the base is not covered", () => {
    const idle = brandOf(
      [
        { ...base, spend: 0 },
        { ...raised, spend: 0 },
      ],
      "2026-02-25",
    );
    expect(ofBrand(idle, "incrementalMer").reason?.key).toBe("noData.noSpend");
    const late = brandOf([base, raised], "2026-02-26");
    expect(ofBrand(late, "incrementalMer").reason?.key).toBe("noData.outsideCoverage");
    const unsold = brandOf([raised], "2026-02-25");
    expect(ofBrand(unsold, "incrementalMer").reason?.key).toBe("noData.noShopDays");
  });

  it("has no data against days that reach into the window, or that are not over", () => {
    const facts = brandOf([base, raised], "2026-02-25");
    const reason = (against: string): string | undefined =>
      ofBrand(facts, "incrementalMer", { window: "7d", against }).reason?.key;
    expect(reason("14d..7d")).toBe("noData.baseNotBefore");
    expect(reason("before:sale:7d")).toBe("noData.noEvent");
  });
});
