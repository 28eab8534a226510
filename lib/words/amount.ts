/**
 * Amounts as people type them: the reverse of `format.ts`. What can be read in two ways is not guessed, because the one reading is
 * a thousand times the other.
 */
import { type Figure, figure, type Message, message, money } from "../domain/figure.ts";
import { floorToUnit, microsFromMajor, percentOf } from "../domain/money.ts";
import { LOCALES } from "./format.ts";
import type { Language } from "./reader.ts";

export interface AmountContext {
  /** The brand's ISO code. */
  currency: string;
  /** In which the currency's own sign is looked up; separators are read alike in all. */
  language: Language;
  /** What a change in percent starts from. */
  fromMicros: bigint;
}

export type ParsedAmount = { ok: true; toMicros: bigint } | { ok: false; reason: Message };

/** Longer than any amount with its currency. */
const MAX_CHARACTERS = 40;
/** Far above any budget, far below where figures stop being exact. */
const MAX_WHOLE_DIGITS = 9;
const MICROS_DIGITS = 6;
const EXAMPLE_MICROS = 24_000_000n;

/** The new daily budget: an amount ("24.50", "24,5 EUR") or a signed change in percent ("+10 %"). */
export function parseAmount(text: string, context: AmountContext): ParsedAmount {
  const typed = text.replaceAll(/\s+/gu, " ").replaceAll("\u2212", "-").trim();
  if (typed === "") return failed("amount.empty", { example: money(EXAMPLE_MICROS) });
  if (typed.length > MAX_CHARACTERS) return notAnAmount();
  const parts = /^([+-]?) ?([^\d.,+% -]*) ?(\d[\d., ]*?) ?([^\d.,+% -]*) ?(%?)$/u.exec(typed);
  if (parts === null) return notAnAmount();
  const [, sign = "", before = "", digits = "", after = "", percent = ""] = parts;
  const unit = `${before}${after}`;
  if (percent !== "") return unit === "" ? percentAmount(sign, digits, context) : notAnAmount();
  if (before !== "" && after !== "") return notAnAmount();
  if (unit !== "" && !isCurrency(unit, context)) {
    return looksLikeCurrency(unit) ? failed("amount.otherCurrency", currencyFigure(context)) : notAnAmount();
  }
  if (sign !== "") return failed("amount.signed");
  const number = readNumber(digits);
  if (number.kind === "malformed") return notAnAmount();
  if (number.kind === "ambiguous") {
    const [small, large] = number.readings.map(microsFromMajor);
    return failed("amount.ambiguous", { small: money(small ?? 0n), large: money(large ?? 0n) });
  }
  if (number.decimals > decimalsOf(context)) {
    return failed("amount.tooManyDecimals", {
      ...currencyFigure(context),
      digits: figure(decimalsOf(context), "count"),
    });
  }
  return { ok: true, toMicros: microsFromMajor(number.text) };
}

/** Of what the budget is now, down to the currency's smallest coin: never rounded up across a limit. */
function percentAmount(sign: string, digits: string, context: AmountContext): ParsedAmount {
  const number = readNumber(digits);
  if (number.kind !== "number" || digits.includes(" ") || number.decimals > 2) return notAnAmount();
  if (sign === "") return failed("amount.unsignedPercent");
  const percent = sign === "-" ? 100 - Number(number.text) : 100 + Number(number.text);
  if (percent < 0) return notAnAmount();
  const coin = 10n ** BigInt(MICROS_DIGITS - decimalsOf(context));
  return { ok: true, toMicros: floorToUnit(percentOf(context.fromMicros, percent), coin) };
}

type ReadNumber =
  /** `text` is a plain decimal. */
  | { kind: "number"; text: string; decimals: number }
  | { kind: "ambiguous"; readings: readonly [string, string] }
  | { kind: "malformed" };

const MALFORMED: ReadNumber = { kind: "malformed" };

/** A separator that stands once before three digits may group thousands or begin decimals: both readings are given. */
function readNumber(digits: string): ReadNumber {
  const single = /^(\d{1,3})[.,](\d{3})$/.exec(digits);
  if (single !== null && single[1] !== "0") {
    const [, whole = "", rest = ""] = single;
    return { kind: "ambiguous", readings: [`${whole}.${rest}`, `${whole}${rest}`] };
  }
  const plain = /^(\d+)(?:[.,](\d+))?$/.exec(digits);
  const grouped =
    /^(\d{1,3}(?: \d{3})+)(?:[.,](\d+))?$/.exec(digits) ??
    /^(\d{1,3}(?:\.\d{3})+),(\d+)$/.exec(digits) ??
    /^(\d{1,3}(?:,\d{3})+)\.(\d+)$/.exec(digits) ??
    /^(\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,})$/.exec(digits);
  const found = plain ?? grouped;
  if (found === null) return MALFORMED;
  const [, groups = "", decimals = ""] = found;
  const whole = groups.replaceAll(/\D/g, "");
  if (whole.length > MAX_WHOLE_DIGITS || decimals.length > MICROS_DIGITS) return MALFORMED;
  const text = decimals === "" ? whole : `${whole}.${decimals}`;
  return { kind: "number", text, decimals: decimals.length };
}

/** The code, or a sign by which the reader knows the currency: EUR, €; USD, US$, $. */
function isCurrency(word: string, { currency, language }: AmountContext): boolean {
  const signs = (["symbol", "narrowSymbol"] as const).map((currencyDisplay) => {
    const parts = new Intl.NumberFormat(LOCALES[language], { style: "currency", currency, currencyDisplay });
    return parts.formatToParts(0).find(({ type }) => type === "currency")?.value;
  });
  return word.toUpperCase() === currency || signs.includes(word);
}

function looksLikeCurrency(word: string): boolean {
  return /^[A-Z]{3}$/i.test(word) || /\p{Sc}/u.test(word);
}

function decimalsOf({ currency }: AmountContext): number {
  const { maximumFractionDigits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

function currencyFigure({ currency }: AmountContext): Record<string, Figure> {
  return { currency: figure(currency, "text") };
}

function notAnAmount(): ParsedAmount {
  return failed("amount.notAnAmount", { example: money(EXAMPLE_MICROS) });
}

function failed(key: `amount.${string}`, values: Record<string, Figure> = {}): ParsedAmount {
  return { ok: false, reason: message(key, values) };
}
