/** Opens a dataset folder as it was on one day: a brand with its rules, its accounts, its shop. Nothing of it can be written. */
import path from "node:path";
import { BlobError } from "../blobs/errors.ts";
import { readDataset } from "../dataset/index.ts";
import { BRAND_FILE } from "../dataset/tables.ts";
import type { Dataset } from "../dataset/types.ts";
import { addDays, type Day, instantOf } from "../domain/day.ts";
import { figure, type Message, message } from "../domain/figure.ts";
import { FileError, type StreamingFiles } from "../domain/files.ts";
import { accountKey, NIGHT_SLOT, roundIdOf } from "../domain/ids.ts";
import { NO_CURRENCY } from "../domain/money.ts";
import { ConfigError, type ConfigProblem } from "../domain/problem.ts";
import { insightLevelSchema, type MissingAccount, type Snapshot } from "../domain/snapshot.ts";
import { emptyState } from "../log/fold.ts";
import { configOn } from "../loop/config.ts";
import type { BrandConfig } from "../loop/ports.ts";
import type { PreviewPorts } from "../loop/preview.ts";
import { accountThrough, openDatasetPlatform } from "../platforms/dataset/index.ts";
import { PlatformError } from "../platforms/errors.ts";
import { createDatasetShop } from "../shops/dataset/index.ts";
import type { Shop } from "../shops/port.ts";
import { readPacks } from "./config.ts";
import { checkAccounts, commonPlace, impliedBrand } from "./dataset-brand.ts";
import { ENGINE_VERSION } from "./version.ts";

/** Inside every night window, and an hour that no change of clocks skips or repeats. */
const NIGHT_TIME = "04:10";

/** The pack that comes with Palier. */
const OWN_PACK = "roads";

/** No cell of a dataset is older. */
const FIRST_DAY = "1970-01-01";

export interface DatasetOptions {
  folder: string;
  /** Null: the folder's own, if it has one. */
  brandFile: string | null;
  /** Null: the day after the last that the dataset covers. */
  asOf: Day | null;
  rulesFolder: string;
  files: StreamingFiles;
}

export interface OpenDataset {
  dataset: Dataset;
  config: BrandConfig;
  asOf: Day;
  /** Null where neither accounts.csv nor a brand file says: then the brand's own is a stand-in and no amount has one. */
  currency: string | null;
  zone: string | null;
  /** What a brand file would add; empty where there is one. */
  lacks: readonly Message[];
}

/** @throws ConfigError with what is wrong with the dataset, else with its brand file, else with the rules; FileError */
export async function openDataset(options: DatasetOptions): Promise<OpenDataset> {
  const { files, folder } = options;
  const wanted = options.asOf === null ? null : { from: FIRST_DAY, to: options.asOf };
  const dataset = await readDataset(files, folder, wanted);
  const asOf = options.asOf ?? dayAfter(dataset);
  return await underFiles(options, dataset, asOf);
}

/** The figures under brand file and rules as they are now. @throws as `openDataset` */
export async function underFiles(options: DatasetOptions, dataset: Dataset, asOf: Day): Promise<OpenDataset> {
  const { files, folder, rulesFolder } = options;
  const ruleFiles = await readPacks(files, rulesFolder);
  const written = await brandText(options);
  const said = written === null ? commonPlace(dataset) : null;
  const packs = ruleFiles.some((file) => path.basename(path.dirname(file.path)) === OWN_PACK)
    ? [OWN_PACK]
    : [];
  const brandFile = options.brandFile ?? path.join(folder, BRAND_FILE);
  const source = {
    brandFile,
    brandText: written ?? impliedBrand(dataset, said ?? { currency: null, zone: null }, packs),
    ruleFiles,
  };
  const config = configOn(source, asOf, { accounts: "dataset" });
  checkAccounts(dataset, config.brand);
  const { currency, zone } = said ?? config.brand;
  const lacks = written === null ? [message("facts.brandWouldAdd", { folder: figure(folder, "text") })] : [];
  return { dataset, config, asOf, currency: currency === NO_CURRENCY ? null : currency, zone, lacks };
}

