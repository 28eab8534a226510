/** One file, from its bytes to rows of the dataset. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { ConfigError } from "../../domain/problem.ts";
import { type Complaints, fileProblem, shown } from "../../imports/complaints.ts";
import type { Reading } from "../../imports/gather.ts";
import { indexIn, knownIndexes } from "../../imports/header.ts";
import type {
  Complain,
  ImportKind,
  ImportOptions,
  OpenFile,
  RowReader,
  RowSink,
} from "../../imports/kind.ts";
import { type Layout, layoutOf } from "../../imports/layout.ts";
import type { ReadFile } from "../../imports/report.ts";
import { createSniffer, type WrittenAs } from "../../imports/sniff.ts";
import { checkUnchanged, type Inspected, inspect, utf8Pieces } from "./bytes.ts";
import { readRows } from "./rows.ts";

/** A file of which the layout is known. */
export interface Opened extends Inspected {
  layout: Layout;
  written: Pick<OpenFile, "mark" | "order">;
}

export interface ReadContext {
  complaints: Complaints;
  options: ImportOptions;
  signal: AbortSignal;
  sink: RowSink;
  reading: Reading;
  /** After each piece of the file. */
  onBytes(bytes: number, rows: number): void;
}

const EXCEL_NOTE =
  "no UTF-8: read as Windows-1252, as Excel writes CSV in Western Europe; look whether accents are right";

/** Of files whose cells nobody reads. */
const PLAIN: Opened["written"] = { mark: "point", order: null };

/** @throws ConfigError with what is wrong with the file as a whole */
export async function openFile(
  path: string,
  kinds: readonly ImportKind[],
  said: WrittenAs,
  signal: AbortSignal,
): Promise<Opened> {
  const inspected = await inspect(path, signal);
  const layout = layoutOf(path, inspected.head, kinds);
  const isRead = layout.table.unread !== true;
  return { ...inspected, layout, written: isRead ? await writtenAs(inspected, layout, said, signal) : PLAIN };
}

async function writtenAs(inspected: Inspected, layout: Layout, said: WrittenAs, signal: AbortSignal) {
  const { path } = inspected;
  const { header, table } = layout;
  const sniffer = createSniffer(header, knownIndexes(header, table), said);
  let rows = 0;
  const pieces = utf8Pieces(inspected, signal, () => {});
  await readRows(path, pieces, layout, (cells, line) => {
    rows += 1;
    return sniffer.row(cells, line);
  });
  if (rows === 0) throw noRows(path);
  const found = sniffer.end();
  if ("complaint" in found) throw new ConfigError([{ file: path, line: found.line, ...found.complaint }]);
  return found;
}

export async function readFile(opened: Opened, context: ReadContext): Promise<ReadFile> {
  const { layout, written } = opened;
  const { reading } = context;
  const { delimiter, table } = layout;
  const hash = createHash("sha256");
  const reader = openReader(opened, context);
  let bytes = 0;
  let rows = 0;
  const pieces = utf8Pieces(opened, context.signal, (piece) => {
    hash.update(piece);
    bytes += piece.length;
    context.onBytes(bytes, rows);
  });
  const onRow = (cells: readonly string[] | null, line: number, complain: Complain) => {
    rows += 1;
    reading.line = line;
    if (cells !== null) reader.row(cells, complain);
  };
  if (table.unread === true) await drain(pieces);
  else await eachRow(opened, pieces, context.complaints, onRow);
  reader.end?.();
  await checkUnchanged(opened);
  if (opened.encoding === "windows-1252") context.sink.note(EXCEL_NOTE);
  return {
    ...{ name: basename(opened.path), kind: layout.kind.id, table: table.id, sha256: hash.digest("hex") },
    ...{ bytes: opened.bytes, rows, encoding: opened.encoding, delimiter, ...written },
    ignored: ignoredColumns(layout),
    notes: [...reading.notes].map(([text, times]) => ({ text, times })),
  };
}

/** Every row below the header; `cells` are null for one that was complained of. */
export async function eachRow(
  { path, layout }: Opened,
  pieces: AsyncIterable<Buffer>,
  complaints: Complaints,
  onRow: (cells: readonly string[] | null, line: number, complain: Complain) => void,
): Promise<void> {
  const { header } = layout;
  await readRows(path, pieces, layout, (cells, line) => {
    const complain = complainOf(path, line, cells, header, complaints);
    onRow(isWhole(cells, header, complain) ? cells : null, line, complain);
    return false;
  });
}

/** To the end, for the file's hash. */
async function drain(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces);
}

function openReader({ path, layout, written }: Opened, { options, sink }: ReadContext): RowReader {
  const { header, headerLine, preamble, table } = layout;
  return table.open({
    ...{ name: path, header, headerLine, preamble, ...written, options, sink },
    indexOf: (column) => indexIn(header, column),
  });
}

/** A row without a cell for each column was cut off, or has a delimiter too many: neither is guessed at. */
function isWhole(cells: string[], header: readonly string[], complain: Complain): boolean {
  while (cells.length > header.length && cells.at(-1) === "") cells.pop();
  if (cells.length === header.length) return true;
  complain(null, {
    code: "import.cellCount",
    allowed: `${header.length} cells, one per column; this row has ${cells.length}`,
    fix: "export the file again: the row is cut off, or a cell holds a delimiter without quotation marks around it",
  });
  return false;
}

function complainOf(
  file: string,
  line: number,
  cells: readonly string[],
  header: readonly string[],
  complaints: Complaints,
): Complain {
  return (column, complaint) => {
    const path = column === null ? "" : (header[column] ?? "");
    const found = shown(column === null ? cells.join(" | ") : (cells[column] ?? ""));
    complaints.add({ file, line }, { ...complaint, path, found });
  };
}

function ignoredColumns({ header, table }: Layout): string[] {
  const known = new Set(knownIndexes(header, table));
  return header.filter((name, index) => name !== "" && !known.has(index));
}

function noRows(path: string): ConfigError {
  return fileProblem(path, {
    code: "import.noRows",
    path: "",
    found: "a header and no row below it",
    allowed: "at least one row",
    fix: "choose dates with figures, and export the file again",
  });
}
