/** Files that people have into a dataset folder: read, checked, sorted and committed as one. */
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SOURCES_FILE } from "../../dataset/tables.ts";
import type { DatasetSources } from "../../dataset/types.ts";
import { localDay } from "../../domain/day.ts";
import { majorFromMicros } from "../../domain/money.ts";
import { ConfigError } from "../../domain/problem.ts";
import { type Complaints, createComplaints, fileProblem } from "../../imports/complaints.ts";
import { createGathered, type Gathered, type Reading } from "../../imports/gather.ts";
import type { ImportKind, ImportOptions } from "../../imports/kind.ts";
import type { ImportReport, ReadFile, WrittenTable } from "../../imports/report.ts";
import { settledTables, type Totals } from "../../imports/settle.ts";
import type { WrittenAs } from "../../imports/sniff.ts";
import { toldTotals } from "../../imports/tally.ts";
import { nodeFiles } from "../files.ts";
import { beginFiles, type CommitFiles, commitFiles, dropFiles } from "./commit.ts";
import { lockFolder } from "./lock.ts";
import { overlay } from "./overlay.ts";
import { type Opened, openFile, readFile } from "./read-file.ts";
import { type OpenStaging, openStaging } from "./staging.ts";
import { checkDataset, keepTarget } from "./target.ts";
import { writeTable } from "./write-tables.ts";

/** What a person said beside the files. */
export interface ImportSettings extends ImportOptions, WrittenAs {
  /** Days between the files had no delivery. */
  gapsAreZero: boolean;
}

export const NO_SETTINGS: ImportSettings = {
  ...{ account: null, currency: null, zone: null, conversion: null, series: null },
  ...{ decimal: null, dates: null, gapsAreZero: false },
};

export type ImportProgress =
  | { step: "read"; bytes: number; totalBytes: number; rows: number }
  | { step: "write"; rows: number }
  | { step: "check" };

export interface ImportRequest {
  /** Kinds that the files may be. */
  kinds: readonly ImportKind[];
  paths: readonly string[];
  /** The dataset's folder, made if it is not there; null: nothing is kept. */
  to: string | null;
  settings: ImportSettings;
  onProgress?(progress: ImportProgress): void;
  /** Until the new files are committed; what is left of them then goes. */
  signal?: AbortSignal;
  io?: CommitFiles;
}

/** In the folder of the new files, and gone before they are committed. */
const STAGING_FILE = "rows.sqlite";

