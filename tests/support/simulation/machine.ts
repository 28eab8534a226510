/**
 * One machine with one brand on one sandbox world, and Palier processes that come and go on it. Every effect of a process is
 * watched: what it called is witnessed apart from its log, and something may happen just there.
 */
import path from "node:path";
import { folderBlobs } from "../../../lib/blobs/folder-store.ts";
import { localDay } from "../../../lib/domain/day.ts";
import { fileCheckpoints } from "../../../lib/log/checkpoint.ts";
import { StoreError } from "../../../lib/log/errors.ts";
import { fileHeads } from "../../../lib/log/heads.ts";
import { openLog } from "../../../lib/log/log.ts";
import { memoryStore } from "../../../lib/log/memory-store.ts";
import type { LogStore } from "../../../lib/log/store.ts";
import { configOn } from "../../../lib/loop/config.ts";
import type { BrandConfig, ConfigSource, LoopPorts } from "../../../lib/loop/ports.ts";
import type { Platform } from "../../../lib/platforms/port.ts";
import { openEmbeddedStore } from "../../../lib/runtime/embedded-store.ts";
import { nodeFiles } from "../../../lib/runtime/files.ts";
import { ENGINE_VERSION } from "../../../lib/runtime/version.ts";
import {
  foundWorld,
  type RunningSandbox,
  type SandboxClient,
  sandboxClient,
  serveSandbox,
} from "../../../lib/sandbox/index.ts";
import type { RunningSlack } from "../../../lib/sandbox/slack/index.ts";
import { createCsvShop } from "../../../lib/shops/csv/index.ts";
import { aFolder } from "../home.ts";
import { type Button, serveChannel, watchedMessenger } from "./channel.ts";
import type { Said } from "./desk-people.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { memoryFiles } from "./memory-files.ts";
import { type FilePerson, peopleOf, type Setup, sourceOf, withPeople } from "./setup.ts";
import { sandboxPlatform, watchedPlatform } from "./watched-platform.ts";
import {
  type AccountFetch,
  type Answered,
  type Outage,
  PLATFORMS,
  type PlatformId,
  type StopMark,
  type WriteCall,
} from "./witness.ts";

/** The end of a process, which no part of the product may catch. */
export class Killed extends Error {}

export interface Process {
  ports: LoopPorts;
  config: BrandConfig;
}

/** Called at every effect of every process, before and after. */
type Hook = (place: string, writerId: string) => Promise<void>;

export interface Machine {
  setup: Setup;
  world: SandboxClient;
  slack: RunningSlack;
  store: LogStore;
  /** What the world's clock shows, and what every process measures by: it stands still unless the story goes on. */
  clockMs: number;
  /** As the brand file names them now. */
  people: readonly FilePerson[];
  /** What people were told of their answers, and what they said in Slack. */
  answered: Answered[];
  said: Said[];
  clicks: number;
  /** Every button that somebody ever saw. */
  seen: Button[];
  /** Calls of the platform's write, in order. */
  writes: WriteCall[];
  /** Accounts that were read to the end, in order. */
  fetches: AccountFetch[];
  stops: StopMark[];
  /** Active daily budgets in cents when a round's account was read, by round. */
  startCents: Map<string, number>;
  trace: string[];
  hook: Hook;
  /** Puts whose reply is lost from now on. */
  lostReplies: number;
  /** Edits by people so far. */
  edits: number;
  /** Right before the write itself, after the reads and the question whether the edit would be taken. */
  beforeWrite: (id: PlatformId) => Promise<void>;
  /** Platforms that answer nothing tonight. */
  down: Set<PlatformId>;
  outages: Outage[];
  /** Accounts whose history, when last asked after a send, showed nothing: by a fault, or since nothing happened. */
  dark: Set<string>;
  /** What follows a write of unknown outcome before anybody reads. */
  afterUnknown: (call: WriteCall) => Promise<void>;
  advance(by: Parameters<SandboxClient["advance"]>[0]): Promise<void>;
  open(): Promise<Process>;
  close(): Promise<void>;
}

