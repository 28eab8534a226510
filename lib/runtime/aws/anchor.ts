/** Once a day: signs how far each log has come, and puts that where nobody can overwrite or delete it. */
import { type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { ANCHOR_ALGORITHM, type AnchorStatement, anchorText, statementToSign } from "../../log/anchor.ts";
import { dynamoStore } from "../../log/dynamo-store.ts";
import type { BrandSummary, LogStore } from "../../log/store.ts";
import type { Environment } from "../../platforms/port.ts";
import { type RunningClock, systemClock } from "../clock.ts";
import { RuntimeError } from "../errors.ts";
import { dynamoClient, kmsClient, s3Client } from "./clients.ts";
import { readSettings, setting } from "./settings.ts";
import { awsTelemetry, type Telemetry } from "./telemetry.ts";

/** Enough for ten thousand brands within a minute. */
const READS_AT_ONCE = 20;

const settingsSchema = z.object({
  PALIER_STAGE: setting.stage,
  PALIER_ANCHORS_BUCKET: setting.text,
  PALIER_ANCHOR_KEY: setting.text,
});

export interface AnchorContainer {
  stage: string;
  bucket: string;
  keyId: string;
  store: Pick<LogStore, "summaries" | "latest">;
  kms: Pick<KMSClient, "send">;
  s3: Pick<S3Client, "send">;
  clock: Pick<RunningClock, "nowMs">;
  telemetry: Telemetry;
}

/** @throws RuntimeError `settings.invalid`. */
export function openAnchorContainer(env: Environment): AnchorContainer {
  const settings = readSettings(settingsSchema, env);
  return {
    stage: settings.PALIER_STAGE,
    bucket: settings.PALIER_ANCHORS_BUCKET,
    keyId: settings.PALIER_ANCHOR_KEY,
    store: dynamoStore(dynamoClient()),
    kms: kmsClient(),
    s3: s3Client(),
    clock: systemClock(),
    telemetry: awsTelemetry("anchor", settings.PALIER_STAGE),
  };
}

/**
 * Signs and puts one anchor over all brands.
 * @throws RuntimeError `anchor.behind`, after the anchor was put, when a log is not as far as its own summary row says: entries
 * are gone. StoreError, and what KMS and S3 throw.
 */
export async function anchorHeads(container: AnchorContainer): Promise<void> {
  const { stage, keyId, store, clock, telemetry } = container;
  const atMs = await clock.nowMs();
  const rows = await store.summaries();
  const { heads, behind } = await readHeads(store, rows);
  const { text, digest } = statementToSign({ v: 1, stage, atMs, heads });
  const signature = await sign(container, digest);
  const key = keyOf(atMs);
  await put(container, key, anchorText(text, keyId, signature));
  telemetry.info("anchored", { key, brands: heads.length });
  if (behind.length === 0) return;
  throw new RuntimeError(
    "anchor.behind",
    `entries are missing at the end of the logs of ${behind.join(", ")}`,
  );
}

/** The log is read after its row: entries that came in between only make it longer. */
async function readHeads(
  store: Pick<LogStore, "latest">,
  rows: readonly BrandSummary[],
): Promise<{ heads: AnchorStatement["heads"]; behind: string[] }> {
  const heads: AnchorStatement["heads"] = [];
  const behind: string[] = [];
  const waiting = [...rows];
  const worker = async () => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const { brand, head } = row;
      const latest = await store.latest(brand);
      if (latest !== null) heads.push({ brand, position: latest.position, hash: latest.hash });
      const isRewritten = latest?.position === head.position && latest.hash !== head.hash;
      if ((latest?.position ?? 0) < head.position || isRewritten) behind.push(brand);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, worker));
  return { heads, behind: behind.sort() };
}

async function sign({ kms, keyId }: AnchorContainer, digest: Uint8Array): Promise<Uint8Array> {
  const command = new SignCommand({
    KeyId: keyId,
    Message: digest,
    // KMS takes at most 4 096 bytes of a message itself.
    MessageType: "DIGEST",
    SigningAlgorithm: ANCHOR_ALGORITHM,
  });
  const { Signature } = await kms.send(command);
  if (Signature === undefined) throw new RuntimeError("anchor.unsigned", "KMS answered without a signature");
  return Signature;
}

/** The bucket's own rule keeps each object; one that is there already was put by this very request, or by its twin. */
async function put({ s3, bucket, telemetry }: AnchorContainer, key: string, text: string): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: text,
    ContentType: "application/json",
    // Object Lock takes no object without a checksum.
    ChecksumAlgorithm: "SHA256",
    IfNoneMatch: "*",
  });
  try {
    await s3.send(command);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "PreconditionFailed") throw error;
    telemetry.warn("there is an anchor of this second already", { key });
  }
}

/** `anchors/2026-03-12/071500.json`, in UTC. */
function keyOf(atMs: number): string {
  const [day = "", time = ""] = new Date(atMs).toISOString().split("T");
  return `anchors/${day}/${time.slice(0, 8).replaceAll(":", "")}.json`;
}
