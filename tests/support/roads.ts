/** The shipped pack `roads` as the example brand loads it. */
import { readdirSync, readFileSync } from "node:fs";
import { parseBrand } from "../../lib/brand/parse.ts";
import type { Brand } from "../../lib/domain/brand.ts";
import { loadRuleset, type RuleFile } from "../../lib/rules/files/load.ts";
import type { Ruleset } from "../../lib/rules/types.ts";
import { ROUND_DAY } from "./snapshot.ts";

const BRAND_FILE = "rules/brands/atelier-lune.json";
const FOLDER = "rules/packs/roads";

/** The pack's own file and its rules, without their test cases. */
export function roadsFiles(): RuleFile[] {
  const names = readdirSync(FOLDER).filter((name) => !name.endsWith(".test.json"));
  return names.map((name) => ({
    path: `${FOLDER}/${name}`,
    text: readFileSync(`${FOLDER}/${name}`, "utf8"),
  }));
}

/** @throws Error with the problems when brand or pack do not load; `given` replaces parts of the brand. */
export function roads(given: Partial<Brand> = {}): { brand: Brand; ruleset: Ruleset } {
  const parsed = parseBrand(readFileSync(BRAND_FILE, "utf8"), BRAND_FILE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const loaded = loadRuleset(roadsFiles(), { ...parsed.brand, ...given }, ROUND_DAY);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}
