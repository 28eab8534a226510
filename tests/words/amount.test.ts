import { describe, expect, it } from "vitest";
import { parseAmount } from "../../lib/words/amount.ts";
import { say } from "../../lib/words/say.ts";

const euros = { currency: "EUR", language: "en", fromMicros: 24_370_000n } as const;

describe("words/amount", () => {
  it.each([
    ["24", 24_000_000n],
    ["24.50", 24_500_000n],
    ["24,50", 24_500_000n],
    ["24,5 EUR", 24_500_000n],
    ["24,5 eur", 24_500_000n],
    ["EUR 24.5", 24_500_000n],
    ["12€", 12_000_000n],
    ["€12", 12_000_000n],
    ["12\u00a0€", 12_000_000n],
    [" 12\u202f€ ", 12_000_000n],
    ["1,5", 1_500_000n],
    ["1 250", 1_250_000_000n],
    ["1\u202f250,50", 1_250_500_000n],
    ["1.250,50", 1_250_500_000n],
    ["1,250.50", 1_250_500_000n],
    ["1,250,000", 1_250_000_000_000n],
    ["1250", 1_250_000_000n],
    // 26.807, down to the cent.
    ["+10 %", 26_800_000n],
    ["+10%", 26_800_000n],
    // 23.1515, down to the cent.
    ["-5%", 23_150_000n],
    ["\u22125\u00a0%", 23_150_000n],
    ["+2,5%", 24_970_000n],
  ])("reads %j", (text, toMicros) => {
    expect(parseAmount(text, euros)).toEqual({ ok: true, toMicros });
  });

  it.each([
    ["", "amount.empty"],
    ["  \u00a0", "amount.empty"],
    ["1e3", "amount.notAnAmount"],
    ["abc", "amount.notAnAmount"],
    ["24.", "amount.notAnAmount"],
    [".5", "amount.notAnAmount"],
    ["1.2.3", "amount.notAnAmount"],
    ["12 34", "amount.notAnAmount"],
    ["1.000,000", "amount.tooManyDecimals"],
    ["24.505", "amount.ambiguous"],
    ["0.505", "amount.tooManyDecimals"],
    ["24.5055", "amount.tooManyDecimals"],
    ["1.000", "amount.ambiguous"],
    ["1,000", "amount.ambiguous"],
    ["1,000 €", "amount.ambiguous"],
    ["12 USD", "amount.otherCurrency"],
    ["$12", "amount.otherCurrency"],
    ["€12 EUR", "amount.notAnAmount"],
    ["-5", "amount.signed"],
    ["+5", "amount.signed"],
    ["10%", "amount.unsignedPercent"],
    ["-101%", "amount.notAnAmount"],
    ["+1.000%", "amount.notAnAmount"],
    ["+10% EUR", "amount.notAnAmount"],
    ["1234567890", "amount.notAnAmount"],
    ["9".repeat(60), "amount.notAnAmount"],
    ["٢٤", "amount.notAnAmount"],
  ])("refuses %j as %s", (text, key) => {
    expect(parseAmount(text, euros)).toMatchObject({ ok: false, reason: { key } });
  });

  it("offers both readings of what may be thousands or decimals", () => {
    const parsed = parseAmount("1.250", euros);
    if (parsed.ok) throw new Error("it was read");
    const reader = { currency: "EUR", zone: "Europe/Paris" };
    expect(say(parsed.reason, { ...reader, language: "en" })).toBe(
      "Is this €1.25 or €1,250.00? Write it without separators.",
    );
    expect(say(parsed.reason, { ...reader, language: "fr" })).toBe(
      "Est-ce 1,25\u00a0€ ou 1\u00a0250,00\u00a0€\u00a0? Écrivez-le sans séparateur.",
    );
  });

  it("knows how many decimals a currency has, and the signs that its readers write", () => {
    const yen = { ...euros, currency: "JPY", fromMicros: 2_437_000_000n };
    expect(parseAmount("2450", yen)).toEqual({ ok: true, toMicros: 2_450_000_000n });
    expect(parseAmount("24.5", yen)).toMatchObject({ reason: { key: "amount.tooManyDecimals" } });
    // 2680.7 yen, down to the yen.
    expect(parseAmount("+10%", yen)).toEqual({ ok: true, toMicros: 2_680_000_000n });
    const dollars = { ...euros, currency: "USD" };
    for (const text of ["$12", "US$12", "12 USD"])
      expect(parseAmount(text, dollars)).toEqual({ ok: true, toMicros: 12_000_000n });
    expect(parseAmount("12€", dollars)).toMatchObject({ reason: { key: "amount.otherCurrency" } });
  });
});
