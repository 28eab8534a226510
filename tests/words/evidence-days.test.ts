import { describe, expect, it } from "vitest";
import type { Reading } from "../../lib/domain/figure.ts";
import type { Evidence } from "../../lib/domain/verdict.ts";
import { describeAllEvidence, describeEvidence } from "../../lib/words/evidence.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { anEvidence, aParameter, aReading } from "../support/plan-view.ts";

const en: Reader = { language: "en", currency: "EUR", zone: "Europe/Paris" };
const fr: Reader = { ...en, language: "fr" };
const LABELS = {
  cpa: { en: "CPA", fr: "CPA" },
  ctrPercent: { en: "CTR", fr: "CTR" },
  conversions: { en: "conversions", fr: "conversions" },
  rank: { en: "rank", fr: "rang" },
  rankPercent: { en: "rank in percent", fr: "rang en pour cent" },
  roas: { en: "ROAS", fr: "ROAS" },
  spend: { en: "spend", fr: "dépense" },
  targetCpa: { en: "target CPA", fr: "CPA cible" },
  labels: { en: "labels", fr: "étiquettes" },
} as const;
const spaced = (text: string): string => text.replaceAll("\u00a0", " ");
const inEnglish = (evidence: Evidence): string => spaced(describeEvidence(evidence, en, LABELS));
const inFrench = (evidence: Evidence): string => spaced(describeEvidence(evidence, fr, LABELS));

const on = (day: string) => ({ from: day, to: day });
const bare = { thresholdFact: null, thresholdTimes: null, thresholdPlus: null } as const;

/** Against a literal. */
function aLeaf(given: Partial<Evidence> & { value: Reading }): Evidence {
  const threshold = aParameter(80_000_000, "money", "rule");
  return anEvidence({ fact: "cpa", operator: "greaterThan", threshold, ...bare, ...given });
}

function aSeries(value: Reading, given: Partial<Evidence> = {}): Evidence {
  return aLeaf({ params: { window: "1d", daysInARow: 3 }, value, ...given });
}

/** Second of 14 by ROAS within its campaign. */
function aRank(fact: "rank" | "rankPercent", value: number, given: Partial<Evidence> = {}): Evidence {
  const unit = fact === "rank" ? "count" : "percent";
  const values = { place: { value: 2, unit: "count" }, ranked: { value: 14, unit: "count" } } as const;
  return aLeaf({
    ...{ fact, params: { by: "roas", window: "7d", within: "campaign" }, operator: "lessThanInclusive" },
    value: aReading(value, unit, { from: "2026-03-04", reason: { key: "rank.place", values } }),
    threshold: aParameter(fact === "rank" ? 3 : 20, unit, "rule"),
    ...given,
  });
}

