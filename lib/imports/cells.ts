/** Numbers, amounts and days as exports write them. What can be read in two ways is not guessed. */
import { type Day, isDay } from "../domain/day.ts";

export type DecimalMark = "point" | "comma";
export type DayOrder = "dayFirst" | "monthFirst";

const SPACES = /[\s\u00a0\u202f\u2009']/g;
const CURRENCY = /^(-?)\s*(?:[$€£¥]|[A-Z]{3})?\s*(-?)\s*(.*?)\s*(?:[$€£¥%]|[A-Z]{3})?$/;

/** What most cells are: plain already. */
const PLAIN: Readonly<Record<DecimalMark, RegExp>> = {
  point: /^-?\d{1,24}(?:\.\d+)?$/,
  comma: /^-?\d{1,24}$/,
};

/**
 * A number as plain decimal text with a point ("1 234,50 €" is "1234.50"), without its currency or percent sign; null when it
 * is none, or when its thousands are not groups of three.
 */
export function plainNumber(text: string, mark: DecimalMark): string | null {
  if (PLAIN[mark].test(text)) return text;
  const [, before = "", behind = "", amount = ""] = CURRENCY.exec(text.trim().replace(/^\u2212/, "-")) ?? [];
  const bare = amount.replace(SPACES, "");
  const [group, point] = mark === "point" ? [",", "."] : [".", ","];
  const [whole = "", fraction, ...more] = bare.split(point);
  if (more.length > 0 || !/^\d*$/.test(fraction ?? "")) return null;
  const groups = whole.split(group);
  const digits = groups.join("");
  const grouped =
    groups.length === 1 ||
    (/^[1-9]\d{0,2}$/.test(groups[0] ?? "") && groups.slice(1).every((one) => /^\d{3}$/.test(one)));
  if (!/^\d{1,24}$/.test(digits) || !grouped || (before !== "" && behind !== "")) return null;
  return `${before}${behind}${digits}${fraction === undefined || fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * The decimal mark that a file's numeric cells show; null when none shows one, `both` when they contradict each other.
 * "1,234" and "1.234" show nothing by themselves.
 */
export function markOf(cells: Iterable<string>): DecimalMark | "both" | null {
  const seen = new Set<DecimalMark>();
  for (const cell of cells) {
    const text = cell.replace(SPACES, "").replace(/[^\d.,-]/g, "");
    const last = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
    if (last < 0) continue;
    const mark: DecimalMark = text[last] === "," ? "comma" : "point";
    const other = mark === "comma" ? "." : ",";
    const alone = text.indexOf(text[last] ?? "") === last;
    const decides = alone && (text.includes(other) || text.length - last - 1 !== 3 || /^-?0/.test(text));
    if (decides) seen.add(mark);
    else if (!alone) seen.add(mark === "comma" ? "point" : "comma");
  }
  if (seen.size === 2) return "both";
  return [...seen][0] ?? null;
}

/** A calendar day: `2026-03-01`, with or without a time behind it, `01/03/2026`, `1.3.2026` or `20260301`; null when it is none. */
export function dayOf(text: string, order: DayOrder | null): Day | null {
  const first =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (first !== null) return asDay(first[1], first[2], first[3]);
  const last = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?: .*)?$/.exec(text);
  if (last === null || order === null) return null;
  return order === "dayFirst" ? asDay(last[3], last[2], last[1]) : asDay(last[3], last[1], last[2]);
}

/** Which of the two comes first in dates written year last; null when no date says, `both` when they contradict each other. */
export function orderOf(cells: Iterable<string>): DayOrder | "both" | null {
  const seen = new Set<DayOrder>();
  for (const cell of cells) {
    const [, one = "", two = ""] = /^(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?: .*)?$/.exec(cell) ?? [];
    if (Number(one) > 12) seen.add("dayFirst");
    if (Number(two) > 12) seen.add("monthFirst");
  }
  if (seen.size === 2) return "both";
  return [...seen][0] ?? null;
}

function asDay(year = "", month = "", day = ""): Day | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(text) ? text : null;
}
