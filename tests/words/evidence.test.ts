import { describe, expect, it } from "vitest";
import type { Evidence } from "../../lib/domain/verdict.ts";
import { describeAllEvidence, describeEvidence } from "../../lib/words/evidence.ts";
import { factLabel } from "../../lib/words/fact-words.ts";
import type { Reader } from "../../lib/words/reader.ts";
import {
  anEvidence,
  aParameter,
  aReading,
  aWeek,
  factLabels,
  tooFewConversions,
} from "../support/plan-view.ts";

const en: Reader = { language: "en", currency: "EUR", zone: "Europe/Paris" };
const fr: Reader = { ...en, language: "fr" };
const spaced = (text: string): string => text.replaceAll("\u00a0", " ");
const inEnglish = (evidence: Evidence): string => spaced(describeEvidence(evidence, en, factLabels));
const inFrench = (evidence: Evidence): string => spaced(describeEvidence(evidence, fr, factLabels));

const literal = { thresholdFact: null, thresholdTimes: null, thresholdPlus: null } as const;

/** CPA of 31.20 against a target of 35. */
function cpaUnderTarget(): Evidence {
  return anEvidence({
    fact: "cpa",
    operator: "lessThan",
    value: aReading(31_200_000, "money"),
    threshold: aParameter(35_000_000, "money", "brand file"),
    thresholdTimes: null,
  });
}

function merHeld(value: number, result: Evidence["result"]): Evidence {
  return anEvidence({
    fact: "mer",
    value: aWeek(value, "ratio"),
    threshold: aReading(3.66, "ratio", { from: "2026-02-11" }),
    thresholdFact: "mer",
    thresholdTimes: 0.95,
    result,
  });
}

function probability(value: number, result: Evidence["result"]): Evidence {
  const threshold = aParameter(0.85, "probability", "rule");
  return anEvidence({
    fact: "cpaOkProbability",
    value: aReading(value, "probability"),
    threshold,
    ...literal,
    result,
  });
}

