/** The brands that rules are looked at for: those that name their packs, and a neutral one for packs that nobody uses. */
import path from "node:path";
import { parseBrand } from "../../brand/parse.ts";
import type { Brand } from "../../domain/brand.ts";
import { parseJson, valueAt } from "../../domain/json-file.ts";
import { NO_CURRENCY } from "../../domain/money.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import type { RuleFile } from "../../rules/files/load.ts";
import { packsOf } from "../../rules/files/pack-files.ts";
import type { RulesPlace } from "./place.ts";

export interface LintedBrand {
  brand: Brand;
  /** Made up for a pack, so that it has no people, no stages and no past. */
  isNeutral: boolean;
}

export function brandsAt({ brandFiles, ruleFiles, onlyBrand }: RulesPlace): {
  brands: LintedBrand[];
  problems: ConfigProblem[];
} {
  const asked = onlyBrand === null ? brandFiles : [onlyBrand];
  const parsed = asked.map((file) => ({ file, result: parseBrand(file.text, file.path) }));
  const brands = parsed.flatMap(({ result }) =>
    result.ok ? [{ brand: result.brand, isNeutral: false }] : [],
  );
  const broken = parsed.flatMap(({ file, result }) => (result.ok ? [] : [vocabularyOf(file)]));
  const problems = parsed.flatMap(({ result }) => (result.ok ? [] : result.problems));
  const used = new Set(brands.flatMap(({ brand }) => packsOf(ruleFiles, brand)));
  const unused = [...new Set(ruleFiles.map(({ path: file }) => path.dirname(file)))].filter((folder) => {
    const pack = path.basename(folder);
    return !used.has(pack) && (onlyBrand === null || broken.some(({ packs }) => packs.includes(pack)));
  });
  const neutral = unused.flatMap((folder) => {
    const words = broken.find(({ packs }) => packs.includes(path.basename(folder))) ?? null;
    const brand = neutralBrand(folder, words);
    if (brand === null) problems.push(folderProblem(folder));
    return brand === null ? [] : [{ brand, isNeutral: true }];
  });
  return { brands: [...brands, ...neutral], problems };
}

/** What rules look up in a brand file, as it stands there. */
interface Vocabulary {
  packs: readonly string[];
  parameters: unknown;
  groups: unknown;
}

/** A brand file that cannot be used still says which names its rules mean. */
function vocabularyOf({ path: file, text }: RuleFile): Vocabulary {
  const parsed = parseJson(text, file);
  const value = parsed.ok ? parsed.json.value : null;
  const packs = valueAt(value, ["packs"]);
  return {
    packs: typeof packs === "object" && packs !== null ? Object.keys(packs) : [],
    parameters: valueAt(value, ["parameters"]),
    groups: valueAt(value, ["groups"]),
  };
}

/** Problems of the brand with the pack are told at the pack's own file. Null for a folder whose name no brand file can write. */
function neutralBrand(folder: string, words: Vocabulary | null): Brand | null {
  const file = path.join(folder, "pack.json");
  const bare = {
    ...{ id: "no-brand", name: "No brand", currency: NO_CURRENCY, zone: "UTC", mode: "shadow" },
    accounts: [{ platform: "meta", id: "1" }],
    // A pack has no currency, so it leaves the floor of its cuts to the brands that use it.
    limits: { dailyFloor: 1 },
    packs: { [path.basename(folder)]: {} },
  };
  const named = { ...bare, parameters: words?.parameters, groups: words?.groups };
  for (const content of [named, bare]) {
    const parsed = parseBrand(JSON.stringify(content), file, { accounts: "dataset" });
    if (parsed.ok) return parsed.brand;
  }
  return null;
}

function folderProblem(folder: string): ConfigProblem {
  return {
    code: "pack.folderName",
    file: path.join(folder, "pack.json"),
    line: null,
    path: "",
    found: path.basename(folder),
    allowed: "lower-case letters, digits and dashes, at most 64, and neither constructor nor prototype",
    fix: "rename the folder, and the id in its pack.json",
  };
}
