import { describe, expect, it } from "vitest";
import type { Figure } from "../../lib/domain/figure.ts";
import {
  formatAmount,
  formatDay,
  formatFigure,
  formatInstant,
  formatSignedPercent,
} from "../../lib/words/format.ts";
import type { Reader } from "../../lib/words/reader.ts";

const en: Reader = { language: "en", currency: "EUR", zone: "Europe/Paris" };
const fr: Reader = { ...en, language: "fr" };
/** 2026-03-11 at 04:10 in Europe/Paris. */
const NIGHT_MS = 1_773_198_600_000;
/** Text with ordinary spaces, for literals that stay readable. */
const spaced = (text: string): string => text.replaceAll("\u00a0", " ");

describe("lib/words/format", () => {
  const table: [string, Figure, string, string][] = [
    ["money", { value: 1_234_500_000, unit: "money" }, "€1,234.50", "1 234,50 €"],
    ["negative money", { value: -3_200_000, unit: "money" }, "-€3.20", "-3,20 €"],
    ["a whole count", { value: 11, unit: "count" }, "11", "11"],
    ["a fractional count", { value: 11.46, unit: "count" }, "11.5", "11,5"],
    ["a ratio", { value: 3.571428, unit: "ratio" }, "3.57", "3,57"],
    ["a percentage", { value: 20, unit: "percent" }, "20%", "20 %"],
    ["a probability", { value: 0.9, unit: "probability" }, "0.90", "0,90"],
    ["near certainty", { value: 0.9987, unit: "probability" }, "> 0.99", "> 0,99"],
    ["a remote chance", { value: 0.0004, unit: "probability" }, "< 0.01", "< 0,01"],
    ["certainty", { value: 1, unit: "probability" }, "1.00", "1,00"],
    ["one night", { value: 1, unit: "nights" }, "1 night", "1 nuit"],
    ["days", { value: 14, unit: "days" }, "14 days", "14 jours"],
    ["no hours", { value: 0, unit: "hours" }, "0 hours", "0 heure"],
    ["a day", { value: "2026-03-12", unit: "day" }, "Thu 12 Mar", "jeu. 12 mars"],
    ["an instant", { value: NIGHT_MS, unit: "instant" }, "Wed 11 Mar, 04:10", "mer. 11 mars, 04:10"],
    ["a flag", { value: true, unit: "flag" }, "yes", "oui"],
    ["a state", { value: "paused", unit: "state" }, "paused", "en pause"],
    [
      "a state that no catalogue knows",
      { value: "WITH_ISSUES", unit: "state" },
      "WITH_ISSUES",
      "WITH_ISSUES",
    ],
    ["labels as people wrote them", { value: ["proven", "FR"], unit: "labels" }, "proven, FR", "proven, FR"],
    ["no labels", { value: [], unit: "labels" }, "none", "aucun"],
    ["no value", { value: null, unit: "money" }, "no data", "pas de donnée"],
  ];
  it.each(table)("writes %s in both languages", (_, figure, english, french) => {
    expect(spaced(formatFigure(figure, en))).toBe(english);
    expect(spaced(formatFigure(figure, fr))).toBe(french);
  });

  it("uses no-break spaces, so that wrapping never splits a figure", () => {
    expect(formatFigure({ value: 1_234_500_000, unit: "money" }, fr)).toBe("1\u00a0234,50\u00a0€");
    expect(formatDay("2026-03-12", en)).toBe("Thu\u00a012\u00a0Mar");
  });

  it("names other currencies without doubt and keeps their own decimals", () => {
    expect(formatFigure({ value: 31_200_000, unit: "money" }, { ...en, currency: "USD" })).toBe("US$31.20");
    expect(formatAmount(1_500_000_000n, { ...en, currency: "JPY" })).toBe("1,500");
  });

  it("tells instants on the brand's clock", () => {
    expect(spaced(formatInstant(NIGHT_MS, { ...en, zone: "America/New_York" }))).toBe("Tue 10 Mar, 23:10");
  });

  it("signs changes, and gives the year of a day where asked", () => {
    expect(formatSignedPercent(20, en)).toBe("+20%");
    expect(formatSignedPercent(-12.5, fr)).toBe("-12,5\u00a0%");
    expect(spaced(formatDay("2026-03-11", fr, true))).toBe("mer. 11 mars 2026");
  });

  it("lets no terminal code and no line break through a text", () => {
    const text = "A\u001b[31mB\u202eC\r\nD\u0007E\u009bF";
    expect(formatFigure({ value: text, unit: "text" }, en)).toBe("A�[31mB�C D�E�F");
  });
});