/** @throws ConfigError with what is wrong, at most 50 problems; the folder is as it was then */
export async function importFiles(request: ImportRequest): Promise<ImportReport> {
  const { to } = request;
  if (to === null) {
    const folder = await fs.mkdtemp(join(tmpdir(), "palier-import-"));
    try {
      return await importInto(request, folder);
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }
  const made = await makeFolder(to);
  try {
    return await importInto(request, to);
  } catch (error) {
    // A folder that was not there before, and into which nothing was imported, goes again.
    if (made !== undefined) await fs.rmdir(to).catch(() => {});
    throw error;
  }
}

/** What was made; undefined where the folder was there. @throws ConfigError */
async function makeFolder(to: string): Promise<string | undefined> {
  try {
    return await fs.mkdir(to, { recursive: true });
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new ConfigError([
      {
        ...{
          code: "import.folder",
          file: to,
          line: null,
          path: "",
          found: `no folder can be made there (${code})`,
        },
        allowed: "the path of a folder, or of one that can be made",
        fix: "give --to another path: a folder for the dataset alone",
      },
    ]);
  }
}

async function importInto(request: ImportRequest, to: string): Promise<ImportReport> {
  const { io = fs, signal = new AbortController().signal } = request;
  const unlock = lockFolder(to);
  try {
    const work = await beginFiles(io, to);
    const report = await withStaging(work, (staging) =>
      gatherAndWrite({ ...request, signal }, staging, to, work),
    );
    signal.throwIfAborted();
    await commitFiles(io, to);
    return report;
  } finally {
    await dropFiles(io, to).catch(() => {});
    unlock();
  }
}

async function withStaging<Result>(
  work: string,
  use: (staging: OpenStaging) => Promise<Result>,
): Promise<Result> {
  const path = join(work, STAGING_FILE);
  const staging = openStaging(path);
  try {
    return await use(staging);
  } finally {
    staging.close();
    await fs.rm(path, { force: true });
  }
}

async function gatherAndWrite(
  request: ImportRequest & { signal: AbortSignal },
  staging: OpenStaging,
  to: string,
  work: string,
): Promise<ImportReport> {
  const { settings, signal, onProgress = () => {} } = request;
  const complaints = createComplaints();
  const gathered = createGathered(staging, complaints, settings);
  const opened = await openAll(request, signal);
  const { files, modes } = await readAll(opened, gathered, complaints, request);
  complaints.settle();
  const dataset = nodeFiles();
  const before = await keepTarget(dataset, to, gathered);
  const totals: Totals = { accounts: new Map(), notes: [] };
  const names = [join(to, "insights.csv"), ...request.paths];
  const nameOf = (file: number) => names[file] ?? "";
  const tables: WrittenTable[] = [];
  const context = { staging, complaints, modes, nameOf, gapsAreZero: settings.gapsAreZero };
  for (const table of settledTables(gathered, context, totals)) {
    tables.push(await writeTable(work, table, signal, (rows) => onProgress({ step: "write", rows })));
  }
  complaints.settle();
  if (tables.length === 0) throw nothingRead(request.paths[0] ?? "");
  const notes = [...totals.notes, ...gathered.accounts.notes()];
  await writeSources(work, before, gathered, files, notes);
  onProgress({ step: "check" });
  // The folder as it will be must be one that can be read, or it stays as it is.
  await checkDataset(overlay(dataset, to, work), to);
  const revenue = gathered.revenue.rows().reduce((sum, { revenueMicros }) => sum + revenueMicros, 0n);
  return {
    ...{ files, tables, accounts: toldTotals(totals.accounts, gathered.accounts.cells()), notes },
    revenue: gathered.revenue.isEmpty() ? null : majorFromMicros(revenue),
  };
}

/** What is wrong with any file as a whole is told of all of them. */
async function openAll({ paths, kinds, settings }: ImportRequest, signal: AbortSignal): Promise<Opened[]> {
  const opened: Opened[] = [];
  const problems: ConfigError["problems"][number][] = [];
  for (const path of paths) {
    try {
      opened.push(await openFile(path, kinds, settings, signal));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return opened;
}

async function readAll(
  opened: readonly Opened[],
  gathered: Gathered,
  complaints: Complaints,
  { settings, signal, onProgress = () => {} }: ImportRequest & { signal: AbortSignal },
): Promise<{ files: ReadFile[]; modes: Map<number, "once" | "sum"> }> {
  const totalBytes = opened.reduce((sum, { bytes }) => sum + bytes, 0);
  const sources = [...new Set(opened.map(({ layout }) => layout.table))];
  const files: ReadFile[] = [];
  let bytesBefore = 0;
  let rowsBefore = 0;
  for (const [index, file] of opened.entries()) {
    const { table } = file.layout;
    const reading: Reading = {
      ...{ name: file.path, file: index + 1, source: sources.indexOf(table) + 1, rows: table.rows },
      ...{ line: file.layout.headerLine, notes: new Map() },
      // Without a zone nobody knows when its day ends; most are near this one.
      writtenOn: localDay(file.modifiedMs, settings.zone ?? "UTC"),
    };
    const read = await readFile(file, {
      ...{ complaints, options: settings, signal, reading, sink: gathered.sink(reading) },
      onBytes: (bytes, rows) =>
        onProgress({ step: "read", bytes: bytesBefore + bytes, totalBytes, rows: rowsBefore + rows }),
    });
    files.push(read);
    bytesBefore += file.bytes;
    rowsBefore += read.rows;
  }
  return { files, modes: new Map(sources.map((table, index) => [index + 1, table.rows])) };
}

async function writeSources(
  work: string,
  before: DatasetSources | null,
  gathered: Gathered,
  files: readonly ReadFile[],
  notes: readonly string[],
): Promise<void> {
  const imports = [...Map.groupBy(files, ({ kind }) => kind)].map(([kind, ofKind], index) => ({
    kind,
    files: ofKind.map(({ name, sha256, rows }) => ({ name, sha256, rows })),
    notes: [...ofKind.flatMap((file) => file.notes.map(({ text }) => text)), ...(index === 0 ? notes : [])],
  }));
  const sources: DatasetSources = {
    v: 1,
    accounts: gathered.accounts.imported(),
    imports: [...(before?.imports ?? []), ...imports],
  };
  await fs.writeFile(join(work, SOURCES_FILE), `${JSON.stringify(sources, null, 2)}\n`);
}

function nothingRead(file: string): ConfigError {
  return fileProblem(file, {
    code: "import.nothing",
    path: "",
    found: "no row that a dataset could hold",
    allowed: "rows with figures of entities or of the shop",
    fix: "see the columns that the kind needs: palier import --list",
  });
}
