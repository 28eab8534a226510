/** Figures in a table: a row for each metric of each subject, a column for each window, and below it what they were counted from. */
import type { Day } from "../domain/day.ts";
import type { Figure, Message, Reading } from "../domain/figure.ts";
import { formatAmount, formatDay, formatFigure } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { leftLines } from "./holder-section.ts";
import { countedAs } from "./made-section.ts";
import { labelled, more, nameOf, type Page, paint, paragraph, section } from "./page.ts";
import { type Column, renderTable } from "./table.ts";

export interface FactsView {
  /** Whose figures: the brand's name, or the dataset's folder. */
  name: string;
  asOf: Day;
  /** Null where nobody said: amounts then stand without one. */
  currency: string | null;
  zone: string | null;
  figures: readonly FigureView[];
  /** Nobody asked for these metrics or windows: those without any figure are told below the table. */
  unasked: { metrics: boolean; windows: boolean };
  accounts: readonly AccountView[];
  events: readonly { name: string; from: Day; to: Day }[];
  /** More that a reader should know, each a sentence. */
  notes: readonly Message[];
}

export interface FigureView {
  /** Equal for the rows of one subject. */
  subject: string;
  name: string;
  metric: { en: string; fr: string };
  /** What else was asked, such as a stage. */
  params: readonly string[];
  /** Empty for what has no window. */
  window: string;
  reading: Reading;
  corrected: Reading | null;
}

export interface AccountView {
  key: string;
  name: string;
  conversion: string;
  attribution: string;
  countedOn: "click" | "conversion";
  coveredFrom: Day;
  coveredTo: Day;
}

/** More rows are not read on a terminal; all of them are in the machine-readable output. */
const MOST_ROWS = 400;
const LEAST_NAME = 12;
const MARKS = "abcdefghijklmnopqrstuvwxyz";

interface Row {
  subject: string;
  name: string;
  label: string;
  isCorrected: boolean;
  byWindow: ReadonlyMap<string, Reading>;
}

export function renderFacts(page: Page, view: FactsView): string {
  const all = [...new Set(view.figures.map(({ window }) => window))].toSorted(byLength);
  const rows = rowsOf(page, view.figures);
  const shown = rows.filter((row) => hasFigure(row) || !(view.unasked.metrics || row.isCorrected));
  const windows = all.filter(
    // What has no window has only this column to say why it has no data.
    (window) =>
      window === "" || !view.unasked.windows || shown.some(({ byWindow }) => isFigure(byWindow.get(window))),
  );
  const reasons = new Map<string, string>();
  // Of the brand alone the title says the name.
  const isNamed = shown.some(({ name }) => name !== view.name);
  const cells = shown.slice(0, MOST_ROWS).map((row, index) => {
    const name = row.subject === shown[index - 1]?.subject ? "" : row.name;
    return [...(isNamed ? [name] : []), ...cellsOf(page, row, windows, reasons)];
  });
  const table = renderTable(columnsOf(page, windows, isNamed), cells, page.width - 2);
  const title = phrase("facts.title", page.reader, {
    name: plainText(view.name),
    day: formatDay(view.asOf, page.reader, true),
  });
  const missing = rows.filter((row) => !shown.includes(row) && !row.isCorrected);
  const left = all.filter((window) => !windows.includes(window));
  return [
    paint(page, "bold", title),
    ...paragraph(page, unitsSentence(page, view)),
    ...(shown.length === 0
      ? []
      : ["", ...[...table.header, ...table.rows.flat()].map((line) => `  ${line}`)]),
    ...(shown.length > MOST_ROWS ? more(page, shown.length - MOST_ROWS) : []),
    ...leftLines(page, table.left),
    ...section(page, phrase("facts.windows", page.reader), windowLines(page, view.figures, windows)),
    ...section(page, phrase("facts.noData", page.reader), [
      ...reasonLines(page, reasons),
      ...missingLines(page, missing, all.at(-1) ?? ""),
      ...leftWindowLines(page, left),
    ]),
    ...section(page, phrase("facts.counted", page.reader), accountLines(page, view)),
    ...section(page, phrase("facts.events", page.reader), eventLines(page, view)),
    ...view.notes.flatMap((note) => ["", ...paragraph(page, say(note, page.reader), 0)]),
  ].join("\n");
}

function hasFigure({ byWindow }: Row): boolean {
  return [...byWindow.values()].some(isFigure);
}

function isFigure(reading: Reading | undefined): boolean {
  return reading !== undefined && reading.value !== null;
}

/** `today` before `1d` before `7d` before `28d` before those that are no number of days; first what has no window. */
function byLength(a: string, b: string): number {
  return daysBack(a) - daysBack(b) || (a < b ? -1 : 1);
}

function daysBack(window: string): number {
  if (window === "") return -1;
  const days = window === "today" ? 0 : Number.parseInt(window, 10);
  return Number.isNaN(days) ? Number.POSITIVE_INFINITY : days;
}

