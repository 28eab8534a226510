/** One condition of an explained rule: value, threshold, margin, days, and what would turn it. */
import type { Day } from "../domain/day.ts";
import type { ExplainedLeaf } from "../domain/explanation.ts";
import type { Figure, Reading } from "../domain/figure.ts";
import type { Evidence } from "../domain/verdict.ts";
import { comparisonWords, joinWords } from "../words/evidence.ts";
import { formatAmount, formatDay, formatFigure } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import type { Page } from "./page.ts";

/** Told with the figure's own name, or by the window. */
const TOLD_PARAMS: ReadonlySet<string> = new Set(["window", "stage", "channel", "basis"]);

/** "conversions over 14 days: 13, needs at least 15; 2 away (13.3%); Wed 25 Feb to Tue 10 Mar". */
export function leafWords(page: Page, leaf: ExplainedLeaf): string {
  const { evidence } = leaf;
  const told = [comparison(page, leaf), marginWords(page, leaf), datesWords(page, evidence)];
  return joinWords(
    told.filter((part) => part !== ""),
    page.reader,
  );
}

/** "conversions over 14 days were at least 15 (now 13)"; `to` is what the condition would have to become. */
export function turnWords(page: Page, evidence: Evidence, to: boolean): string {
  const { value } = comparisonWords(evidence, page.reader, page.factLabels);
  return phrase(to ? "explain.would" : "explain.wouldNot", page.reader, {
    what: whatWords(page, evidence),
    needed: neededWords(page, evidence),
    value,
  });
}

function comparison(page: Page, { evidence, result }: ExplainedLeaf): string {
  const { reader } = page;
  const { value } = comparisonWords(evidence, reader, page.factLabels);
  const what = whatWords(page, evidence);
  const needed = neededWords(page, evidence);
  if (result === "noData")
    return phrase("explain.missing", reader, { what, needed, reasons: reasonsOf(page, evidence) });
  return phrase("explain.leaf", reader, { what, value, needed });
}

function whatWords(page: Page, evidence: Evidence): string {
  const { label, window } = comparisonWords(evidence, page.reader, page.factLabels);
  const params = Object.entries(evidence.params).filter(([name]) => !TOLD_PARAMS.has(name));
  const told = params.map(([name, value]) => paramWords(page, name, value));
  return `${label}${window}${told.length === 0 ? "" : ` (${told.join(", ")})`}`;
}

function paramWords(page: Page, name: string, value: Evidence["params"][string]): string {
  if (name === "correctedForDelay" && value === true) return phrase("facts.corrected", page.reader);
  return plainText(value === true ? name : `${name} ${value}`);
}

/** "at least 15"; of yes and no just the answer. */
function neededWords(page: Page, evidence: Evidence): string {
  const { operator, threshold } = comparisonWords(evidence, page.reader, page.factLabels);
  if (evidence.operator === "equal" && evidence.threshold.unit === "flag") return threshold;
  return phrase("explain.needed", page.reader, { operator, threshold });
}

/** Why there is no data, on either side. */
function reasonsOf(page: Page, { value, threshold }: Evidence): string {
  const reasons = [value, threshold].flatMap((reading) =>
    reading.value === null && reading.reason !== null ? [say(reading.reason, page.reader)] : [],
  );
  return joinWords([...new Set(reasons)], page.reader);
}

function marginWords(page: Page, { margin, marginPercent, result }: ExplainedLeaf): string {
  if (margin === null) return "";
  const { reader } = page;
  const bare = marginFigure(page, margin);
  const told =
    marginPercent === null || margin.unit === "percent"
      ? bare
      : phrase("explain.marginOf", reader, {
          margin: bare,
          percent: { value: marginPercent, unit: "percent" },
        });
  return phrase(result === "matched" ? "explain.spare" : "explain.away", reader, { margin: told });
}

/** Between two percentages lie points, not percent. */
function marginFigure({ reader }: Page, { value, unit }: Figure): string {
  if (unit === "money" && typeof value === "number") return formatAmount(value, reader);
  if (unit === "percent") {
    const points = formatFigure({ value, unit: "ratio" }, reader);
    return phrase("explain.points", reader, { points });
  }
  return formatFigure({ value, unit }, reader);
}

/** The days of both sides; one of them where they are the same or one has none. */
function datesWords(page: Page, { value, threshold }: Evidence): string {
  const [dates, base] = [spanOf(page, value), spanOf(page, threshold)];
  if (base === "" || base === dates) return dates;
  return dates === "" ? base : phrase("explain.against", page.reader, { dates, base });
}

function spanOf({ reader }: Page, { from, to }: Pick<Reading, "from" | "to">): string {
  if (from === null || to === null) return "";
  const day = (one: Day) => formatDay(one, reader);
  return from === to ? day(from) : phrase("explain.span", reader, { from: day(from), to: day(to) });
}
