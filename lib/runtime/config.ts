/** Reads a brand file and the packs of rules beside it. */
import path from "node:path";
import { FileError, type Files } from "../domain/files.ts";
import { MOST_JSON_BYTES } from "../domain/json-file.ts";
import { ConfigError } from "../domain/problem.ts";
import type { ConfigSource } from "../loop/ports.ts";
import type { RuleFile } from "../rules/files/load.ts";
import { TEST_ENDING } from "../rules/files/rule-file.ts";

const JSON_ENDING = ".json";

/**
 * The files of brand `brandId` in the rules folder, its packs included.
 * @throws ConfigError when there is no such brand; FileError.
 */
export async function readSource(files: Files, rulesFolder: string, brandId: string): Promise<ConfigSource> {
  const brandFile = path.join(rulesFolder, "brands", `${brandId}${JSON_ENDING}`);
  const brandText = await readBrandFile(files, rulesFolder, brandFile);
  return { brandFile, brandText, ruleFiles: await readPacks(files, rulesFolder) };
}

/** Ids of the brands in the rules folder, sorted. */
export async function brandIds(files: Files, rulesFolder: string): Promise<string[]> {
  const names = await files.list(path.join(rulesFolder, "brands"));
  return names.filter((name) => name.endsWith(JSON_ENDING)).map((name) => name.slice(0, -JSON_ENDING.length));
}

/** The files of all brands, sorted by name. */
export async function readBrands(files: Files, rulesFolder: string): Promise<RuleFile[]> {
  const read: RuleFile[] = [];
  for (const id of await brandIds(files, rulesFolder)) {
    const file = path.join(rulesFolder, "brands", `${id}${JSON_ENDING}`);
    read.push({ path: file, text: await files.readText(file, MOST_JSON_BYTES) });
  }
  return read;
}

async function readBrandFile(files: Files, rulesFolder: string, file: string): Promise<string> {
  try {
    return await files.readText(file, MOST_JSON_BYTES);
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== "files.missing") throw error;
    const known = await brandIds(files, rulesFolder);
    throw new ConfigError([
      {
        code: "brand.missing",
        file,
        line: null,
        path: "",
        found: "no such file",
        allowed: known.length === 0 ? "a brand file" : known.join(", "),
        fix: known.length === 0 ? "write the brand file" : `name one of the brands above, or write ${file}`,
      },
    ]);
  }
}

/** Every JSON file of every pack but the test cases, sorted: which packs count is the brand's to say. */
export async function readPacks(files: Files, rulesFolder: string): Promise<RuleFile[]> {
  const read: RuleFile[] = [];
  for (const pack of await files.list(path.join(rulesFolder, "packs"))) {
    const folder = path.join(rulesFolder, "packs", pack);
    for (const name of await files.list(folder)) {
      if (!name.endsWith(JSON_ENDING) || name.endsWith(TEST_ENDING)) continue;
      const file = path.join(folder, name);
      read.push({ path: file, text: await files.readText(file, MOST_JSON_BYTES) });
    }
  }
  return read;
}