function rowsOf(page: Page, figures: readonly FigureView[]): Row[] {
  const groups = new Map<string, FigureView[]>();
  for (const figure of figures) {
    const key = JSON.stringify([figure.subject, figure.metric.en, figure.params]);
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return [...groups.values()].flatMap((group) => {
    const [one] = group;
    if (one === undefined) return [];
    const params = one.params.length === 0 ? "" : ` (${one.params.map(plainText).join(", ")})`;
    const row = { subject: one.subject, name: nameOf(one), label: one.metric[page.language] + params };
    const plain = new Map(group.map(({ window, reading }) => [window, reading]));
    const corrected = group.flatMap(({ window, corrected }): [string, Reading][] =>
      corrected === null ? [] : [[window, corrected]],
    );
    return [
      { ...row, isCorrected: false, byWindow: plain },
      ...(corrected.length === 0 ? [] : [{ ...row, isCorrected: true, byWindow: new Map(corrected) }]),
    ];
  });
}

/** The longest window stays however narrow the page is: names without a figure say nothing. */
function columnsOf(page: Page, windows: readonly string[], isNamed: boolean): Column[] {
  const header = phrase("facts.name", page.reader);
  const name: Column = { header, align: "left", shrinkTo: LEAST_NAME, leaves: null };
  return [
    ...(isNamed ? [name] : []),
    { header: phrase("facts.metric", page.reader), align: "left", shrinkTo: null, leaves: null },
    ...windows.map(
      (window, index): Column => ({
        ...{ header: window, align: "right", shrinkTo: null },
        leaves: index === windows.length - 1 ? null : index,
      }),
    ),
  ];
}

function cellsOf(
  page: Page,
  row: Row,
  windows: readonly string[],
  reasons: Map<string, string>,
): readonly string[] {
  const label = row.isCorrected ? `  ${phrase("facts.corrected", page.reader)}` : row.label;
  const figures = windows.map((window) => {
    const reading = row.byWindow.get(window);
    return reading === undefined ? "" : cellOf(page, reading, reasons);
  });
  return [label, ...figures];
}

/** A figure, or a dash with the letter under which its reason stands. */
function cellOf(page: Page, reading: Reading, reasons: Map<string, string>): string {
  if (reading.value !== null) return amountOrFigure(page, reading);
  const sentence = reading.reason === null ? "" : say(reading.reason, page.reader);
  const mark = reasons.get(sentence) ?? markOf(reasons.size);
  reasons.set(sentence, mark);
  return `- ${mark}`;
}

function amountOrFigure(page: Page, { value, unit }: Figure): string {
  return unit === "money" && typeof value === "number"
    ? formatAmount(value, page.reader)
    : formatFigure({ value, unit }, page.reader, unit === "percent" ? 1 : 0);
}

/** a to z, then aa. */
function markOf(index: number): string {
  const letter = MARKS[index % MARKS.length] ?? "";
  return index < MARKS.length ? letter : markOf(Math.floor(index / MARKS.length) - 1) + letter;
}

function unitsSentence({ reader }: Page, { currency, zone }: FactsView): string {
  const amounts =
    currency === null ? phrase("facts.noCurrency", reader) : phrase("facts.currency", reader, { currency });
  const days = zone === null ? phrase("facts.noZone", reader) : phrase("facts.zone", reader, { zone });
  return `${amounts} ${days}`;
}

/** The dates of each window; those that differ between figures (moved back for late conversions) all stand there. */
function windowLines(page: Page, figures: readonly FigureView[], windows: readonly string[]): string[] {
  return windows.flatMap((window) => {
    const spans = new Set(
      figures
        .filter((figure) => figure.window === window)
        .flatMap(({ reading: { from, to } }) => (from === null || to === null ? [] : [`${from} ${to}`])),
    );
    const dates = [...spans].toSorted().map((span) => {
      const [from = "", to = ""] = span.split(" ");
      return from === to
        ? formatDay(from, page.reader, true)
        : phrase("facts.span", page.reader, {
            from: formatDay(from, page.reader, true),
            to: formatDay(to, page.reader, true),
          });
    });
    return dates.length === 0 ? [] : paragraph(page, labelled(page, window, dates.join("; ")));
  });
}

function reasonLines(page: Page, reasons: ReadonlyMap<string, string>): string[] {
  return [...reasons].flatMap(([sentence, mark]) => paragraph(page, `${mark}  ${sentence}`, 1, 1));
}

/** Metrics without a figure in any window, by the reason in the longest one. */
function missingLines(page: Page, missing: readonly Row[], longest: string): string[] {
  const labels = new Map<string, Set<string>>();
  for (const { byWindow, label } of missing) {
    const reason = byWindow.get(longest)?.reason ?? null;
    const sentence = reason === null ? "" : say(reason, page.reader);
    labels.set(sentence, (labels.get(sentence) ?? new Set()).add(label));
  }
  return [...labels].flatMap(([sentence, of]) =>
    paragraph(page, labelled(page, [...of].join(", "), sentence), 1, 1),
  );
}

function leftWindowLines(page: Page, windows: readonly string[]): string[] {
  if (windows.length === 0) return [];
  return paragraph(page, phrase("facts.windowsLeft", page.reader, { windows: windows.join(", ") }));
}

function accountLines(page: Page, { accounts }: FactsView): string[] {
  const keys = new Map<string, string[]>();
  for (const account of accounts) {
    const sentence = phrase("facts.account", page.reader, {
      conversion: countedAs(page, account.conversion),
      attribution: countedAs(page, account.attribution),
      countedOn: { value: account.countedOn, unit: "state" },
      from: formatDay(account.coveredFrom, page.reader, true),
      to: formatDay(account.coveredTo, page.reader, true),
    });
    keys.set(sentence, [...(keys.get(sentence) ?? []), plainText(account.key)]);
  }
  return [...keys].flatMap(([sentence, of]) =>
    paragraph(page, labelled(page, of.join(", "), sentence), 1, 1),
  );
}

function eventLines(page: Page, { events }: FactsView): string[] {
  return events.flatMap(({ name, from, to }) => {
    const span = phrase("facts.span", page.reader, {
      from: formatDay(from, page.reader, true),
      to: formatDay(to, page.reader, true),
    });
    return paragraph(page, labelled(page, plainText(name), span));
  });
}
