/** How a file is laid out, from its beginning: delimiter, header and kind. */
import { CsvError, parse } from "csv-parse/sync";
import { ConfigError } from "../domain/problem.ts";
import { fileProblem, shown } from "./complaints.ts";
import { type Candidate, candidatesOf, isFit, type Judged, judge, repeatedNames } from "./header.ts";
import type { ImportKind } from "./kind.ts";

const DELIMITERS = [",", ";", "\t"] as const;
/** A title, a range of dates, an account: exports put a few lines above the header, never a page. */
const MAX_PREAMBLE_LINES = 20;
/** How many kinds an error compares the header with. */
const MAX_NEAR = 3;

export interface Layout extends Candidate {
  delimiter: string;
  header: readonly string[];
  headerLine: number;
  preamble: readonly (readonly string[])[];
}

interface Line {
  cells: readonly string[];
  line: number;
}

interface Found extends Judged, Line {
  delimiter: string;
  preamble: readonly (readonly string[])[];
}

/** `head` is the file's beginning up to the end of a line. @throws ConfigError when it is no kind, or could be several. */
export function layoutOf(file: string, head: string, kinds: readonly ImportKind[]): Layout {
  if (head.trim() === "") throw emptyFile(file);
  const tried = DELIMITERS.flatMap((delimiter) => judgedLines(file, head, delimiter, candidatesOf(kinds)));
  const fits = tried.filter(isFit).sort((a, b) => b.matched - a.matched || a.line - b.line);
  const [best, next] = fits;
  if (best === undefined) throw noKind(file, head, tried);
  if (next !== undefined && next.matched === best.matched && next.table !== best.table) {
    throw severalKinds(file, best, next);
  }
  const repeated = repeatedNames(best.cells, best.table);
  if (repeated.length > 0) throw repeatedColumns(file, best.line, repeated);
  const { kind, table, delimiter, cells, line, preamble } = best;
  return { kind, table, delimiter, header: cells, headerLine: line, preamble };
}

function judgedLines(
  file: string,
  head: string,
  delimiter: string,
  candidates: readonly Candidate[],
): Found[] {
  const lines = linesOf(head, delimiter);
  return lines.flatMap(({ cells, line }, index) => {
    const preamble = lines.slice(0, index).map((above) => above.cells);
    return candidates.map((candidate) => ({
      ...judge(file, cells, candidate),
      ...{ cells, line, delimiter, preamble },
    }));
  });
}

/** The first lines that are not blank. What ends them early (a quote that stays open) is found when the file is read. */
function linesOf(head: string, delimiter: string): Line[] {
  const lines: Line[] = [];
  try {
    parse(head, {
      ...{ delimiter, bom: true, relax_column_count: true, skip_empty_lines: true },
      to: MAX_PREAMBLE_LINES + 1,
      on_record: (values: string[], { lines: line }) => {
        lines.push({ line, cells: values.map((cell) => cell.trim()) });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return lines;
}

function emptyFile(file: string): ConfigError {
  return fileProblem(file, {
    code: "import.empty",
    path: "",
    found: "nothing",
    allowed: "a CSV file with a header row, then one row per line",
    fix: "export the file again",
  });
}

function noKind(file: string, head: string, tried: readonly Found[]): ConfigError {
  const near = [...tried]
    .sort((a, b) => shareMatched(b) - shareMatched(a) || b.matched - a.matched || a.line - b.line)
    .filter((one, index, all) => all.findIndex(({ table }) => table === one.table) === index)
    .filter(({ matched }) => matched > 0)
    .slice(0, MAX_NEAR);
  const [nearest] = near;
  const header = nearest?.cells ?? linesOf(head, ",")[0]?.cells ?? [];
  return new ConfigError([
    {
      ...{ code: "import.unknownKind", file, path: "", line: nearest?.line ?? 1 },
      found: `the columns ${header.filter((cell) => cell !== "").join(", ")}`,
      allowed:
        near.length === 0
          ? "the columns of an export that `palier import --list` describes"
          : near.map(needs).join("; or "),
      fix: "export the file with these columns, and leave its header as it is; `palier import --list` says where to get each kind",
    },
  ]);
}

function shareMatched({ table, missing }: Judged): number {
  const required = table.columns.filter((column) => column.required).length;
  return required === 0 ? 0 : 1 - missing.length / required;
}

function needs({ kind, table, missing, unlike }: Found): string {
  const name = `${kind.id} (${table.id})`;
  if (missing.length > 0) return `${name} needs ${missing.map((one) => `"${one}"`).join(", ")} too`;
  if (unlike === null) return `${name} needs a file name such as ${table.fileName?.example}`;
  return `${name} cannot have the column "${unlike}"`;
}

function severalKinds(file: string, one: Found, other: Found): ConfigError {
  const names = [one, other].map(({ kind, table }) => `${kind.id} (${table.id})`);
  return new ConfigError([
    {
      ...{ code: "import.severalKinds", file, path: "", line: one.line },
      found: `columns of ${names.join(" and of ")}`,
      allowed: "a header that one kind of export has",
      fix: `name the kind before the file: palier import ${one.kind.id} ${file}`,
    },
  ]);
}

function repeatedColumns(file: string, line: number, names: readonly string[]): ConfigError {
  return new ConfigError(
    names.map((name) => ({
      ...{ code: "import.repeatedColumn", file, line, path: name },
      found: `${shown(name)} more than once`,
      allowed: "each column once",
      fix: "remove one of the two columns",
    })),
  );
}
