/** Conditions in words: what was read, against what. */
import type { Figure, Message, Reading } from "../domain/figure.ts";
import type { Evidence } from "../domain/verdict.ts";
import { isMessageKey, type MessageKey } from "./catalogue.ts";
import { datedWindow, namedWindow } from "./evidence-window.ts";
import { daysInARowWords, type FactLabels, factLabel, factWords } from "./fact-words.ts";
import { formatAmount, formatFigure, formatTimes } from "./format.ts";
import type { Reader } from "./reader.ts";
import { phrase, say } from "./say.ts";

/** A number of the calendar, not of things. That it fits is no news: it only says when the rule speaks. */
const CALENDAR_FACT = "dayOfMonth";

/** Decimals added at most so that "0.85, needs at least 0.85" tells its two sides apart. */
const MOST_EXTRA_DIGITS = 5;

/** "5%, under 5%" would contradict itself, "5%, at least 5%" does not. */
const STRICT_OPERATORS: ReadonlySet<string> = new Set(["lessThan", "greaterThan"]);

/** One condition: "spent 4.2 x target CPA over 14 days", "MER 3.20 over 7 days, needs at least 3.57 (MER floor)". */
export function describeEvidence(evidence: Evidence, reader: Reader, labels: FactLabels): string {
  return describe(evidence, reader, labels, datedWindow(evidence.params, evidence.value, reader));
}

/** Conditions in one line; a window that repeats the one before it is not said again. */
export function describeAllEvidence(
  evidence: readonly Evidence[],
  reader: Reader,
  labels: FactLabels,
): string {
  let last = "";
  const told = evidence.filter(
    ({ fact, result }) => fact !== "always" && !(fact === CALENDAR_FACT && result === "matched"),
  );
  const sentences = told.map((leaf) => {
    const window = datedWindow(leaf.params, leaf.value, reader);
    const sentence = describe(leaf, reader, labels, window === last ? "" : window);
    last = window;
    return sentence;
  });
  return joinWords(sentences, reader);
}

/** Sentences of one list: "a; b". */
export function joinWords(sentences: readonly string[], reader: Reader): string {
  return sentences.join(phrase("figure.and", reader));
}

function describe(evidence: Evidence, reader: Reader, labels: FactLabels, window: string): string {
  const { value, threshold } = evidence;
  const label = leftLabel(evidence, reader, labels);
  const days = daysInARowWords(evidence.params, reader);
  const asked = (sentence: string) =>
    days === "" ? sentence : phrase("evidence.asked", reader, { sentence, days });
  if (value.value === null) return asked(noData(label, value, reader, window));
  if (threshold.value === null)
    return asked(noData(rightLabel(evidence, reader, labels), threshold, reader, ""));
  if (typeof value.value === "boolean") return asked(describeFlag(evidence, label, reader, window));
  if (typeof value.value === "object") return describeLabels(evidence, reader);
  if (days !== "") return `${describeComparison(evidence, label, reader, labels, window)} ${days}`;
  return (
    describeMultiple(evidence, reader, labels, window) ??
    describeCount(evidence, label, reader, window) ??
    describeComparison(evidence, label, reader, labels, window)
  );
}

/** "labelled winner"; what it has instead where that is not what was asked for. */
function describeLabels({ operator, value, threshold, result }: Evidence, reader: Reader): string {
  const has = (operator === "contains") === (result === "matched");
  const label = formatFigure(threshold, reader);
  const told = phrase(has ? "evidence.labelled" : "evidence.notLabelled", reader, { label });
  if (result === "matched") return told;
  return phrase("rule.with", reader, { what: told, params: formatFigure(value, reader) });
}

function noData(label: string, reading: Reading, reader: Reader, window: string): string {
  const reason = reading.reason === null ? phrase("figure.unknown", reader) : say(reading.reason, reader);
  return phrase("evidence.noData", reader, { label, window, reason });
}

/** Flags with a sentence of their own ("results stable") have two keys; others are answered with yes or no. */
function describeFlag(evidence: Evidence, label: string, reader: Reader, window: string): string {
  const { value, reason } = evidence.value;
  const key = `evidence.flag.${evidence.fact}.${value}`;
  const because = reason === null ? "" : ` (${say(reason, reader)})`;
  if (isMessageKey(key)) return `${phrase(key, reader, { window })}${because}`;
  const answer = formatFigure(evidence.value, reader);
  return `${phrase("evidence.flag", reader, { label, window, answer })}${because}`;
}

