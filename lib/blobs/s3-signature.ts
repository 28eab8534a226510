/** AWS's signature of one request without a body. Source: AWS, Signature Version 4, "Authenticating Requests: Using the Authorization Header". */
import { createHash, createHmac } from "node:crypto";

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary credentials, as functions have them. */
  sessionToken: string | null;
}

export interface UnsignedRequest {
  method: "GET";
  url: URL;
  region: string;
  /** Beside those that signing adds; names in small letters. */
  headers?: Readonly<Record<string, string>>;
  atMs: number;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
const SERVICE = "s3";
const NO_BODY = sha256("");

/** The headers to send, but for the host, which the client adds. `url` must be written as S3 writes it, and have no query. */
export function signedHeaders(
  { method, url, region, headers = {}, atMs }: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): Record<string, string> {
  const time = new Date(atMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const date = time.slice(0, 8);
  const sent: Record<string, string> = {
    ...headers,
    "x-amz-content-sha256": NO_BODY,
    "x-amz-date": time,
    ...(sessionToken === null ? {} : { "x-amz-security-token": sessionToken }),
  };
  const signed = Object.entries({ ...sent, host: url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(";");
  const lines = signed.map(([name, value]) => `${name}:${value.trim()}\n`).join("");
  const request = [method, url.pathname, "", lines, names, NO_BODY].join("\n");
  const scope = `${date}/${region}/${SERVICE}/aws4_request`;
  const key = [date, region, SERVICE, "aws4_request"].reduce<Buffer | string>(
    (derived, part) => hmac(derived, part),
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, [ALGORITHM, time, scope, sha256(request)].join("\n")).toString("hex");
  const authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...sent, authorization };
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
