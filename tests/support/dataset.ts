/** Dataset folders made up for a test. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readDataset } from "../../lib/dataset/index.ts";
import type { WantedDays } from "../../lib/dataset/insights.ts";
import type { Dataset } from "../../lib/dataset/types.ts";
import { ConfigError, type ConfigProblem } from "../../lib/domain/problem.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { aFolder } from "./folder.ts";

/** Contents by path; lists are lines. */
export type DatasetTexts = Readonly<Record<string, string | Uint8Array | readonly string[]>>;

export function aDatasetFolder(texts: DatasetTexts): string {
  const folder = aFolder();
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Array.isArray(text) ? `${text.join("\n")}\n` : (text as string | Uint8Array));
  }
  return folder;
}

export async function aDataset(texts: DatasetTexts, wanted: WantedDays | null = null): Promise<Dataset> {
  return await readDataset(nodeFiles(), aDatasetFolder(texts), wanted);
}

/** What is wrong with a folder, its path left out of the files' names. */
export async function problemsOf(texts: DatasetTexts): Promise<ConfigProblem[]> {
  const folder = aDatasetFolder(texts);
  try {
    await readDataset(nodeFiles(), folder);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((one) => ({ ...one, file: one.file.replace(`${folder}/`, "") }));
  }
  throw new Error("the folder was read without a problem");
}
