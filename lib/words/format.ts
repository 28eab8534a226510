/** Figures as people read them. Every space inside a figure is a no-break space, so that wrapping never splits one. */
import { type Day, isDay } from "../domain/day.ts";
import type { Figure } from "../domain/figure.ts";
import { fillTemplate, isMessageKey } from "./catalogue.ts";
import { plainText } from "./plain-text.ts";
import type { Reader } from "./reader.ts";

/** British dates put the day first as French ones do; money names other currencies without doubt (US$). */
export const LOCALES = { en: "en-GB", fr: "fr-FR" } as const;
const MICROS_PER_UNIT = 1_000_000;
const NO_BREAK_SPACE = "\u00a0";

/** Building a formatter costs far more than using it, and a report needs thousands of figures. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** The figure with its unit in words; `extraDigits` adds decimals where two figures would otherwise look the same. */
export function formatFigure(figure: Figure, reader: Reader, extraDigits = 0): string {
  const { value, unit } = figure;
  if (value === null) return fillTemplate("figure.unknown", reader.language, {});
  if (typeof value === "boolean")
    return fillTemplate(value ? "figure.yes" : "figure.no", reader.language, {});
  if (typeof value === "string") return formatText(value, unit, reader);
  if (typeof value === "object") return formatLabels(value, reader);
  switch (unit) {
    case "money":
      return formatMoney(value, reader, extraDigits);
    case "probability":
      return formatProbability(value, reader, extraDigits);
    case "ratio":
      return formatNumber(value, reader, {
        minimumFractionDigits: 2 + extraDigits,
        maximumFractionDigits: 2 + extraDigits,
      });
    case "percent":
      return formatPercent(value, reader, extraDigits);
    case "days":
    case "nights":
    case "hours":
      return formatSpan(value, unit, reader);
    case "instant":
      return formatInstant(value, reader);
    default:
      return formatNumber(value, reader, { maximumFractionDigits: 1 + extraDigits });
  }
}

/** Micros as an amount with the account's currency: "€31.20". */
export function formatMoney(micros: number | bigint, reader: Reader, extraDigits = 0): string {
  const digits = currencyDigits(reader) + extraDigits;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return formatNumber(Number(micros) / MICROS_PER_UNIT, reader, {
    style: "currency",
    currency: reader.currency,
    ...options,
  });
}

/** Micros as a bare amount for tables and comparisons under a line that names the currency: "31.20". */
export function formatAmount(micros: number | bigint, reader: Reader, extraDigits = 0): string {
  const digits = currencyDigits(reader) + extraDigits;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return formatNumber(Number(micros) / MICROS_PER_UNIT, reader, options);
}

/** A change with its sign, in percent of what was: "+20%". */
export function formatSignedPercent(percent: number, reader: Reader): string {
  return formatNumber(percent / 100, reader, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
}

/** A factor as short as it is exact to two decimals: "4.2", "3". */
export function formatTimes(times: number, reader: Reader, extraDigits = 0): string {
  return formatNumber(times, reader, { maximumFractionDigits: 1 + extraDigits });
}

/** "Thu 12 Mar"; with the year where the reader cannot infer it. */
export function formatDay(day: Day, reader: Reader, withYear = false): string {
  return dateParts(Date.parse(`${day}T00:00:00Z`), { ...reader, zone: "UTC" }, withYear);
}

/** "Wed 11 Mar, 04:10" on the clock of the brand's zone. */
export function formatInstant(atMs: number, reader: Reader): string {
  const time = dateFormat(reader, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(atMs);
  return `${dateParts(atMs, reader, false)},${NO_BREAK_SPACE}${time}`;
}

/** What is nearly certain is not told as certain: 0.999 is "> 0.99". */
function formatProbability(value: number, reader: Reader, extraDigits: number): string {
  const digits = 2 + extraDigits;
  const least = 10 ** -digits;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (value < 1 && value > 1 - least / 2)
    return `>${NO_BREAK_SPACE}${formatNumber(1 - least, reader, options)}`;
  if (value > 0 && value < least / 2) return `<${NO_BREAK_SPACE}${formatNumber(least, reader, options)}`;
  return formatNumber(value, reader, options);
}

/** "1 night", "14 days". */
function formatSpan(count: number, unit: "days" | "nights" | "hours", reader: Reader): string {
  const text = formatNumber(count, reader, { maximumFractionDigits: 1 });
  return fillTemplate(`unit.${unit}`, reader.language, { count: { text, count } });
}

/**
 * States have a word in the catalogue, and a day may stand for one ("never"); one that a platform added since is shown as the
 * platform wrote it.
 */
function formatText(text: string, unit: Figure["unit"], reader: Reader): string {
  if (unit === "day" || (unit === "state" && isDay(text))) return formatDay(text, reader);
  const key = `state.${text}`;
  return unit === "state" && isMessageKey(key) ? fillTemplate(key, reader.language, {}) : plainText(text);
}

/** People wrote them, so they are shown as they stand. */
function formatLabels(labels: readonly string[], reader: Reader): string {
  if (labels.length === 0) return fillTemplate("figure.none", reader.language, {});
  return labels.map((label) => plainText(label)).join(", ");
}

function formatPercent(percent: number, reader: Reader, extraDigits: number): string {
  return formatNumber(percent / 100, reader, { style: "percent", maximumFractionDigits: 1 + extraDigits });
}

function dateParts(atMs: number, reader: Reader, withYear: boolean): string {
  const options: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };
  const parts = dateFormat(reader, withYear ? { ...options, year: "numeric" } : options).formatToParts(atMs);
  return parts
    .filter((part) => part.type !== "literal")
    .map((part) => part.value)
    .join(NO_BREAK_SPACE);
}

function formatNumber(value: number, reader: Reader, options: Intl.NumberFormatOptions): string {
  return numberFormat(reader, options).format(value).replaceAll(/\s/gu, NO_BREAK_SPACE);
}

function currencyDigits(reader: Reader): number {
  const options = numberFormat(reader, { style: "currency", currency: reader.currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

function numberFormat(reader: Reader, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${reader.language} ${JSON.stringify(options)}`;
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(LOCALES[reader.language], options);
  numberFormats.set(key, known);
  return known;
}

function dateFormat(reader: Reader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${reader.language} ${reader.zone} ${JSON.stringify(options)}`;
  const format = { ...options, timeZone: reader.zone };
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(LOCALES[reader.language], format);
  dateFormats.set(key, known);
  return known;
}
