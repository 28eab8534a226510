/** Opens what figures are read from: a dataset folder, or what a brand's last night saw. */
import type { Command } from "commander";
import { isDay } from "../../lib/domain/day.ts";
import { emptyState } from "../../lib/log/fold.ts";
import { datasetSnapshot, openDataset } from "../../lib/runtime/dataset.ts";
import { type FactsSource, figuresInput, nightFacts } from "../../lib/runtime/facts-source.ts";
import { UsageError } from "./errors.ts";
import type { Outcome } from "./program.ts";
import { type BrandOptions, files, onBrand, withBrand } from "./session.ts";

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

export async function onFacts(
  options: DatasetOptions,
  use: (source: FactsSource) => Promise<Outcome>,
): Promise<Outcome> {
  const { dataset, asOf } = options;
  if (dataset !== undefined) return await use(await datasetFacts(dataset, options));
  if (asOf !== undefined) throw new UsageError("--as-of needs --dataset: a brand's figures are those of its last night");
  return await onBrand(options, async (workspace) => await use(await nightFacts(workspace)));
}

async function datasetFacts(folder: string, { asOf, brand, rules }: DatasetOptions): Promise<FactsSource> {
  if (asOf !== undefined && !isDay(asOf)) {
    throw new UsageError(`--as-of is "${asOf}"; it takes a calendar day such as 2026-03-11`);
  }
  const open = await openDataset({
    ...{ folder, files, rulesFolder: rules, brandFile: brand ?? null, asOf: asOf ?? null },
  });
  const { config, currency, zone, lacks, dataset } = open;
  const snapshot = await datasetSnapshot(open);
  return {
    ...figuresInput(config.brand, snapshot, emptyState(config.brand.id)),
    ...{ name: config.brand.name, currency, zone, events: dataset.events, notes: lacks },
  };
}
