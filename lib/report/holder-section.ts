/** One row per budget holder, with the round's verdict on it and why. */
import type { Reading } from "../domain/figure.ts";
import type { HolderLine, NearMiss, Outcome, Plan, PlannedChange } from "../domain/plan.ts";
import { windowWords } from "../words/evidence-window.ts";
import { formatAmount, formatFigure } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { reasonWords } from "./change-section.ts";
import { shortEdit } from "./edit-words.ts";
import { type Linked, linked } from "./links.ts";
import { nearestWords } from "./miss-section.ts";
import { bareLevelWord, platformLabel } from "./naming.ts";
import { count, labelled, more, nameOf, type Page, type Paint, paint, paragraph, section } from "./page.ts";
import { type Column, renderTable } from "./table.ts";

/** Beyond this a table is no longer read; the rest is in the machine-readable output. */
const MOST_ROWS = 40;
/** Columns that a name, and a platform's word for what it names, keep before other columns leave. */
const LEAST_NAME = 24;
const LEAST_CAMPAIGN = 12;
const LEAST_WORD = 8;

/** Conditions told in a row; all of them stand in the change's own section. */
const REASONS_IN_ROW = 2;

interface Row {
  line: HolderLine;
  verdict: string;
  /** Rows that ask most of the reader come first. */
  rank: number;
  style: Paint | null;
  why: string | null;
}

const RANKS = { proposed: 0, auto: 0, shadow: 1, blocked: 2 } as const satisfies Record<Outcome, number>;
const RANK_CLOSE = 3;
const RANK_QUIET = 4;

export function holderLines(page: Page, plan: Plan): string[] {
  const all = rowsOf(page, plan);
  const shown = shownOf(page, all);
  const table = renderTable(
    columnsOf(page),
    shown.map((row) => cells(page, row)),
    page.width - 2,
    (cell, row, header) => paintCell(page, row === null ? null : (shown[row] ?? null), cell, header),
  );
  const body = table.rows.flatMap((lines, index) => [
    ...groupLines(page, shown, index),
    ...lines.map((line) => `  ${line}`),
    ...whyLines(page, shown[index]?.why ?? null),
  ]);
  const title = phrase("report.holders", page.reader, {
    count: count(all.length),
    window: windowOf(page, all),
  });
  if (all.length === 0) return [];
  return section(page, title, [
    ...table.header.map((line) => `  ${line}`),
    ...body,
    ...(all.length > MOST_ROWS ? more(page, all.length - MOST_ROWS) : []),
    ...leftLines(page, table.left),
  ]);
}

/** The holders that the table shows, in its order. */
export function namedInTable(page: Page, plan: Plan): Linked[] {
  return shownOf(page, rowsOf(page, plan)).map(({ line }) => line.subject);
}

function rowsOf(page: Page, plan: Plan): Row[] {
  return plan.holders.map((line) => rowOf(page, plan, line)).toSorted(byImportance);
}

function shownOf(page: Page, rows: readonly Row[]): Row[] {
  return grouped(page, rows.slice(0, MOST_ROWS));
}

/** What stands together where the brand is on several platforms: the platform, and its word for what holds the budget. */
function groupOf(page: Page, { line: { subject } }: Row): string {
  if (!page.manyPlatforms || subject.ref === null) return "";
  return `${platformLabel(page, subject.ref.platform)}/${bareLevelWord(page, subject.ref)}`;
}

/** Rows of one platform and kind together, each group where its most important row would stand. */
function grouped(page: Page, rows: readonly Row[]): Row[] {
  return [...Map.groupBy(rows, (row) => groupOf(page, row)).values()].flat();
}

/** The heading of the group that begins at this row. */
function groupLines(page: Page, rows: readonly Row[], index: number): string[] {
  const row = rows[index];
  const ref = row?.line.subject.ref ?? null;
  if (row === undefined || ref === null || !page.manyPlatforms) return [];
  const before = rows[index - 1];
  const group = groupOf(page, row);
  if (before !== undefined && groupOf(page, before) === group) return [];
  const heading = phrase("report.group", page.reader, {
    platform: platformLabel(page, ref.platform),
    level: bareLevelWord(page, ref),
    count: count(rows.filter((one) => groupOf(page, one) === group).length),
  });
  return paragraph(page, heading).map((line) => paint(page, "bold", line));
}

function rowOf(page: Page, plan: Plan, line: HolderLine): Row {
  const change = plan.changes
    .filter((candidate) => candidate.holderKey === line.subject.key)
    .toSorted((a, b) => RANKS[a.outcome] - RANKS[b.outcome])[0];
  if (change !== undefined) return changedRow(page, line, change);
  const close = plan.nearMisses.find((miss) => miss.subject.key === line.subject.key);
  if (close !== undefined) return closeRow(page, line, close);
  const verdict = phrase(quietVerdict(plan, line), page.reader);
  return { line, verdict, rank: RANK_QUIET, style: "dim", why: null };
}

