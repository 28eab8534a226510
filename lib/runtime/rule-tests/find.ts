/** Finds rules and their test files: in all packs of a rules folder, in one pack, or those of one rule. */
import path from "node:path";
import { closest } from "../../domain/closest.ts";
import { FileError, type Files } from "../../domain/files.ts";
import { MOST_JSON_BYTES } from "../../domain/json-file.ts";
import { ConfigError, type ConfigProblem } from "../../domain/problem.ts";
import { type RuleFile, TEST_ENDING } from "../../rules/files/rule-file.ts";
import { readPacks } from "../config.ts";
import type { TestSource } from "./run.ts";

const JSON_ENDING = ".json";
const PACK_FILE = `pack${JSON_ENDING}`;
const PACKS = "packs";

export interface FoundTests {
  sources: readonly TestSource[];
  /** Rules that have no test file, as `pack/rule`. */
  untested: readonly string[];
}

/** Where to look: a rules folder, a pack's folder, a rule or its test file. @throws ConfigError, FileError */
export async function findTests(files: Files, place: string): Promise<FoundTests> {
  if (place.endsWith(JSON_ENDING)) {
    return await testsOf(files, [path.dirname(place)], ruleOf(path.basename(place)));
  }
  const names = await files.list(place);
  if (names.includes(PACK_FILE)) return await testsOf(files, [place], null);
  const packs = path.join(place, PACKS);
  const found = (await files.list(packs)).map((pack) => path.join(packs, pack));
  if (found.length === 0) throw new ConfigError([nothingAt(place)]);
  return await testsOf(files, found, null);
}

/** The tests of the packs that are named. @throws ConfigError, FileError */
export async function testsOfPacks(
  files: Files,
  rulesFolder: string,
  packs: readonly string[],
): Promise<FoundTests> {
  return await testsOf(
    files,
    packs.map((pack) => path.join(rulesFolder, PACKS, pack)),
    null,
  );
}

async function testsOf(files: Files, folders: readonly string[], only: string | null): Promise<FoundTests> {
  const sources: TestSource[] = [];
  const untested: string[] = [];
  const problems: ConfigProblem[] = [];
  const beside = await filesBeside(files, folders);
  for (const folder of folders) {
    const names = (await files.list(folder)).filter(
      (name) => name.endsWith(JSON_ENDING) && name !== PACK_FILE,
    );
    const rules = names.filter((name) => !name.endsWith(TEST_ENDING)).map(ruleOf);
    const tested = names.filter((name) => name.endsWith(TEST_ENDING)).map(ruleOf);
    const wanted = (rule: string) => only === null || rule === only;
    if (only !== null && !rules.includes(only) && !tested.includes(only)) {
      problems.push(nothingAt(path.join(folder, `${only}${JSON_ENDING}`)));
    }
    const pack = path.basename(path.resolve(folder));
    untested.push(
      ...rules.filter((rule) => wanted(rule) && !tested.includes(rule)).map((rule) => `${pack}/${rule}`),
    );
    for (const rule of tested.filter(wanted)) {
      if (rules.includes(rule)) sources.push({ ...(await sourceOf(files, folder, pack, rule)), beside });
      else problems.push(noRule(path.join(folder, `${rule}${TEST_ENDING}`), rule, rules));
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { sources, untested };
}

/** A rule may name other rules, and a pack build on others: all packs that stand in the same folder of packs. */
export async function filesBeside(files: Files, folders: readonly string[]): Promise<RuleFile[]> {
  const roots = [...new Set(folders.map((folder) => path.dirname(folder)))];
  const known = roots.filter((root) => path.basename(root) === PACKS).map((root) => path.dirname(root));
  return (await Promise.all(known.map((root) => readPacks(files, root)))).flat();
}

async function sourceOf(
  files: Files,
  folder: string,
  pack: string,
  rule: string,
): Promise<Omit<TestSource, "beside">> {
  const read = async (name: string) => {
    const file = path.join(folder, name);
    return { path: file, text: await files.readText(file, MOST_JSON_BYTES) };
  };
  return {
    pack,
    rule,
    packFile: await packFile(files, folder),
    ruleFile: await read(`${rule}${JSON_ENDING}`),
    testFile: await read(`${rule}${TEST_ENDING}`),
  };
}

async function packFile(files: Files, folder: string) {
  const file = path.join(folder, PACK_FILE);
  try {
    return { path: file, text: await files.readText(file, MOST_JSON_BYTES) };
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== "files.missing") throw error;
    const fix = "add pack.json with id and description to the folder";
    const place = { file, line: null, path: "" };
    throw new ConfigError([
      { ...place, code: "brand.noPackFile", found: "no pack.json", allowed: "a folder with pack.json", fix },
    ]);
  }
}

function ruleOf(name: string): string {
  return name.endsWith(TEST_ENDING) ? name.slice(0, -TEST_ENDING.length) : name.slice(0, -JSON_ENDING.length);
}

function nothingAt(file: string): ConfigProblem {
  return {
    code: "test.nothing",
    file,
    line: null,
    path: "",
    found: "no rules",
    allowed: "a rules folder, a pack's folder, a rule or its test file",
    fix: "name one of these, such as rules/packs/roads",
  };
}

function noRule(file: string, rule: string, rules: readonly string[]): ConfigProblem {
  const near = closest(rule, rules);
  return {
    code: "test.noRule",
    file,
    line: null,
    path: "",
    found: `no ${rule}${JSON_ENDING} beside it`,
    allowed: rules.length === 0 ? "a rule beside its test file" : rules.join(", "),
    fix: near === null ? "name the test file after its rule" : `did you mean ${near}${TEST_ENDING}?`,
  };
}
