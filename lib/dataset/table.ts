/** One table of a dataset, row by row: its header, its cells, and every complaint about them with line and column. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { ConfigError } from "../domain/problem.ts";
import { unknownWord } from "../domain/shape.ts";
import type { CellKind } from "./cells.ts";
import { type Complaints, shown } from "./complaints.ts";
import type { DatasetFolder } from "./source.ts";
import { TABLES, type TableName } from "./tables.ts";

export type ColumnOf<Name extends TableName> = keyof (typeof TABLES)[Name] & string;

/** The row being read; it is the same object for all of them. */
export interface Row<Column extends string> {
  line: number;
  /** Null for a blank cell, for a column that the file lacks, and for a cell that was complained of. */
  read<Value>(column: Column, kind: CellKind<Value>): Value | null;
  /** Blank is complained of, too. */
  must<Value>(column: Column, kind: CellKind<Value>): Value | null;
  complain(column: Column | "", complaint: RowComplaint): void;
}

export interface RowComplaint {
  code: string;
  /** The cell, when absent. */
  found?: string;
  allowed: string;
  fix: string;
}

/** How many rows it had; `onRow` has seen each that has a cell per column. */
export async function readTable<Name extends TableName>(
  folder: DatasetFolder,
  name: Name,
  found: Complaints,
  onRow: (row: Row<ColumnOf<Name>>) => void,
): Promise<number> {
  let header: readonly string[] | null = null;
  let usable = false;
  let rows = 0;
  const reader = rowReader(folder.pathOf(name), found);
  const onRecord = (cells: readonly string[], line: number) => {
    if (header === null) {
      header = cells;
      usable = isHeader(name, cells, (column, complaint) => reader.complainAt(line, column, complaint));
      reader.begin(cells);
    } else if (usable && reader.take(cells, line)) {
      rows += 1;
      onRow(reader.row);
    }
  };
  try {
    await records(folder.text(name), onRecord);
  } catch (error) {
    if (error instanceof ConfigError) found.add(...error.problems);
    else if (error instanceof CsvError) reader.complainAt(lineOf(error), "", notCsv(error));
    else throw error;
    return rows;
  }
  if (header === null || (usable && rows === 0 && name === "insights.csv")) {
    reader.complainAt(null, "", emptyTable(name));
  }
  return rows;
}

/** Rows are handled as they are found and none is kept, so that a file's size does not matter. */
async function records(
  text: AsyncIterable<string>,
  onRecord: (cells: readonly string[], line: number) => void,
): Promise<void> {
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    on_record: (cells: string[], { lines }) => {
      onRecord(cells, lines);
      return null;
    },
  });
  await pipeline(Readable.from(text), parser.resume());
}

function rowReader(file: string, found: Complaints) {
  let cells: readonly string[] = [];
  let index: ReadonlyMap<string, number> = new Map();
  const complainAt = (line: number | null, column: string, complaint: RowComplaint): void => {
    const { code, allowed, fix } = complaint;
    const cell = shown(cells[index.get(column) ?? -1] ?? "");
    found.add({ code, file, line, path: column, found: complaint.found ?? cell, allowed, fix });
  };
  const row: Row<string> = {
    line: 0,
    read(column, kind) {
      const position = index.get(column);
      const text = position === undefined ? "" : (cells[position] ?? "");
      if (text === "") return null;
      const value = kind.parse(text);
      if (value === null) row.complain(column, { code: "dataset.badCell", ...kind });
      return value;
    },
    must(column, kind) {
      if ((cells[index.get(column) ?? -1] ?? "") !== "") return row.read(column, kind);
      const fix = "fill the cell, or remove the row";
      row.complain(column, { code: "dataset.blankCell", allowed: kind.allowed, fix });
      return null;
    },
    complain: (column, complaint) => complainAt(row.line, column, complaint),
  };
  return {
    row,
    complainAt,
    begin(header: readonly string[]): void {
      index = new Map(header.map((column, position) => [column, position]));
    },
    take(next: readonly string[], line: number): boolean {
      cells = next;
      row.line = line;
      if (next.length === index.size) return true;
      row.complain("", {
        code: "dataset.cellCount",
        found: `${next.length} cells`,
        allowed: `${index.size} cells, one per column`,
        fix: "write amounts with a point as decimal mark, and leave no cell out (blank is unknown)",
      });
      return false;
    },
  };
}

function isHeader(
  name: TableName,
  header: readonly string[],
  complain: (column: string, complaint: RowComplaint) => void,
): boolean {
  const known = Object.keys(TABLES[name]);
  const allowed = `the columns ${known.join(", ")}`;
  if (header.length === 1 && /[;\t]/.test(header[0] ?? "")) {
    const found = shown(header[0] ?? "");
    const fix = "separate the cells with commas; palier import reads exports as they are";
    complain("", { code: "dataset.separator", found, allowed, fix });
    return false;
  }
  const complained: string[] = [];
  const tell = (column: string, complaint: RowComplaint) => {
    complained.push(column);
    complain(column, complaint);
  };
  for (const column of new Set(header.filter((one) => !known.includes(one)))) {
    const { fix } = unknownWord("", column, known);
    const found = shown(column);
    const mend = fix.startsWith("did you mean")
      ? fix
      : "remove the column, or give it one of the known names";
    tell(column, { code: "dataset.unknownColumn", found, allowed, fix: mend });
  }
  for (const column of new Set(header.filter((one, position) => header.indexOf(one) !== position))) {
    const found = `${shown(column)} more than once`;
    tell(column, {
      code: "dataset.repeatedColumn",
      found,
      allowed: "each column once",
      fix: "remove one of the two",
    });
  }
  for (const [column, { required }] of Object.entries(TABLES[name])) {
    if (!required || header.includes(column)) continue;
    const fix = `add the column "${column}"`;
    tell(column, { code: "dataset.missingColumn", found: header.join(", "), allowed, fix });
  }
  return complained.length === 0;
}

function lineOf(error: CsvError): number | null {
  return typeof error.lines === "number" ? error.lines : null;
}

function notCsv(error: CsvError): RowComplaint {
  return {
    code: "dataset.notCsv",
    found: shown(error.message),
    allowed: "UTF-8 text with commas between cells and a header row",
    fix: "close the quotation marks in this line, or remove them",
  };
}

function emptyTable(name: TableName): RowComplaint {
  const columns = Object.entries(TABLES[name]).filter(([, { required }]) => required);
  return {
    code: "dataset.empty",
    found: "no rows",
    allowed: `a header row with ${columns.map(([column]) => column).join(", ")}, then the rows`,
    fix: "write the rows into the file, or remove the file",
  };
}
