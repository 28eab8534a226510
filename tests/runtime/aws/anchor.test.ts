import { generateKeyPairSync, sign } from "node:crypto";
import { KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it, onTestFinished } from "vitest";
import { statementToSign, verifyAnchor } from "../../../lib/log/anchor.ts";
import { dynamoStore } from "../../../lib/log/dynamo-store.ts";
import { type AnchorContainer, anchorHeads, openAnchorContainer } from "../../../lib/runtime/aws/anchor.ts";
import { aTable } from "../../support/aws/table.ts";
import { memoryS3, refusal } from "../../support/aws-memory.ts";
import { aLog, appendAll, BRAND, STORY, stopped } from "../../support/log.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PEM = publicKey.export({ type: "spki", format: "pem" }).toString();
/** 2026-03-12 07:15:09 UTC. */
const NOW_MS = 1773299709000;
const KEY = "anchors/anchors/2026-03-12/071509.json";

/** A key that signs, as KMS would, the one digest that is the statement's. */
async function anAnchor(head = { position: 7, hash: "" }) {
  const store = dynamoStore(await aTable());
  const state = await appendAll(aLog({ store }), STORY);
  const row = {
    brand: BRAND,
    nextDueAtMs: 0,
    nextApplyAtMs: null,
    nightEndsAtMs: 0,
    openProposals: 0,
    unsettled: 0,
    stopped: false,
    lastNight: null,
  };
  await store.putSummary({ ...row, head: { ...head, hash: head.hash || state.hash } });
  await store.putSummary({ ...row, brand: "new-brand", head: { position: 0, hash: "seed" } });
  const kms = new KMSClient({ region: "local" });
  const s3Client = new S3Client({ region: "local" });
  const kmsMock = mockClient(kms);
  kmsMock.rejects(new Error("not stated"));
  const heads = [{ brand: BRAND, position: 7, hash: state.hash }];
  const { text, digest } = statementToSign({ v: 1, stage: "prod", atMs: NOW_MS, heads });
  kmsMock
    .on(SignCommand, {
      KeyId: "key-1",
      Message: digest,
      MessageType: "DIGEST",
      SigningAlgorithm: "ECDSA_SHA_256",
    })
    .resolves({ Signature: sign("sha256", Buffer.from(text), privateKey) });
  const s3 = memoryS3(s3Client);
  onTestFinished(() => {
    s3.mock.restore();
    kmsMock.restore();
  });
  const telemetry = recordingTelemetry();
  const container: AnchorContainer = {
    stage: "prod",
    bucket: "anchors",
    keyId: "key-1",
    store,
    kms,
    s3: s3Client,
    clock: { nowMs: async () => NOW_MS },
    telemetry,
  };
  return { container, store, kms: kmsMock, s3, telemetry };
}

describe("lib/runtime/aws/anchor", () => {
  it("puts the signed heads of every brand that has a log, to be verified against the log and the key", async () => {
    const { container, store, s3 } = await anAnchor();
    await anchorHeads(container);
    expect([...s3.objects.keys()]).toEqual([KEY]);
    const anchor = s3.objects.get(KEY) ?? "";
    await appendAll(aLog({ store, writerId: "w2" }), [[stopped()]]);
    expect(verifyAnchor(anchor, PEM, BRAND, await store.read(BRAND, 1))).toMatchObject({
      ok: true,
      atMs: NOW_MS,
      log: { ok: true, entries: 8, witnessed: 7 },
    });
    expect(
      JSON.parse(JSON.parse(anchor).statement).heads.map(({ brand }: { brand: string }) => brand),
    ).toEqual([BRAND]);
  });

  it("puts only where nothing is, with a checksum, and takes its own lost reply for success", async () => {
    const { container, s3, telemetry } = await anAnchor();
    await anchorHeads(container);
    const [call] = s3.mock.commandCalls(PutObjectCommand);
    expect(call?.args[0].input).toMatchObject({
      IfNoneMatch: "*",
      ChecksumAlgorithm: "SHA256",
      ContentType: "application/json",
    });
    const first = s3.objects.get(KEY);
    await anchorHeads(container);
    expect(s3.objects.get(KEY)).toBe(first);
    expect(telemetry.lines.map(({ message }) => message)).toEqual([
      "there is an anchor of this second already",
    ]);
  });

  it.each([
    ["further than", { position: 8, hash: "h" }],
    ["other than", { position: 7, hash: "another" }],
  ])("fails aloud, its anchor put, for a row %s the log", async (_, head) => {
    const { container, s3 } = await anAnchor(head);
    await expect(anchorHeads(container)).rejects.toMatchObject({
      code: "anchor.behind",
      message: "entries are missing at the end of the logs of atelier-lune",
    });
    expect(s3.objects.size).toBe(1);
  });

  it("puts nothing without a signature, and fails when it cannot put", async () => {
    const { container, kms, s3 } = await anAnchor();
    s3.mock.on(PutObjectCommand).rejects(refusal("AccessDenied", 403));
    await expect(anchorHeads(container)).rejects.toThrow("AccessDenied");
    kms.on(SignCommand).resolves({});
    await expect(anchorHeads(container)).rejects.toMatchObject({ code: "anchor.unsigned" });
    expect(s3.objects.size).toBe(0);
  });

  it("names each variable that is missing", () => {
    expect(() => openAnchorContainer({ PALIER_STAGE: "dev" })).toThrow(
      "PALIER_ANCHORS_BUCKET is not set; PALIER_ANCHOR_KEY is not set",
    );
  });
});
