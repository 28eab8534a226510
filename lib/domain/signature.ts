/** Signed requests: `<version>=` and the hex HMAC-SHA256 of `<version>:<unix seconds>:<raw body>`, for five minutes. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Slack's own window; long enough for clocks that are a little off, short for whoever repeats a request. */
const WINDOW_SECONDS = 300;

export interface SignedRequest {
  /** Unix seconds as sent. */
  timestamp: string;
  signature: string;
  /** As it came over the wire: text made of it again may differ. */
  body: Uint8Array;
}

export type SignatureCheck = "ok" | "stale" | "wrong";

/** `stale` for a right signature outside the window: its clock is off, or somebody repeats it. Compares in constant time. */
export function checkSignature(
  { timestamp, signature, body }: SignedRequest,
  { version, key, nowMs }: { version: "v0" | "v1"; key: string; nowMs: number },
): SignatureCheck {
  if (!/^\d{1,12}$/.test(timestamp)) return "wrong";
  const mac = createHmac("sha256", key).update(`${version}:${timestamp}:`).update(body).digest("hex");
  const expected = Buffer.from(`${version}=${mac}`);
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "wrong";
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= WINDOW_SECONDS ? "ok" : "stale";
}