describe("lib/words/evidence, days and places", () => {
  it("tells of days in a row which day decided, and on how many it is asked", () => {
    const failed = aSeries(aReading(64_000_000, "money", on("2026-03-08")), { result: "notMatched" });
    expect(inEnglish(failed)).toBe("CPA 64.00 on Sun 8 Mar, needs over 80.00 on each of the last 3 days");
    expect(inFrench(failed)).toBe(
      "CPA 64,00 le dim. 8 mars, il faut plus de 80,00 chaque jour pendant 3 jours",
    );
    const held = aSeries(aReading(82_000_000, "money", on("2026-03-09")));
    expect(inEnglish(held)).toBe("CPA 82.00 on Mon 9 Mar, over 80.00 on each of the last 3 days");
  });

  it("tells a window of several days by the day it ended on", () => {
    const value = aReading(64_000_000, "money", { from: "2026-03-02", to: "2026-03-08" });
    const week = aSeries(value, { params: { window: "7d", daysInARow: 3 }, result: "notMatched" });
    expect(inEnglish(week)).toBe(
      "CPA 64.00 over the 7 days to Sun 8 Mar, needs over 80.00 on each of the last 3 days",
    );
  });

  it("tells counts, multiples and flags of days in a row without claiming a sum", () => {
    const none = aSeries(aReading(0, "count", on("2026-03-08")), {
      ...{ fact: "conversions", operator: "equal", threshold: aParameter(0, "count", "rule") },
    });
    expect(inEnglish(none)).toBe("conversions 0 on Sun 8 Mar, exactly 0 on each of the last 3 days");
    const spent = aSeries(aReading(147_000_000, "money", on("2026-03-08")), {
      ...{ fact: "spend", thresholdFact: "targetCpa", thresholdTimes: 3 },
      threshold: aParameter(105_000_000, "money", "brand file"),
    });
    expect(inEnglish(spent)).toBe(
      "spend 147.00 on Sun 8 Mar, over 105.00 (3 x target CPA) on each of the last 3 days",
    );
    const stable = aSeries(aReading(false, "flag", on("2026-03-08")), {
      ...{
        fact: "stable",
        operator: "equal",
        threshold: aParameter(true, "flag", "rule"),
        result: "notMatched",
      },
    });
    expect(inEnglish(stable)).toBe("results not stable on Sun 8 Mar, asked on each of the last 3 days");
  });

  it("names the day that has no data", () => {
    const reason = { key: "noData.noConversions", values: {} };
    const blind = aSeries(aReading(null, "money", { ...on("2026-03-08"), reason }), { result: "noData" });
    expect(inEnglish(blind)).toBe(
      "CPA on Sun 8 Mar: no conversion in these days, asked on each of the last 3 days",
    );
  });

  it("tells a rank with how many there are, by what and within what", () => {
    expect(inEnglish(aRank("rank", 2))).toBe(
      "rank by ROAS within its campaign 2 of 14 over 7 days, at most 3",
    );
    expect(inFrench(aRank("rankPercent", 14.3))).toBe(
      "rang en pour cent par ROAS dans sa campagne 14,3 % (2 sur 14) sur 7 jours, au plus 20 %",
    );
  });

  it("says whose figure it is held against", () => {
    const against = aLeaf({
      ...{ fact: "ctrPercent", params: { window: "7d" }, operator: "greaterThanInclusive" },
      value: aReading(0.6, "percent", { from: "2026-03-04" }),
      threshold: aReading(0.9, "percent", { from: "2026-03-04" }),
      ...{ thresholdFact: "ctrPercent", thresholdTimes: 0.7, thresholdPlus: 0, result: "notMatched" },
      thresholdParams: { window: "7d", of: "campaign" },
    });
    expect(inEnglish(against)).toBe(
      "CTR 0.6% over 7 days, needs at least 0.9% (0.7 x CTR of its campaign over 7 days)",
    );
    expect(inFrench(against)).toBe(
      "CTR 0,6 % sur 7 jours, il faut au moins 0,9 % (0,7 x CTR de sa campagne sur 7 jours)",
    );
  });

  it("does not tell another's spend as multiples of a target, nor others' conversions as its own", () => {
    const params = { window: "14d", of: "campaign" };
    expect(inEnglish(anEvidence({ params }))).toContain("spend of its campaign 147.00 over 14 days");
    const none = { fact: "conversions", operator: "equal", threshold: aParameter(0, "count", "rule") };
    expect(inEnglish(aLeaf({ ...none, params, value: aReading(0, "count") }))).toBe(
      "0 conversions of its campaign over 14 days, exactly 0",
    );
  });

  it.each([
    ["thisMonth", "2026-03-01", "2026-03-10", "this month (Sun 1 Mar to Tue 10 Mar)"],
    ["sinceChange", "2026-03-09", "2026-03-10", "since its last change (Mon 9 Mar to Tue 10 Mar)"],
    ["event:black-friday", "2025-11-28", "2025-12-01", "during black-friday (Fri 28 Nov to Mon 1 Dec)"],
    ["lifetime+today", "2026-03-10", "2026-03-11", "over its lifetime and today (Tue 10 Mar to Wed 11 Mar)"],
    ["14d..8d", "2026-02-25", "2026-03-03", "from 14 to 8 days ago"],
    ["today", "2026-03-11", "2026-03-11", "today"],
    ["7d", "2026-03-04", "2026-03-10", "over 7 days"],
  ])("calls the window %s by its name", (window, from, to, told) => {
    const value = aReading(82_000_000, "money", { from, to });
    expect(inEnglish(aLeaf({ params: { window }, value }))).toBe(`CPA 82.00 ${told}, over 80.00`);
  });

  it("dates a window that was moved back, and names the base of what is compared", () => {
    const value = aReading(82_000_000, "money", { from: "2026-02-25", to: "2026-03-03" });
    expect(inEnglish(aLeaf({ params: { window: "7d", minSettledPercent: 90 }, value }))).toBe(
      "CPA (90% settled) 82.00 over 7 days (Wed 25 Feb to Tue 3 Mar), over 80.00",
    );
    expect(inEnglish(aLeaf({ params: { window: "7d", against: "56d..29d" }, value }))).toBe(
      "CPA 82.00 over 7 days against 56 to 29 days ago, over 80.00",
    );
  });

  it("does not repeat one window's name, and never leaves out another's", () => {
    const month = { window: "thisMonth" };
    const value = aReading(82_000_000, "money", { from: "2026-03-01" });
    const leaves = [aLeaf({ params: month, value }), aLeaf({ fact: "spend", params: month, value })];
    expect(spaced(describeAllEvidence(leaves, en, LABELS))).toBe(
      "CPA 82.00 this month (Sun 1 Mar to Tue 10 Mar), over 80.00; spend 82.00, over 80.00",
    );
  });

  it.each([
    ["contains", ["winner"], "matched", "labelled winner"],
    ["contains", ["proven", "FR"], "notMatched", "not labelled winner (proven, FR)"],
    ["contains", [], "notMatched", "not labelled winner (none)"],
    ["doesNotContain", ["proven"], "matched", "not labelled winner"],
    ["doesNotContain", ["winner", "FR"], "notMatched", "labelled winner (winner, FR)"],
  ] as const)("tells labels that %s of %j, %s", (operator, labels, result, told) => {
    const value = aParameter([...labels], "labels", "meta/1001");
    const threshold = aParameter("winner", "text", "rule");
    expect(inEnglish(aLeaf({ fact: "labels", params: {}, operator, value, threshold, result }))).toBe(told);
  });
});