export async function aMachine(seed: number, setup: Setup): Promise<Machine> {
  const folder = aFolder();
  foundWorld(folder, { seed: setup.worldSeed, firstNight: "2026-03-11" });
  const sandbox = await serveSandbox({ folder });
  const world = sandboxClient(sandbox.url);
  const nowMs = () => 0;
  const embedded = setup.embedded
    ? await openEmbeddedStore({ folder: path.join(folder, "data"), files: nodeFiles(), nowMs })
    : null;
  const source = await sourceOf(setup);
  const parts: Parts = { folder, sandbox, source, files: memoryFiles(), draws: drawsOf(seed + 1), opened: 0 };
  const { clockMs } = await world.clock();
  const slack = await serveChannel(() => machine.clockMs);
  const machine: Machine = {
    setup,
    world,
    slack,
    clockMs,
    people: peopleOf(setup.desk),
    answered: [],
    said: [],
    clicks: 0,
    seen: [],
    store: embedded ?? memoryStore(),
    writes: [],
    fetches: [],
    stops: [],
    startCents: new Map(),
    trace: [],
    hook: async () => {},
    lostReplies: 0,
    edits: 0,
    beforeWrite: async () => {},
    down: new Set(),
    outages: [],
    dark: new Set(),
    afterUnknown: async () => {},
    async advance(by) {
      machine.clockMs = await world.advance(by);
      machine.trace.push(`    the clock shows ${new Date(machine.clockMs).toISOString()}`);
    },
    open: async () => await openProcess(machine, parts),
    async close() {
      await embedded?.close();
      await slack.close();
      await sandbox.close();
    },
  };
  return machine;
}

const ZONE = "Europe/Paris";

interface Parts {
  folder: string;
  sandbox: RunningSandbox;
  source: ConfigSource;
  files: ReturnType<typeof memoryFiles>;
  draws: Draws;
  opened: number;
}

async function openProcess(machine: Machine, parts: Parts): Promise<Process> {
  const { folder, sandbox, files, draws } = parts;
  parts.opened += 1;
  const writerId = `process-${parts.opened}`;
  let entries = 0;
  const config = configOn(withPeople(parts.source, machine.people), localDay(machine.clockMs, ZONE));
  const platforms = new Map<string, Platform>(
    PLATFORMS.map((id) => [id, watchedPlatform(machine, id, sandboxPlatform(id, sandbox), writerId)]),
  );
  const store = watchedStore(machine, writerId);
  const blobs = folderBlobs(files, "blobs");
  const ports: LoopPorts = {
    log: openLog({
      store,
      heads: fileHeads(files, "heads"),
      checkpoints: fileCheckpoints(files, "checkpoints"),
      writerId,
      newEntryId: () => {
        entries += 1;
        return `${writerId}-${entries}`;
      },
      nowMs: () => machine.clockMs,
      random: draws.next,
      sleep: async () => {},
    }),
    blobs: {
      ...blobs,
      async put(text) {
        await machine.hook("before blob", writerId);
        return await blobs.put(text);
      },
    },
    platform: async (id) => {
      const platform = platforms.get(id);
      if (platform === undefined) throw new Error(`the story has no platform ${id}`);
      return platform;
    },
    shop: createCsvShop({ file: path.join(folder, "revenue.csv"), readText: nodeFiles().readText }),
    messenger: watchedMessenger(machine, config.brand, writerId),
    clock: {
      nowMs: async () => machine.clockMs,
      monotonicMs: () => machine.clockMs,
      wait: async () => {},
    },
    async stops() {
      const stops = await machine.store.controlStops();
      await machine.hook("after stops", writerId);
      return stops;
    },
    async putStop(stop) {
      await machine.store.putControlStop(stop);
      await machine.hook(`after stop of ${stop.scope}`, writerId);
    },
    putSummary: async (summary) => await machine.store.putSummary(summary),
    engineVersion: ENGINE_VERSION,
    onProgress: () => {},
  };
  return { ports, config };
}

function watchedStore(machine: Machine, writerId: string): LogStore {
  const { store } = machine;
  return {
    ...store,
    async put(brand, entry) {
      await machine.hook("before append", writerId);
      const result = await store.put(brand, entry);
      if (machine.lostReplies > 0) {
        machine.lostReplies -= 1;
        machine.trace.push("    the store's reply is lost");
        throw new StoreError("store.unreachable", "no reply");
      }
      await machine.hook("after append", writerId);
      return result;
    },
  };
}
