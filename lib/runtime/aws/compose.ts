/** Puts the parts together on AWS: a brand as it was published, its platforms, its shop, its log, the clock. */
import type { BlobStore } from "../../blobs/store.ts";
import type { Brand } from "../../domain/brand.ts";
import { canonicalJson } from "../../domain/canonical.ts";
import { localDay } from "../../domain/day.ts";
import type { Messenger } from "../../domain/messenger.ts";
import type { CheckpointStore } from "../../log/checkpoint.ts";
import type { Log } from "../../log/log.ts";
import type { BrandSummary, LogStore } from "../../log/store.ts";
import { configOn } from "../../loop/config.ts";
import type { BrandConfig, LoopPorts, Progress } from "../../loop/ports.ts";
import { loadPublished } from "../../loop/publish.ts";
import type { Shop } from "../../shops/port.ts";
import type { RunningClock } from "../clock.ts";
import { ENGINE_VERSION } from "../version.ts";
import { openBrandLog } from "./brand-log.ts";
import type { SecretPlatforms } from "./platforms.ts";
import { whilePublished } from "./published.ts";
import type { Telemetry } from "./telemetry.ts";

/** What runs of every brand share in one container. */
export interface RunParts {
  store: LogStore;
  blobs: BlobStore;
  checkpoints: CheckpointStore;
  platforms: SecretPlatforms;
  /** Null for a brand without Slack, and for a function that posts nothing. */
  messengerFor(brand: Brand): Promise<Messenger | null>;
  /** Null for a brand whose shop cannot be read from here. */
  shopOf(brand: Brand): Shop | null;
  clock: RunningClock;
  telemetry: Telemetry;
}

export interface ComposedBrand {
  config: BrandConfig;
  ports: LoopPorts;
}

/**
 * The brand as it was last published; null, with a log line, for one that nothing was published for or that lives in a
 * sandbox, which is no account of anybody.
 * @throws ConfigError for files that this version refuses; LogError, StoreError, BlobError.
 */
export async function composeBrand(parts: RunParts, brand: string): Promise<ComposedBrand | null> {
  const { telemetry, clock } = parts;
  const log = openBrandLog(parts);
  const { published } = await log.state(brand);
  if (published === null) {
    telemetry.warn("nothing is published for this brand, so it is left alone", { brand });
    return null;
  }
  const source = await loadPublished(parts.blobs, published.sourceHash);
  const day = localDay(await clock.nowMs(), configOn(source, "2000-01-01").brand.zone);
  const config = configOn(source, day);
  if (config.brand.id !== brand) {
    telemetry.warn("what is published for this brand is another's file, so it is left alone", { brand });
    return null;
  }
  if (config.brand.sandbox) {
    telemetry.warn("a sandbox brand runs on one machine only, so it is left alone", { brand });
    return null;
  }
  const current = whilePublished(log, published.sourceHash);
  const messenger = await parts.messengerFor(config.brand);
  return { config, ports: portsOf(parts, current, config.brand, messenger) };
}

function portsOf(parts: RunParts, log: Log, brand: Brand, messenger: Messenger | null): LoopPorts {
  const { store, telemetry } = parts;
  return {
    log,
    blobs: parts.blobs,
    platform: parts.platforms.open,
    shop: parts.shopOf(brand),
    messenger,
    clock: parts.clock,
    stops: async () => await store.controlStops(),
    putStop: async (stop) => await store.putControlStop(stop),
    putSummary: async (summary) => await putIfNew(store, summary),
    engineVersion: ENGINE_VERSION,
    onProgress: (progress) => telemetry.info(...progressLine(brand.id, progress)),
  };
}

/** Most runs find nothing to do and the row as it is; to read it costs a fifth of writing it. */
async function putIfNew(store: LogStore, summary: BrandSummary): Promise<void> {
  const known = await store.summary(summary.brand);
  if (known === null || canonicalJson(known) !== canonicalJson(summary)) await store.putSummary(summary);
}

function progressLine(brand: string, progress: Progress): Parameters<Telemetry["info"]> {
  if (progress.kind === "step") {
    return ["step", { brand, step: progress.step, subject: progress.subject }];
  }
  const { account, requests, entities, days, further } = progress;
  const beside = further.length === 0 ? {} : { further: further.join(", ") };
  return ["fetched", { brand, ...account, requests, entities, days, ...beside }];
}
