/** The files of a dataset folder: where each stands, and its text as it is read. */
import path from "node:path";
import { FileError, type StreamingFiles } from "../domain/files.ts";
import { ConfigError, type ConfigProblem } from "../domain/problem.ts";

export type DatasetFiles = Pick<StreamingFiles, "list" | "readBytes">;

/** What an import has committed and not yet moved to its place: newer than what stands there. */
export const READY_FOLDER = ".import-ready";

/** Enough to tell what a file is by its first bytes. */
const HEAD_BYTES = 1024;

export interface DatasetFolder {
  /** As it was named. */
  name: string;
  has(file: string): boolean;
  files: readonly string[];
  pathOf(file: string): string;
  /** The file's text in pieces, without a byte-order mark. @throws ConfigError when it is no UTF-8 text; FileError */
  text(file: string): AsyncIterable<string>;
}

/** @throws ConfigError where the name is a file's; FileError */
export async function openFolder(files: DatasetFiles, name: string): Promise<DatasetFolder> {
  const ready = new Set(await listed(files, name, READY_FOLDER));
  const settled = new Set(await files.list(name));
  const pathOf = (file: string) => path.join(name, file);
  return {
    name,
    has: (file) => ready.has(file) || settled.has(file),
    files: [...new Set([...settled, ...ready])].filter((file) => file !== READY_FOLDER).sort(),
    pathOf,
    text: (file) => {
      const bytes = ready.has(file)
        ? eitherOf(files, path.join(name, READY_FOLDER, file), pathOf(file))
        : files.readBytes(pathOf(file));
      return decoded(bytes, pathOf(file));
    },
  };
}

async function listed(files: DatasetFiles, name: string, within: string): Promise<string[]> {
  try {
    return await files.list(path.join(name, within));
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== "files.notFolder") throw error;
    throw new ConfigError([
      {
        ...{ code: "dataset.notFolder", file: name, line: null, path: "", found: "a file" },
        allowed: "a folder with insights.csv or revenue.csv, or both",
        fix: "name the folder that it stands in; palier import makes one from an export",
      },
    ]);
  }
}

/** A file may be moved to its place between being listed and being opened. */
async function* eitherOf(files: DatasetFiles, first: string, second: string): AsyncIterable<Uint8Array> {
  let begun = false;
  try {
    for await (const piece of files.readBytes(first)) {
      begun = true;
      yield piece;
    }
  } catch (error) {
    if (begun || !(error instanceof FileError) || error.code !== "files.missing") throw error;
    yield* files.readBytes(second);
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, file: string): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  try {
    for await (const piece of bytes) {
      if (first) refuseOthers(piece.subarray(0, HEAD_BYTES), file);
      first = false;
      yield decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw notText(file, {
      code: "dataset.notUtf8",
      found: "bytes that are no UTF-8 text",
      fix: "save the file as UTF-8: in a spreadsheet, choose CSV UTF-8",
    });
  }
}

function refuseOthers(head: Uint8Array, file: string): void {
  const begins = (...bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw notText(file, {
      code: "dataset.archive",
      found: "a ZIP archive or an Excel workbook under the name of a CSV file",
      fix: "unpack it, or open it in a spreadsheet and save it as CSV UTF-8: another name does not change what it is",
    });
  }
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff) || head.includes(0)) {
    throw notText(file, {
      code: "dataset.utf16",
      found: "UTF-16 text",
      fix: "save the file as UTF-8: in Excel, choose CSV UTF-8 (comma delimited), not Unicode text",
    });
  }
}

function notText(file: string, problem: Pick<ConfigProblem, "code" | "found" | "fix">): ConfigError {
  const allowed = "UTF-8 text with commas between cells and a header row";
  return new ConfigError([{ ...problem, file, line: null, path: "", allowed }]);
}
