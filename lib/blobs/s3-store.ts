/**
 * Blobs as objects of S3: `ab/cdef...`, the first two digits of the hash before the slash. Written once and never replaced;
 * which storage class they move to is the bucket's to say. Source: AWS S3 API (PutObject, GetObject).
 */
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { sha256 } from "../domain/canonical.ts";
import { BlobError } from "./errors.ts";
import type { BlobStore } from "./store.ts";

/** S3 answers 409 while another writer puts the same key, and asks to try again; that writer is done long before. */
const MAX_PUTS = 5;

export function s3Blobs(client: S3Client, bucket: string): BlobStore {
  async function putOnce(hash: string, text: string): Promise<"stored" | "busy"> {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: keyOf(hash),
      Body: text,
      ContentType: "application/json",
      // S3 compares, so that what it keeps under a hash has that hash.
      ChecksumSHA256: Buffer.from(hash, "hex").toString("base64"),
      IfNoneMatch: "*",
    });
    try {
      await client.send(command);
      return "stored";
    } catch (error) {
      const status = statusOf(error);
      if (status === 412) return "stored";
      if (status === 409) return "busy";
      throw unreachable(bucket, hash, error);
    }
  }

  return {
    async put(text) {
      const hash = sha256(text);
      for (let puts = 1; puts <= MAX_PUTS; puts += 1)
        if ((await putOnce(hash, text)) === "stored") return hash;
      throw new BlobError("blob.unreachable", hash, `${nameOf(bucket, hash)} is being written by others`);
    },
    async get(hash) {
      const text = await storedText(client, bucket, hash);
      if (sha256(text) === hash) return text;
      throw new BlobError("blob.corrupt", hash, `${nameOf(bucket, hash)} does not hold what its name says`);
    },
  };
}

async function storedText(client: S3Client, bucket: string, hash: string): Promise<string> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(hash) }));
    return (await Body?.transformToString("utf-8")) ?? "";
  } catch (error) {
    // A bucket that does not exist is answered with 404 as well, and says nothing of the blob.
    if (error instanceof NoSuchKey) {
      throw new BlobError("blob.missing", hash, `${nameOf(bucket, hash)} does not exist`);
    }
    throw unreachable(bucket, hash, error);
  }
}

function keyOf(hash: string): string {
  return `${hash.slice(0, 2)}/${hash.slice(2)}`;
}

function nameOf(bucket: string, hash: string): string {
  return `s3://${bucket}/${keyOf(hash)}`;
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
  return (error.$metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode;
}

function unreachable(bucket: string, hash: string, error: unknown): BlobError {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new BlobError("blob.unreachable", hash, `${nameOf(bucket, hash)} cannot be used: ${reason}`);
}
