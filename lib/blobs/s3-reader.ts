/**
 * Blobs of S3 for who only reads a plan now and then: the client of AWS's SDK is a fifth of a small function, which people wait
 * for. Source: AWS S3 API (GetObject).
 */
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import { sha256 } from "../domain/canonical.ts";
import { BlobError } from "./errors.ts";
import type { BlobStore } from "./store.ts";

/** Somebody is waiting. */
const READ_MS = 1_500;

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary credentials, as functions have them. */
  sessionToken: string | null;
}

export interface S3Place {
  bucket: string;
  region: string;
  /** Null for S3 itself; else an address that speaks as S3 does, with the bucket in the path. */
  endpoint: string | null;
  /** Asked for each time: a function's own change. */
  credentials(): AwsCredentials;
  nowMs(): number;
}

export function s3Reader(place: S3Place): Pick<BlobStore, "get"> {
  return {
    async get(hash) {
      const url = urlOf(place, hash);
      const text = await read(place, url, hash);
      if (sha256(text) === hash) return text;
      throw new BlobError("blob.corrupt", hash, `${url.href} does not hold what its name says`);
    },
  };
}

async function read(place: S3Place, url: URL, hash: string): Promise<string> {
  const headers = await signedHeaders(place, url);
  const answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(READ_MS) })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    // Its name alone: an error of fetch may carry the request, and that its signature.
    .catch((error: unknown) => ({ status: 0, text: error instanceof Error ? error.name : "no answer" }));
  if (answer.status === 200) return answer.text;
  // A bucket that does not exist is answered with 404 as well, and says nothing of the blob.
  if (answer.status === 404 && answer.text.includes("<Code>NoSuchKey</Code>"))
    throw new BlobError("blob.missing", hash, `${url.href} does not exist`);
  const reason = answer.status === 0 ? answer.text : `HTTP ${answer.status}`;
  throw new BlobError("blob.unreachable", hash, `${url.href} cannot be read: ${reason}`);
}

/** S3 wants the path as it is written, and a sum of the body, which is empty. */
async function signedHeaders(
  { region, credentials, nowMs }: S3Place,
  url: URL,
): Promise<Record<string, string>> {
  const { sessionToken, ...keys } = credentials();
  const signer = new SignatureV4({
    service: "s3",
    region,
    credentials: sessionToken === null ? keys : { ...keys, sessionToken },
    sha256: Hash.bind(null, "sha256"),
    uriEscapePath: false,
  });
  const request = { method: "GET", protocol: url.protocol, hostname: url.hostname, path: url.pathname };
  const signed = await signer.sign(
    { ...request, headers: { host: url.host } },
    { signingDate: new Date(nowMs()) },
  );
  const { host: _, ...sent } = signed.headers;
  return sent;
}

function urlOf({ bucket, region, endpoint }: S3Place, hash: string): URL {
  const key = `${hash.slice(0, 2)}/${hash.slice(2)}`;
  return endpoint === null
    ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/${key}`)
    : new URL(`${endpoint.replace(/\/$/, "")}/${bucket}/${key}`);
}
