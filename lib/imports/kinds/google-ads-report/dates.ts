/** Dates as reports of Google Ads word them, in English and French. */
import { addDays, type Day, firstOfNextMonth, isDay } from "../../../domain/day.ts";
import { type DayOrder, dayOf } from "../../cells.ts";

export interface Period {
  from: Day;
  to: Day;
}

const MONTHS: readonly (readonly string[])[] = [
  ["january", "janvier"],
  ["february", "fevrier"],
  ["march", "mars"],
  ["april", "avril"],
  ["may", "mai"],
  ["june", "juin"],
  ["july", "juillet"],
  ["august", "aout"],
  ["september", "septembre"],
  ["october", "octobre"],
  ["november", "novembre"],
  ["december", "decembre"],
];

/** A word for a date inside a line of text: `September 1, 2026`, `1 sept. 2026`, `2026-09-01`, `01/09/2026`. */
const DATES =
  /\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}(?:er)? \p{L}+\.? \d{4}|\p{L}+\.? \d{1,2}, ?\d{4}/gu;

/** A day in words or figures; null when it is none, or could be two. */
export function writtenDay(text: string, order: DayOrder | null): Day | null {
  const [, month = "", day = "", year = ""] = /^(\p{L}+)\.? (\d{1,2}), ?(\d{4})$/u.exec(text) ?? [];
  if (month !== "") return dayIn(year, month, day);
  const [, first = "", named = "", of = ""] = /^(\d{1,2})(?:er)? (\p{L}+)\.? (\d{4})$/u.exec(text) ?? [];
  return named === "" ? dayOf(text, order) : dayIn(of, named, first);
}

/** A month by its first day, or in words (`September 2026`); its first day. */
export function writtenMonth(text: string, order: DayOrder | null): Day | null {
  const [, month = "", year = ""] = /^(\p{L}+)\.? (\d{4})$/u.exec(text) ?? [];
  const day = month === "" ? writtenDay(text, order) : dayIn(year, month, "1");
  return day?.endsWith("-01") ? day : null;
}

/** The report's dates, from the lines above its header; null when none says both of its ends. */
export function reportPeriod(
  preamble: readonly (readonly string[])[],
  order: DayOrder | null,
): Period | null {
  for (const line of preamble) {
    const text = line
      .filter((cell) => cell !== "")
      .join(", ")
      .replace(/\s+/g, " ");
    const [from, to, ...more] = [...text.matchAll(DATES)].map(([word]) => writtenDay(word, order));
    if (from && to && more.length === 0 && from <= to) return { from, to };
  }
  return null;
}

/** What of the days from `from` to `to` lies inside `bounds`; null when nothing does. */
export function clipped({ from, to }: Period, bounds: Period): Period | null {
  const inside = { from: from < bounds.from ? bounds.from : from, to: to > bounds.to ? bounds.to : to };
  return inside.from <= inside.to ? inside : null;
}

export function lastOfMonth(first: Day): Day {
  return addDays(firstOfNextMonth(first), -1);
}

function dayIn(year: string, month: string, day: string): Day | null {
  const word = month.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const named = MONTHS.flatMap((names, index) =>
    word.length >= 3 && names.some((name) => name.startsWith(word)) ? [index + 1] : [],
  );
  if (named.length !== 1) return null;
  const text = `${year}-${String(named[0]).padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(text) ? text : null;
}
