/**
 * Publishing: the files that a brand runs on from now on are stored by their hash, its accounts are claimed, and its log says
 * so. A deployment reads no disk, so nothing else tells it what a brand is.
 */
import { z } from "zod";
import { deskOf } from "../domain/brand.ts";
import { canonicalJson, hashOf } from "../domain/canonical.ts";
import { localDay } from "../domain/day.ts";
import { accountKey } from "../domain/ids.ts";
import { ConfigError } from "../domain/problem.ts";
import type { BrandState } from "../domain/state.ts";
import { packsOf } from "../rules/files/pack-files.ts";
import { configOn } from "./config.ts";
import { isDeskNew } from "./desk/due-steps.ts";
import { AccountClaimedError } from "./errors.ts";
import type { BrandConfig, ConfigSource, LoopPorts } from "./ports.ts";
import { changesBetween, type SourceChanges, type WatchedRule, watchedRules } from "./source-changes.ts";
import { summaryOf } from "./summary.ts";

export interface PublishPorts extends Pick<LoopPorts, "log" | "blobs" | "putSummary"> {
  clock: Pick<LoopPorts["clock"], "nowMs">;
  /** See `LogStore.claim`. */
  claim(accountKey: string, brand: string): Promise<string>;
}

export interface Publication {
  brand: string;
  sourceHash: string;
  /** `new`: the source differs from what the log names; `same`: it is published already. */
  kind: "new" | "same";
  /** True where the log names no source yet. */
  first: boolean;
  changes: SourceChanges;
  watched: readonly WatchedRule[];
}

const sourceSchema = z.object({
  brandFile: z.string(),
  brandText: z.string(),
  ruleFiles: z.array(z.object({ path: z.string(), text: z.string() })),
});

/**
 * The source as it is published: the brand file and all packs that its rules come from, at paths that are the same on every machine, so that
 * the same files have the same hash wherever they are published from.
 */
export function publishedSource({ brand, source }: BrandConfig): ConfigSource {
  const used = packsOf(source.ruleFiles, brand);
  const ruleFiles = source.ruleFiles.flatMap(({ path, text }) => {
    const [pack = "", name = ""] = path.split(/[\\/]/).slice(-2);
    return used.includes(pack) ? [{ path: `rules/packs/${pack}/${name}`, text }] : [];
  });
  return {
    brandFile: `rules/brands/${brand.id}.json`,
    brandText: source.brandText,
    ruleFiles: ruleFiles.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** @throws BlobError when it is absent or corrupt. */
export async function loadPublished(
  blobs: Pick<LoopPorts["blobs"], "get">,
  sourceHash: string,
): Promise<ConfigSource> {
  return sourceSchema.parse(JSON.parse(await blobs.get(sourceHash)));
}

/** What publishing would do, with nothing stored. @throws LogError, StoreError, BlobError, ConfigError */
export async function planPublication(
  ports: Pick<PublishPorts, "log" | "clock"> & { blobs: Pick<LoopPorts["blobs"], "get"> },
  config: BrandConfig,
): Promise<Publication> {
  return (await prepared(ports, config)).publication;
}

/**
 * Claims every account of the brand. Done for all brands before any is published. @throws AccountClaimedError, StoreError:
 * accounts that were claimed by then stay the brand's, whose file names them.
 */
export async function claimAccounts(
  ports: Pick<PublishPorts, "claim">,
  { brand }: BrandConfig,
): Promise<void> {
  for (const account of brand.accounts) {
    const key = accountKey(account);
    const owner = await ports.claim(key, brand.id);
    if (owner !== brand.id) throw new AccountClaimedError(brand.id, key, owner);
  }
}

/**
 * Claims, stores and records. The same source again appends nothing. The summary row is written either way, so that a
 * publication that was cut off before it is made whole by the next.
 * @throws AccountClaimedError, LogError, StoreError, BlobError, ConfigError: nothing is published then.
 */
export async function publish(ports: PublishPorts, config: BrandConfig, by: string): Promise<Publication> {
  await claimAccounts(ports, config);
  const { publication, stable } = await prepared(ports, config);
  const { brand, sourceHash } = publication;
  await ports.blobs.put(canonicalJson(stable.source));
  const atMs = await ports.clock.nowMs();
  const ruleHashes = stable.ruleset.rules.map(({ hash }) => hash);
  const desk = deskOf(stable.brand);
  const appended = await ports.log.append(brand, (state) =>
    state.published?.sourceHash === sourceHash
      ? null
      : [
          { type: "rulesPublished", v: 1, atMs, by, sourceHash, ruleHashes },
          ...(isDeskNew(state, desk) ? [{ type: "deskChanged", v: 1, atMs, by, desk } as const] : []),
        ],
  );
  const state = appended?.state ?? (await ports.log.state(brand));
  await ports.putSummary(summaryOf(stable.brand, state, atMs));
  return { ...publication, kind: appended === null ? "same" : "new" };
}

interface Prepared {
  publication: Publication;
  /** The configuration as it will be read from what is stored. */
  stable: BrandConfig;
}

async function prepared(
  ports: Parameters<typeof planPublication>[0],
  config: BrandConfig,
): Promise<Prepared> {
  const source = publishedSource(config);
  const day = localDay(await ports.clock.nowMs(), config.brand.zone);
  // Read again as a deployment will: what cannot be read from there must not be published.
  const stable = configOn(source, day);
  const state = await ports.log.state(config.brand.id);
  const sourceHash = hashOf(source);
  const publication: Publication = {
    brand: config.brand.id,
    sourceHash,
    kind: state.published?.sourceHash === sourceHash ? "same" : "new",
    first: state.published === null,
    changes: changesBetween(await configBefore(ports.blobs, state, day), stable),
    watched: watchedRules(stable, state),
  };
  return { publication, stable };
}

/** Null also for what this version refuses: then everything counts as new. */
async function configBefore(
  blobs: Pick<LoopPorts["blobs"], "get">,
  { published }: BrandState,
  day: string,
): Promise<BrandConfig | null> {
  if (published === null) return null;
  try {
    return configOn(await loadPublished(blobs, published.sourceHash), day);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
