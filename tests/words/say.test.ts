import { describe, expect, it } from "vitest";
import type { Figure, Unit } from "../../lib/domain/figure.ts";
import { answerMessages } from "../../lib/loop/answers/messages.ts";
import { loopMessageKeys } from "../../lib/loop/messages.ts";
import { metricMessageFigures } from "../../lib/metrics/messages.ts";
import { plannerMessageFigures } from "../../lib/planner/message-figures.ts";
import { en } from "../../lib/words/en/index.ts";
import { fr } from "../../lib/words/fr/index.ts";
import type { Reader } from "../../lib/words/reader.ts";
import { phrase, say } from "../../lib/words/say.ts";

const english: Reader = { language: "en", currency: "EUR", zone: "Europe/Paris" };
const french: Reader = { ...english, language: "fr" };

/** A value of each unit that a sentence may be filled with. */
const SAMPLES: Readonly<Record<Unit, Figure["value"]>> = {
  money: 1_000_000,
  count: 2,
  ratio: 1.5,
  percent: 20,
  probability: 0.9,
  days: 3,
  nights: 3,
  hours: 12,
  instant: 1_773_198_600_000,
  day: "2026-03-11",
  flag: true,
  state: "active",
  text: "roads",
  labels: ["proven", "FR"],
};

function sample(units: Readonly<Record<string, Unit>>): Record<string, Figure> {
  return Object.fromEntries(
    Object.entries(units).map(([name, unit]) => [name, { value: SAMPLES[unit], unit }]),
  );
}

function placeholders(template: string): string[] {
  return [...new Set([...template.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ""))].toSorted();
}

describe("lib/words/say", () => {
  const made = Object.entries({ ...metricMessageFigures, ...plannerMessageFigures, ...answerMessages });

  it.each(made)("has a sentence for %s, with the figures it carries", (key, units) => {
    const message = { key, values: sample(units) };
    expect(say(message, english)).toMatch(/\p{L}{2}/u);
    expect(say(message, french)).toMatch(/\p{L}{2}/u);
  });

  it.each(Object.entries(loopMessageKeys))(
    "has a sentence for %s, with the figures it carries",
    (key, names) => {
      const values = Object.fromEntries(names.map((name) => [name, { value: "x", unit: "text" as const }]));
      expect(say({ key, values }, english)).toMatch(/\p{L}{2}/u);
      expect(say({ key, values }, french)).toMatch(/\p{L}{2}/u);
    },
  );

  it("keeps no sentence that nobody makes any more", () => {
    const known = new Set([...made.map(([key]) => key), ...Object.keys(loopMessageKeys)]);
    const reasons = Object.keys(en).filter((key) =>
      /^(noData|guardrail|refused|recheck|missing|loop|answer)\./.test(key),
    );
    expect(reasons.filter((key) => !known.has(key))).toEqual([]);
  });

  it("asks for the same figures in both languages", () => {
    const differing = Object.keys(en).filter((key) => {
      const name = key as keyof typeof en;
      return placeholders(en[name]).join() !== placeholders(fr[name]).join();
    });
    expect(differing).toEqual([]);
  });

  it("fills figures with their units and lets words agree with their number", () => {
    const values = { pauses: { value: 1, unit: "count" }, limit: { value: 3, unit: "count" } } as const;
    expect(say({ key: "guardrail.pausesPerNight.blocked", values }, english)).toBe(
      "1 pause tonight already, at most 3",
    );
    const many = { ...values, pauses: { value: 3, unit: "count" } } as const;
    expect(say({ key: "guardrail.pausesPerNight.blocked", values: many }, english)).toBe(
      "3 pauses tonight already, at most 3",
    );
  });

  it("counts as French does: nought is singular", () => {
    expect(phrase("report.count.proposed", french, { count: { value: 0, unit: "count" } })).toBe(
      "0 changement proposé",
    );
    expect(phrase("report.count.proposed", english, { count: { value: 0, unit: "count" } })).toBe(
      "0 changes proposed",
    );
  });

  it("never prints a key that it does not know", () => {
    expect(() => say({ key: "guardrail.moon.blocked", values: {} }, english)).toThrow(
      expect.objectContaining({ name: "WordsError", code: "words.unknownKey" }),
    );
    expect(() => say({ key: "toString", values: {} }, english)).toThrow(
      expect.objectContaining({ code: "words.unknownKey" }),
    );
  });

  it("refuses a message without a figure that its sentence needs", () => {
    expect(() => say({ key: "guardrail.step.blocked", values: {} }, english)).toThrow(
      expect.objectContaining({ code: "words.missingFigure" }),
    );
  });
});
