/** What the commands share that work on a brand or on a dataset folder. */
import type { Command } from "commander";
import { isDay } from "../../lib/domain/day.ts";
import { type OpenDataset, openDataset } from "../../lib/runtime/dataset.ts";
import { UsageError } from "./errors.ts";
import { type BrandOptions, files, withBrand } from "./session.ts";

export interface DatasetOptions extends BrandOptions {
  dataset?: string;
  asOf?: string;
}

/** Adds what a command takes that works on a brand or on a dataset. */
export function withDataset(made: Command): Command {
  return withBrand(made)
    .option("--dataset <folder>", "a dataset instead of a brand; --brand is then the path of a brand file")
    .option("--as-of <date>", "the day of a dataset's night (default: the one after its last day)");
}

/** The dataset that was asked for; null for a brand. @throws UsageError, and what opening throws */
export async function chosenDataset(options: DatasetOptions): Promise<OpenDataset | null> {
  const { dataset: folder, asOf, brand, rules: rulesFolder } = options;
  if (asOf !== undefined && folder === undefined)
    throw new UsageError("--as-of needs --dataset: a brand's nights have their own days");
  if (asOf !== undefined && !isDay(asOf))
    throw new UsageError(`--as-of is "${asOf}"; it takes a calendar day such as 2026-03-31`);
  if (folder === undefined) return null;
  return await openDataset({ folder, files, rulesFolder, brandFile: brand ?? null, asOf: asOf ?? null });
}
