/**
 * What runs really take: the code of `observe` and `apply` in this process, on a sandbox world of another thread, over a table and
 * blobs in memory that count what AWS would bill. The example brand, some nights old, with a few changes approved each day.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Messenger } from "../../lib/domain/messenger.ts";
import { configOn } from "../../lib/loop/config.ts";
import type { BrandConfig } from "../../lib/loop/ports.ts";
import { publish } from "../../lib/loop/publish.ts";
import { openBrandLog } from "../../lib/runtime/aws/brand-log.ts";
import { type RunContainer, runPart } from "../../lib/runtime/aws/run-part.ts";
import type { Telemetry } from "../../lib/runtime/aws/telemetry.ts";
import { sandboxClock } from "../../lib/runtime/clock.ts";
import { readSource } from "../../lib/runtime/config.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { platformLoader } from "../../lib/runtime/platforms.ts";
import { foundWorld, SANDBOX_TOKEN, type SandboxClient, sandboxClient } from "../../lib/sandbox/index.ts";
import { createCsvShop } from "../../lib/shops/csv/index.ts";
import { approve } from "../support/answers.ts";
import { meteredBlobs, meteredTable, noUse, rowBytes, type Use } from "./meters.ts";
import { type SdkCost, sdkCost } from "./sdk-cost.ts";

const BRAND = "atelier-lune";
/** The first night reads a quarter and folds nothing; by the last one code and log are warm and have their usual size. */
const NIGHTS = 10;
const CHANGES_A_NIGHT = 3;

/** Slack is waited for, not computed: what telling costs besides is the log's. */
const TELLS_AT_ONCE: Messenger = {
  post: async () => "1773198600.000001",
  update: async () => {},
  find: async () => null,
  tell: async () => {},
};

export interface Measured {
  /** The night's run of `observe`. */
  night: Use;
  /** A run of `observe` that finds nothing to do. */
  idle: Use;
  /** A run of `apply` with one approved change. */
  change: Use;
  /** The run of `observe` after it, which shows on the card what became of it. */
  told: Use;
  /** Requests of the last night to each platform. */
  requests: Record<string, number>;
  rowBytes: number;
  sdk: SdkCost;
}

export async function measure(): Promise<Measured> {
  const folder = mkdtempSync(path.join(tmpdir(), "palier-bench-"));
  foundWorld(folder, { seed: 1, firstNight: "2026-03-11" });
  const worker = new Worker(new URL("./sandbox-thread.ts", import.meta.url), { workerData: { folder } });
  try {
    const { url, grpcPort } = await new Promise<{ url: string; grpcPort: number }>((resolve, reject) => {
      worker.once("message", resolve).once("error", reject);
    });
    return await measureOn({ folder, url, grpcPort });
  } finally {
    await worker.terminate();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOn(sandbox: { folder: string; url: string; grpcPort: number }): Promise<Measured> {
  const { folder, url, grpcPort } = sandbox;
  const world = sandboxClient(url);
  const clock = sandboxClock(async () => (await world.clock()).clockMs, (await world.clock()).clockMs);
  let use = noUse();
  const table = meteredTable(() => use);
  const blobs = meteredBlobs(() => use);
  const open = platformLoader({}, { url, grpcPort, token: SANDBOX_TOKEN });
  const shop = createCsvShop({ file: path.join(folder, "revenue.csv"), readText: nodeFiles().readText });
  const lanes = {
    wake: async () => {
      use.wakeUps += 1;
    },
    wakeAll: async () => [],
  };
  const parts: Omit<RunContainer, "part"> = {
    ...table,
    blobs,
    platforms: { open, refused: () => {} },
    messengerFor: async () => TELLS_AT_ONCE,
    shopOf: () => shop,
    clock,
    telemetry: countingTelemetry(() => use),
    lanes,
  };
  const run = async (part: "observe" | "apply") => {
    use = noUse();
    const before = process.threadCpuUsage();
    await runPart({ ...parts, part }, BRAND, () => 300_000);
    const { user, system } = process.threadCpuUsage(before);
    return { ...use, cpuMs: (user + system) / 1_000 };
  };
  const log = openBrandLog({ ...table, clock });
  const claim = async () => BRAND;
  await publish(
    { log, blobs, clock, putSummary: table.store.putSummary, claim },
    await aRealBrand(),
    "bench",
  );

  for (let night = 1; night < NIGHTS; night += 1) {
    await run("observe");
    await approveSome();
    await run("apply");
    await nextNight(world);
  }
  const night = await run("observe");
  const idle = await run("observe");
  await approveSome(1);
  const change = await run("apply");
  const told = await run("observe");
  const requests = await requestsOf(log);
  const [row] = await table.store.summaries();
  if (row === undefined) throw new Error("no summary row");
  return { night, idle, change, told, requests, rowBytes: rowBytes(row), sdk: await sdkCost(row) };

  async function approveSome(changes = CHANGES_A_NIGHT): Promise<void> {
    const { proposals } = await log.state(BRAND);
    const open = Object.values(proposals).filter(({ status }) => status === "open");
    for (const { change } of open.slice(0, changes)) {
      await approve({ log, blobs, clock, stops: table.store.controlStops }, BRAND, change.id);
    }
  }
}

async function nextNight(world: SandboxClient): Promise<void> {
  await world.advance({ to: "nextNight" });
}

/** The example brand as one of real accounts, its rules watched for the one night that is the least. */
async function aRealBrand(): Promise<BrandConfig> {
  const source = await readSource(nodeFiles(), "rules", BRAND);
  const real = { ...JSON.parse(source.brandText), sandbox: false, limits: { shadowNights: 1 } };
  return configOn({ ...source, brandText: JSON.stringify(real) }, "2026-03-11");
}

async function requestsOf(log: ReturnType<typeof openBrandLog>): Promise<Record<string, number>> {
  const events = (await log.entries(BRAND)).flatMap((entry) => entry.events);
  const fetched = events.flatMap((event) => (event.type === "accountFetched" ? [event] : []));
  return Object.fromEntries(fetched.map(({ account, requests }) => [account.platform, requests]));
}

function countingTelemetry(use: () => Use): Telemetry {
  const line = () => {
    use().logLines += 1;
  };
  return { info: line, warn: line, error: line, count: () => {}, flush: line };
}