/** Null where there is none; a file that was named must be there. @throws FileError */
async function brandText({ files, folder, brandFile }: DatasetOptions): Promise<string | null> {
  try {
    return await files.readText(brandFile ?? path.join(folder, BRAND_FILE));
  } catch (error) {
    if (brandFile !== null || !(error instanceof FileError) || error.code !== "files.missing") throw error;
    return null;
  }
}

export function dayAfter({ folder, accounts, revenue }: Dataset): Day {
  const last = (revenue ?? []).map(({ day, days = 1 }) => addDays(day, days - 1));
  const covered = accounts.length > 0 ? accounts.map(({ coveredTo }) => coveredTo) : last;
  const [first, ...others] = covered;
  if (first !== undefined)
    return addDays(
      others.reduce((a, b) => (a > b ? a : b), first),
      1,
    );
  throw new ConfigError([
    {
      code: "dataset.noDays",
      file: folder,
      line: null,
      path: "",
      found: "no day of any account or of the shop",
      allowed: "a dataset that covers at least one day",
      fix: "write rows into insights.csv or revenue.csv",
    },
  ]);
}

/**
 * Everything that the dataset knows up to its day, that day included (for the window `today`): what figures are read from. An
 * account without any such day is missing in it.
 */
export async function datasetSnapshot(open: OpenDataset): Promise<Snapshot> {
  const { dataset, config, asOf } = open;
  const { brand } = config;
  const nowMs = nowOf(open);
  const missing: MissingAccount[] = [];
  const accounts = brand.accounts.flatMap((account) => {
    try {
      const levels = insightLevelSchema.options;
      return [accountThrough(dataset, brand, { account, levels, today: asOf, nowMs })];
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const { platform, accountId } = account;
      const values = { account: figure(accountKey(account), "text"), detail: figure(error.message, "text") };
      missing.push({ platform, accountId, reason: message("loop.accountFailed", values) });
      return [];
    }
  });
  const shop = (await shopOf(dataset)?.fetchDays(FIRST_DAY, asOf)) ?? null;
  const roundId = roundIdOf(brand.id, asOf, NIGHT_SLOT);
  return { v: 1, brand: brand.id, roundId, day: asOf, asOfMs: nowMs, accounts, missing, shop };
}

/** What a preview of that day's night asks. @throws ConfigError where the dataset cannot be judged at all */
export function previewPorts(open: OpenDataset): PreviewPorts {
  const { dataset, config } = open;
  const problem = unjudgeable(open);
  if (problem !== null) throw new ConfigError([problem]);
  const nowMs = nowOf(open);
  return {
    log: { state: async (brand) => emptyState(brand) },
    blobs: {
      get: async (hash) => {
        throw new BlobError("blob.missing", hash, "a dataset has no history");
      },
    },
    platform: async (id) => openDatasetPlatform(dataset, id, config.brand),
    shop: shopOf(dataset),
    clock: { nowMs: async () => nowMs },
    stops: async () => [],
    engineVersion: ENGINE_VERSION,
    // Reading files has taken its time by then.
    onProgress: () => {},
  };
}

function unjudgeable({ dataset, currency, zone }: OpenDataset): ConfigProblem | null {
  const place = { line: null, path: "" };
  if (dataset.accounts.length === 0) {
    return {
      ...place,
      code: "dataset.noAccounts",
      file: path.join(dataset.folder, "insights.csv"),
      found: "no ad account",
      allowed: "a dataset with insights: rules judge ad accounts",
      fix: "add insights.csv; figures of the shop alone are told by palier facts",
    };
  }
  if (currency !== null && zone !== null) return null;
  return {
    ...place,
    code: "dataset.noPlace",
    file: path.join(dataset.folder, "accounts.csv"),
    found: "nobody says which currency and zone the accounts have",
    allowed: "one currency and one zone: budgets and targets are amounts, and a night is somewhere",
    fix:
      "write accounts.csv with platform, account_id, currency and time_zone of each account, or a brand file with currency " +
      "and zone",
  };
}

export function shopOf({ revenue, otherSpend }: Dataset): Shop | null {
  return revenue === null && otherSpend.length === 0 ? null : createDatasetShop({ revenue, otherSpend });
}

function nowOf({ asOf, config }: OpenDataset): number {
  return instantOf(asOf, NIGHT_TIME, config.brand.zone);
}
