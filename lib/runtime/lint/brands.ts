/** The brands that rules are looked at for: those that name their packs, and a neutral one for packs that nobody uses. */
import path from "node:path";
import { parseBrand } from "../../brand/parse.ts";
import type { Brand } from "../../domain/brand.ts";
import { NO_CURRENCY } from "../../domain/money.ts";
import { ConfigError, type ConfigProblem } from "../../domain/problem.ts";
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
  const parsed = (onlyBrand === null ? brandFiles : [onlyBrand]).map(({ text, path: file }) =>
    parseBrand(text, file),
  );
  const brands = parsed.flatMap((one) => (one.ok ? [{ brand: one.brand, isNeutral: false }] : []));
  const problems = parsed.flatMap((one) => (one.ok ? [] : one.problems));
  const used = new Set(brands.flatMap(({ brand }) => Object.keys(brand.packs)));
  const folders = new Set(ruleFiles.map(({ path: file }) => path.dirname(file)));
  const unused = onlyBrand === null ? [...folders].filter((folder) => !used.has(path.basename(folder))) : [];
  return {
    brands: [...brands, ...unused.map((folder) => ({ brand: neutralBrand(folder), isNeutral: true }))],
    problems,
  };
}

/** Problems of the brand with the pack are told at the pack's own file. */
function neutralBrand(folder: string): Brand {
  const file = path.join(folder, "pack.json");
  const text = JSON.stringify({
    ...{ id: "no-brand", name: "No brand", currency: NO_CURRENCY, zone: "UTC", mode: "shadow" },
    accounts: [{ platform: "meta", id: "1" }],
    packs: { [path.basename(folder)]: {} },
  });
  const parsed = parseBrand(text, file, { accounts: "dataset" });
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  return parsed.brand;
}
