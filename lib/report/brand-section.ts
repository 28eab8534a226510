/** The brand in a few lines: what the round looked at, what it amounts to, and how the brand stands. */
import type { Figure, Message, Reading } from "../domain/figure.ts";
import { UNMAPPED_STAGE } from "../domain/match.ts";
import type { Plan, ScopedStop, StageLine } from "../domain/plan.ts";
import { digitsApart } from "../words/evidence.ts";
import { windowWords } from "../words/evidence-window.ts";
import { formatAmount, formatDay, formatFigure } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { count, type Page, type Paint, paint, paragraph, section } from "./page.ts";
import { effectWords, platformLines } from "./platform-section.ts";
import { type Column, renderTable } from "./table.ts";
import { unknownLines } from "./unknown-section.ts";
import { windowsOf } from "./windows.ts";

const BAND_PAINT = {
  healthy: "green",
  growing: "yellow",
  alarm: "red",
  unknown: "yellow",
} as const satisfies Record<Plan["brandLine"]["merBand"], Paint>;

/** Brand, night and zone; what to do first; what nobody knows tonight; mode and windows; what was decided, in one sentence. */
export function titleLines(page: Page, plan: Plan, advice: readonly Message[]): string[] {
  const { reader } = page;
  const title = phrase("report.title", reader, {
    brand: plainText(plan.brandName),
    day: formatDay(plan.day, reader, true),
    zone: plan.zone,
  });
  const windows = windowsOf(plan).map(({ days, from, to }) =>
    phrase("report.windowDates", reader, {
      days: { value: days, unit: "days" },
      from: day(from),
      to: day(to),
      // A month's short name may end with a full stop of its own.
    }).replace(/\.\.$/, "."),
  );
  const about = [
    phrase(`report.mode.${plan.mode}`, reader),
    phrase("report.amounts", reader, { currency: plan.currency }),
  ];
  return [
    ...paragraph(page, title, 0).map((line) => paint(page, "bold", line)),
    ...advice.flatMap((one) => paragraph(page, say(one, reader), 0)),
    ...plan.stops.flatMap((stop) => stopLines(page, stop)),
    ...unknownLines(page, plan),
    ...paragraph(page, [...about, ...windows].join(" "), 0),
    ...paragraph(page, `${outcomeWords(page, plan)}${effectWords(page, plan)}`, 0),
  ];
}

/** A stop for everything or for an account; the brand's own stands with each change that it blocks. */
function stopLines(page: Page, { scope, by, atMs, reason }: ScopedStop): string[] {
  const words = phrase("report.stopped", page.reader, {
    scope: { value: scope, unit: "state" },
    by: { value: by, unit: "text" },
    since: { value: atMs, unit: "instant" },
    reason: reason === null ? { value: "noReasonGiven", unit: "state" } : { value: reason, unit: "text" },
  });
  return paragraph(page, words, 0, 1).map((line) => paint(page, "red", line));
}

export function brandLines(page: Page, plan: Plan): string[] {
  const { brandLine } = plan;
  const { reader } = page;
  const figures = [
    reading(page, "report.spend", brandLine.spend),
    reading(page, "report.revenue", brandLine.revenue),
    reading(page, "report.mer", brandLine.mer),
  ];
  const band = phrase(`report.merBand.${brandLine.merBand}`, reader, {
    floor: brandLine.merFloor,
    alarm: brandLine.merAlarm,
  });
  return section(page, phrase("report.brand", reader, { window: windowWords(brandLine.spend, reader) }), [
    ...paragraph(page, figures.join("   ")),
    ...paragraph(page, band).map((line) => paint(page, BAND_PAINT[brandLine.merBand], line)),
    ...platformLines(page, plan),
    ...stageLines(page, brandLine.stages),
  ]);
}

function outcomeWords(page: Page, plan: Plan): string {
  if (plan.refused !== null) {
    return paint(
      page,
      "red",
      phrase("report.refused", page.reader, { reason: say(plan.refused, page.reader) }),
    );
  }
  const parts = (["proposed", "auto", "shadow", "blocked"] as const)
    .map((outcome) => ({ outcome, of: plan.changes.filter((change) => change.outcome === outcome).length }))
    .filter((part) => part.outcome === "proposed" || part.of > 0);
  const words = parts.map(({ outcome, of }) =>
    phrase(`report.count.${outcome}`, page.reader, { count: count(of) }),
  );
  return `${words.join(", ")}.`;
}

/** "Spend €21,000.00", or why there is no figure. */
export function reading(
  page: Page,
  key: "report.spend" | "report.revenue" | "report.mer",
  value: Reading,
): string {
  const known = value.value !== null || value.reason === null;
  const text = known
    ? formatFigure(value, page.reader)
    : `${formatFigure(value, page.reader)} (${why(page, value)})`;
  return `${phrase(key, page.reader)}\u00a0${text}`;
}

function why(page: Page, value: Reading): string {
  return value.reason === null ? "" : say(value.reason, page.reader);
}

function stageLines(page: Page, stages: readonly StageLine[]): string[] {
  if (stages.length === 0) return [];
  const { reader } = page;
  const right = { align: "right", shrinkTo: null, leaves: null } as const;
  const columns: Column[] = [
    { header: phrase("report.stage", reader), align: "left", shrinkTo: 8, leaves: null },
    { header: phrase("report.spend", reader), ...right },
    { header: phrase("report.share", reader), ...right },
    { header: phrase("report.wanted", reader), ...right },
    { header: "", align: "left", shrinkTo: 4, leaves: 1 },
  ];
  const rows = stages.map((line) => [
    stageName(page, line.stage),
    typeof line.spend.value === "number"
      ? formatAmount(line.spend.value, reader)
      : formatFigure(line.spend, reader),
    shareWords(page, line),
    line.band === null ? "-" : bandWords(page, line.band),
    standing(page, line),
  ]);
  const table = renderTable(columns, rows, page.width - 2, (cell, row, header) =>
    row === null ? paint(page, "dim", cell) : header === "" ? paint(page, "yellow", cell) : cell,
  );
  return [table.header, ...table.rows].flat().map((line) => `  ${line}`);
}

/** Stages are named by the brand; only the spend that no stage claims has a word of ours. */
export function stageName(page: Page, stage: string): string {
  return stage === UNMAPPED_STAGE ? phrase("report.unmapped", page.reader) : plainText(stage);
}

export function bandWords(page: Page, [low, high]: readonly [number, number]): string {
  return phrase("report.range", page.reader, {
    low: { value: low, unit: "percent" },
    high: { value: high, unit: "percent" },
  });
}

/** "4.96%" where 5% is wanted: a share outside its band never looks as if it were on its end. */
export function shareWords(page: Page, { sharePercent, band }: StageLine): string {
  const share = sharePercent.value;
  const end = band === null || typeof share !== "number" ? null : missedEnd(share, band);
  const look = (figure: Figure, digits: number) => formatFigure(figure, page.reader, digits);
  const digits =
    end === null
      ? 0
      : digitsApart((more) => [look(sharePercent, more), look({ value: end, unit: "percent" }, more)]);
  return look(sharePercent, digits);
}

export function standing(page: Page, { sharePercent: { value: share }, band }: StageLine): string {
  if (band === null || typeof share !== "number" || missedEnd(share, band) === null) return "";
  return phrase(share > band[1] ? "report.above" : "report.below", page.reader);
}

/** The end of the band that the share is outside of; null inside. */
function missedEnd(share: number, [low, high]: readonly [number, number]): number | null {
  if (share > high) return high;
  return share < low ? low : null;
}

function day(value: string): Figure {
  return { value, unit: "day" };
}
