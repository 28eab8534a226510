/** The handler of Slack's requests over the memory store, with one open proposal on a message; what leaves it is kept. */
import type { LogEvent } from "../../lib/log/events.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import type { LogStore } from "../../lib/log/store.ts";
import { answerSlack } from "../../lib/runtime/slack/answer.ts";
import { openDirectory } from "../../lib/runtime/slack/directory.ts";
import type { SlackParts } from "../../lib/runtime/slack/parts.ts";
import type { Posted } from "./aws/function-url.ts";
import { aSlackDesk, BOT_TOKEN, MESSAGE_TS, PLACE, SIGNING_SECRET, signedBySlack } from "./aws/slack.ts";
import { deskChanged, messageAttempted, messagePosted } from "./desk-events.ts";
import {
  aChange,
  aLog,
  appendAll,
  BRAND,
  NIGHT_MS,
  PLAN_HASH,
  planned,
  ROUND_ID,
  roundStarted,
  snapshotSealed,
} from "./log.ts";
import { recordingTelemetry } from "./telemetry.ts";

export const NOW_MS = NIGHT_MS + 60_000;

/** EUR 100 may become EUR 101 to 120, in whole euros; nothing but its mode keeps it from being applied. */
const PLAN = {
  changes: [
    {
      ...{ id: aChange().id, holderKey: aChange().holderKey, target: aChange().target, name: "PROS broad" },
      editRange: { leastMicros: "101000000", mostMicros: "120000000", unitMicros: "1000000" },
      routine: true,
    },
  ],
};

export const ROW = {
  brand: BRAND,
  nextDueAtMs: NOW_MS + 3_600_000,
  nextApplyAtMs: null,
  nightEndsAtMs: 2,
  openProposals: 1,
  unsettled: 0,
  stopped: false,
  lastNight: "2026-03-11",
  head: { position: 3, hash: "h" },
};

/** Position of the log before anybody answers: desk, round, snapshot, plan, message begun, message posted. */
export const POSITION = 6;

export interface GivenSlack {
  nowMs?: number;
  /** After everything else. */
  also?: readonly LogEvent[];
  desk?: ReturnType<typeof aSlackDesk>;
  store?(store: LogStore): LogStore;
  parts?: Partial<SlackParts>;
}

export async function aSlackHandler(given: GivenSlack = {}) {
  const { nowMs = NOW_MS, also, desk = aSlackDesk() } = given;
  const memory = memoryStore();
  const log = aLog({ store: memory });
  const key = `night/${ROUND_ID}/0`;
  await appendAll(log, [
    [deskChanged({ desk })],
    [roundStarted()],
    [snapshotSealed()],
    [planned()],
    [messageAttempted({ key, channel: PLACE.channel })],
    [messagePosted({ key, ts: MESSAGE_TS })],
    ...(also === undefined ? [] : [also]),
  ]);
  await memory.putSummary(ROW);
  const store = given.store?.(memory) ?? memory;
  const woken: string[] = [];
  const replies: { url: string; text: string }[] = [];
  const called: { method: string; token: string; body: unknown }[] = [];
  const telemetry = recordingTelemetry();
  const parts: SlackParts = {
    credentials: async () => ({ signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN, apiUrl: null }),
    openLog: () => aLog({ store, nowMs: () => nowMs }),
    ...{ store, rows: store },
    blobs: {
      get: async (hash) => (hash === PLAN_HASH ? JSON.stringify(PLAN) : Promise.reject(new Error(hash))),
    },
    clock: { nowMs: async () => nowMs },
    // The time that an answer may take never ends here.
    wall: { nowMs: () => nowMs, wait: never },
    lanes: { wake: async (...wake) => void woken.push(wake.join(" ")) },
    calls: {
      call: async (method, { botToken }, body) => void called.push({ method, token: botToken, body }),
      reply: async (url, message) => void replies.push({ url, text: (message as { text: string }).text }),
    },
    directory: openDirectory(),
    telemetry,
    ...given.parts,
  };
  return {
    ...{ parts, log, store: memory, woken, replies, called, telemetry },
    send: async (body: string) => await ask(parts, signedBySlack(body, nowMs)),
    last: async () => (await log.entries(BRAND)).at(-1)?.events ?? [],
  };
}

export async function ask(parts: SlackParts, { headers, body }: Posted) {
  return await answerSlack(parts, { headers, rawBody: Buffer.from(body) });
}

export function never<T>(): Promise<T> {
  return new Promise(() => {});
}
