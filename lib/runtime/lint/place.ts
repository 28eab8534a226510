/** The rule, pack and brand files that somebody named, and the folder they stand in. */
import path from "node:path";
import { FileError, type Files } from "../../domain/files.ts";
import { MOST_JSON_BYTES } from "../../domain/json-file.ts";
import { ConfigError } from "../../domain/problem.ts";
import type { RuleFile } from "../../rules/files/load.ts";
import { brandIds, readPacks } from "../config.ts";

const JSON_ENDING = ".json";
const PACK_FILE = "pack.json";
const BRANDS = "brands";

export interface RulesPlace {
  rulesFolder: string;
  /** All of the folder: parameters of any brand are names that rules may use. */
  brandFiles: readonly RuleFile[];
  ruleFiles: readonly RuleFile[];
  /** The brand file alone that was named; null: every brand. */
  onlyBrand: RuleFile | null;
  /** What was asked about: the file, the pack, or everything. */
  isAsked(file: string): boolean;
}

/** @throws ConfigError when nothing of ours stands there; FileError */
export async function readPlace(files: Files, place: string): Promise<RulesPlace> {
  const rulesFolder = await rulesFolderOf(files, place);
  const brandFiles = await Promise.all(
    (await brandIds(files, rulesFolder)).map(async (id): Promise<RuleFile> => {
      const file = path.join(rulesFolder, BRANDS, `${id}${JSON_ENDING}`);
      return { path: file, text: await files.readText(file, MOST_JSON_BYTES) };
    }),
  );
  const ruleFiles = await readPacks(files, rulesFolder);
  const isHere = (file: string) => isInside(file, place);
  const onlyBrand = brandFiles.find((file) => path.resolve(file.path) === path.resolve(place)) ?? null;
  if (![...brandFiles, ...ruleFiles].some(({ path: file }) => isHere(file))) throw nothingAt(place);
  return { rulesFolder, brandFiles, ruleFiles, onlyBrand, isAsked: isHere };
}

/** Files and packs stand two folders below it, brand files one. */
async function rulesFolderOf(files: Files, place: string): Promise<string> {
  if (place.endsWith(JSON_ENDING)) {
    const folder = path.resolve(place, "..");
    const up = path.basename(folder) === BRANDS ? ["..", ".."] : ["..", "..", ".."];
    return path.join(place, ...up);
  }
  const names = await listed(files, place);
  if (names.includes(PACK_FILE)) return path.join(place, "..", "..");
  if (names.includes("packs") || names.includes(BRANDS)) return place;
  throw nothingAt(place);
}

async function listed(files: Files, folder: string): Promise<string[]> {
  try {
    return await files.list(folder);
  } catch (error) {
    if (error instanceof FileError) throw nothingAt(folder);
    throw error;
  }
}

function isInside(file: string, place: string): boolean {
  const [inner, outer] = [path.resolve(file), path.resolve(place)];
  return inner === outer || inner.startsWith(outer + path.sep);
}

function nothingAt(place: string): ConfigError {
  return new ConfigError([
    {
      code: "lint.nothingThere",
      file: place,
      line: null,
      path: "",
      found: "no rule, pack or brand file",
      allowed: "a rules folder with packs and brands, a pack's folder with pack.json, a rule or a brand file",
      fix: "name another path, or leave it out for the folder rules",
    },
  ]);
}
