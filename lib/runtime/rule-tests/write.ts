/** Writes new packs, rules and test files; never over one that is there. */
import path from "node:path";
import { parseBrand } from "../../brand/parse.ts";
import type { Brand } from "../../domain/brand.ts";
import type { Day } from "../../domain/day.ts";
import { FileError, type Files } from "../../domain/files.ts";
import { slugSchema } from "../../domain/ids.ts";
import { parseJson, valueAt } from "../../domain/json-file.ts";
import { majorFromMicros } from "../../domain/money.ts";
import { ConfigError } from "../../domain/problem.ts";
import { factCatalogue } from "../../metrics/index.ts";
import type { CaseFile } from "../../rules/cases/schema.ts";
import { newPack, newRule, newTest, type Ordinary } from "../../rules/cases/templates.ts";
import { TEST_ENDING } from "../../rules/files/rule-file.ts";
import { brandIds, readSource } from "../config.ts";
import { filesBeside } from "./find.ts";
import { runTestFile } from "./run.ts";

export interface Place {
  files: Files;
  rulesFolder: string;
}

/** @returns the files written. @throws ConfigError where one is there or the name is none; FileError */
export async function writeNewPack(place: Place, id: string): Promise<string[]> {
  const file = path.join(folderOf(place, id), "pack.json");
  await mustBeNew(place.files, [file]);
  await place.files.writeAtomic(file, newPack(id));
  return [file];
}

/** A rule and its test file. */
export async function writeNewRule(
  place: Place,
  target: RuleTarget,
  owner: string,
  day: Day,
): Promise<string[]> {
  const { ruleFile, testFile } = pathsOf(place, target);
  const packFile = await packFileOf(place, target.pack);
  await mustBeNew(place.files, [ruleFile, testFile]);
  const rule = { path: ruleFile, text: newRule(target.rule, owner) };
  const test = await testText(place, target, packFile, rule, day);
  await place.files.writeAtomic(ruleFile, rule.text);
  await place.files.writeAtomic(testFile, test);
  return [ruleFile, testFile];
}

/** Cases that state what the rule does now: to be read and corrected by whoever knows what it should do. */
export async function writeNewTest(place: Place, target: RuleTarget, day: Day): Promise<string[]> {
  const { ruleFile, testFile } = pathsOf(place, target);
  const packFile = await packFileOf(place, target.pack);
  await mustBeNew(place.files, [testFile]);
  const rule = {
    path: ruleFile,
    text: await mustBeThere(place.files, ruleFile, "palier new rule writes one"),
  };
  await place.files.writeAtomic(testFile, await testText(place, target, packFile, rule, day));
  return [testFile];
}

export interface RuleTarget {
  pack: string;
  rule: string;
}

function folderOf({ rulesFolder }: Place, pack: string): string {
  return path.join(rulesFolder, "packs", checkedName(pack));
}

function pathsOf(place: Place, { pack, rule }: RuleTarget) {
  const stem = path.join(folderOf(place, pack), checkedName(rule));
  return { ruleFile: `${stem}.json`, testFile: `${stem}${TEST_ENDING}` };
}

/** A name becomes part of a path, so nothing but a name may stand there; `pack` is the pack's own file. */
function checkedName(name: string): string {
  const isName = slugSchema.safeParse(name).success && name !== "pack";
  if (isName) return name;
  const allowed = "lower-case letters, digits and dashes, at most 64, and not pack";
  throw refused("new.badName", name, `"${name}"`, allowed, "write such as cut-dear");
}

async function packFileOf(place: Place, pack: string) {
  const file = path.join(folderOf(place, pack), "pack.json");
  return { path: file, text: await mustBeThere(place.files, file, `palier new pack ${pack} writes it`) };
}

async function mustBeThere(files: Files, file: string, fix: string): Promise<string> {
  const text = await textAt(files, file);
  if (text === null) throw refused("new.missing", file, "no such file", "a file that exists", fix);
  return text;
}

