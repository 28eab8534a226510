/** The shipped rules folder with texts replaced. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { aFolder, BRAND } from "./home.ts";

export const BRAND_FILE = `brands/${BRAND}.json`;
export const RAISE_FILE = "packs/roads/raise-proven.json";

type Replacement = readonly [file: string, from: string | RegExp, to: string];

/** A copy of the shipped rules in which each text is replaced once. `removeHomes` takes it away. */
export function rulesWith(...replacements: readonly Replacement[]): string {
  const rules = aFolder();
  cpSync("rules", rules, { recursive: true });
  for (const [file, from, to] of replacements) {
    const target = path.join(rules, file);
    const text = readFileSync(target, "utf8");
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${from}`);
    writeFileSync(target, changed);
  }
  return rules;
}

/** The same with the pack `roads` alone: for tests that run or read every rule. */
export function roadsWith(...replacements: readonly Replacement[]): string {
  const rules = rulesWith(...replacements);
  for (const pack of readdirSync(path.join(rules, "packs"))) {
    if (pack !== "roads") rmSync(path.join(rules, "packs", pack), { recursive: true });
  }
  return rules;
}
