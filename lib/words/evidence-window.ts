/** The days of a condition in words: by their count where that says enough, else by the window's own name with its dates. */
import { daysBetween } from "../domain/day.ts";
import type { Reading } from "../domain/figure.ts";
import { againstWords, type ToldParams, windowPhrase } from "./fact-words.ts";
import { formatDay } from "./format.ts";
import type { Reader } from "./reader.ts";
import { phrase } from "./say.ts";

type Span = Pick<Reading, "from" | "to">;

/** Their dates follow from their names. */
const WITHOUT_DATES = /^(?:\d+d\.\.\d+d|today)$/;

/** " over 14 days", from the days that the reading covers; empty for states and parameters. */
export function windowWords({ from, to }: Span, reader: Reader): string {
  if (from === null || to === null) return "";
  const count = daysBetween(from, to) + 1;
  return ` ${phrase("evidence.window", reader, { days: { value: count, unit: "days" } })}`;
}

/** "Wed 4 Mar to Tue 10 Mar", one day where it is one, empty without days. */
export function spanWords({ from, to }: Span, reader: Reader): string {
  if (from === null || to === null) return "";
  const last = formatDay(to, reader);
  return from === to ? last : phrase("evidence.span", reader, { from: formatDay(from, reader), to: last });
}

/** " this month", " from 14 to 8 days ago"; plain days by their count. */
export function namedWindow(params: ToldParams, span: Span, reader: Reader): string {
  const { window, daysInARow } = params;
  if (daysInARow !== undefined) return window === "1d" ? "" : windowWords(span, reader);
  const against = againstWords(params, reader);
  const named =
    window === undefined || isPlain(params)
      ? windowWords(span, reader)
      : ` ${windowPhrase(String(window), reader)}`;
  return against === "" ? named : `${named} ${against}`;
}

/** The same where no dates stand beside it: " this month (Sun 1 Mar to Tue 10 Mar)", " on Sun 8 Mar" of days in a row. */
export function datedWindow(params: ToldParams, span: Span, reader: Reader): string {
  const { window, daysInARow } = params;
  if (daysInARow !== undefined) return daySlid(span, reader);
  const named = namedWindow(params, span, reader);
  const dates = spanWords(span, reader);
  if (window === undefined || dates === "" || !tellsDates(params)) return named;
  return ` ${phrase("rule.with", reader, { what: named.trimStart(), params: dates })}`;
}

/** Whether a condition tells the dates of its window itself, so that nobody need look them up. */
export function tellsDates(params: ToldParams): boolean {
  const { window, daysInARow } = params;
  if (daysInARow !== undefined) return true;
  return window !== undefined && !isPlain(params) && !WITHOUT_DATES.test(String(window));
}

/** The window as it stood on the day that decided. */
function daySlid({ from, to }: Span, reader: Reader): string {
  if (from === null || to === null) return "";
  if (from === to) return ` ${phrase("evidence.onDay", reader, { day: { value: to, unit: "day" } })}`;
  const days = { value: daysBetween(from, to) + 1, unit: "days" } as const;
  return ` ${phrase("evidence.daysTo", reader, { days, to: { value: to, unit: "day" } })}`;
}

/** Days that end with the last complete one: their number says it all. */
function isPlain({ window, minSettledPercent }: ToldParams): boolean {
  return minSettledPercent === undefined && /^\d+d$/.test(String(window));
}
