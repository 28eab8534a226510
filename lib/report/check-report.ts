/** What holding an export against Palier's figures found. */
import type { Day } from "../domain/day.ts";
import type { Figure, Reading } from "../domain/figure.ts";
import { formatAmount, formatFigure } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { leftLines } from "./holder-section.ts";
import { count, more, nameOf, type Page, paint, paragraph } from "./page.ts";
import { type Column, renderTable } from "./table.ts";

export interface CheckView {
  file: string;
  kind: string;
  rows: number;
  compared: number;
  /** Conversions that Palier counts and the export has no column of. */
  uncompared: readonly string[];
  differences: readonly DifferenceView[];
}

export interface DifferenceView {
  name: string;
  from: Day;
  to: Day;
  metric: { en: string; fr: string };
  /** Null where the export says nothing of an entity that has spend. */
  exported: Figure | null;
  /** Null where there is no such entity. */
  ours: Reading | null;
}

/** More are not read on a terminal; all of them are in the machine-readable output. */
const MOST_ROWS = 100;
const LEAST_NAME = 12;
/** Two figures that differ must not look alike. */
const EXTRA_DIGITS = 2;

export function renderCheck(page: Page, view: CheckView): string {
  const { differences } = view;
  const numbers = {
    file: plainText(view.file),
    kind: view.kind,
    rows: count(view.rows),
    compared: count(view.compared),
    different: count(differences.length),
  };
  if (differences.length === 0) {
    const same = paragraph(page, phrase("check.same", page.reader, numbers), 0);
    return [...same.map((line) => paint(page, "green", line)), ...uncomparedLines(page, view)].join("\n");
  }
  const cells = differences.slice(0, MOST_ROWS).map((difference) => cellsOf(page, difference));
  const table = renderTable(columnsOf(page), cells, page.width - 2);
  return [
    ...paragraph(page, phrase("check.different", page.reader, numbers), 0).map((line) =>
      paint(page, "red", line),
    ),
    ...uncomparedLines(page, view),
    "",
    ...[...table.header, ...table.rows.flat()].map((line) => `  ${line}`),
    ...(differences.length > MOST_ROWS ? more(page, differences.length - MOST_ROWS) : []),
    ...leftLines(page, table.left),
  ].join("\n");
}

function uncomparedLines(page: Page, { uncompared }: CheckView): string[] {
  return uncompared.flatMap((conversion) =>
    paragraph(page, phrase("check.uncompared", page.reader, { conversion: plainText(conversion) }), 0),
  );
}

function columnsOf({ reader }: Page): Column[] {
  const text = (header: string, shrinkTo: number | null): Column => ({
    ...{ header, align: "left", shrinkTo, leaves: null },
  });
  const number = (header: string): Column => ({ header, align: "right", shrinkTo: null, leaves: null });
  return [
    text(phrase("facts.name", reader), LEAST_NAME),
    text(phrase("check.days", reader), null),
    text(phrase("facts.metric", reader), null),
    number(phrase("check.exported", reader)),
    number("Palier"),
    text("", LEAST_NAME),
  ];
}

function cellsOf(page: Page, { name, from, to, metric, exported, ours }: DifferenceView): string[] {
  const { reader, language } = page;
  const why =
    ours === null
      ? phrase("check.unknownEntity", reader)
      : exported === null
        ? phrase("check.notExported", reader)
        : ours.reason === null
          ? ""
          : say(ours.reason, reader);
  return [
    nameOf({ name }),
    from === to ? from : `${from}..${to}`,
    metric[language],
    exported === null ? "-" : figureText(page, exported),
    ours === null || ours.value === null ? "-" : figureText(page, ours),
    why,
  ];
}

function figureText({ reader }: Page, { value, unit }: Figure): string {
  return unit === "money" && typeof value === "number"
    ? formatAmount(value, reader, EXTRA_DIGITS)
    : formatFigure({ value, unit }, reader, EXTRA_DIGITS);
}
