/** What Palier asks of S3, SQS, Secrets Manager and KMS, put to an implementation that knows nothing of Palier. */
import { createHash, verify } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { s3Blobs } from "../../lib/blobs/s3-store.ts";
import { sqsLanes } from "../../lib/lanes/sqs.ts";
import { dynamoStore } from "../../lib/log/dynamo-store.ts";
import { type AnchorContainer, anchorHeads } from "../../lib/runtime/aws/anchor.ts";
import { awsSecrets } from "../../lib/runtime/aws/secrets.ts";
import { aTable } from "../support/aws/table.ts";
import { aLog, appendAll, BRAND, STORY } from "../support/log.ts";
import {
  type Aws,
  aBucket,
  aFifoQueue,
  aLockedBucket,
  aSigningKey,
  awsAt,
  received,
} from "../support/oracles/aws.ts";
import { startMoto } from "../support/oracles/moto.ts";
import { ORACLE_START_MS, type Oracle, oraclesAsked } from "../support/oracles/process.ts";
import { recordingTelemetry } from "../support/telemetry.ts";

const TEXT = '{"name":"Été"}';
const HASH = "5a683f9fd854ebaf382ab9a4a59fe15adbccc65c4cd12825028dc348f6d94026";
const KEY = "5a/683f9fd854ebaf382ab9a4a59fe15adbccc65c4cd12825028dc348f6d94026";
/** 2026-03-12 07:15:09 UTC. */
const NOW_MS = 1773299709000;
const ANCHOR_KEY = "anchors/2026-03-12/071509.json";

let oracle: Oracle | undefined;
let aws: Aws;

