/**
 * The part of `palier serve` that answers Slack, on a thread of its own as it would be a machine of its own for whoever clicks. Nothing
 * is woken: no night runs beside it.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { LogEvent } from "../../lib/log/events.ts";
import type { Log } from "../../lib/log/log.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { listenForSlack } from "../../lib/runtime/serve/answers.ts";
import { SLACK_PATH } from "../../lib/runtime/serve/http.ts";
import { blobsAt, logAt, openPlace } from "../../lib/runtime/workspace.ts";
import { BOT_TOKEN, SIGNING_SECRET } from "../support/aws/slack.ts";
import { aBusyBrand } from "./slack-brand.ts";

export interface SlackThreadData {
  home: string;
  /** Of whom Slack's API is played by. */
  apiUrl: string;
  atMs: number;
  /** How many open changes each brand has. */
  brands: Readonly<Record<string, number>>;
}

/** Asked of the thread; each is answered by one message. */
export type SlackThreadAsk = { ask: "append"; brand: string } | { ask: "entries"; brand: string };

/** What the thread says once it listens. */
export interface SlackThreadReady {
  url: string;
}

const { home, apiUrl, atMs, brands } = workerData as SlackThreadData;
const place = await openPlace({ files: nodeFiles(), home, env: {} }, false);
const log = logAt(place);
for (const [brand, count] of Object.entries(brands)) await openBrand(brand, count);
const credentials = { signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN, apiUrl };
/** The figures say how many; each of a storm's would bury them. */
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const listening = await listenForSlack(
  place,
  { credentials },
  { port: 0, lanes: { wake: async () => {} }, telemetry: silent },
);
parentPort?.on("message", async (asked: SlackThreadAsk) => {
  parentPort?.postMessage(
    asked.ask === "append" ? await appendMs(log, asked.brand) : await told(asked.brand),
  );
});
parentPort?.postMessage({
  url: `http://127.0.0.1:${listening.port}${SLACK_PATH}`,
} satisfies SlackThreadReady);

async function openBrand(brand: string, count: number): Promise<void> {
  const { entries, planText, row } = aBusyBrand(brand, count, atMs, log.writerId);
  await blobsAt(place).put(planText);
  for (const events of entries) await log.append(brand, () => events);
  await place.store.putSummary(row);
}

/** The least that any answer has to wait for: one entry, decided on nothing. */
async function appendMs(own: Log, brand: string): Promise<number> {
  const startedMs = performance.now();
  await own.append(brand, () => [{ type: "stopped", v: 1, atMs, by: "bench", reason: null }]);
  return performance.now() - startedMs;
}

async function told(brand: string): Promise<readonly (readonly LogEvent[])[]> {
  const { ok } = await log.verify(brand);
  if (!ok) throw new Error(`the log of ${brand} is broken`);
  return (await log.entries(brand)).map(({ events }) => events);
}
