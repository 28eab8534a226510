/** The handlers of `slack`, `revenue` and `anchor` as Lambda calls them: settings from the environment, AWS's own clients. */
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { FunctionName } from "../../infra/permissions.ts";
import { verifyAnchor } from "../../lib/log/anchor.ts";
import { dynamoStore } from "../../lib/log/dynamo-store.ts";
import { dynamoPushStore } from "../../lib/shops/push/dynamo-store.ts";
import { type Call, listening, refusedCalls } from "../support/aws/calls.ts";
import { aUrlEvent } from "../support/aws/function-url.ts";
import {
  aClickBody,
  aSlackDesk,
  BOT_TOKEN,
  MESSAGE_TS,
  PLACE,
  SIGNING_SECRET,
  signedBySlack,
} from "../support/aws/slack.ts";
import { aTable } from "../support/aws/table.ts";
import { memoryS3, memorySecrets, memorySqs } from "../support/aws-memory.ts";
import { deskChanged, messageAttempted, messagePosted } from "../support/desk-events.ts";
import {
  aLog,
  appendAll,
  BRAND,
  CHANGE_ID,
  NIGHT_MS,
  planned,
  roundStarted,
  snapshotSealed,
} from "../support/log.ts";

const KEY = "5d1c9b7fd1b94c9e8a3f0e6d2c7b5a49";
const NOW_MS = NIGHT_MS + 60_000;
const ENVIRONMENT = {
  AWS_REGION: "local",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  POWERTOOLS_LOG_LEVEL: "SILENT",
  POWERTOOLS_METRICS_DISABLED: "true",
  PALIER_STAGE: "dev",
  PALIER_BLOBS_BUCKET: "blobs",
  PALIER_ANCHORS_BUCKET: "anchors",
  PALIER_ANCHOR_KEY: "key-1",
  PALIER_OBSERVE_QUEUE_URL: "https://sqs.test/observe.fifo",
  PALIER_APPLY_QUEUE_URL: "https://sqs.test/apply.fifo",
  PALIER_SLACK_SECRET: "palier/slack",
  PALIER_REVENUE_SECRET: "palier/revenue",
};

/** A table with one open proposal, and everything else of AWS in memory. */
async function anAccount() {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW_MS });
  const table = await aTable();
  const { port } = (await table.config.endpoint?.()) ?? { port: 0 };
  for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", `http://127.0.0.1:${port}`);
  const s3 = memoryS3();
  const sqs = memorySqs();
  const secrets = memorySecrets({
    "palier/slack": JSON.stringify({ signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN }),
    "palier/revenue": JSON.stringify({ [BRAND]: KEY }),
  });
  const kms = mockClient(KMSClient);
  onTestFinished(() => {
    for (const { mock } of [s3, sqs, secrets]) mock.restore();
    kms.restore();
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });
  // Containers of their own: clients of another test's table are gone with them.
  vi.resetModules();
  const store = dynamoStore(table);
  const log = aLog({ store });
  await appendAll(log, [
    [roundStarted()],
    [snapshotSealed()],
    [planned(), deskChanged({ desk: aSlackDesk() })],
    [messageAttempted({ channel: PLACE.channel }), messagePosted({ ts: MESSAGE_TS })],
  ]);
  return { table, store, log, s3, sqs, secrets, kms, ...watched() };
}

/** `during` answers what the function does; `asked` is what it asked AWS for meanwhile, all of it permitted. */
function watched() {
  const calls = new Map<FunctionName, Map<string, Call>>();
  const listen = listening(calls);
  return {
    async during<T>(name: FunctionName, work: () => Promise<T>): Promise<T> {
      calls.set(name, new Map());
      const answers: T[] = [];
      await listen(
        () => name,
        async () => void answers.push(await work()),
      );
      const [answer] = answers;
      return answer as T;
    },
    asked(name: FunctionName): string[] {
      expect(refusedCalls(calls)).toEqual([]);
      return [...(calls.get(name)?.keys() ?? [])].sort();
    },
  };
}