async function versionsIn(Bucket: string): Promise<(string | undefined)[]> {
  const { Versions = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
  return Versions.map(({ Key }) => Key);
}

async function textOf(Bucket: string, Key: string): Promise<string> {
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

async function aSecret(SecretString?: string): Promise<{ name: string; arn: string }> {
  const Name = aws.newName("palier/meta");
  const { ARN = "" } = await aws.secrets.send(new CreateSecretCommand({ Name, SecretString }));
  return { name: Name, arn: ARN };
}

describe.runIf(oraclesAsked)("moto (PALIER_ORACLES=1)", () => {
  beforeAll(async () => {
    oracle = await startMoto();
    aws = awsAt(oracle.url);
  }, ORACLE_START_MS);
  afterAll(async () => {
    aws?.close();
    await oracle?.end();
  });

  describe("lib/blobs/s3-store", () => {
    it("stores a text under its SHA-256, the first two digits before the slash, and gives it back", async () => {
      const Bucket = await aBucket(aws);
      const blobs = s3Blobs(aws.s3, Bucket);
      expect(await blobs.put(TEXT)).toBe(HASH);
      const head = await aws.s3.send(new HeadObjectCommand({ Bucket, Key: KEY }));
      expect(head).toMatchObject({ ContentLength: 16, ContentType: "application/json" });
      expect(await blobs.get(HASH)).toBe(TEXT);
    });

    it("puts a text once, however often and by however many it is put", async () => {
      const bucket = await aBucket(aws);
      const blobs = s3Blobs(aws.s3, bucket);
      await blobs.put(TEXT);
      expect(await blobs.put(TEXT)).toBe(HASH);
      expect(await Promise.all(Array.from({ length: 8 }, () => blobs.put(TEXT)))).toEqual(
        Array(8).fill(HASH),
      );
      expect(await versionsIn(bucket)).toEqual([KEY]);
    });

    it("replaces nothing, and refuses a blob that was changed", async () => {
      const Bucket = await aBucket(aws);
      const blobs = s3Blobs(aws.s3, Bucket);
      await aws.s3.send(new PutObjectCommand({ Bucket, Key: KEY, Body: '{"name":"Ete"}' }));
      expect(await blobs.put(TEXT)).toBe(HASH);
      expect(await textOf(Bucket, KEY)).toBe('{"name":"Ete"}');
      await expect(blobs.get(HASH)).rejects.toMatchObject({ code: "blob.corrupt", hash: HASH });
    });

    it("gives back megabytes as they were", async () => {
      const blobs = s3Blobs(aws.s3, await aBucket(aws));
      const text = JSON.stringify("Été à la mer 🌊".repeat(200_000));
      expect((await blobs.get(await blobs.put(text))) === text).toBe(true);
    });

    it("says which blob is missing", async () => {
      const blobs = s3Blobs(aws.s3, await aBucket(aws));
      await expect(blobs.get(HASH)).rejects.toMatchObject({ code: "blob.missing", hash: HASH });
    });

    it("never takes a bucket that is not there for an empty one", async () => {
      const blobs = s3Blobs(aws.s3, aws.newName("nowhere"));
      await expect(blobs.put(TEXT)).rejects.toMatchObject({ code: "blob.unreachable" });
      await expect(blobs.get(HASH)).rejects.toMatchObject({ code: "blob.unreachable" });
    });
  });

  describe("lib/lanes/sqs", () => {
    async function lanesOfTwo() {
      const queues = { observe: await aFifoQueue(aws), apply: await aFifoQueue(aws) };
      return { queues, lanes: sqsLanes(aws.sqs, queues) };
    }

    it("sends the brand alone, into the brand's own group of the lane's own queue", async () => {
      const { lanes, queues } = await lanesOfTwo();
      await lanes.wake("apply", "atelier-lune", "atelier-lune#17");
      expect(await received(aws, queues.observe)).toEqual([]);
      expect(await received(aws, queues.apply)).toEqual([
        { body: '{"brand":"atelier-lune"}', group: "atelier-lune", dedupe: "atelier-lune#17" },
      ]);
    });

    it("is one message for one deduplication id, and another for another", async () => {
      const { lanes, queues } = await lanesOfTwo();
      for (const dedupe of ["b#1", "b#1", "b#2", "b#1"]) await lanes.wake("observe", "b", dedupe);
      const messages = await received(aws, queues.observe);
      expect(messages.map(({ dedupe }) => dedupe)).toEqual(["b#1", "b#2"]);
    });

    it("keeps a brand's next message back while one is being worked on, and no other brand's", async () => {
      const { lanes, queues } = await lanesOfTwo();
      await lanes.wake("observe", "a", "a#1");
      expect((await received(aws, queues.observe)).map(({ dedupe }) => dedupe)).toEqual(["a#1"]);
      expect(await lanes.wakeAll("observe", [brandAt("a", 2), brandAt("b", 1)])).toEqual([]);
      expect((await received(aws, queues.observe)).map(({ dedupe }) => dedupe)).toEqual(["b#1"]);
    });

    it("wakes each of many", async () => {
      const { lanes, queues } = await lanesOfTwo();
      const wakeUps = Array.from({ length: 25 }, (_, index) => brandAt(`brand-${index}`, 1));
      expect(await lanes.wakeAll("observe", wakeUps)).toEqual([]);
      const messages = [];
      for (let request = 1; request <= 3; request += 1)
        messages.push(...(await received(aws, queues.observe)));
      expect(messages).toHaveLength(25);
      expect(new Set(messages.map(({ group }) => group)).size).toBe(25);
    });

    it("says who was not woken when there is no such queue", async () => {
      const queues = { observe: `${oracle?.url}/123456789012/none.fifo`, apply: "" };
      const lanes = sqsLanes(aws.sqs, queues);
      const [notWoken, ...others] = await lanes.wakeAll("observe", [brandAt("a", 1)]);
      expect(others).toEqual([]);
      expect(notWoken).toMatchObject({ brand: "a", reason: expect.stringContaining("QueueDoesNotExist") });
      await expect(lanes.wake("observe", "a", "a#1")).rejects.toMatchObject({ code: "lane.failed" });
    });
  });

  describe("lib/runtime/aws/secrets", () => {
    it("reads a secret by its name and by its ARN", async () => {
      const secrets = awsSecrets(aws.secrets, () => 0);
      const { name, arn } = await aSecret('{"PALIER_META_TOKEN":"token"}');
      expect(await secrets.values(name)).toEqual({ PALIER_META_TOKEN: "token" });
      expect(await secrets.values(arn)).toEqual({ PALIER_META_TOKEN: "token" });
    });

    it("reads the new value of one that was rotated and dropped", async () => {
      const secrets = awsSecrets(aws.secrets, () => 0);
      const { name } = await aSecret('{"PALIER_META_TOKEN":"old"}');
      await secrets.values(name);
      const SecretString = '{"PALIER_META_TOKEN":"new"}';
      await aws.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
      expect(await secrets.values(name)).toEqual({ PALIER_META_TOKEN: "old" });
      secrets.drop(name);
      expect(await secrets.values(name)).toEqual({ PALIER_META_TOKEN: "new" });
    });

    it.each([
      ["a secret that is not there", "secret.missing", async () => "palier/none"],
      ["a secret without a value yet", "secret.missing", async () => (await aSecret()).name],
      ["a value that is no JSON object", "secret.malformed", async () => (await aSecret("token")).name],
    ])("calls %s %s", async (_, code, name) => {
      const secrets = awsSecrets(aws.secrets, () => 0);
      await expect(secrets.values(await name())).rejects.toMatchObject({ code });
    });
  });

  describe("lib/runtime/aws/anchor", () => {
    /** A log of seven entries, and where its head goes. */
    async function anAnchor() {
      const store = dynamoStore(await aTable());
      const { hash } = await appendAll(aLog({ store }), STORY);
      await store.putSummary(rowOf(hash));
      const { keyId, publicKeyPem } = await aSigningKey(aws);
      const telemetry = recordingTelemetry();
      const container: AnchorContainer = {
        stage: "prod",
        bucket: await aLockedBucket(aws),
        keyId,
        store,
        kms: aws.kms,
        s3: aws.s3,
        clock: { nowMs: async () => NOW_MS },
        telemetry,
      };
      return { container, publicKeyPem };
    }

    it("has KMS sign the digest of the heads, which the key's public half verifies", async () => {
      const { container, publicKeyPem } = await anAnchor();
      await anchorHeads(container);
      const anchor = JSON.parse(await textOf(container.bucket, ANCHOR_KEY));
      expect(JSON.parse(anchor.statement).heads).toMatchObject([{ brand: BRAND, position: 7 }]);
      const digest = createHash("sha256").update(anchor.statement).digest();
      const signature = Buffer.from(anchor.signature, "base64");
      // Moto takes every message for one that is still to be hashed, where KMS signs this digest itself.
      expect(verify("sha256", digest, publicKeyPem, signature)).toBe(true);
      const { publicKeyPem: another } = await aSigningKey(aws);
      expect(verify("sha256", digest, another, signature)).toBe(false);
    });

    it("puts an anchor once, with a checksum, where the bucket keeps it", async () => {
      const { container } = await anAnchor();
      await anchorHeads(container);
      await anchorHeads(container);
      expect(container.telemetry).toMatchObject({
        lines: [{ message: "there is an anchor of this second already" }],
      });
      const Bucket = container.bucket;
      expect(await versionsIn(Bucket)).toEqual([ANCHOR_KEY]);
      const ChecksumMode = "ENABLED";
      const head = await aws.s3.send(new HeadObjectCommand({ Bucket, Key: ANCHOR_KEY, ChecksumMode }));
      expect(head).toMatchObject({
        ChecksumSHA256: expect.stringMatching(/^[\w+/]{43}=$/),
        ObjectLockMode: "COMPLIANCE",
      });
      const VersionId = head.VersionId;
      const removal = aws.s3.send(new DeleteObjectCommand({ Bucket, Key: ANCHOR_KEY, VersionId }));
      await expect(removal).rejects.toMatchObject({ name: "AccessDenied" });
    });

    it("puts nothing that is not signed", async () => {
      const { container } = await anAnchor();
      const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
      await expect(anchorHeads({ ...container, keyId })).rejects.toMatchObject({ name: "NotFoundException" });
      expect(await versionsIn(container.bucket)).toEqual([]);
    });
  });
});

function rowOf(hash: string) {
  return {
    brand: BRAND,
    nextDueAtMs: 0,
    nextApplyAtMs: null,
    nightEndsAtMs: 0,
    openProposals: 0,
    unsettled: 0,
    stopped: false,
    lastNight: null,
    head: { position: 7, hash },
  };
}

function brandAt(brand: string, position: number) {
  return { brand, dedupe: `${brand}#${position}` };
}
