/** A revenue file's text to days, with every problem in it. */
import { CsvError, parse } from "csv-parse/sync";
import { majorFromMicros } from "../../domain/money.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import type { ShopDay } from "../../domain/snapshot.ts";
import {
  type Cells,
  COLUMN_NAMES,
  type ColumnName,
  countCell,
  isColumn,
  isSourceColumn,
  kindOf,
  moneyCell,
  REQUIRED_COLUMNS,
} from "./columns.ts";
import { excessMicros, revenueBySource } from "./sources.ts";

/** Thirty years of days; more is some other file. */
const MAX_ROWS = 11_000;
/** More would only repeat the same mistake. */
const MAX_PROBLEMS = 50;
const MAX_SHOWN_CHARACTERS = 40;
/** More sources than a shop tells apart; more would be a pivot of something else. */
const MAX_SOURCES = 30;

interface Row {
  line: number;
  values: readonly string[];
}

export type ParsedRevenue =
  | { kind: "days"; days: ShopDay[] }
  | { kind: "problems"; problems: ConfigProblem[] };

type Place = Omit<ConfigProblem, "file">;

/** Days in ascending order, or what is wrong. A day with blank revenue is left out: it is unknown, not 0. */
export function parseRevenue(text: string, file: string): ParsedRevenue {
  const { problems, days } = readText(text);
  if (problems.length === 0) return { kind: "days", days };
  return {
    kind: "problems",
    problems: problems.slice(0, MAX_PROBLEMS).map((problem) => ({ file, ...problem })),
  };
}

function readText(text: string): { problems: Place[]; days: ShopDay[] } {
  const rows = splitRows(text);
  if (!Array.isArray(rows)) return { problems: [rows], days: [] };
  const [header, ...body] = rows;
  if (header === undefined) return { problems: [emptyFile()], days: [] };
  const names = header.values;
  const headerProblems = checkHeader(names, header.line);
  if (headerProblems.length > 0) return { problems: headerProblems, days: [] };
  if (body.length > MAX_ROWS) return { problems: [tooManyRows(body.length)], days: [] };
  return readBody(body, names.filter(isColumn));
}

function readBody(
  body: readonly Row[],
  columns: readonly ColumnName[],
): { problems: Place[]; days: ShopDay[] } {
  const problems: Place[] = [];
  const days: ShopDay[] = [];
  const lineOfDay = new Map<string, number>();
  for (const row of body) {
    const cells = Object.fromEntries(
      columns.map((column, index) => [column, row.values[index] ?? ""]),
    ) as Cells;
    const found = checkRow(row, columns, cells);
    const date = cells.date ?? "";
    const earlier = lineOfDay.get(date);
    if (earlier !== undefined && found.length === 0) found.push(duplicateDay(row.line, date, earlier));
    lineOfDay.set(date, row.line);
    problems.push(...found);
    const revenueMicros = found.length === 0 ? moneyCell(cells, "revenue") : null;
    if (revenueMicros === null) continue;
    const bySource = revenueBySource(cells, columns);
    const excess = bySource === null ? 0n : excessMicros(bySource, revenueMicros);
    if (excess > 0n) problems.push(sourcesAboveRevenue(row.line, excess, cells.revenue ?? ""));
    days.push({
      day: date,
      revenueMicros,
      orders: countCell(cells, "orders"),
      newCustomers: countCell(cells, "new_customers"),
      sessions: countCell(cells, "sessions"),
      ...(bySource !== null && { revenueBySource: bySource }),
    });
  }
  return { problems, days: days.sort((a, b) => (a.day < b.day ? -1 : 1)) };
}

/** Rows with their line, or why the text is no CSV at all. */
function splitRows(text: string): Row[] | Place {
  const rows: Row[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (values, { lines }) => {
        rows.push({ line: lines, values });
        return values;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      code: "shop.notCsv",
      line: typeof error.lines === "number" ? error.lines : null,
      path: "",
      found: shown(error.message),
      allowed: "UTF-8 text with commas between cells and a header row",
      fix: "close the quotation marks in this line, or remove them",
    };
  }
}

