import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benchOf, judgeChange } from "../../lib/digest/judge.ts";
import type { MadeChange } from "../../lib/digest/made.ts";
import { addDays } from "../../lib/domain/day.ts";
import type { Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import type { FactsInput } from "../../lib/metrics/index.ts";
import { AT_ONCE, aJudgedSnapshot, aMadeChange, FIRST_DAY, rowsAround, SLOWLY } from "../support/digest.ts";
import { known } from "../support/known.ts";
import { anEdit } from "../support/plan.ts";
import { aBrand, anAdGroup, anEmptyState } from "../support/snapshot.ts";

interface Case {
  snapshot: Snapshot;
  one: MadeChange;
  others?: readonly MadeChange[];
  days?: 7 | 14;
  maturity?: FactsInput["maturity"];
  brand?: FactsInput["brand"];
}

function judged({ snapshot, one, others = [], days = 7, maturity = AT_ONCE, brand = brandAt(25) }: Case) {
  const input = { brand, snapshot, state: anEmptyState(), maturity };
  return judgeChange(benchOf(input, [one, ...others]), one, days);
}

function brandAt(targetEuros: number) {
  const value = { value: targetEuros * 1_000_000, source: "here" };
  return aBrand({ parameters: { targetCpa: { unit: "money", default: value, values: [] } } });
}

const MONDAY = "2026-03-02";
/** 100 a day with 4 conversions up to the change, 120 with 10 after it. */
const bought = rowsAround(MONDAY, { euros: 100, conversions: 4 }, { euros: 120, conversions: 10 });

describe("lib/digest/judge", () => {
  it("compares the seven days before the change's own with the seven after it", () => {
    // 7 x 4 = 28 and 7 x 10 = 70 conversions; 140 more where the target asks for 5.6: far beyond 1.64 x sqrt(100).
    expect(judged({ snapshot: aJudgedSnapshot(bought), one: aMadeChange(MONDAY) })).toMatchObject({
      ...{ changeId: "atelier-lune-20260302-1", day: "2026-03-02", days: 7, verdict: "paid" },
      spendBefore: { value: 700_000_000, from: "2026-02-23", to: "2026-03-01" },
      spendAfter: { value: 840_000_000, from: "2026-03-03", to: "2026-03-09" },
      conversionsBefore: { value: 28 },
      conversionsAfter: { value: 70 },
      marginalCpa: { value: 3_333_333, unit: "money" },
      targetCpa: { value: 25_000_000 },
      reason: {
        key: "judged.moreThanNeeded",
        values: { spend: { value: 140_000_000 }, conversions: { value: 42 }, needed: { value: 5.6 } },
      },
    });
  });

  it("compares fourteen days with as many", () => {
    const early = "2026-02-20";
    const rows = rowsAround(early, { euros: 100, conversions: 4 }, { euros: 120, conversions: 10 });
    expect(judged({ snapshot: aJudgedSnapshot(rows), one: aMadeChange(early), days: 14 })).toMatchObject({
      verdict: "paid",
      spendBefore: { value: 1_400_000_000, from: "2026-02-06", to: "2026-02-19" },
      spendAfter: { value: 1_680_000_000, from: "2026-02-21", to: "2026-03-06" },
    });
  });

  it("judges a pause by what it saved and lost", () => {
    const rows = rowsAround(MONDAY, { euros: 100, conversions: 1 }, { euros: 0, conversions: 0 });
    const pause = aMadeChange(MONDAY, {
      edit: { kind: "status", from: "active", to: "paused", budgetMicros: 100_000_000n },
    });
    const paused = anAdGroup({ status: "paused" });
    const [account] = aJudgedSnapshot(rows).accounts;
    const entities = [...(account?.entities ?? []).filter(({ level }) => level === "campaign"), paused];
    expect(judged({ snapshot: aJudgedSnapshot(rows, { entities }), one: pause })).toMatchObject({
      verdict: "paid",
      marginalCpa: { value: 100_000_000 },
      reason: {
        key: "judged.lossBelowSaved",
        values: { spend: { value: 700_000_000 }, conversions: { value: 7 }, needed: { value: 28 } },
      },
    });
  });

  describe("says too early", () => {
    it("until the last of the days after is over", () => {
      const snapshot = aJudgedSnapshot(
        rowsAround("2026-03-04", { euros: 100, conversions: 4 }, { euros: 120, conversions: 10 }),
      );
      expect(judged({ snapshot, one: aMadeChange("2026-03-03") }).verdict).toBe("paid");
      expect(judged({ snapshot, one: aMadeChange("2026-03-04") })).toMatchObject({
        verdict: "tooEarly",
        spendAfter: { value: null },
        marginalCpa: { value: null },
        reason: { key: "judged.daysNotOver", values: { until: { value: "2026-03-11" } } },
      });
    });

    it("until 85 % of their conversions can have arrived", () => {
      // Ages 8 to 2 days: (.98 + .96 + .93 + .9 + .84 + .78 + .7) / 7 = 87 %; a day later (.96 ... .6) / 7 = 81.571429 %.
      const snapshot = aJudgedSnapshot(bought);
      expect(judged({ snapshot, one: aMadeChange(MONDAY), maturity: SLOWLY }).verdict).toBe("paid");
      const tuesday = rowsAround(
        "2026-03-03",
        { euros: 100, conversions: 4 },
        { euros: 120, conversions: 10 },
      );
      const late = { snapshot: aJudgedSnapshot(tuesday), one: aMadeChange("2026-03-03"), maturity: SLOWLY };
      expect(judged(late)).toMatchObject({
        verdict: "tooEarly",
        reason: {
          key: "judged.notSettled",
          values: { percent: { value: 81.571429 }, needed: { value: 85 } },
        },
      });
    });
  });

  it("holds conversions against spend as far as they can have arrived", () => {
    // After: 840 x .87 = 730.8. Before, ages 16 to 10 days, all of 700: 30.8 more, for which 1.232 were needed.
    const { reason } = judged({
      snapshot: aJudgedSnapshot(bought),
      one: aMadeChange(MONDAY),
      maturity: SLOWLY,
    });
    expect(reason.values).toMatchObject({ spend: { value: 30_800_000 }, needed: { value: 1.232 } });
  });

  describe("has no data", () => {
    it("where days are not covered", () => {
      const early = aMadeChange("2026-02-10");
      expect(judged({ snapshot: aJudgedSnapshot(bought), one: early })).toMatchObject({
        verdict: "noData",
        reason: { key: "noData.outsideCoverage" },
      });
      // 94 days: further back than any window can be asked for.
      expect(judged({ snapshot: aJudgedSnapshot(bought), one: aMadeChange("2025-12-14") })).toMatchObject({
        verdict: "noData",
        reason: { key: "noData.outsideCoverage" },
      });
    });

    it("where the account is missing, the holder is gone or no target is set", () => {
      const snapshot = aJudgedSnapshot(bought);
      const one = aMadeChange(MONDAY);
      const reasonOf = (given: Omit<Case, "one">) => judged({ ...given, one }).reason.key;
      expect(reasonOf({ snapshot: { ...snapshot, accounts: [] } })).toBe("noData.accountMissing");
      expect(reasonOf({ snapshot: aJudgedSnapshot(bought, { entities: [] }) })).toBe("judged.gone");
      expect(reasonOf({ snapshot, brand: aBrand({ parameters: {} }) })).toBe("noData.parameterUnset");
    });

    // The days that are compared run from 23 February to 9 March.
    it.each([
      ["2026-02-23", "paid"],
      ["2026-02-24", "noData"],
      ["2026-03-02", "noData"],
      ["2026-03-09", "noData"],
      ["2026-03-10", "paid"],
    ])("where the holder was changed again on %s: %s", (day, verdict) => {
      const again = aMadeChange(day, { id: "atelier-lune-20260301-7", ruleId: "another" });
      const snapshot = aJudgedSnapshot(bought);
      expect(judged({ snapshot, one: aMadeChange(MONDAY), others: [again] }).verdict).toBe(verdict);
      const elsewhere = { ...again, change: { ...again.change, holderKey: "meta/1001/adGroup/201" } };
      expect(judged({ snapshot, one: aMadeChange(MONDAY), others: [elsewhere] }).verdict).toBe("paid");
    });

    it("where the platform's history tells of somebody else's edit, and not for Palier's own", () => {
      const own = anEdit({ atMs: Date.parse("2026-03-02T03:10:00Z") });
      const foreign = anEdit({ atMs: Date.parse("2026-03-08T09:00:00Z") });
      const withEdits = (edits: (typeof own)[]) =>
        judged({
          snapshot: aJudgedSnapshot(bought, { history: { fromMs: 0, edits } }),
          one: aMadeChange(MONDAY),
        });
      expect(withEdits([own]).verdict).toBe("paid");
      expect(withEdits([own, foreign]).reason).toMatchObject({
        key: "judged.changedAgain",
        values: { day: { value: "2026-03-08" } },
      });
    });

    it("where the budget is not as the change left it and nothing known explains that", () => {
      const one = aMadeChange(MONDAY);
      const other = aJudgedSnapshot(bought, { budgetEuros: 80 });
      expect(judged({ snapshot: other, one })).toMatchObject({
        verdict: "noData",
        reason: { key: "judged.changedByOthers" },
      });
      const later = aMadeChange("2026-03-10", { id: "atelier-lune-20260310-1" });
      expect(judged({ snapshot: other, one, others: [later] }).verdict).toBe("paid");
    });
  });

  describe("for any days", () => {
    const counts = fc.array(
      fc.record({ euros: fc.integer({ min: 0, max: 300 }), conversions: fc.integer({ min: 0, max: 30 }) }),
      { minLength: 35, maxLength: 35 },
    );
    const spans = fc.constantFrom(7 as const, 14 as const);
    const rowsOf = (days: readonly { euros: number; conversions: number }[]): Insight[] =>
      days.flatMap(({ euros, conversions }, index) => ({
        ...(bought[0] as Insight),
        day: addDays(FIRST_DAY, index),
        spendMicros: BigInt(euros) * 1_000_000n,
        conversions,
      }));

    const level = fc.record({
      euros: fc.integer({ min: 0, max: 300 }),
      conversions: fc.integer({ min: 0, max: 30 }),
    });

    it("never says paid or cost before the days after are over and settled", () => {
      const verdicts = new Set<string>();
      fc.assert(
        fc.property(level, level, fc.integer({ min: 0, max: 34 }), spans, (before, after, at, days) => {
          const day = addDays(FIRST_DAY, at);
          const snapshot = aJudgedSnapshot(rowsAround(day, before, after));
          const { verdict } = judged({ snapshot, one: aMadeChange(day), days, maturity: SLOWLY });
          verdicts.add(verdict);
          // Covered are days 0 to 34; the one after the last of them is the round's.
          if (at + days > 34) expect(verdict).toBe("tooEarly");
          else if (at < days) expect(verdict).toBe("noData");
          const ages = Array.from({ length: days }, (_, index) => 35 - (at + 1 + index));
          const arrived = ages.reduce((sum, age) => sum + (SLOWLY.meta[age] ?? 1), 0) / days;
          if (["paid", "cost", "unclear"].includes(verdict) && after.euros > 0)
            expect(arrived).toBeGreaterThanOrEqual(0.85);
        }),
        { numRuns: 200, seed: 7 },
      );
      expect([...verdicts].toSorted()).toEqual(["cost", "noData", "paid", "tooEarly", "unclear"]);
    });

    it("says the same however the rows are ordered or divided, and however often it is asked", () => {
      fc.assert(
        fc.property(counts, spans, (all, days) => {
          const rows = rowsOf(all);
          const halves = rows.flatMap((row) => {
            const part = {
              ...row,
              spendMicros: row.spendMicros / 2n,
              conversions: Math.floor(known(row.conversions) / 3),
            };
            const rest = {
              ...row,
              spendMicros: row.spendMicros - part.spendMicros,
              conversions: known(row.conversions) - part.conversions,
            };
            return [part, rest];
          });
          const one = aMadeChange("2026-02-19");
          const whole = judged({ snapshot: aJudgedSnapshot(rows), one, days });
          expect(judged({ snapshot: aJudgedSnapshot(rows), one, days })).toEqual(whole);
          expect(judged({ snapshot: aJudgedSnapshot(halves.reverse()), one, days })).toEqual(whole);
        }),
        { numRuns: 50 },
      );
    });
  });
});
