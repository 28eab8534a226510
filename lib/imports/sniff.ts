/** How a file writes numbers and days, found from its cells; what can be read in two ways is asked for. */
import { type DayOrder, type DecimalMark, markOf, orderOf } from "./cells.ts";
import type { Complaint } from "./complaints.ts";

/** Enough to meet a contradiction where there is one; until everything is decided, more are read. */
const LEAST_ROWS = 200;

const NUMBER = /^[-\u2212+]?\s*(?:[$€£¥]|[A-Z]{3})?\s*-?\d[\d.,\s'\u2019]*(?:%|[$€£¥]|[A-Z]{3})?$/;
const YEAR_LAST = /^\d{1,2}[./-]\d{1,2}[./-]\d{4}(?: .*)?$/;
const YEAR_FIRST = /^\d{4}[./-]\d{1,2}[./-]\d{1,2}/;
/** What stands for "no figure" in columns of numbers. */
const NO_FIGURE = /^(?:|[-\u2013\u2014\s]+|n\/?a|null|[<>]\s*\d+\s*%)$/i;

/** What a person says of the files; null: found from the cells. */
export interface WrittenAs {
  decimal: DecimalMark | null;
  dates: DayOrder | null;
}

export interface Sniffer {
  /** True once more rows would tell nothing new. */
  row(cells: readonly string[], line: number): boolean;
  /** How the file is written, or what is wrong with it and in which line. */
  end(): { mark: DecimalMark; order: DayOrder | null } | { line: number; complaint: Complaint };
}

interface Seen {
  isText: boolean;
  /** Line of the first cell that shows it. */
  marks: Map<DecimalMark, number>;
  orders: Map<DayOrder, number>;
  /** The first cell that could be read in two ways. */
  unclearNumber: Cell | null;
  unclearDay: Cell | null;
}

interface Cell {
  text: string;
  line: number;
  column: number;
}

/** `columns` are the indexes of the cells that the table understands. */
export function createSniffer(
  header: readonly string[],
  columns: readonly number[],
  said: WrittenAs,
): Sniffer {
  const seen = new Map<number, Seen>(columns.map((column) => [column, nothingSeen()]));
  let rows = 0;
  return {
    row(cells, line) {
      rows += 1;
      for (const [column, known] of seen) look(known, { text: cells[column] ?? "", line, column });
      return rows >= LEAST_ROWS && isDecided([...seen.values()], said);
    },
    end() {
      const all = [...seen.values()];
      const complaint = orderComplaint(all, header, said) ?? markComplaint(all, header, said);
      if (complaint !== null) return complaint;
      const mark = said.decimal ?? first(numbers(all).map(({ marks }) => marks)) ?? "point";
      return { mark, order: said.dates ?? first(all.map(({ orders }) => orders)) };
    },
  };
}

function nothingSeen(): Seen {
  return { isText: false, marks: new Map(), orders: new Map(), unclearNumber: null, unclearDay: null };
}

function look(seen: Seen, cell: Cell): void {
  const { text, line } = cell;
  if (seen.isText || NO_FIGURE.test(text) || YEAR_FIRST.test(text)) return;
  if (YEAR_LAST.test(text)) {
    const order = orderOf([text]);
    if (order === "dayFirst" || order === "monthFirst") note(seen.orders, order, line);
    else seen.unclearDay ??= cell;
  } else if (NUMBER.test(text)) {
    const mark = markOf([text]);
    if (mark === "comma" || mark === "point") note(seen.marks, mark, line);
    else if (/[.,]/.test(text)) seen.unclearNumber ??= cell;
  } else {
    seen.isText = true;
  }
}

function note<Key>(places: Map<Key, number>, key: Key, line: number): void {
  if (!places.has(key)) places.set(key, line);
}

function isDecided(seen: readonly Seen[], said: WrittenAs): boolean {
  const order = seen.some(({ orders }) => orders.size > 0) || seen.every((one) => one.unclearDay === null);
  const mark = numbers(seen).some(({ marks }) => marks.size > 0);
  return (said.decimal !== null || mark) && (said.dates !== null || order);
}

/** A column with a name in it is not one of numbers, whatever else stands there ("Spring 1.5", "1.5"). */
function numbers(seen: readonly Seen[]): Seen[] {
  return seen.filter(({ isText }) => !isText);
}

function first<Key>(places: readonly Map<Key, number>[]): Key | null {
  return [...(places.find(({ size }) => size > 0)?.keys() ?? [])][0] ?? null;
}

function markComplaint(seen: readonly Seen[], header: readonly string[], said: WrittenAs) {
  if (said.decimal !== null) return null;
  const columns = numbers(seen);
  const [point, comma] = (["point", "comma"] as const).map((mark) => lineOf(columns, "marks", mark));
  const fix = "say which one it is with --decimal point or --decimal comma";
  if (point !== undefined && comma !== undefined) {
    const found = `numbers with a decimal point (line ${point}) and with a decimal comma (line ${comma})`;
    const allowed = "one decimal mark in all of the file";
    return complain(Math.max(point, comma), "", { code: "import.twoMarks", found, allowed, fix });
  }
  const cell = columns.find(({ unclearNumber }) => unclearNumber !== null)?.unclearNumber;
  if (point !== undefined || comma !== undefined || cell === undefined || cell === null) return null;
  const found = `"${cell.text}", and no number that shows what its mark means`;
  const allowed = "a number that can be read in one way, somewhere in the file";
  return complain(cell.line, header[cell.column] ?? "", {
    ...{ code: "import.unclearMark", found, allowed, fix },
  });
}

function orderComplaint(seen: readonly Seen[], header: readonly string[], said: WrittenAs) {
  if (said.dates !== null) return null;
  const [day, month] = (["dayFirst", "monthFirst"] as const).map((order) => lineOf(seen, "orders", order));
  const fix = "say which one it is with --dates day-first or --dates month-first";
  if (day !== undefined && month !== undefined) {
    const found = `dates with the day first (line ${day}) and with the month first (line ${month})`;
    const allowed = "one order of day and month in all of the file";
    return complain(Math.max(day, month), "", { code: "import.twoOrders", found, allowed, fix });
  }
  const cell = seen.find(({ unclearDay }) => unclearDay !== null)?.unclearDay;
  if (day !== undefined || month !== undefined || cell === undefined || cell === null) return null;
  const found = `"${cell.text}", and no date that shows whether day or month comes first`;
  const allowed = "dates as 2026-03-31, or one after the 12th of a month somewhere in the file";
  return complain(cell.line, header[cell.column] ?? "", {
    ...{ code: "import.unclearDate", found, allowed, fix },
  });
}

function complain(line: number, path: string, complaint: Omit<Complaint, "path">) {
  return { line, complaint: { path, ...complaint } };
}

function lineOf(seen: readonly Seen[], places: "marks" | "orders", key: string): number | undefined {
  const lines = seen.flatMap((one) => {
    const line = new Map<string, number>(one[places]).get(key);
    return line === undefined ? [] : [line];
  });
  return lines.length === 0 ? undefined : Math.min(...lines);
}
