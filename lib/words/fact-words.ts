/** A fact with its parameters in words, for conditions as written and as judged: "CTR of its campaign", "channel share (meta, revenue)". */
import { isMessageKey } from "./catalogue.ts";
import { plainText } from "./plain-text.ts";
import type { Language, Reader } from "./reader.ts";
import { phrase } from "./say.ts";

/** Short words for facts by their id, as the catalogue of facts has them. */
export type FactLabels = Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type ToldParams = Readonly<Record<string, string | number | boolean>>;

/** What is told elsewhere: days with the window, how often with the comparison. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(["window", "daysInARow"]);

/** Parameters that have words of their own; every other one stands in brackets by its value. */
const WORDED: ReadonlySet<string> = new Set([
  ...TOLD_ELSEWHERE,
  ...["of", "per", "by", "within", "order", "against", "customers", "event", "minSettledPercent"],
  ...["correctedForDelay", "countedOn", "group", "basis"],
]);

/** The fact's words, or its id where no catalogue names it (a brand's own parameter or metric). */
export function factLabel(fact: string, reader: Reader, labels: FactLabels): string {
  const label = Object.hasOwn(labels, fact) ? labels[fact]?.[reader.language] : undefined;
  return label ?? plainText(fact);
}

/** The fact and all that its parameters say besides their window. */
export function factWords(fact: string, params: ToldParams, reader: Reader, labels: FactLabels): string {
  const label = factLabel(fact, reader, labels);
  const bracketed = bracketWords(params, reader);
  const named =
    bracketed.length === 0
      ? label
      : phrase("rule.with", reader, { what: label, params: bracketed.join(", ") });
  return [named, ...trailing(params, reader, labels)].join(" ");
}

/** "over 28 days", "this month", "on each of the last 3 days"; empty where the fact has no days. */
export function windowOfParams(params: ToldParams, reader: Reader): string {
  const { window } = params;
  const days = daysInARowWords(params, reader);
  // One day, on each of some days, is those days.
  const over =
    window === undefined || (window === "1d" && days !== "") ? "" : windowPhrase(String(window), reader);
  const when = [over, days].filter((part) => part !== "").join(", ");
  return [when, againstWords(params, reader)].filter((part) => part !== "").join(" ");
}

/** "on each of the last 3 days"; empty where one answer suffices. */
export function daysInARowWords({ daysInARow }: ToldParams, reader: Reader): string {
  if (daysInARow === undefined) return "";
  return phrase("rule.daysInARow", reader, { days: { value: Number(daysInARow), unit: "days" } });
}

/** "against 56 to 29 days ago"; a window that ends yesterday ends one day ago. Empty without a base. */
export function againstWords({ against }: ToldParams, reader: Reader): string {
  if (against === undefined) return "";
  const [from = "", to = "1"] = String(against)
    .split("..")
    .map((end) => end.replace("d", ""));
  return phrase("rule.against", reader, { from, to });
}

/** "over 28 days", "this month and today", "from 14 to 8 days ago". */
export function windowPhrase(window: string, reader: Reader): string {
  const [bare = "", today] = window.split("+");
  const words = completeDays(bare, reader);
  return today === undefined ? words : phrase("window.andToday", reader, { window: words });
}

function completeDays(window: string, reader: Reader): string {
  const key = `window.${window}`;
  if (isMessageKey(key)) return phrase(key, reader);
  const [kind = "", name = "", before] = window.split(":");
  if (kind === "event") return phrase("window.event", reader, { event: plainText(name) });
  if (kind === "before") {
    const days = { value: Number.parseInt(before ?? "", 10), unit: "days" } as const;
    return phrase("window.before", reader, { event: plainText(name), days });
  }
  const [from = "", to] = window.split("..").map((end) => end.replace("d", ""));
  if (to !== undefined) return phrase("window.span", reader, { from, to });
  return phrase("evidence.window", reader, { days: { value: Number(from), unit: "days" } });
}

/** Names that only this condition gives: a stage, a channel, a conversion. */
function bracketWords(params: ToldParams, reader: Reader): string[] {
  const names = Object.entries(params).flatMap(([key, value]) =>
    WORDED.has(key) ? [] : [plainText(String(value))],
  );
  const { basis, stage, member, customers, event, countedOn, correctedForDelay, minSettledPercent } = params;
  const settled = { percent: { value: Number(minSettledPercent), unit: "percent" } } as const;
  return [
    ...names,
    ...(stage === undefined && member === undefined ? knownWords("evidence.basis", basis, reader) : []),
    ...knownWords("rule.customers", customers, reader),
    ...(event === undefined ? [] : [plainText(String(event))]),
    ...knownWords("state", countedOn, reader),
    ...(correctedForDelay === true ? [phrase("rule.corrected", reader)] : []),
    ...(minSettledPercent === undefined ? [] : [phrase("rule.settled", reader, settled)]),
  ];
}

/** Whose figure it is, and what it is ranked or compared by. */
function trailing(params: ToldParams, reader: Reader, labels: FactLabels): string[] {
  const { of, per, by, within, order } = params;
  return [
    ...knownWords("rule.of", of, reader),
    ...(per === undefined ? [] : [phrase("rule.per", reader)]),
    ...(by === undefined
      ? []
      : [phrase("rule.by", reader, { metric: factLabel(String(by), reader, labels) })]),
    ...knownWords("rule.within", within, reader),
    ...(order === "worstFirst" ? [phrase("rule.worstFirst", reader)] : []),
  ];
}

function knownWords(prefix: string, value: string | number | boolean | undefined, reader: Reader): string[] {
  if (value === undefined) return [];
  const key = `${prefix}.${value}`;
  return [isMessageKey(key) ? phrase(key, reader) : plainText(String(value))];
}
