/** Tables that fit a terminal: names shrink, less important columns leave, numbers are never cut. */
import { displayWidth, truncate, wrap } from "./width.ts";

export interface Column {
  header: string;
  align: "left" | "right";
  /** Fewest columns that text may be cut to; null for numbers, which stay whole. */
  shrinkTo: number | null;
  /** Columns leave a narrow table in this order, lowest first; null stays. */
  leaves: number | null;
}

export interface Table {
  header: string[];
  /** The lines of each row: one, unless numbers alone are wider than the page. */
  rows: string[][];
  /** Headers of the columns that did not fit. */
  left: string[];
}

const GAP = 2;

/** The page's table, no line longer than `width` columns. `paint` colours a finished cell; `row` is null in the header. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: (cell: string, row: number | null, header: string) => string = (cell) => cell,
): Table {
  const natural = columns.map((column, index) =>
    Math.max(displayWidth(column.header), ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  const { kept, widths } = layOut(columns, natural, width);
  const lines = (cells: readonly string[], row: number | null): string[] => {
    const text = kept
      .map((index) => {
        const column = columns[index];
        if (column === undefined) return "";
        return cellText(column, cells[index] ?? "", widths[index] ?? 0, (cell) =>
          paint(cell, row, column.header),
        );
      })
      .join(" ".repeat(GAP))
      .trimEnd();
    return displayWidth(text) > width ? wrap(text, width) : [text];
  };
  const headers = columns.map((column) => column.header);
  return {
    header: lines(headers, null),
    rows: rows.map((row, index) => lines(row, index)),
    left: headers.filter((_, index) => !kept.includes(index)),
  };
}

function cellText(column: Column, text: string, width: number, paint: (cell: string) => string): string {
  const cut = column.shrinkTo === null ? text : truncate(text, width);
  const padding = " ".repeat(Math.max(0, width - displayWidth(cut)));
  return column.align === "right" ? padding + paint(cut) : paint(cut) + padding;
}

/** First text columns shrink, the last one first, each to its least; then the least important column leaves. */
function layOut(
  columns: readonly Column[],
  natural: readonly number[],
  width: number,
): { kept: number[]; widths: number[] } {
  let kept = columns.map((_, index) => index);
  for (;;) {
    const widths = shrink(columns, natural, kept, width);
    const next = leastImportant(columns, kept);
    if (total(widths, kept) <= width || next === null) return { kept, widths };
    kept = kept.filter((index) => index !== next);
  }
}

function shrink(
  columns: readonly Column[],
  natural: readonly number[],
  kept: readonly number[],
  width: number,
): number[] {
  const widths = [...natural];
  for (const index of kept.toReversed()) {
    const least = columns[index]?.shrinkTo ?? null;
    const excess = total(widths, kept) - width;
    if (least === null || excess <= 0) continue;
    const now = widths[index] ?? 0;
    widths[index] = Math.max(Math.min(least, now), now - excess);
  }
  return widths;
}

function leastImportant(columns: readonly Column[], kept: readonly number[]): number | null {
  const leaving = kept.filter((index) => (columns[index]?.leaves ?? null) !== null);
  const order = (index: number): number => columns[index]?.leaves ?? 0;
  return leaving.toSorted((a, b) => order(a) - order(b))[0] ?? null;
}

function total(widths: readonly number[], kept: readonly number[]): number {
  return kept.reduce((sum, index) => sum + (widths[index] ?? 0), 0) + GAP * Math.max(0, kept.length - 1);
}