/** Money against a multiple of a target is told in multiples: 147 against 3 x 35 is "4.2 x target CPA". */
function describeMultiple(
  evidence: Evidence,
  reader: Reader,
  labels: FactLabels,
  window: string,
): string | null {
  const { fact, value, threshold, thresholdFact, thresholdTimes, params, result } = evidence;
  if (fact !== "spend" || thresholdFact !== "targetCpa" || thresholdTimes === null) return null;
  if (!Object.keys(params).every((name) => name === "window" || name === "correctedForDelay")) return null;
  if (plusOf(evidence) !== 0) return null;
  if (typeof value.value !== "number" || typeof threshold.value !== "number" || threshold.value === 0) {
    return null;
  }
  const multiple = (value.value * thresholdTimes) / threshold.value;
  const extra = extraDigits(result === "notMatched", (digits) => [
    formatTimes(multiple, reader, digits),
    formatTimes(thresholdTimes, reader, digits),
  ]);
  const sentence = phrase(
    params.correctedForDelay ? "evidence.settledMultiple" : "evidence.multiple",
    reader,
    {
      times: formatTimes(multiple, reader, extra),
      right: factLabel(thresholdFact, reader, labels),
      window,
    },
  );
  if (result !== "notMatched") return sentence;
  const need = phrase("evidence.needs", reader, {
    operator: operatorWords(toldOperator(evidence), reader),
    threshold: `${formatTimes(thresholdTimes, reader)} x`,
  });
  return `${sentence}, ${need}`;
}

/** Counts short of a number are told as "11 of 15 conversions", others as "18 conversions, at least 15". */
function describeCount(evidence: Evidence, label: string, reader: Reader, window: string): string | null {
  const { fact, params, operator, value, threshold, result } = evidence;
  if (value.unit !== "count" || evidence.thresholdFact !== null || fact === CALENDAR_FACT) return null;
  if (placeOf(value) !== null) return null;
  const isWhole = Object.keys(params).every((name) => name === "window");
  if (operator === "equal" && value.value === 0 && fact === "conversions" && isWhole) {
    return phrase("evidence.noConversion", reader, { window });
  }
  const failed = result === "notMatched";
  const [have, need] = pair(value, threshold, reader, failed);
  if (operator === "greaterThanInclusive" && failed) {
    return phrase("evidence.countOf", reader, { have, need, label, window });
  }
  const values = { operator: operatorWords(toldOperator(evidence), reader), threshold: need };
  const against = phrase(failed ? "evidence.needs" : "evidence.holds", reader, values);
  return phrase("evidence.count", reader, { have, label, window, against });
}

function describeComparison(
  evidence: Evidence,
  label: string,
  reader: Reader,
  labels: FactLabels,
  window: string,
): string {
  const [value, threshold] = toldApart(evidence, reader);
  if (isAgainstTarget(evidence)) {
    return phrase("evidence.against", reader, { label, value, window, threshold });
  }
  const key: MessageKey = evidence.result === "notMatched" ? "evidence.needs" : "evidence.holds";
  const against = phrase(key, reader, {
    operator: operatorWords(toldOperator(evidence), reader),
    threshold: thresholdWords(evidence, threshold, reader, labels),
  });
  return phrase("evidence.compare", reader, { label, value, window, against });
}

/** Both sides, with as many decimals as a reader needs to see that they differ where that is the point. */
function toldApart(evidence: Evidence, reader: Reader): [string, string] {
  const apart = evidence.result === "notMatched" || STRICT_OPERATORS.has(toldOperator(evidence));
  const [value, threshold] = pair(evidence.value, evidence.threshold, reader, apart);
  const place = placeOf(evidence.value);
  if (place === null) return [value, threshold];
  const among = say(place, reader);
  const told =
    evidence.value.unit === "count" ? among : phrase("rule.with", reader, { what: value, params: among });
  return [told, threshold];
}

/** Of a rank, its place and how many are ranked. */
function placeOf({ value, reason }: Reading): Message | null {
  return value !== null && reason?.key === "rank.place" ? reason : null;
}

/** A comparison taken apart, for sentences of another shape. */
export interface ComparisonWords {
  label: string;
  /** " over 14 days", " this month", or nothing. */
  window: string;
  value: string;
  operator: string;
  /** "105.00 (3 x target CPA)". */
  threshold: string;
  /** "on each of the last 3 days", or nothing. */
  days: string;
}

