/** The shipped pack `roads` as the example brand loads it. */
import { readdirSync, readFileSync } from "node:fs";
import { parseBrand } from "../../lib/brand/parse.ts";
import type { Brand } from "../../lib/domain/brand.ts";
import { loadRuleset } from "../../lib/rules/load.ts";
import type { Ruleset } from "../../lib/rules/types.ts";
import { ROUND_DAY } from "./snapshot.ts";

const BRAND_FILE = "rules/brands/atelier-lune.json";
const FOLDER = "rules/packs/roads";

/** @throws Error with the problems when brand or pack do not load; `given` replaces parts of the brand. */
export function roads(given: Partial<Brand> = {}): { brand: Brand; ruleset: Ruleset } {
  const parsed = parseBrand(readFileSync(BRAND_FILE, "utf8"), BRAND_FILE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const files = readdirSync(FOLDER).map((name) => {
    return { path: `${FOLDER}/${name}`, text: readFileSync(`${FOLDER}/${name}`, "utf8") };
  });
  const loaded = loadRuleset(files, { ...parsed.brand, ...given }, ROUND_DAY);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}
