/** A brand's run over the in-memory log and platform, woken by messages. */

import type { SQSEvent } from "aws-lambda";
import { expect } from "vitest";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import type { Lanes } from "../../lib/lanes/port.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import type { LogStore } from "../../lib/log/store.ts";
import { configOn } from "../../lib/loop/config.ts";
import type { Part } from "../../lib/loop/next-step.ts";
import type { RunContainer } from "../../lib/runtime/aws/run-part.ts";
import { answerWakes } from "../../lib/runtime/aws/wakes.ts";
import { aLog, BRAND, memoryCheckpoints, NIGHT_MS } from "./log.ts";
import { aLoop, type LoopOptions, type TestLoop } from "./loop.ts";
import { aRuleFile, packFiles } from "./rule.ts";
import { ROUND_DAY } from "./snapshot.ts";
import { recordingTelemetry } from "./telemetry.ts";

export const BRAND_FILE = {
  id: BRAND,
  name: "Atelier Lune",
  currency: "EUR",
  zone: "Europe/Paris",
  mode: "propose",
  accounts: [{ platform: "meta", id: "1001", attribution: "7dClick+1dView" }],
  conversions: { purchase: { meta: "omni_purchase" }, primary: "purchase" },
  packs: { roads: {} },
  limits: { shadowNights: 1 },
};

/** The rules that asked for the three changes, as they were published. */
export const RULE_FILES = packFiles(
  aRuleFile({ id: "raise-proven", action: { type: "raiseBudget", percent: 20 } }),
  aRuleFile({ id: "cut-dear", action: { type: "cutBudget", percent: 20, floor: 10 } }),
  aRuleFile({ id: "pause-dead" }),
);

export interface Rig {
  loop: TestLoop;
  container: RunContainer & { telemetry: ReturnType<typeof recordingTelemetry> };
  store: LogStore;
  woken: string[];
  refused: string[];
  /** Delivers one message for each of the brands; `remainingMs` is what is left of the invocation. */
  deliver(brands: readonly string[], remainingMs?: number): Promise<string[]>;
}

/** A container over a brand with three approved changes, and whatever `file` says in its published brand file. */
export async function aRig(
  part: Part,
  { file = {}, ...options }: LoopOptions & { file?: object } = {},
): Promise<Rig> {
  const store = memoryStore();
  const log = aLog({ store, writerId: "before" });
  const source = {
    brandFile: `rules/brands/${BRAND}.json`,
    brandText: JSON.stringify({ ...BRAND_FILE, ...file }),
    ruleFiles: RULE_FILES,
  };
  const { rules } = configOn({ ...source, brandText: JSON.stringify(BRAND_FILE) }, ROUND_DAY).ruleset;
  const loop = await aLoop({ ...options, log, ruleHashes: rules.map(({ hash }) => hash) });
  const { blobs, clock, platform } = loop.ports;
  const sourceHash = await blobs.put(canonicalJson(source));
  await publish(store, BRAND, sourceHash);
  const woken: string[] = [];
  const refused: string[] = [];
  const container = {
    part,
    store,
    blobs,
    checkpoints: memoryCheckpoints(),
    platforms: { open: platform, refused: (id: string) => void refused.push(id) },
    messengerFor: async () => loop.ports.messenger,
    shopOf: () => null,
    clock: { ...clock, lastMs: () => loop.time.nowMs },
    telemetry: recordingTelemetry(),
    lanes: {
      wake: async (lane, brand, dedupe) => void woken.push(`${lane} ${brand} ${dedupe}`),
      wakeAll: () => expect.fail("unstated"),
    } satisfies Lanes,
  };
  return {
    loop,
    container,
    store,
    woken,
    refused,
    async deliver(brands, remainingMs = 300_000) {
      const Records = brands.map((brand) => ({ messageId: `m-${brand}`, body: JSON.stringify({ brand }) }));
      const context = { getRemainingTimeInMillis: () => remainingMs };
      const { batchItemFailures } = await answerWakes(container, { Records } as SQSEvent, context);
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}

export async function publish(store: LogStore, brand: string, sourceHash: string): Promise<void> {
  const event: LogEvent = {
    type: "rulesPublished",
    v: 1,
    atMs: NIGHT_MS,
    by: "lea",
    sourceHash,
    ruleHashes: [],
  };
  await aLog({ store, writerId: "publisher" }).append(brand, () => [event]);
}

export function statusesOf({ store }: Rig): Promise<string[]> {
  return aLog({ store, writerId: "reader" })
    .state(BRAND)
    .then(({ intents }) => Object.values(intents).map(({ status }) => status));
}
