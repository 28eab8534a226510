/** From a brand's files to the configuration that they amount to on one day. */
import { type BrandOptions, parseBrand } from "../brand/parse.ts";
import type { Day } from "../domain/day.ts";
import { ConfigError } from "../domain/problem.ts";
import { loadRuleset } from "../rules/files/load.ts";
import type { BrandConfig, ConfigSource } from "./ports.ts";

/**
 * The brand and its rules on `day`: rules have first and last days, and dates of review. Its accounts are on platforms unless
 * `options` say otherwise.
 * @throws ConfigError with all problems of the brand file, or, when that is right, of all its rule files.
 */
export function configOn(source: ConfigSource, day: Day, options?: BrandOptions): BrandConfig {
  const parsed = parseBrand(source.brandText, source.brandFile, options);
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  const loaded = loadRuleset(source.ruleFiles, parsed.brand, day);
  if (!loaded.ok) throw new ConfigError(loaded.problems);
  return { brand: loaded.brand, ruleset: loaded.ruleset, source };
}