describe("functions with an address of their own", () => {
  it("records a click and wakes apply, with no other secret than Slack's", async () => {
    const { log, sqs, secrets, during, asked } = await anAccount();
    const { handler } = await import("../../functions/slack.ts");
    // Without an address to reply to or a trigger for a dialog: Slack has no stand-in here.
    const event = aUrlEvent(signedBySlack(aClickBody({ response_url: null, trigger_id: null }), NOW_MS));
    expect(await during("slack", () => handler(event))).toMatchObject({ statusCode: 200 });
    expect((await log.state(BRAND)).proposals[CHANGE_ID]).toMatchObject({
      status: "approved",
      decidedBy: "lea",
    });
    const wake = { body: '{"brand":"atelier-lune"}', group: "atelier-lune", dedupe: "atelier-lune#5" };
    expect(sqs.messages.toSorted((a, b) => (a.queue < b.queue ? -1 : 1))).toEqual([
      { queue: "https://sqs.test/apply.fifo", ...wake },
      { queue: "https://sqs.test/observe.fifo", ...wake },
    ]);
    expect(secrets.asked).toEqual(["palier/slack"]);
    expect(asked("slack")).toEqual([
      "dynamodb:GetItem brands",
      "dynamodb:GetItem checkpoints",
      "dynamodb:PutItem log",
      "dynamodb:Query control",
      "dynamodb:Query log",
      "secretsmanager:GetSecretValue slackSecret",
      "sqs:SendMessage applyQueue",
      "sqs:SendMessage observeQueue",
    ]);
  });

  it("keeps a pushed day, with no other secret than the shops'", async () => {
    const { table, secrets, during, asked } = await anAccount();
    const { handler } = await import("../../functions/revenue.ts");
    const body = '{"days":[{"date":"2026-03-10","revenue":4310.55}]}';
    const timestamp = "1773198660";
    const mac = createHmac("sha256", KEY).update(`v1:${timestamp}:${body}`).digest("hex");
    const headers = {
      "x-palier-brand": BRAND,
      "x-palier-timestamp": timestamp,
      "x-palier-signature": `v1=${mac}`,
    };
    const event = aUrlEvent({ headers, body, base64: true });
    expect(await during("revenue", () => handler(event))).toMatchObject({
      statusCode: 200,
      body: '{"stored":["2026-03-10"],"unchanged":[]}',
    });
    expect(await dynamoPushStore(table).statements(BRAND, "2026-03-10", "2026-03-10")).toHaveLength(1);
    expect(secrets.asked).toEqual(["palier/revenue"]);
    expect(asked("revenue")).toEqual([
      "dynamodb:PutItem revenue",
      "dynamodb:Query revenue",
      "secretsmanager:GetSecretValue revenueSecret",
    ]);
  });

  it("anchors the heads, with no secret at all", async () => {
    const { store, log, s3, kms, secrets, during, asked } = await anAccount();
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { position, hash } = await log.state(BRAND);
    await store.putSummary({
      brand: BRAND,
      nextDueAtMs: 0,
      nextApplyAtMs: null,
      nightEndsAtMs: 0,
      openProposals: 1,
      unsettled: 0,
      stopped: false,
      lastNight: null,
      head: { position, hash },
    });
    const text = `{"atMs":${NOW_MS},"heads":[{"brand":"atelier-lune","hash":"${hash}","position":4}],"stage":"dev","v":1}`;
    kms.on(SignCommand).resolves({ Signature: sign("sha256", Buffer.from(text), privateKey) });
    const { handler } = await import("../../functions/anchor.ts");
    await during("anchor", () => handler());
    const anchor = s3.objects.get("anchors/anchors/2026-03-11/031100.json") ?? "";
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    expect(verifyAnchor(anchor, pem, BRAND, await store.read(BRAND, 1))).toMatchObject({
      ok: true,
      log: { ok: true, witnessed: 4 },
    });
    expect(secrets.asked).toEqual([]);
    expect(asked("anchor")).toEqual([
      "dynamodb:Query brands",
      "dynamodb:Query log",
      "kms:Sign anchorKey",
      "s3:PutObject anchorObjects",
    ]);
  });
});
