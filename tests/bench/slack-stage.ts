/** Slack and Palier of the bench: the one here, the other on a thread of its own. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { signedBySlack } from "../support/aws/slack.ts";
import { aBusyBrand, type BusyBrand } from "./slack-brand.ts";
import type { Click } from "./slack-clicks.ts";
import type { SlackThreadAsk, SlackThreadData, SlackThreadReady } from "./slack-thread.ts";

export interface Answered {
  click: Click;
  ms: number;
  status: number;
  body: string;
}

export interface Stage {
  /** Where Slack's requests go. */
  requestUrl: string;
  slackUrl: string;
  /** What Slack was called with: paths of answers, triggers of dialogs. */
  told: ReadonlySet<string>;
  busy(brand: string): BusyBrand;
  ask<T>(asked: SlackThreadAsk): Promise<T>;
}

/** `brands`: how many open changes each has. */
export async function onStage<T>(
  brands: Readonly<Record<string, number>>,
  play: (stage: Stage) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(path.join(tmpdir(), "palier-bench-"));
  const slack = await receiveCalls();
  const atMs = Date.now();
  const workerData: SlackThreadData = { home, apiUrl: `${slack.url}/api/`, atMs, brands };
  const worker = new Worker(new URL("./slack-thread.ts", import.meta.url), { workerData });
  const said = async () => (await once(worker, "message"))[0];
  try {
    const { url } = (await said()) as SlackThreadReady;
    return await play({
      ...{ requestUrl: url, slackUrl: slack.url, told: slack.told },
      busy: (brand) => aBusyBrand(brand, brands[brand] ?? 0, atMs, "bench"),
      async ask(asked) {
        const answer = said();
        worker.postMessage(asked);
        return await answer;
      },
    });
  } finally {
    await worker.terminate();
    slack.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The time counts from when it should have been sent. */
export async function send({ requestUrl }: Stage, click: Click, dueMs: number): Promise<Answered> {
  const { headers, body } = signedBySlack(click.body, Date.now());
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const response = await fetch(requestUrl, { method: "POST", headers: { ...headers, ...form }, body });
  const text = await response.text();
  return { click, ms: performance.now() - dueMs, status: response.status, body: text };
}

/** Slack shows what became of it: in the channel, as a dialog, or in the place of the dialog that was sent. */
export function isTold({ told }: Stage, { click: { toldBy }, body }: Answered): boolean {
  return toldBy === null ? body.includes('"response_action":"update"') : told.has(toldBy);
}

async function receiveCalls() {
  const told = new Set<string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { trigger_id } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    told.add(trigger_id ?? request.url);
    response.setHeader("content-type", "application/json").end('{"ok":true}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told, close };
}
