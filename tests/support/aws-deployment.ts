/**
 * A deployment in this process: the shipped handlers over the embedded DynamoDB, with S3, SQS and Secrets Manager in memory,
 * against a served sandbox world, whose clock is everybody's.
 */
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { onTestFinished, vi } from "vitest";
import { s3Blobs } from "../../lib/blobs/s3-store.ts";
import { canonicalJson } from "../../lib/domain/canonical.ts";
import { sqsLanes } from "../../lib/lanes/sqs.ts";
import { dynamoStore } from "../../lib/log/dynamo-store.ts";
import { configOn } from "../../lib/loop/config.ts";
import { publish } from "../../lib/loop/publish.ts";
import { openBrandLog } from "../../lib/runtime/aws/brand-log.ts";
import type { UrlAnswer, UrlEvent } from "../../lib/runtime/aws/function-url.ts";
import { systemClock } from "../../lib/runtime/clock.ts";
import { SANDBOX_READ_TOKEN, SANDBOX_TOKEN } from "../../lib/sandbox/token.ts";
import { dynamoPushStore } from "../../lib/shops/push/dynamo-store.ts";
import { aTable } from "./aws/table.ts";
import { memoryS3, memorySecrets, memorySqs, type SentMessage } from "./aws-memory.ts";
import { aServedWorld, type ServedWorld } from "./sandbox.ts";

export const BRAND = "atelier-lune";
const QUEUES = { observe: "https://sqs.test/observe.fifo", apply: "https://sqs.test/apply.fifo" };
/** What each part may read: the credentials of `observe` are refused by the world for any change. */
const SECRETS = {
  observe: '{"meta":"palier/meta/read","google":"palier/google/read"}',
  apply: '{"meta":"palier/meta/write","google":"palier/google/write"}',
};
const RULES = "rules/packs/roads";
const HOUR_MS = 3_600_000;
const PACE_MS = 1_000;
const CONTEXT = { getRemainingTimeInMillis: () => 300_000 } as Context;

