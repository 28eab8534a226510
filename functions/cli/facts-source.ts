/** Opens what figures are read from: a dataset folder, or what a brand's last night saw. */
import { accountKey } from "../../lib/domain/ids.ts";
import { emptyState } from "../../lib/log/fold.ts";
import { datasetSnapshot, type OpenDataset } from "../../lib/runtime/dataset.ts";
import { type FactsSource, figuresInput, nightFacts } from "../../lib/runtime/facts-source.ts";
import { chosenDataset, type DatasetOptions } from "./dataset-options.ts";
import type { Outcome } from "./program.ts";
import { onBrand } from "./session.ts";

export async function onFacts(
  options: DatasetOptions,
  use: (source: FactsSource) => Promise<Outcome>,
): Promise<Outcome> {
  const open = await chosenDataset(options);
  if (open !== null) return await use(await datasetFacts(open));
  return await onBrand(options, async (workspace) => await use(await nightFacts(workspace)));
}

async function datasetFacts(open: OpenDataset): Promise<FactsSource> {
  const { config, currency, zone, lacks, dataset } = open;
  const own = new Set(config.brand.accounts.map(accountKey));
  const snapshot = await datasetSnapshot(open);
  const counted = (dataset.sources?.accounts ?? []).flatMap(({ platform, conversion }) =>
    conversion === null ? [] : [{ platform, conversion }],
  );
  return {
    ...figuresInput(config.brand, snapshot, emptyState(config.brand.id)),
    ...{ name: config.brand.name, currency, zone, counted, events: dataset.events, notes: lacks },
    covered: dataset.accounts
      .filter((account) => own.has(accountKey(account)))
      .map(({ coveredFrom: from, coveredTo: to }) => ({ from, to })),
  };
}
