import { readFileSync } from "node:fs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { configOn } from "../../lib/loop/config.ts";
import { publishAll } from "../../lib/runtime/publishing.ts";
import { openStage, type StageTarget } from "../../lib/runtime/stage.ts";
import { aTable } from "../support/aws/table.ts";
import { memoryS3, refusal } from "../support/aws-memory.ts";
import { roadsFiles } from "../support/roads.ts";

const BUCKET = "palier-bucketsblobs1a2b-x";
/** The embedded table says that it is in this account. */
const DEV: StageTarget = { name: "dev", account: "000000000000", region: "local" };
const KEYS = { accessKeyId: "local", secretAccessKey: "local" };

async function someClients(buckets: readonly string[] = ["palier-bucketsblobs1a2b-x"]) {
  const options = { region: "local", credentials: KEYS };
  const s3 = new S3Client(options);
  const { mock, objects } = memoryS3(s3);
  onTestFinished(() => mock.restore());
  mock.on(ListBucketsCommand).callsFake(({ Prefix }) => ({
    Buckets: buckets.filter((name) => name.startsWith(Prefix)).map((Name) => ({ Name })),
  }));
  mock.on(HeadBucketCommand).callsFake(({ Bucket, ExpectedBucketOwner }) => {
    if (Bucket !== BUCKET || ExpectedBucketOwner !== DEV.account) throw refusal("Forbidden", 403);
    return {};
  });
  const secrets = new SecretsManagerClient(options);
  return { clients: { dynamo: await aTable(), s3, secrets, sqs: new SQSClient(options) }, objects };
}

function aConfig() {
  const file = JSON.parse(readFileSync("rules/brands/atelier-lune.json", "utf8"));
  const brandText = JSON.stringify({ ...file, sandbox: false, shop: { source: "push" } });
  const brandFile = "rules/brands/atelier-lune.json";
  return configOn({ brandFile, brandText, ruleFiles: roadsFiles() }, "2026-03-11");
}

describe("lib/runtime/stage", () => {
  it("publishes to the stage's table and to the one bucket that its stack made", async () => {
    const { clients, objects } = await someClients(["other", BUCKET]);
    const { log, blobs, store, clock, bucket } = await openStage(DEV, clients, null);
    const ports = { log, blobs, clock, claim: store.claim, putSummary: store.putSummary };
    const [publication] = await publishAll([{ config: aConfig(), ports }], "lea");
    const hash = publication?.sourceHash ?? "";
    expect([...objects.keys()]).toEqual([`${bucket}/${hash.slice(0, 2)}/${hash.slice(2)}`]);
    expect((await log.state("atelier-lune")).published).toMatchObject({ by: "lea", sourceHash: hash });
    expect(await store.summaries()).toMatchObject([{ brand: "atelier-lune", lastNight: null }]);
    expect(await store.claim("meta/1001", "other")).toBe("atelier-lune");
  });

  it("does nothing where the credentials lead to another account than the stage's", async () => {
    const { clients, objects } = await someClients();
    const prod = { ...DEV, name: "prod", account: "222222222222" };
    await expect(openStage(prod, clients, BUCKET)).rejects.toMatchObject({
      code: "stage.wrongAccount",
      message: expect.stringMatching(/account 000000000000.*prod is account 222222222222/),
    });
    expect(objects.size).toBe(0);
  });

  it("uses no bucket of another account, whatever its name", async () => {
    const { clients } = await someClients();
    await expect(openStage(DEV, clients, "palier-bucketsblobs-of-somebody")).rejects.toMatchObject({
      code: "stage.unreachable",
      message: expect.stringContaining("bucket palier-bucketsblobs-of-somebody"),
    });
  });

  it.each([
    ["none", []],
    ["palier-bucketsblobs1, palier-bucketsblobs2", ["palier-bucketsblobs1", "palier-bucketsblobs2"]],
  ])("asks for the bucket's name where %s could be meant", async (words, buckets) => {
    const { clients } = await someClients(buckets);
    await expect(openStage(DEV, clients, null)).rejects.toMatchObject({
      code: "stage.noBucket",
      message: expect.stringMatching(new RegExp(`found ${words}: name it with --bucket`)),
    });
  });

  it("says which credentials are needed where AWS gives no answer", async () => {
    const { clients } = await someClients();
    const dynamo = new DynamoDBClient({
      endpoint: "http://127.0.0.1:1",
      region: "local",
      credentials: KEYS,
      maxAttempts: 1,
    });
    await expect(openStage(DEV, { ...clients, dynamo }, null)).rejects.toMatchObject({
      code: "stage.unreachable",
      message: expect.stringContaining("AWS credentials of account 000000000000"),
    });
  });
});