type Handlers = Record<string, (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>>;

export interface DeploymentOptions {
  /** Of the brand file, in place of what the example says. */
  brand?: object;
}

/** With the example brand published as one of real accounts, whose rules are watched for one night. */
export async function aDeployment({ brand = { slack: undefined } }: DeploymentOptions = {}) {
  const world = await aServedWorld();
  vi.useFakeTimers({ toFake: ["Date"], now: (await world.client.clock()).clockMs });
  onTestFinished(() => void vi.useRealTimers());
  const table = await aTable();
  const { port } = (await table.config.endpoint?.()) ?? { port: 0 };
  const s3 = memoryS3();
  const sqs = memorySqs();
  const secretValues = secretsFor(world);
  const secrets = memorySecrets(secretValues);
  onTestFinished(() => {
    for (const { mock } of [s3, sqs, secrets]) mock.restore();
  });
  const plain = await servedObjects(s3.objects);
  setEnvironment(`http://127.0.0.1:${port}`, plain.url);

  const store = dynamoStore(table);
  const log = openBrandLog({
    store,
    clock: systemClock(),
    checkpoints: { get: async () => null, put: async () => {} },
  });
  const blobs = s3Blobs(new S3Client({ region: "local" }), "blobs");
  const clock = systemClock();
  const lanes = sqsLanes(new SQSClient({ region: "local" }), QUEUES);
  const figures = dynamoPushStore(table);
  const putSummary = store.putSummary;
  const publishAnew = async (over: object) => {
    const ports = { log, blobs, clock, putSummary, claim: async (_: string, owner: string) => owner };
    await publish(ports, publishedBrand(over), "lea");
  };
  await publishAnew(brand);
  const pushRevenue = shopOf(figures, world.folder);
  await pushRevenue();
  const ports = { log, blobs, clock, stops: store.controlStops };
  return {
    world,
    table,
    store,
    log,
    blobs,
    lanes,
    ports,
    objects: s3.objects,
    readPlainly: plain.read,
    publishAnew,
    secretValues,
    asked: secrets.asked,
    ...lambdas(sqs.messages, world, pushRevenue),
  };
}

export type Deployment = Awaited<ReturnType<typeof aDeployment>>;

/** The functions, their queues and the time that passes. */
function lambdas(messages: SentMessage[], world: ServedWorld, pushRevenue: () => Promise<void>) {
  const delivered: SentMessage[] = [];
  const handlers = freshHandlers();

  async function deliver(...given: SentMessage[]): Promise<string[]> {
    const name = given[0]?.queue === QUEUES.apply ? "apply" : "observe";
    // One process, two functions: each reads its environment once, when it is first called.
    vi.stubEnv("PALIER_PLATFORM_SECRETS", SECRETS[name]);
    const Records = given.map(({ body, dedupe }) => ({ messageId: dedupe, body }) as SQSRecord);
    const { batchItemFailures } = (await (await handlers)[name]?.({ Records }, CONTEXT)) ?? {
      batchItemFailures: [],
    };
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  /** Until the queues are empty. Answers the messages that would be delivered again. */
  async function drain(): Promise<string[]> {
    const failed: string[] = [];
    for (let message = messages.shift(); message !== undefined; message = messages.shift()) {
      delivered.push(message);
      failed.push(...(await deliver(message)));
    }
    return failed;
  }

  async function tick(atMs = Date.now()): Promise<void> {
    const { tick: handler } = await handlers;
    await (handler as unknown as (event: object) => Promise<void>)({ time: new Date(atMs).toISOString() });
  }

  /** The next full hour's, which wakes every brand whatever its row says. */
  async function tickHour(): Promise<void> {
    await tick(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS);
  }

  return {
    delivered,
    deliver,
    async slack(event: UrlEvent): Promise<UrlAnswer> {
      const { slack } = await handlers;
      return await (slack as unknown as (event: UrlEvent) => Promise<UrlAnswer>)(event);
    },
    /** What waits now reaches two containers at once. */
    async deliverTwice(): Promise<string[]> {
      const waiting = messages.splice(0);
      return (await Promise.all([...waiting, ...waiting].map((one) => deliver(one)))).flat();
    },
    drain,
    tick,
    async minute() {
      await tick();
      return await drain();
    },
    tickHour,
    async hour() {
      await tickHour();
      return await drain();
    },
    async pass(minutes: number) {
      vi.setSystemTime(await world.client.advance({ ms: minutes * 60_000 }));
    },
    async nextNight() {
      vi.setSystemTime(await world.client.advance({ to: "nextNight" }));
      await pushRevenue();
    },
  };
}

/** Containers of their own: clients, secrets and platforms of another test's functions are gone with them. */
async function freshHandlers(): Promise<Handlers> {
  vi.resetModules();
  doNotPace();
  const [tick, observe, apply, slack] = await Promise.all([
    import("../../functions/tick.ts"),
    import("../../functions/observe.ts"),
    import("../../functions/apply.ts"),
    import("../../functions/slack.ts"),
  ]);
  const [tickHandler, slackHandler] = [tick.handler as never, slack.handler as never];
  return { tick: tickHandler, slack: slackHandler, observe: observe.handler, apply: apply.handler };
}

/** The stand-in for Slack takes messages as fast as they come; longer waits are limits of time, and stay. */
function doNotPace(): void {
  vi.doMock("../../lib/runtime/clock.ts", () => {
    const clock = systemClock();
    const wait = async (ms: number) => (ms > PACE_MS ? await clock.wait(ms) : undefined);
    return { systemClock: () => ({ ...clock, wait }) };
  });
  onTestFinished(() => {
    vi.doUnmock("../../lib/runtime/clock.ts");
    // No later test may find what was loaded with that clock.
    vi.resetModules();
  });
}

/** As S3 gives them to whoever reads without its SDK. */
async function servedObjects(objects: ReadonlyMap<string, string>): Promise<{ url: string; read: string[] }> {
  const read: string[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    read.push(name);
    const text = objects.get(name);
    response.writeHead(text === undefined ? 404 : 200).end(text ?? "<Error><Code>NoSuchKey</Code></Error>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, read };
}

function setEnvironment(dynamo: string, s3: string): void {
  const env = {
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: dynamo,
    AWS_ENDPOINT_URL_S3: s3,
    POWERTOOLS_LOG_LEVEL: "SILENT",
    POWERTOOLS_METRICS_DISABLED: "true",
    PALIER_STAGE: "dev",
    PALIER_BLOBS_BUCKET: "blobs",
    PALIER_OBSERVE_QUEUE_URL: QUEUES.observe,
    PALIER_APPLY_QUEUE_URL: QUEUES.apply,
    PALIER_SLACK_SECRET: "palier/slack",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

function secretsFor({ url, grpcPort }: ServedWorld): Record<string, string> {
  const meta = (token: string) => JSON.stringify({ PALIER_META_TOKEN: token, PALIER_META_URL: url });
  const google = (token: string) =>
    JSON.stringify({
      PALIER_GOOGLE_DEVELOPER_TOKEN: SANDBOX_TOKEN,
      PALIER_GOOGLE_CLIENT_ID: SANDBOX_TOKEN,
      PALIER_GOOGLE_CLIENT_SECRET: SANDBOX_TOKEN,
      PALIER_GOOGLE_REFRESH_TOKEN: token,
      PALIER_GOOGLE_URL: url,
      PALIER_GOOGLE_GRPC_PORT: String(grpcPort),
    });
  return {
    "palier/meta/read": meta(SANDBOX_READ_TOKEN),
    "palier/meta/write": meta(SANDBOX_TOKEN),
    "palier/google/read": google(SANDBOX_READ_TOKEN),
    "palier/google/write": google(SANDBOX_TOKEN),
  };
}

function publishedBrand(over: object) {
  const written = JSON.parse(readFileSync(`rules/brands/${BRAND}.json`, "utf8"));
  const limits = { shadowNights: 1 };
  const real = { ...written, sandbox: false, shop: { source: "push" }, limits, ...over };
  const ruleFiles = readdirSync(RULES).map((name) => {
    return { path: `${RULES}/${name}`, text: readFileSync(`${RULES}/${name}`, "utf8") };
  });
  const source = { brandFile: `rules/brands/${BRAND}.json`, brandText: JSON.stringify(real), ruleFiles };
  return configOn(source, "2026-03-11");
}

/** Pushes what is new in the shop's own books, each row once. */
function shopOf(figures: ReturnType<typeof dynamoPushStore>, folder: string): () => Promise<void> {
  const pushed = new Set<string>();
  return async () => {
    const [head = "", ...rows] = readFileSync(`${folder}/revenue.csv`, "utf8").trim().split("\n");
    const columns = head.split(",");
    const atMs = Date.now();
    const fresh = rows.filter((row) => !pushed.has(row));
    for (const row of fresh) pushed.add(row);
    await Promise.all(
      fresh.map(async (row) => {
        const cells = Object.fromEntries(row.split(",").map((cell, index) => [columns[index], cell]));
        const body = canonicalJson(cells);
        await figures.put(BRAND, { day: String(cells.date), sentAtMs: atMs, receivedAtMs: atMs, body });
      }),
    );
  };
}
