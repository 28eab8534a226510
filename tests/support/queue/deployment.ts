/**
 * A deployment on virtual time: the code of `tick`, `observe` and `apply` over modelled queues, with log and blobs in memory and
 * one ad account per brand.
 */

import { onTestFinished, vi } from "vitest";
import { BlobError } from "../../../lib/blobs/errors.ts";
import type { BlobStore } from "../../../lib/blobs/store.ts";
import { sha256 } from "../../../lib/domain/canonical.ts";
import { messageText } from "../../../lib/lanes/message.ts";
import type { Lane, Lanes, WakeUp } from "../../../lib/lanes/port.ts";
import type { Log } from "../../../lib/log/log.ts";
import { memoryStore } from "../../../lib/log/memory-store.ts";
import type { LogStore } from "../../../lib/log/store.ts";
import { configOn } from "../../../lib/loop/config.ts";
import { publish } from "../../../lib/loop/publish.ts";
import { openBrandLog } from "../../../lib/runtime/aws/brand-log.ts";
import { answerTick } from "../../../lib/runtime/aws/tick.ts";
import { answerWakes } from "../../../lib/runtime/aws/wakes.ts";
import { approve } from "../answers.ts";
import { packFiles, spentAtLeast } from "../rule.ts";
import { type Draws, drawsOf } from "../simulation/draws.ts";
import { type RecordingTelemetry, recordingTelemetry } from "../telemetry.ts";
import { type AdAccount, anAdAccount, platformOf } from "./account.ts";
import { type FifoQueue, fifoQueue, LANE_RULES } from "./fifo.ts";
import { type Fed, FUNCTION_RULES, type FunctionRules, feed, type Invocation } from "./function.ts";
import { type VirtualTime, virtualTime } from "./time.ts";

export const MINUTE_MS = 60_000;
const LONGEST_STORE_MS = 15;
/** 04:00 in Paris on 2026-03-11, five minutes before the first night. */
const PUBLISHED_AT_MS = 1_773_198_000_000;
const FIRST_NIGHT_OVER_MS = PUBLISHED_AT_MS + 15 * MINUTE_MS;
/** 04:04 in Paris on 2026-03-12. */
export const SECOND_NIGHT_MS = PUBLISHED_AT_MS + 24 * 60 * MINUTE_MS + 4 * MINUTE_MS;
/** What the tick writes: the minutes since 1970, where others write a position in the log. */
export const DEDUPED_BY_MINUTE = /#\d{8}$/;

export interface Deployment {
  time: VirtualTime;
  /** For looks from outside; every invocation has one of its own. */
  log: Log;
  queues: Record<Lane, FifoQueue>;
  fed: Record<Lane, Fed>;
  accounts: ReadonlyMap<string, AdAccount>;
  telemetry: RecordingTelemetry;
  /** Brands whose blobs cannot be read now. */
  unreadable: Set<string>;
  /** Fences appended so far, by brand. */
  fences: Map<string, number>;
  /** How long the store takes to answer the n-th append of a fence, by brand. */
  fenceTakesMs: (brand: string, fence: number) => number;
  /** True for wake-ups that get lost between sender and queue. */
  loses: (lane: Lane, wakeUp: WakeUp) => boolean;
  /** Ticks every minute until then. */
  passTo(ms: number): Promise<void>;
  /** As the function `slack` does: durable first, then the wake-up. */
  approve(brand: string, changeId: string): Promise<void>;
}

export interface DeploymentOptions {
  brands: readonly string[];
  mode?: "propose" | "apply";
  seed?: number;
  rules?: Partial<FunctionRules>;
  /** Of the queues; what the stack sets when absent. */
  visibilityMs?: number;
}

/** Every brand after its first night, in which new rules are only watched, on the eve of the second. */
export async function aDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { brands, mode = "apply", seed = 1, rules = {} } = options;
  const laneRules = { ...LANE_RULES, visibilityMs: options.visibilityMs ?? LANE_RULES.visibilityMs };
  const time = virtualTime(PUBLISHED_AT_MS);
  const draws = drawsOf(seed);
  // How long a writer waits after a lost race is drawn, too.
  const random = vi.spyOn(Math, "random").mockImplementation(draws.next);
  onTestFinished(() => random.mockRestore());
  const store = memoryStore();
  const queues = {
    observe: fifoQueue(time, draws, laneRules),
    apply: fifoQueue(time, draws, laneRules),
  };
  const telemetry = recordingTelemetry();
  const accounts = new Map(brands.map((_, index) => [`${1001 + index}`, anAdAccount(`${1001 + index}`)]));
  const blobs = memoryBlobs();
  const log = openBrandLog({ store, checkpoints: NO_CHECKPOINTS, clock: clockOf(time, time.wait) });
  const deployment: Deployment = {
    time,
    log,
    queues,
    fed: { observe: nothingFed(), apply: nothingFed() },
    accounts: new Map(
      brands.map((brand, index) => [brand, accounts.get(`${1001 + index}`) ?? anAdAccount("0")]),
    ),
    telemetry,
    unreadable: new Set(),
    fences: new Map(),
    fenceTakesMs: () => 0,
    loses: () => false,
    async passTo(ms) {
      for (let minuteMs = time.nowMs() + MINUTE_MS; minuteMs <= ms; minuteMs += MINUTE_MS) {
        time.at(minuteMs, () => {
          time.start(async () => await answerTick({ store, lanes, telemetry }, { time: isoOf(minuteMs) }));
        });
      }
      await time.advanceTo(ms);
    },
    async approve(brand, changeId) {
      const clock = clockOf(time, time.wait);
      const { kind } = await approve({ log, blobs, clock, stops: store.controlStops }, brand, changeId);
      if (kind !== "recorded") throw new Error(`the approval of ${changeId} was ${kind}`);
      await lanes.wake("apply", brand, `${brand}#${(await log.state(brand)).position}`);
    },
  };
  const lanes = modelLanes(deployment);
  const handler = (part: Lane) => async (event: Parameters<typeof answerWakes>[1], invocation: Invocation) =>
    await answerWakes(
      containerOf(deployment, part, { draws, store, blobs, lanes, accounts, invocation }),
      event,
      invocation,
    );
  for (const part of ["observe", "apply"] as const) {
    deployment.fed[part] = feed({
      time,
      draws,
      queue: queues[part],
      handler: handler(part),
      rules: { ...FUNCTION_RULES, ...rules },
    });
  }
  for (const [index, brand] of brands.entries()) {
    const config = configOn(sourceOf(brand, `${1001 + index}`, mode), "2026-03-11");
    const clock = clockOf(time, time.wait);
    await publish(
      { log, blobs, clock, putSummary: store.putSummary, claim: async () => brand },
      config,
      "lea",
    );
  }
  await deployment.passTo(FIRST_NIGHT_OVER_MS);
  await time.advanceTo(SECOND_NIGHT_MS);
  return deployment;
}

