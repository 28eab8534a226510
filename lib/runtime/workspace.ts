/** Puts the parts together on one machine: a brand with its rules, its platforms, its shop, its log, a clock. */
import { randomUUID } from "node:crypto";
import path from "node:path";
import { folderBlobs } from "../blobs/folder-store.ts";
import type { Brand } from "../domain/brand.ts";
import { localDay } from "../domain/day.ts";
import type { Files } from "../domain/files.ts";
import { fileCheckpoints } from "../log/checkpoint.ts";
import { fileHeads } from "../log/heads.ts";
import { openLog } from "../log/log.ts";
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
  const { files, home } = options;
  const source = await readSource(files, options.rulesFolder, options.brand);
  // Any day finds the problems; which rules count is asked again when the clock is known.
  const { brand } = configOn(source, "2000-01-01");
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const base = brand.sandbox ? worldFolder(home, await currentSeed(files, home)) : home;
    const sandbox = brand.sandbox ? await openSandbox(files, base) : null;
    if (sandbox !== null) closers.push(sandbox.close);
    const clock = sandbox === null ? systemClock() : sandboxClock(sandbox.clockMs, await sandbox.clockMs());
    const config = configOn(source, localDay(await clock.nowMs(), brand.zone));
    const folder = dataFolder(base);
    const store = await openEmbeddedStore({ folder, files, nowMs: clock.lastMs });
    closers.push(store.close);
    const ports = composePorts(options, config, { folder, base, store, clock, sandbox });
    return { config, ports, store, folder, sandbox, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Parts {
  folder: string;
  base: string;
  store: LogStore;
  clock: RunningClock;
  sandbox: SandboxSession | null;
}

function composePorts(options: WorkspaceOptions, config: BrandConfig, parts: Parts): LoopPorts {
  const { files } = options;
  const { folder, store, clock, sandbox } = parts;
  const shopBase = config.brand.sandbox ? parts.base : path.dirname(config.brand.file);
  return {
    log: openLog({
      store,
      heads: fileHeads(files, path.join(folder, "heads")),
      checkpoints: fileCheckpoints(files, path.join(folder, "checkpoints")),
      writerId: randomUUID(),
      newEntryId: randomUUID,
      nowMs: clock.lastMs,
      random: Math.random,
      sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
    }),
    blobs: folderBlobs(files, path.join(folder, "blobs")),
    platform: platformLoader(options.env, sandbox?.address ?? null),
    shop: shopOf(config.brand, shopBase, files),
    clock,
    stops: async () => await store.controlStops(),
    putStop: async (stop) => await store.putControlStop(stop),
    putSummary: async (summary) => await store.putSummary(summary),
    engineVersion: ENGINE_VERSION,
    onProgress: options.onProgress,
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
