/**
 * The built functions with everything around them that AWS, the platforms and the shop are to them: the example brand on the
 * sandbox's accounts, published as a real one, under the platforms' own names. Every function runs in a process of its own.
 */
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { s3Blobs } from "../../../lib/blobs/s3-store.ts";
import { type Log, openLog } from "../../../lib/log/log.ts";
import { configOn } from "../../../lib/loop/config.ts";
import type { Part } from "../../../lib/loop/next-step.ts";
import { publish } from "../../../lib/loop/publish.ts";
import type { UrlAnswer, UrlEvent } from "../../../lib/runtime/aws/function-url.ts";
import { readSource } from "../../../lib/runtime/config.ts";
import { openEmbeddedStore } from "../../../lib/runtime/embedded-store.ts";
import { nodeFiles } from "../../../lib/runtime/files.ts";
import { SANDBOX_READ_TOKEN, SANDBOX_TOKEN } from "../../../lib/sandbox/index.ts";
import { changeValue } from "../../../lib/slack/actions.ts";
import { aFolder } from "../folder.ts";
import { aServedWorld, FIRST_NIGHT, type ServedWorld } from "../sandbox.ts";
import { builtFile } from "./bundles.ts";
import { scheduledEvent, sqsEvent } from "./events.ts";
import { aUrlEvent } from "./function-url.ts";
import { type Internet, serveInternet } from "./internet.ts";
import { type Lambda, startLambda } from "./lambda.ts";
import { type Services, serveServices } from "./services.ts";
import { aClickBody, BOT_TOKEN, PLACE, SIGNING_SECRET, signedBySlack } from "./slack.ts";

export const BRAND = "atelier-lune";
const BLOBS = "blobs";
const HOUR_MS = 3_600_000;
const REVENUE_KEY = "a key of the shop that is long enough";
const PUSHED_DAYS = 60;

export interface Deployment {
  world: ServedWorld;
  internet: Internet;
  services: Services;
  log: Log;
  /** The shop pushes its last days. */
  pushRevenue(): Promise<UrlAnswer>;
  /** A person approves that change in Slack, and what it wakes runs. */
  approve(changeId: string): Promise<UrlAnswer>;
  /** Starts that function at the world's time. */
  start(name: string): Promise<Lambda>;
  /** Runs `tick` at the world's time, and what it wakes. */
  run(): Promise<void>;
}