function checkHeader(names: readonly string[], line: number): Place[] {
  const allowed = `the columns ${COLUMN_NAMES.join(", ")}`;
  const unknown = names.filter((name) => !isColumn(name));
  if (unknown.length > 0) {
    const separated = names.length === 1 && /[;\t]/.test(names[0] ?? "");
    const fix = separated
      ? "separate the cells with commas"
      : "remove the column, or give it one of the known names";
    return unknown.map((name) => ({
      code: "shop.unknownColumn",
      line,
      path: name,
      found: shown(name),
      allowed,
      fix,
    }));
  }
  const sources = names.filter(isSourceColumn);
  if (sources.length > MAX_SOURCES) return [tooManySources(line, sources.length)];
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  const missing = REQUIRED_COLUMNS.filter((column) => !names.includes(column));
  return [
    ...repeated.map((name) => ({
      code: "shop.repeatedColumn",
      line,
      path: name,
      found: `"${name}" more than once`,
      allowed: "each column once",
      fix: "remove one of the two columns",
    })),
    ...missing.map((column) => ({
      code: "shop.missingColumn",
      line,
      path: column,
      found: names.join(", "),
      allowed: `the columns ${REQUIRED_COLUMNS.join(" and ")}, and any of the others`,
      fix: `add the column "${column}"`,
    })),
  ];
}

function checkRow(row: Row, columns: readonly ColumnName[], cells: Cells): Place[] {
  const { line } = row;
  if (row.values.length !== columns.length) {
    return [
      {
        code: "shop.cellCount",
        line,
        path: "",
        found: `${row.values.length} cells`,
        allowed: `${columns.length} cells, one per column`,
        fix: "write amounts with a point as decimal mark, and leave no cell out (blank is unknown)",
      },
    ];
  }
  return columns.flatMap((column) => {
    const text = cells[column] ?? "";
    const mayBeBlank = column !== "date";
    if ((text === "" && mayBeBlank) || kindOf(column).isValid(text)) return [];
    const code =
      column === "date" ? "shop.badDate" : column === "days" ? "shop.severalDays" : "shop.badNumber";
    const fix =
      column === "days"
        ? "write one row per day"
        : `correct the cell${mayBeBlank ? ", or leave it blank if unknown" : ""}`;
    return [{ code, line, path: column, found: shown(text), allowed: kindOf(column).allowed, fix }];
  });
}

function duplicateDay(line: number, date: string, earlier: number): Place {
  return {
    code: "shop.duplicateDay",
    line,
    path: "date",
    found: shown(date),
    allowed: `each day once; it already stands in line ${earlier}`,
    fix: "remove one of the two rows",
  };
}

function sourcesAboveRevenue(line: number, excess: bigint, revenue: string): Place {
  return {
    code: "shop.sourcesAboveRevenue",
    line,
    path: "revenue_from_*",
    found: `sources that add up to ${majorFromMicros(excess)} more than the day's revenue`,
    allowed: `at most the day's revenue of ${revenue} together`,
    fix: "count each order for one source, net of VAT, discounts and refunds as revenue is; or leave the cells blank if unknown",
  };
}

function tooManySources(line: number, found: number): Place {
  return {
    code: "shop.tooManySources",
    line,
    path: "revenue_from_*",
    found: `${found} columns`,
    allowed: `at most ${MAX_SOURCES} columns of sources`,
    fix: "put the small sources into one, such as revenue_from_other",
  };
}

function tooManyRows(found: number): Place {
  return {
    code: "shop.tooManyRows",
    line: null,
    path: "",
    found: `${found} rows`,
    allowed: `at most ${MAX_ROWS} rows, one per day`,
    fix: "keep one row per day, or the recent years only",
  };
}

function emptyFile(): Place {
  return {
    code: "shop.empty",
    line: null,
    path: "",
    found: "nothing",
    allowed: "a header row with date and revenue, then one row per day",
    fix: "write the shop's figures into the file",
  };
}

function shown(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `"${text.slice(0, MAX_SHOWN_CHARACTERS)}..."` : `"${text}"`;
}