async function mustBeNew(files: Files, all: readonly string[]): Promise<void> {
  for (const file of all) {
    if ((await textAt(files, file)) === null) continue;
    throw refused(
      "new.exists",
      file,
      "a file",
      "a name that is free",
      "choose another name, or edit that file",
    );
  }
}

async function textAt(files: Files, file: string): Promise<string | null> {
  try {
    return await files.readText(file);
  } catch (error) {
    if (error instanceof FileError && error.code === "files.missing") return null;
    throw error;
  }
}

function refused(code: string, file: string, found: string, allowed: string, fix: string): ConfigError {
  return new ConfigError([{ code, file, line: null, path: "", found, allowed, fix }]);
}

type Text = { path: string; text: string };

/** Judged first and written then. @throws ConfigError where the rule or the pack cannot be read */
async function testText(
  place: Place,
  { pack, rule }: RuleTarget,
  packFile: Text,
  ruleFile: Text,
  day: Day,
): Promise<string> {
  const ordinary = ordinaryOf(ruleFile, await brandWith(place, pack), day);
  const asked = newTest(ordinary, () => ({ verdict: "noData" }));
  const { testFile } = pathsOf(place, { pack, rule });
  const beside = await filesBeside(place.files, [folderOf(place, pack)]);
  const source = { pack, rule, packFile, ruleFile, testFile: { path: testFile, text: asked }, beside };
  const result = await runTestFile(source);
  if (!result.ok) throw new ConfigError(result.problems);
  const found = new Map(result.value.cases.map((one) => [one.name, one.found]));
  return newTest(ordinary, (name) => {
    const { verdict = "noData", change } = found.get(name) ?? {};
    return { verdict, ...(change !== undefined && { change }) } as CaseFile["expect"];
  });
}

/** An entity that the rule looks at, with the targets that its brand has. */
function ordinaryOf(ruleFile: Text, brand: Brand | null, day: Day): Ordinary {
  const parsed = parseJson(ruleFile.text, ruleFile.path);
  const first = (key: string): string | undefined => {
    const value = parsed.ok ? valueAt(parsed.json.value, ["appliesTo", key, 0]) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const named = (key: string) => first(key)?.replaceAll("*", "").replaceAll("?", "x");
  const entries = {
    stage: first("stages"),
    platform: first("platforms"),
    account: first("accounts"),
    campaign: named("campaigns"),
    name: named("names"),
    status: first("status"),
    objective: first("objectives"),
    labels: first("labels") === undefined ? undefined : [first("labels")],
  };
  const entity = Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
  const set = Object.entries(brand?.parameters ?? {}).flatMap(([name, one]) => {
    const fallback = one.default ?? one.values[0] ?? null;
    return fallback === null ? [] : [{ name, unit: one.unit, value: fallback.value }];
  });
  const parameters = set.map(({ name, unit, value }): [string, number] => [
    name,
    unit === "money" ? Number(majorFromMicros(BigInt(value))) : value,
  ]);
  const unknown = set.filter(({ name }) => !factCatalogue.some(({ id }) => id === name));
  const units = unknown.map(({ name, unit }): [string, string] => [name, unit]);
  const floor = brand?.limits.dailyFloorMicros ?? null;
  return {
    day,
    entity,
    brand: {
      ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
      ...(units.length > 0 && { units: Object.fromEntries(units) }),
      ...(floor !== null && { limits: { dailyFloor: Number(majorFromMicros(floor)) } }),
    } as Ordinary["brand"],
  };
}

/** The first brand that uses the pack; null where none does or none can be read. */
async function brandWith({ files, rulesFolder }: Place, pack: string): Promise<Brand | null> {
  for (const id of await brandIds(files, rulesFolder)) {
    const { brandText, brandFile } = await readSource(files, rulesFolder, id);
    const parsed = parseBrand(brandText, brandFile);
    if (parsed.ok && parsed.brand.packs[pack] !== undefined) return parsed.brand;
  }
  return null;
}
