/** A revenue file's text to days, with every problem in it. */
import { CsvError, parse } from "csv-parse/sync";
import type { ConfigProblem } from "../../domain/problem.ts";
import type { ShopDay } from "../../domain/snapshot.ts";
import {
  type Cells,
  COLUMN_NAMES,
  type ColumnName,
  daysCell,
  isColumn,
  isSourceColumn,
  REQUIRED_COLUMNS,
} from "../columns.ts";
import { overlaps, type PlacedRow } from "../overlaps.ts";
import { MAX_SOURCES, type RowProblem, readRow, shown, tooManySources } from "../rows.ts";

/** Thirty years of days; more is some other file. */
const MAX_ROWS = 11_000;
/** More would only repeat the same mistake. */
const MAX_PROBLEMS = 50;

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
  const rows: PlacedRow[] = [];
  for (const row of body) {
    const cells = Object.fromEntries(
      columns.map((column, index) => [column, row.values[index] ?? ""]),
    ) as Cells;
    if (row.values.length !== columns.length) {
      problems.push(wrongCellCount(row, columns.length));
      continue;
    }
    const read = readRow(cells, columns);
    if (read.kind === "problems") {
      problems.push(...read.problems.map((one) => placed(one, row.line)));
      continue;
    }
    rows.push({ day: cells.date ?? "", days: daysCell(cells), line: row.line });
    if (read.kind === "day") days.push(read.day);
  }
  problems.push(...overlaps(rows).map(({ line, problem }) => placed(problem, line)));
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { problems, days: days.sort((a, b) => (a.day < b.day ? -1 : 1)) };
}

function placed({ column, ...problem }: RowProblem, line: number): Place {
  return { ...problem, line, path: column };
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
  if (sources.length > MAX_SOURCES) return [placed(tooManySources(sources.length), line)];
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

function wrongCellCount({ line, values }: Row, columns: number): Place {
  return {
    code: "shop.cellCount",
    line,
    path: "",
    found: `${values.length} cells`,
    allowed: `${columns} cells, one per column`,
    fix: "write amounts with a point as decimal mark, and leave no cell out (blank is unknown)",
  };
}

function tooManyRows(found: number): Place {
  return {
    code: "shop.tooManyRows",
    line: null,
    path: "",
    found: `${found} rows`,
    allowed: `at most ${MAX_ROWS} rows`,
    fix: "keep one row per day or per several days, or the recent years only",
  };
}

function emptyFile(): Place {
  return {
    code: "shop.empty",
    line: null,
    path: "",
    found: "nothing",
    allowed: "a header row with date and revenue, then rows of one day or several",
    fix: "write the shop's figures into the file",
  };
}