describe("lib/words/evidence", () => {
  it("says of the calendar only that a rule's day has not come", () => {
    const day = (value: number, result: Evidence["result"]): Evidence =>
      anEvidence({
        fact: "dayOfMonth",
        params: {},
        operator: "equal",
        value: aParameter(value, "count", "the round"),
        threshold: aParameter(1, "count", "rule"),
        ...literal,
        result,
      });
    expect(inEnglish(day(11, "notMatched"))).toBe("dayOfMonth 11, needs exactly 1");
    expect(spaced(describeAllEvidence([day(1, "matched"), anEvidence()], en, factLabels))).toBe(
      "spent 4.2 x target CPA over 14 days",
    );
  });

  it("tells spend against a target in multiples", () => {
    expect(inEnglish(anEvidence())).toBe("spent 4.2 x target CPA over 14 days");
    expect(inFrench(anEvidence())).toBe("dépensé 4,2 x CPA cible sur 14 jours");
  });

  it("says how many multiples are needed where they were not reached", () => {
    const short = anEvidence({ value: aReading(73_500_000, "money"), result: "notMatched" });
    expect(inEnglish(short)).toBe("spent 2.1 x target CPA over 14 days, needs at least 3 x");
    expect(inFrench(short)).toBe("dépensé 2,1 x CPA cible sur 14 jours, il faut au moins 3 x");
  });

  it("says that spend was counted for its conversions that have arrived", () => {
    const settled = anEvidence({ params: { window: "14d", correctedForDelay: true } });
    expect(inEnglish(settled)).toBe("spent 4.2 x target CPA over 14 days (settled spend only)");
  });

  it("sets CPA against its target", () => {
    expect(inEnglish(cpaUnderTarget())).toBe("CPA 31.20 over 14 days against 35.00");
    expect(inFrench(cpaUnderTarget())).toBe("CPA 31,20 sur 14 jours contre 35,00");
  });

  it("tells counts that fell short as a share of what is needed", () => {
    expect(inEnglish(tooFewConversions())).toBe("11 of 15 conversions over 14 days");
    expect(inFrench(tooFewConversions())).toBe("11 conversions au lieu de 15 sur 14 jours");
  });

  it("tells a count that suffices with what was asked", () => {
    const enough = { ...tooFewConversions(), value: aReading(18, "count"), result: "matched" } as const;
    expect(inEnglish(enough)).toBe("18 conversions over 14 days, at least 15");
  });

  it("knows the absence of conversions from the absence of data", () => {
    const none = anEvidence({
      fact: "conversions",
      operator: "equal",
      value: aReading(0, "count"),
      threshold: aParameter(0, "count", "rule"),
      ...literal,
    });
    expect(inEnglish(none)).toBe("no conversion over 14 days");
    expect(inFrench(none)).toBe("aucune conversion sur 14 jours");
  });

  it("names the parameter and the factor of a threshold, with the days it covers", () => {
    expect(inEnglish(merHeld(3.9, "matched"))).toBe(
      "MER 3.90 over 7 days, at least 3.66 (0.95 x MER over 28 days)",
    );
    const floor = {
      thresholdFact: "merFloor",
      thresholdTimes: null,
      threshold: aParameter(3.571429, "ratio", "x"),
    };
    expect(inEnglish({ ...merHeld(3.2, "notMatched"), ...floor })).toBe(
      "MER 3.20 over 7 days, needs at least 3.57 (MER floor)",
    );
    expect(inFrench({ ...merHeld(3.2, "notMatched"), ...floor })).toBe(
      "MER 3,20 sur 7 jours, il faut au moins 3,57 (plancher de MER)",
    );
  });

  it("tells what a threshold adds to its fact, in the fact's own unit", () => {
    const raised = { ...merHeld(3.9, "matched"), threshold: aReading(4.66, "ratio"), thresholdPlus: 1 };
    const spend = anEvidence({ thresholdPlus: -10_000_000, threshold: aReading(95_000_000, "money") });
    expect(inEnglish(raised)).toContain("at least 4.66 (0.95 x MER over 14 days + 1.00)");
    expect(inFrench(raised)).toContain("au moins 4,66 (0,95 x MER sur 14 jours + 1,00)");
    expect(inEnglish(spend)).toContain(
      "147.00 over 14 days, at least 95.00 (3 x target CPA over 14 days - 10.00)",
    );
    expect(inEnglish({ ...cpaUnderTarget(), thresholdPlus: 5_000_000 })).toContain("(target CPA + 5.00)");
  });

  it("adds decimals until a value that failed looks different from its threshold", () => {
    expect(inEnglish(probability(0.93, "matched"))).toBe(
      "P(CPA within 1.25 x target) 0.93 over 14 days, at least 0.85",
    );
    expect(inEnglish(probability(0.8496, "notMatched"))).toBe(
      "P(CPA within 1.25 x target) 0.8496 over 14 days, needs at least 0.8500",
    );
    const almost = anEvidence({ value: aReading(104_999_000, "money"), result: "notMatched" });
    expect(inEnglish(almost)).toBe("spent 2.99997 x target CPA over 14 days, needs at least 3 x");
  });

  it("adds decimals where what held would deny itself, and none where it may be the same", () => {
    const floor = aParameter(5, "ratio", "rule");
    const under = { fact: "mer", operator: "lessThan", value: aWeek(4.996, "ratio"), threshold: floor };
    expect(inEnglish(anEvidence({ ...under, ...literal }))).toBe("MER 4.996 over 7 days, under 5.000");
    const atLeast = { operator: "greaterThanInclusive", value: aWeek(5.004, "ratio") };
    expect(inEnglish(anEvidence({ ...under, ...literal, ...atLeast }))).toBe(
      "MER 5.00 over 7 days, at least 5.00",
    );
  });

  it("has sentences for stable results and says what spoils them", () => {
    const values = { phi: { value: 3.1, unit: "ratio" }, limit: { value: 2.5, unit: "ratio" } } as const;
    const reason = { key: "stable.overDispersed", values };
    const flag = {
      fact: "stable",
      operator: "equal",
      threshold: aParameter(true, "flag", "rule"),
      ...literal,
    } as const;
    expect(inEnglish(anEvidence({ ...flag, value: aReading(true, "flag") }))).toBe(
      "results stable over 14 days",
    );
    const spoilt = anEvidence({ ...flag, value: aReading(false, "flag", { reason }), result: "notMatched" });
    expect(inEnglish(spoilt)).toBe(
      "results not stable over 14 days (days scatter too much: phi 3.10, at most 2.50)",
    );
    expect(inFrench(spoilt)).toBe(
      "résultats instables sur 14 jours (les jours varient trop : phi 3,10, au plus 2,50)",
    );
  });

  it("says why there is no data, on either side", () => {
    const reason = { key: "noData.noConversions", values: {} };
    const missing = {
      ...cpaUnderTarget(),
      value: aReading(null, "money", { reason }),
      result: "noData",
    } as const;
    expect(inEnglish(missing)).toBe("CPA over 14 days: no conversion in these days");
    const unset = {
      key: "noData.parameterUnset",
      values: { name: { value: "targetCpa", unit: "text" } },
    } as const;
    const target = { ...aParameter(null, "money", "brand file"), reason: unset };
    expect(inEnglish({ ...cpaUnderTarget(), threshold: target, result: "noData" })).toBe(
      "target CPA: the brand file sets no targetCpa for it",
    );
  });

  it.each([
    ["between", 15, "notMatched", 20, "CTR 15%, needs at least 20%"],
    ["between", 35, "notMatched", 30, "CTR 35%, needs at most 30%"],
    ["between", 22, "matched", 20, "CTR 22%, at least 20%"],
    ["between", 28, "matched", 30, "CTR 28%, at most 30%"],
    ["notBetween", 22, "notMatched", 20, "CTR 22%, needs under 20%"],
    ["notBetween", 28, "notMatched", 30, "CTR 28%, needs over 30%"],
    ["notBetween", 15, "matched", 20, "CTR 15%, under 20%"],
    ["notBetween", 35, "matched", 30, "CTR 35%, over 30%"],
  ] as const)("tells the nearer end of a range: %s, %d, %s", (operator, value, result, end, words) => {
    const range = anEvidence({
      fact: "ctrPercent",
      operator,
      value: aParameter(value, "percent", "counted"),
      threshold: aParameter(end, "percent", "rule"),
      ...literal,
      result,
    });
    expect(describeEvidence(range, en, { ctrPercent: { en: "CTR", fr: "CTR" } })).toBe(words);
  });

  it("compares states in the reader's words", () => {
    const state = anEvidence({
      fact: "learning",
      operator: "notEqual",
      value: { ...aReading("learning", "state"), from: null, to: null },
      threshold: aParameter("learning", "state", "rule"),
      ...literal,
      result: "notMatched",
    });
    expect(inFrench(state)).toBe("learning en apprentissage, il faut autre que en apprentissage");
  });

  it("joins conditions and does not repeat a window", () => {
    const all = [anEvidence(), cpaUnderTarget(), probability(0.93, "matched"), merHeld(3.9, "matched")];
    expect(spaced(describeAllEvidence(all, en, factLabels))).toBe(
      "spent 4.2 x target CPA over 14 days; CPA 31.20 against 35.00; P(CPA within 1.25 x target) 0.93, at least 0.85; " +
        "MER 3.90 over 7 days, at least 3.66 (0.95 x MER over 28 days)",
    );
  });

  it("leaves out the condition that always holds", () => {
    const always = anEvidence({ fact: "always", value: aReading(true, "flag"), ...literal });
    expect(describeAllEvidence([always], en, factLabels)).toBe("");
  });

  it("uses a fact's id where no catalogue names it, never a property of the language", () => {
    expect(factLabel("payout", en, factLabels)).toBe("payout");
    expect(factLabel("constructor", en, factLabels)).toBe("constructor");
  });
});
