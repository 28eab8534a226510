/** Files as people have them, through the real import into a folder of the test's own. */
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, type ConfigProblem } from "../../lib/domain/problem.ts";
import type { ImportKind } from "../../lib/imports/kind.ts";
import { KINDS } from "../../lib/imports/kinds/index.ts";
import type { ImportReport } from "../../lib/imports/report.ts";
import { type ImportSettings, importFiles, NO_SETTINGS } from "../../lib/runtime/import/index.ts";
import { aFolder } from "./folder.ts";

export interface ImportedFile {
  name: string;
  /** Either of the two. */
  text?: string;
  bytes?: Uint8Array;
  /** When it was written; without it long after all of its days. */
  writtenAt?: string;
}

export type ImportedText =
  | {
      kind: "imported";
      /** The dataset's files by name, `sources.json` among them. */
      tables: Readonly<Record<string, string>>;
      report: ImportReport;
    }
  | { kind: "problems"; problems: readonly ConfigProblem[] };

/** Problems name the files without their folder. `kind` null: found out from the files. The same `folder` again adds to its dataset. */
export async function importText(
  kind: string | ImportKind | null,
  files: readonly ImportedFile[],
  settings: Partial<ImportSettings> = {},
  folder: string = aFolder(),
): Promise<ImportedText> {
  const to = join(folder, "dataset");
  const paths = files.map(({ name, text, bytes, writtenAt = "2040-01-01T00:00:00Z" }) => {
    writeFileSync(join(folder, name), text ?? bytes ?? "");
    utimesSync(join(folder, name), new Date(writtenAt), new Date(writtenAt));
    return join(folder, name);
  });
  try {
    const report = await importFiles({
      ...{ kinds: kindsOf(kind), paths, to },
      settings: { ...NO_SETTINGS, ...settings },
    });
    const tables = readdirSync(to)
      .sort()
      .map((name) => [name, readFileSync(join(to, name), "utf8")]);
    return { kind: "imported", tables: Object.fromEntries(tables), report };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map((one) => ({ ...one, file: one.file.replace(`${folder}/`, "") }));
    return { kind: "problems", problems };
  }
}

function kindsOf(kind: string | ImportKind | null): readonly ImportKind[] {
  if (kind === null) return KINDS;
  if (typeof kind !== "string") return [kind];
  const known = KINDS.filter(({ id }) => id === kind);
  if (known.length === 0) throw new Error(`no import kind ${kind}`);
  return known;
}