export function comparisonWords(evidence: Evidence, reader: Reader, labels: FactLabels): ComparisonWords {
  const [value, threshold] = toldApart(evidence, reader);
  return {
    label: leftLabel(evidence, reader, labels),
    window: namedWindow(evidence.params, evidence.value, reader),
    value,
    operator: operatorWords(toldOperator(evidence), reader),
    threshold: thresholdWords(evidence, threshold, reader, labels),
    days: daysInARowWords(evidence.params, reader),
  };
}

function isAgainstTarget(evidence: Evidence): boolean {
  const plain = evidence.thresholdTimes === null || evidence.thresholdTimes === 1;
  if (evidence.params.daysInARow !== undefined) return false;
  return evidence.fact === "cpa" && evidence.thresholdFact === "targetCpa" && plain && plusOf(evidence) === 0;
}

/** What the right side adds to its fact, in the fact's own unit. */
function plusOf({ thresholdPlus }: Evidence): number {
  return thresholdPlus ?? 0;
}

/** "3.66 (0.95 x MER over 28 days + 1.00)" for a computed threshold, "3.57 (MER floor)" for a parameter, "0.85" for a literal. */
function thresholdWords(evidence: Evidence, threshold: string, reader: Reader, labels: FactLabels): string {
  if (evidence.thresholdFact === null) return threshold;
  const made = madeOf(evidence, reader, labels);
  return evidence.threshold.value === null ? made : `${threshold} (${made})`;
}

/** "0.95 x MER over 28 days + 1.00": what a threshold is computed from. */
function madeOf(evidence: Evidence, reader: Reader, labels: FactLabels): string {
  const { thresholdTimes, thresholdParams = {}, threshold } = evidence;
  const label = `${rightLabel(evidence, reader, labels)}${namedWindow(thresholdParams, threshold, reader)}`;
  const times =
    thresholdTimes === null || thresholdTimes === 1
      ? label
      : `${formatTimes(thresholdTimes, reader, 2)}\u00a0x ${label}`;
  return withPlus(times, evidence, reader);
}

function withPlus(label: string, evidence: Evidence, reader: Reader): string {
  const plus = plusOf(evidence);
  if (plus === 0) return label;
  const offset = bare({ value: Math.abs(plus), unit: evidence.threshold.unit }, reader, 0);
  return phrase(plus > 0 ? "evidence.plus" : "evidence.minus", reader, { label, offset });
}

function leftLabel({ fact, params }: Evidence, reader: Reader, labels: FactLabels): string {
  return factWords(fact, params, reader, labels);
}

function rightLabel(evidence: Evidence, reader: Reader, labels: FactLabels): string {
  const { fact, thresholdFact, thresholdParams = {} } = evidence;
  return factWords(thresholdFact ?? fact, thresholdParams, reader, labels);
}

/** Operators whose word is not in the catalogue do not exist: the rule schema and the catalogue name the same ones. */
function operatorWords(operator: string, reader: Reader): string {
  return say({ key: `operator.${operator}`, values: {} }, reader);
}

/** Of a range the evidence holds the nearer end alone, so that end is told: "at least 20" for what is under 20 to 30. */
function toldOperator({ operator, value, threshold, result }: Evidence): string {
  if (operator !== "between" && operator !== "notBetween") return operator;
  const above = Number(value.value) >= Number(threshold.value);
  const holds = result !== "notMatched";
  if (operator === "between") return above === holds ? "greaterThanInclusive" : "lessThanInclusive";
  return above === holds ? "greaterThan" : "lessThan";
}

function pair(left: Figure, right: Figure, reader: Reader, apart: boolean): [string, string] {
  const extra = extraDigits(apart, (digits) => [bare(left, reader, digits), bare(right, reader, digits)]);
  return [bare(left, reader, extra), bare(right, reader, extra)];
}

function extraDigits(apart: boolean, look: (digits: number) => readonly [string, string]): number {
  return apart ? digitsApart(look) : 0;
}

/** The fewest decimals with which two different figures look different; 0 where they are the same. */
export function digitsApart(look: (digits: number) => readonly [string, string]): number {
  for (let digits = 0; digits <= MOST_EXTRA_DIGITS; digits += 1) {
    const [left, right] = look(digits);
    if (left !== right) return digits;
  }
  return 0;
}

function bare(figure: Figure, reader: Reader, digits: number): string {
  if (figure.unit === "money" && typeof figure.value === "number")
    return formatAmount(figure.value, reader, digits);
  return formatFigure(figure, reader, digits);
}
