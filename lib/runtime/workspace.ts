/** Puts the parts together on one machine: a brand with its rules, its platforms, its shop, its log, a clock. */
import { randomUUID } from "node:crypto";
import path from "node:path";
import { folderBlobs } from "../blobs/folder-store.ts";
import type { BlobStore } from "../blobs/store.ts";
import type { Brand } from "../domain/brand.ts";
import { localDay } from "../domain/day.ts";
import type { Files } from "../domain/files.ts";
import { fileCheckpoints } from "../log/checkpoint.ts";
import { fileHeads } from "../log/heads.ts";
import { type Log, openLog } from "../log/log.ts";
import type { LogStore } from "../log/store.ts";
import { configOn } from "../loop/config.ts";
import type { BrandConfig, LoopPorts, Progress } from "../loop/ports.ts";
import type { Environment } from "../platforms/port.ts";
import { createCsvShop } from "../shops/csv/index.ts";
import type { Shop } from "../shops/port.ts";
import { unavailableShop } from "../shops/unavailable.ts";
import { type RunningClock, sandboxClock, systemClock } from "./clock.ts";
import { readSource } from "./config.ts";
import { openEmbeddedStore } from "./embedded-store.ts";
import { currentSeed, dataFolder, worldFolder } from "./home.ts";
import { platformLoader } from "./platforms.ts";
import { openSandbox, type SandboxSession } from "./sandbox-session.ts";
import { ENGINE_VERSION } from "./version.ts";

export interface WorkspaceOptions {
  brand: string;
  home: string;
  rulesFolder: string;
  env: Environment;
  files: Files;
  onProgress: (progress: Progress) => void;
}

export interface Workspace {
  config: BrandConfig;
  ports: LoopPorts;
  store: LogStore;
  /** Folder of the log, the blobs and the heads. */
  folder: string;
  /** Null for a brand on real accounts. */
  sandbox: SandboxSession | null;
  close(): Promise<void>;
}

/**
 * Opens a brand. The files are read first: with a broken one nothing else is touched.
 * @throws ConfigError, FileError, RuntimeError, OwnerError, StoreError.
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const source = await readSource(options.files, options.rulesFolder, options.brand);
  // Any day finds the problems; which rules count is asked again when the clock is known.
  const { brand } = configOn(source, "2000-01-01");
  const place = await openPlace(options, brand.sandbox);
  try {
    const config = configOn(source, localDay(await place.clock.nowMs(), brand.zone));
    const ports = portsAt(place, config, { onProgress: options.onProgress, messenger: null });
    const { store, folder, sandbox, close } = place;
    return { config, ports, store, folder, sandbox, close };
  } catch (error) {
    await place.close();
    throw error;
  }
}

/** What the brands of one folder share: the table and, in a sandbox, the world. */
export interface Place {
  files: Files;
  /** The world's folder, or the home folder. */
  base: string;
  folder: string;
  store: LogStore;
  clock: RunningClock;
  sandbox: SandboxSession | null;
  platform: LoopPorts["platform"];
  close(): Promise<void>;
}

/** @throws FileError, RuntimeError, OwnerError, StoreError; nothing stays open then. */
export async function openPlace(
  { files, home, env }: Pick<WorkspaceOptions, "files" | "home" | "env">,
  inSandbox: boolean,
): Promise<Place> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const base = inSandbox ? worldFolder(home, await currentSeed(files, home)) : home;
    const sandbox = inSandbox ? await openSandbox(files, base) : null;
    if (sandbox !== null) closers.push(sandbox.close);
    const clock = sandbox === null ? systemClock() : sandboxClock(sandbox.clockMs, await sandbox.clockMs());
    const folder = dataFolder(base);
    const store = await openEmbeddedStore({ folder, files, nowMs: clock.lastMs });
    closers.push(store.close);
    const platform = platformLoader(env, sandbox?.address ?? null);
    return { files, base, folder, store, clock, sandbox, platform, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A log of its own writer: what one run began to send is never taken for another's. */
export function logAt({ files, folder, store, clock }: Place): Log {
  return openLog({
    store,
    heads: fileHeads(files, path.join(folder, "heads")),
    checkpoints: fileCheckpoints(files, path.join(folder, "checkpoints")),
    writerId: randomUUID(),
    newEntryId: randomUUID,
    nowMs: clock.lastMs,
    random: Math.random,
    sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

export function blobsAt({ files, folder }: Place): BlobStore {
  return folderBlobs(files, path.join(folder, "blobs"));
}

export function portsAt(
  place: Place,
  { brand }: BrandConfig,
  own: Pick<LoopPorts, "onProgress" | "messenger">,
): LoopPorts {
  const { files, base, store, clock, platform } = place;
  return {
    ...own,
    log: logAt(place),
    blobs: blobsAt(place),
    platform,
    shop: shopOf(brand, brand.sandbox ? base : path.dirname(brand.file), files),
    clock,
    stops: async () => await store.controlStops(),
    putStop: async (stop) => await store.putControlStop(stop),
    putSummary: async (summary) => await store.putSummary(summary),
    engineVersion: ENGINE_VERSION,
  };
}

function shopOf({ shop, file }: Brand, shopBase: string, files: Files): Shop | null {
  if (shop === null) return null;
  if (shop.source === "csv") {
    return createCsvShop({ file: path.resolve(shopBase, shop.file), readText: files.readText });
  }
  return unavailableShop({
    code: "shop.pushedElsewhere",
    file,
    line: null,
    path: "shop.source",
    found: `"${shop.source}"`,
    allowed: '"csv" with a file, or no shop: pushed figures arrive at a deployment, and this is one machine',
    fix: "work on a copy of the brand file with the figures in a CSV file",
  });
}
