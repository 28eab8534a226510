import { describe, expect, it } from "vitest";
import type { Evidence } from "../../lib/domain/verdict.ts";
import { describeEvidence } from "../../lib/words/evidence.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { anEvidence, aParameter, aReading, aWeek } from "../support/plan-view.ts";

const en: Reader = { language: "en", currency: "EUR", zone: "Europe/Paris" };
const fr: Reader = { ...en, language: "fr" };
const spaced = (text: string): string => text.replaceAll("\u00a0", " ");

const literal = { thresholdFact: null, thresholdTimes: null, thresholdPlus: null } as const;

describe("lib/words/evidence: whose figure it is, and of what", () => {
  it("names the stage or the channel of a share, and what a channel's share is of", () => {
    const shares = {
      stageSharePercent: { en: "share of spend", fr: "part de la dépense" },
      stageBandLowPercent: { en: "low end of its band", fr: "bas de sa bande" },
      channelSharePercent: { en: "channel share", fr: "part du canal" },
    };
    const words = (evidence: Evidence, reader: Reader): string =>
      spaced(describeEvidence(evidence, reader, shares));
    const share = { value: aReading(4, "percent"), ...literal, operator: "lessThan" };
    const stage = anEvidence({
      ...share,
      fact: "stageSharePercent",
      params: { window: "28d", stage: "awareness", basis: "spend" },
      threshold: aParameter(5, "percent", "brand file"),
      thresholdFact: "stageBandLowPercent",
    });
    expect(words(stage, en)).toBe(
      "share of spend (awareness) 4% over 14 days, under 5% (low end of its band)",
    );
    const channel = anEvidence({
      ...share,
      fact: "channelSharePercent",
      params: { window: "28d", channel: "meta", basis: "revenue" },
      operator: "greaterThan",
      value: aReading(45, "percent"),
      threshold: aParameter(30, "percent", "rule"),
    });
    expect(words(channel, en)).toBe("channel share (meta, revenue) 45% over 14 days, over 30%");
    expect(words(channel, fr)).toBe(
      "part du canal (meta, chiffre d'affaires) 45 % sur 14 jours, plus de 30 %",
    );
  });

  it("says what a ROI counts as gain, and a loss as one", () => {
    const labels = {
      roiPercent: { en: "ROI", fr: "ROI" },
      grossMarginLeft: { en: "margin left per order", fr: "marge restante par commande" },
    };
    const roi = anEvidence({
      fact: "roiPercent",
      params: { window: "7d", basis: "grossProfit" },
      operator: "lessThan",
      value: aWeek(-12, "percent"),
      threshold: aParameter(0, "percent", "rule"),
      ...literal,
    });
    const margin = anEvidence({
      ...roi,
      fact: "grossMarginLeft",
      params: { window: "7d" },
      value: aWeek(-2_000_000, "money"),
      threshold: aParameter(-1_500_000, "money", "rule"),
    });
    expect(spaced(describeEvidence(roi, en, labels))).toBe("ROI (gross profit) -12% over 7 days, under 0%");
    expect(spaced(describeEvidence(roi, fr, labels))).toBe(
      "ROI (marge brute) -12 % sur 7 jours, moins de 0 %",
    );
    expect(spaced(describeEvidence(margin, en, labels))).toBe(
      "margin left per order -2.00 over 7 days, under -1.50",
    );
  });
});
