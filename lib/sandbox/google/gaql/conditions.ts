/** Decides conditions on the values of a row, and the span of days that conditions on a date leave. */
import { addDays, type Day, isDay } from "../../../domain/day.ts";
import { notSimulated, queryError } from "../google-error.ts";
import type { Condition } from "./parse.ts";

/** What a field can hold; `int64` fields hold numbers here and become texts in the answer. */
export type Value = string | number | boolean | readonly string[] | object | undefined;

export interface Span {
  /** Null: no end on that side. */
  from: Day | null;
  to: Day | null;
}

const RELATIVE_DAYS: Readonly<Record<string, readonly [from: number, to: number]>> = {
  TODAY: [0, 0],
  YESTERDAY: [-1, -1],
  LAST_7_DAYS: [-7, -1],
  LAST_14_DAYS: [-14, -1],
  LAST_30_DAYS: [-30, -1],
};
/** Spans by calendar weeks and months. */
const OTHER_SPANS = /^(?:LAST|THIS)_(?:MONTH|BUSINESS_WEEK|WEEK_(?:SUN|MON)_(?:SAT|SUN|TODAY))$/;

/** A condition on a field of the type given, as `fieldType` names it. */
export function holds({ operator, values }: Condition, value: Value, type: string): boolean {
  const [first = "", second = ""] = values;
  switch (operator) {
    case "IS NULL":
      return value === undefined;
    case "IS NOT NULL":
      return value !== undefined;
    case "IN":
    case "=":
      return values.some((one) => compare(value, one, type) === 0);
    case "NOT IN":
    case "!=":
      return !values.some((one) => compare(value, one, type) === 0);
    case "<":
      return compare(value, first, type) < 0;
    case "<=":
      return compare(value, first, type) <= 0;
    case ">":
      return compare(value, first, type) > 0;
    case ">=":
      return compare(value, first, type) >= 0;
    case "BETWEEN":
      return compare(value, first, type) >= 0 && compare(value, second, type) <= 0;
    case "LIKE":
      return likeness(first).test(String(value ?? ""));
    case "NOT LIKE":
      return !likeness(first).test(String(value ?? ""));
    case "CONTAINS ANY":
      return values.some((one) => listOf(value).includes(one));
    case "CONTAINS ALL":
      return values.every((one) => listOf(value).includes(one));
    case "CONTAINS NONE":
      return !values.some((one) => listOf(value).includes(one));
    default:
      throw notSimulated(operator);
  }
}

/** Negative, 0 or positive; NaN, and so neither, where the row has no value. */
function compare(value: Value, text: string, type: string): number {
  if (value === undefined) return Number.NaN;
  if (type === "int64" || type === "double") return Number(value) - Number(text);
  if (type === "bool") return String(value) === text.toLowerCase() ? 0 : 1;
  return String(value) === text ? 0 : String(value) < text ? -1 : 1;
}

function listOf(value: Value): readonly string[] {
  return Array.isArray(value) ? value : [];
}

/** `%` stands for any text, `_` for one character, `[%]` for the sign itself. */
function likeness(pattern: string): RegExp {
  const source = pattern.replace(/\[(.)\]|([%_])|([\s\S])/g, (_, escaped, wild, plain) => {
    if (wild !== undefined) return wild === "%" ? "[\\s\\S]*" : "[\\s\\S]";
    return (escaped ?? plain).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  return new RegExp(`^${source}$`);
}

/** The days that every condition leaves. @throws GoogleError for what is no date or no relative span. */
export function spanOf(conditions: readonly Condition[], today: Day): Span {
  return conditions.map((condition) => oneSpan(condition, today)).reduce(overlap, { from: null, to: null });
}

function oneSpan({ field, operator, values }: Condition, today: Day): Span {
  if (operator === "DURING") return relativeSpan(values[0] ?? "", today);
  const [first = "", second = first] = values.map(dayOf);
  switch (operator) {
    case "=":
      return { from: first, to: first };
    case "BETWEEN":
      if (second < first) {
        throw queryError("INVALID_VALUE_WITH_BETWEEN_OPERATOR", `${first} is after ${second}.`);
      }
      return { from: first, to: second };
    case ">=":
      return { from: first, to: null };
    case ">":
      return { from: addDays(first, 1), to: null };
    case "<=":
      return { from: null, to: first };
    case "<":
      return { from: null, to: addDays(first, -1) };
    default:
      throw queryError("OPERATOR_FIELD_MISMATCH", `'${operator}' cannot be used with the field '${field}'.`);
  }
}

export function relativeSpan(name: string, today: Day): { from: Day; to: Day } {
  const days = RELATIVE_DAYS[name.toUpperCase()];
  if (days !== undefined) return { from: addDays(today, days[0]), to: addDays(today, days[1]) };
  if (OTHER_SPANS.test(name.toUpperCase())) throw notSimulated(`DURING ${name}`);
  throw queryError("INVALID_VALUE_WITH_DURING_OPERATOR", `'${name}' is no span of days.`);
}

/** Google takes days with and without dashes. */
function dayOf(text: string): Day {
  const day = text.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  if (!isDay(day)) throw queryError("INVALID_DATE_FORMAT", `'${text}' is no date; expected 'YYYY-MM-DD'.`);
  return day;
}

function overlap(a: Span, b: Span): Span {
  return { from: latest(a.from, b.from), to: earliest(a.to, b.to) };
}

function latest(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

function earliest(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
