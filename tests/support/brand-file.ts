import { readFileSync } from "node:fs";
import { parseBrand } from "../../lib/brand/parse.ts";
import type { Brand } from "../../lib/domain/brand.ts";
import type { ConfigProblem } from "../../lib/domain/problem.ts";

export const BRAND_FILE = "rules/brands/atelier-lune.json";
const TEXT = readFileSync(BRAND_FILE, "utf8");

// biome-ignore lint/suspicious/noExplicitAny: files are also broken on purpose, key by key
export type BrandText = any;

function changed(change: (brand: BrandText) => void) {
  const brand: BrandText = JSON.parse(TEXT);
  change(brand);
  return parseBrand(JSON.stringify(brand, null, 2), BRAND_FILE);
}

/** The example brand with a change that its file may have. */
export function brandWith(change: (brand: BrandText) => void): Brand {
  const result = changed(change);
  if (result.ok) return result.brand;
  throw new Error(JSON.stringify(result.problems, null, 2));
}

/** What is wrong with the example brand after a change. */
export function brandProblems(change: (brand: BrandText) => void): ConfigProblem[] {
  const result = changed(change);
  return result.ok ? [] : result.problems;
}