function changedRow(page: Page, line: HolderLine, change: PlannedChange): Row {
  const { reader } = page;
  const edit = shortEdit(change.edit, reader);
  const row = { line, rank: RANKS[change.outcome] };
  if (change.outcome === "blocked") {
    const verdict = phrase("verdict.blocked", reader);
    const note = change.notes.find((one) => one.effect === "blocked");
    const why = note === undefined ? null : labelled(page, edit, say(note.reason, reader));
    return { ...row, verdict, style: "yellow", why };
  }
  const verdict = change.outcome === "shadow" ? phrase("verdict.shadow", reader, { edit }) : edit;
  return {
    ...row,
    verdict,
    style: change.outcome === "shadow" ? null : "green",
    why: reasonWords(page, change, line, REASONS_IN_ROW),
  };
}

function closeRow(page: Page, line: HolderLine, miss: NearMiss): Row {
  const verdict = phrase(miss.failing.length === 1 ? "verdict.close" : "verdict.notYet", page.reader);
  return {
    line,
    verdict,
    rank: RANK_CLOSE,
    style: null,
    why: labelled(page, plainText(miss.ruleId), nearestWords(page, miss)),
  };
}

function quietVerdict(
  plan: Plan,
  line: HolderLine,
): "verdict.tooSmall" | "verdict.noData" | "verdict.none" | "verdict.noRule" {
  if (plan.tooSmall.some((miss) => miss.subject.key === line.subject.key)) return "verdict.tooSmall";
  const verdicts = plan.verdicts.filter((verdict) => verdict.subject.key === line.subject.key);
  if (verdicts.length === 0) return "verdict.noRule";
  return verdicts.every((verdict) => verdict.result === "noData") ? "verdict.noData" : "verdict.none";
}

function byImportance(a: Row, b: Row): number {
  return (
    a.rank - b.rank ||
    spendOf(b.line) - spendOf(a.line) ||
    a.line.subject.key.localeCompare(b.line.subject.key)
  );
}

function spendOf(line: HolderLine): number {
  return typeof line.spend.value === "number" ? line.spend.value : 0;
}

function columnsOf(page: Page): Column[] {
  const header = (key: Parameters<typeof phrase>[0]): string => phrase(key, page.reader);
  const number = { align: "right", shrinkTo: null } as const;
  const kind = page.manyPlatforms
    ? []
    : [{ header: header("column.level"), align: "left", shrinkTo: LEAST_WORD, leaves: 2 } as const];
  return [
    { header: header("column.name"), align: "left", shrinkTo: LEAST_NAME, leaves: null },
    { header: header("column.campaign"), align: "left", shrinkTo: LEAST_CAMPAIGN, leaves: 0 },
    ...kind,
    { header: header("column.budget"), ...number, leaves: null },
    { header: header("column.spend"), ...number, leaves: 4 },
    { header: header("column.conversions"), ...number, leaves: 3 },
    { header: header("column.cpa"), ...number, leaves: 5 },
    { header: header("column.target"), ...number, leaves: 1 },
    { header: header("column.verdict"), align: "left", shrinkTo: null, leaves: null },
  ];
}

function cells(page: Page, { line, verdict }: Row): string[] {
  const { reader } = page;
  const budget = formatAmount(line.budgetMicros, reader);
  const paused =
    line.status === "active" ? "" : ` (${formatFigure({ value: line.status, unit: "state" }, reader)})`;
  return [
    `${nameOf(line.subject)}${paused}`,
    line.owner !== "campaign" ? plainText(line.campaignName) : "",
    ...(page.manyPlatforms ? [] : [line.subject.ref === null ? "" : bareLevelWord(page, line.subject.ref)]),
    line.period === "daily" ? budget : phrase("column.lifetime", reader, { budget }),
    cell(page, line.spend),
    cell(page, line.conversions),
    cell(page, line.cpa),
    cell(page, line.targetCpa),
    verdict,
  ];
}

/** The days of the table's figures; nothing where no holder has any. */
function windowOf(page: Page, rows: readonly Row[]): string {
  const [first] = rows.filter((row) => row.line.spend.from !== null);
  return first === undefined ? "" : windowWords(first.line.spend, page.reader);
}

/** A dash where there is no figure: the reasons would not fit, and are told with conditions and missing data. */
function cell(page: Page, reading: Reading): string {
  if (typeof reading.value !== "number") return "-";
  return reading.unit === "money"
    ? formatAmount(reading.value, page.reader)
    : formatFigure(reading, page.reader);
}

function paintCell(page: Page, row: Row | null, text: string, header: string): string {
  if (row === null) return paint(page, "dim", text);
  if (header === phrase("column.name", page.reader)) return linked(page, text, row.line.subject.ref);
  return header === phrase("column.verdict", page.reader) && row.style !== null
    ? paint(page, row.style, text)
    : text;
}

function whyLines(page: Page, why: string | null): string[] {
  return why === null ? [] : paragraph(page, why, 2).map((line) => paint(page, "dim", line));
}

export function leftLines(page: Page, left: readonly string[]): string[] {
  if (left.length === 0) return [];
  const text = phrase("report.columnsLeft", page.reader, { columns: left.join(", ") });
  return paragraph(page, text).map((line) => paint(page, "dim", line));
}