interface Shared {
  draws: Draws;
  store: LogStore;
  blobs: BlobStore;
  lanes: Lanes;
  accounts: ReadonlyMap<string, AdAccount>;
  invocation: Invocation;
}

/** A container of its own for every invocation: whatever one remembers, another must do without. */
function containerOf(deployment: Deployment, part: Lane, shared: Shared) {
  const { time, telemetry } = deployment;
  const { blobs, lanes, accounts, invocation } = shared;
  return {
    part,
    store: slowStore(deployment, shared),
    blobs: { ...blobs, get: async (hash: string) => await readable(deployment, blobs, hash) },
    checkpoints: NO_CHECKPOINTS,
    platforms: { open: async () => platformOf(accounts, time, invocation), refused: () => {} },
    messengerFor: async () => null,
    shopOf: () => null,
    clock: clockOf(time, invocation.wait),
    telemetry,
    lanes,
  };
}

/** Every call takes a few milliseconds to arrive, so that workers of one brand get between each other. */
function slowStore(deployment: Deployment, { store, draws, invocation: { wait } }: Shared): LogStore {
  const arrive = async () => await wait(draws.whole(1, LONGEST_STORE_MS));
  return {
    ...store,
    async get(brand, position) {
      await arrive();
      return await store.get(brand, position);
    },
    async read(brand, from) {
      await arrive();
      return await store.read(brand, from);
    },
    async put(brand, entry) {
      await arrive();
      const result = await store.put(brand, entry);
      if (entry.body.includes('"changeSent"')) {
        const fence = (deployment.fences.get(brand) ?? 0) + 1;
        deployment.fences.set(brand, fence);
        await wait(deployment.fenceTakesMs(brand, fence));
      }
      return result;
    },
  };
}

async function readable({ unreadable }: Deployment, blobs: BlobStore, hash: string): Promise<string> {
  const text = await blobs.get(hash);
  for (const brand of unreadable) {
    if (text.includes(`rules/brands/${brand}.json`))
      throw new BlobError("blob.unreachable", hash, "no answer");
  }
  return text;
}

function modelLanes(deployment: Deployment): Lanes {
  const send = (lane: Lane, wakeUp: WakeUp) => {
    const { brand, dedupe } = wakeUp;
    if (deployment.loses(lane, wakeUp)) return;
    deployment.queues[lane].send({ body: messageText(brand), group: brand, dedupe });
  };
  return {
    wake: async (lane, brand, dedupe) => send(lane, { brand, dedupe }),
    async wakeAll(lane, wakeUps) {
      for (const wakeUp of wakeUps) send(lane, wakeUp);
      return [];
    },
  };
}

/** Cuts every ad group by 10 % that spent 100 EUR in a week, at most once in three nights. */
function sourceOf(brand: string, account: string, mode: string) {
  const file = {
    id: brand,
    name: brand,
    currency: "EUR",
    zone: "Europe/Paris",
    mode,
    accounts: [{ platform: "meta", id: account, attribution: "7dClick+1dView" }],
    conversions: { purchase: { meta: "omni_purchase" }, primary: "purchase" },
    groups: { stage: { prospecting: { campaigns: ["PROS *"] } } },
    limits: { shadowNights: 1 },
    packs: { roads: {} },
  };
  const rule = {
    id: "cut-dear",
    description: "Cut what spends.",
    owner: "lea",
    appliesTo: { level: "budgetHolder" },
    conditions: { all: [spentAtLeast(100)] },
    action: { type: "cutBudget", percent: 10, floor: 5 },
    mode: "apply",
    cooldown: "3d",
  };
  return {
    brandFile: `rules/brands/${brand}.json`,
    brandText: JSON.stringify(file),
    ruleFiles: packFiles(rule),
  };
}

const NO_CHECKPOINTS = { get: async () => null, put: async () => {} };

function clockOf(time: VirtualTime, wait: (ms: number) => Promise<void>) {
  return { nowMs: async () => time.nowMs(), lastMs: time.nowMs, monotonicMs: time.nowMs, wait };
}

function memoryBlobs(): BlobStore {
  const texts = new Map<string, string>();
  return {
    async put(text) {
      const hash = sha256(text);
      texts.set(hash, text);
      return hash;
    },
    async get(hash) {
      const text = texts.get(hash);
      if (text === undefined) throw new BlobError("blob.missing", hash, "there is none");
      return text;
    },
  };
}

function nothingFed(): Fed {
  return { counts: { done: 0, failed: 0, timedOut: 0, most: 0 }, ranMs: 0, lastEndMs: 0 };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