export async function aDeployment(): Promise<Deployment> {
  const folder = aFolder();
  const world = await aServedWorld();
  const internet = await serveInternet({ httpPort: world.port, grpcPort: world.grpcPort, folder });
  onTestFinished(internet.close);
  const services = await serveServices();
  onTestFinished(services.close);
  const table = await aTable(folder);
  const env = { ...internet.env, ...services.env, ...table.env };
  fillSecrets(services);
  const log = openLog({
    store: table.store,
    checkpoints: { get: async () => null, put: async () => {} },
    heads: { get: async () => null, advance: async () => {} },
    writerId: "test",
    newEntryId: randomUUID,
    nowMs: () => 0,
    random: () => 0.5,
    sleep: async () => {},
  });
  const nowMs = async () => (await world.client.clock()).clockMs;
  const s3 = new S3Client({
    endpoint: services.env.AWS_ENDPOINT_URL_S3 ?? "",
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  await publish(
    {
      log,
      blobs: s3Blobs(s3, BLOBS),
      putSummary: table.store.putSummary,
      claim: table.store.claim,
      clock: { nowMs },
    },
    configOn(await realSource(), FIRST_NIGHT),
    "lea",
  );

  const start = async (name: string) =>
    await startLambda({
      file: await builtFile(name),
      env: { ...env, ...settingsOf(name, services) },
      nowMs: await nowMs(),
    });
  return {
    world,
    internet,
    services,
    log,
    start,
    async pushRevenue() {
      const revenue = await start("revenue");
      const answer = (await revenue.invoke(signedDays(world, await nowMs()))) as UrlAnswer;
      await revenue.close();
      return answer;
    },
    async approve(changeId) {
      const from = services.messages.length;
      const slack = await start("slack");
      const change = (await log.state(BRAND)).proposals[changeId]?.change;
      if (change === undefined) throw new Error(`no proposal ${changeId}`);
      // At home, where there is no message: none is posted, for Slack has no stand-in here.
      const atHome = { response_url: null, trigger_id: null, channel: null, container: { type: "view" } };
      const body = aClickBody(atHome, { value: changeValue(change) });
      const answer = await slack.invoke(aUrlEvent({ ...signedBySlack(body, await nowMs()), base64: true }));
      await slack.close();
      await deliver(services, start, from);
      return answer as UrlAnswer;
    },
    async run() {
      const from = services.messages.length;
      const tick = await start("tick");
      // A full hour wakes every brand: with Slack out of reach, the row only says that messages are long overdue.
      await tick.invoke(scheduledEvent(Math.ceil((await nowMs()) / HOUR_MS) * HOUR_MS));
      await tick.close();
      await deliver(services, start, from);
    },
  };
}

/** Hands each message from that one on to its queue's function, those included that come of it. */
async function deliver(services: Services, start: Deployment["start"], from: number): Promise<void> {
  for (let next = from; next < services.messages.length; next += 1) {
    const { queue = "", body = "" } = services.messages[next] ?? {};
    const name = queue.replace(".fifo", "");
    const lambda = await start(name);
    const answer = await lambda.invoke(sqsEvent(name, [body]));
    if (JSON.stringify(answer) !== '{"batchItemFailures":[]}') throw new Error(lambda.output());
    await lambda.close();
  }
}

/** The log's table, served for as long as the test runs. */
async function aTable(folder: string) {
  const store = await openEmbeddedStore({ folder, files: nodeFiles(), nowMs: Date.now });
  onTestFinished(store.close);
  const owner = JSON.parse(readFileSync(join(folder, "owner.json"), "utf8")) as { port: number };
  return { store, env: { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${owner.port}` } };
}

/** What the shop sends for the last days of its books, signed at that moment; the body travels in Base64. */
function signedDays(world: ServedWorld, nowMs: number): UrlEvent {
  const [header = "", ...lines] = readFileSync(join(world.folder, "revenue.csv"), "utf8")
    .trimEnd()
    .split("\n");
  const columns = header.split(",");
  const days = lines.slice(-PUSHED_DAYS).map((line) =>
    Object.fromEntries(
      line.split(",").map((cell, index) => {
        const column = columns[index] ?? "";
        return [column, column === "date" ? cell : Number(cell)];
      }),
    ),
  );
  const body = JSON.stringify({ days });
  const timestamp = String(Math.floor(nowMs / 1000));
  const mac = createHmac("sha256", REVENUE_KEY).update(`v1:${timestamp}:${body}`).digest("hex");
  return aUrlEvent({
    headers: {
      "x-palier-brand": BRAND,
      "x-palier-timestamp": timestamp,
      "x-palier-signature": `v1=${mac}`,
    },
    body,
    base64: true,
  });
}

/**
 * The example brand as a real one: its shop pushes, and its rules are out of the shadow after one night. One rule may act alone,
 * without a notice, for Slack has no stand-in here.
 */
async function realSource() {
  const source = await readSource(nodeFiles(), "rules", BRAND);
  const brand = JSON.parse(source.brandText) as object;
  const limits = { shadowNights: 1 };
  const people = [{ name: "lea", slack: "W111", role: "owner" }];
  const slack = { ...PLACE, noticeBeforeApply: false };
  const real = { ...brand, sandbox: false, mode: "apply", shop: { source: "push" }, limits, people, slack };
  const cut = { path: "rules/packs/roads/cut-candles.json", text: JSON.stringify(CUT_CANDLES) };
  return { ...source, brandText: JSON.stringify(real), ruleFiles: [...source.ruleFiles, cut] };
}

const CUT_CANDLES = {
  id: "cut-candles",
  owner: "media team",
  description: "Cut one campaign of Google's by a tenth.",
  source: "So that a night has a change to make on either platform.",
  appliesTo: { level: "budgetHolder", platforms: ["google"], campaigns: ["PROS | Search | Candles*"] },
  conditions: {
    all: [{ fact: "spend", params: { window: "7d" }, operator: "greaterThan", value: 0 }],
  },
  action: { type: "cutBudget", percent: 10, floor: 20 },
  mode: "apply",
};

/** One credential that reads and one that writes, as they are kept apart on AWS. */
function fillSecrets({ secrets }: Services): void {
  secrets.set("palier/slack", { signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN });
  secrets.set("palier/revenue", { [BRAND]: REVENUE_KEY });
  for (const [access, token] of [
    ["read", SANDBOX_READ_TOKEN],
    ["write", SANDBOX_TOKEN],
  ] as const) {
    secrets.set(`palier/meta/${access}`, { PALIER_META_TOKEN: token });
    secrets.set(`palier/google/${access}`, {
      PALIER_GOOGLE_DEVELOPER_TOKEN: token,
      PALIER_GOOGLE_CLIENT_ID: token,
      PALIER_GOOGLE_CLIENT_SECRET: token,
      PALIER_GOOGLE_REFRESH_TOKEN: token,
    });
  }
}

function settingsOf(name: string, services: Services): Record<string, string> {
  const access = name === ("apply" satisfies Part) ? "write" : "read";
  return {
    AWS_LAMBDA_FUNCTION_NAME: name,
    PALIER_STAGE: "dev",
    PALIER_BLOBS_BUCKET: BLOBS,
    PALIER_ANCHORS_BUCKET: "anchors",
    PALIER_OBSERVE_QUEUE_URL: services.queueUrl("observe.fifo"),
    PALIER_APPLY_QUEUE_URL: services.queueUrl("apply.fifo"),
    PALIER_PLATFORM_SECRETS: JSON.stringify({
      meta: `palier/meta/${access}`,
      google: `palier/google/${access}`,
    }),
    PALIER_SLACK_SECRET: "palier/slack",
    PALIER_REVENUE_SECRET: "palier/revenue",
    PALIER_ANCHOR_KEY: "key",
  };
}
