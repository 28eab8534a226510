/** One condition of an explained rule: value, threshold, margin, days, and what would turn it. */
import type { ExplainedLeaf } from "../domain/explanation.ts";
import type { Figure } from "../domain/figure.ts";
import type { Evidence } from "../domain/verdict.ts";
import { comparisonWords, joinWords } from "../words/evidence.ts";
import { spanWords } from "../words/evidence-window.ts";
import { formatAmount, formatDay, formatFigure } from "../words/format.ts";
import { phrase, say } from "../words/say.ts";
import type { Page } from "./page.ts";

const MARKS = { notMatched: "explain.no", noData: "explain.unknown" } as const;

/** "conversions over 14 days: 13, needs at least 15; 2 away (13.3%); Wed 25 Feb to Tue 10 Mar". */
export function leafWords(page: Page, leaf: ExplainedLeaf): string {
  const { evidence } = leaf;
  const told = [
    comparison(page, leaf),
    marginWords(page, leaf),
    datesWords(page, evidence),
    daysWords(page, evidence),
  ];
  return joinWords(
    told.filter((part) => part !== ""),
    page.reader,
  );
}

/** "conversions over 14 days were at least 15 (now 13)"; `to` is what the condition would have to become. */
export function turnWords(page: Page, evidence: Evidence, to: boolean): string {
  const { value, days } = comparisonWords(evidence, page.reader, page.factLabels);
  const on = days === "" ? "" : spanWords(evidence.value, page.reader);
  return phrase(to ? "explain.would" : "explain.wouldNot", page.reader, {
    what: whatWords(page, evidence),
    needed: neededWords(page, evidence),
    value: on === "" ? value : phrase("rule.with", page.reader, { what: value, params: on }),
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
  return `${label}${window}`;
}

/** "at least 15", "over 80.00 on each of the last 3 days"; of yes and no just the answer. */
function neededWords(page: Page, evidence: Evidence): string {
  const { operator, threshold, days } = comparisonWords(evidence, page.reader, page.factLabels);
  const isAnswer = evidence.operator === "equal" && evidence.threshold.unit === "flag";
  const needed = isAnswer ? threshold : phrase("explain.needed", page.reader, { operator, threshold });
  return days === "" ? needed : `${needed} ${days}`;
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
function datesWords({ reader }: Page, { value, threshold }: Evidence): string {
  const [dates, base] = [spanWords(value, reader), spanWords(threshold, reader)];
  if (base === "" || base === dates) return dates;
  return dates === "" ? base : phrase("explain.against", reader, { dates, base });
}

/** "by day: Tue 10 Mar 91.00, Mon 9 Mar 64.00 (no)"; a window of more days by its last one. */
function daysWords(page: Page, evidence: Evidence): string {
  const { reader, factLabels } = page;
  if (evidence.days === undefined) return "";
  const days = evidence.days.map(({ value, threshold, result }) => {
    const told = comparisonWords({ ...evidence, value, threshold, result }, reader, factLabels);
    const figure = value.to === null ? told.value : `${formatDay(value.to, reader)} ${told.value}`;
    return result === "matched" ? figure : `${figure} (${phrase(MARKS[result], reader)})`;
  });
  return phrase("explain.days", reader, { days: days.join(", ") });
}
