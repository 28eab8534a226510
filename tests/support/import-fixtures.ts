/** Files of tests/fixtures/imports through the import, and tables of a dataset as rows. */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import type { ImportSettings } from "../../lib/runtime/import/index.ts";
import { type ImportedFile, importText } from "./imports.ts";

export function importFixture(path: string): ImportedFile {
  const bytes = readFileSync(new URL(`../fixtures/imports/${path}`, import.meta.url));
  return { name: path.slice(path.lastIndexOf("/") + 1), bytes };
}

/** The rows of a dataset's table without their blank cells. */
export function tableRows(text: string | undefined): Record<string, string>[] {
  const rows: Record<string, string>[] = parse(text ?? "", { columns: true });
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== "")));
}

/** Fails the test when there is a problem. */
export async function imported(
  kind: string | null,
  files: readonly ImportedFile[],
  settings: Partial<ImportSettings> = {},
) {
  const result = await importText(kind, files, settings);
  if (result.kind === "problems") throw new Error(JSON.stringify(result.problems, null, 1));
  const { report, tables } = result;
  return {
    tables,
    kind: report.files[0]?.kind,
    /** Of the files and of the whole, a line each. */
    notes: [...report.files.flatMap((file) => file.notes.map(({ text }) => text)), ...report.notes].join(
      "\n",
    ),
  };
}

/** Fails the test when there is none. */
export async function importProblems(
  kind: string | null,
  files: readonly ImportedFile[],
  settings: Partial<ImportSettings> = {},
): Promise<readonly ConfigProblem[]> {
  const result = await importText(kind, files, settings);
  if (result.kind === "imported") throw new Error("imported without a problem");
  return result.problems;
}
