import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkSignature, type SignedRequest } from "../../lib/domain/signature.ts";

/** Slack's own published example. */
const VECTOR = JSON.parse(readFileSync("tests/fixtures/slack/signature_vector.json", "utf8"));
const SIGNED: SignedRequest = {
  timestamp: VECTOR.timestamp,
  signature: VECTOR.signature,
  body: Buffer.from(VECTOR.raw_body),
};
const AT_MS = 1_531_420_618_000;

function check(over: Partial<SignedRequest> = {}, nowMs = AT_MS, key: string = VECTOR.signing_secret) {
  return checkSignature({ ...SIGNED, ...over }, { version: "v0", key, nowMs });
}

describe("lib/domain/signature", () => {
  it("accepts Slack's published example", () => {
    expect(check()).toBe("ok");
  });

  it.each([
    ["five minutes late", 300_000, "ok"],
    ["later than that", 300_001, "stale"],
    ["five minutes early", -300_000, "ok"],
    ["earlier than that", -300_001, "stale"],
  ])("judges a request that is %s", (_, offMs, verdict) => {
    expect(check({}, AT_MS + offMs)).toBe(verdict);
  });

  it.each<[string, Partial<SignedRequest>]>([
    ["one byte of the body changed", { body: Buffer.from(VECTOR.raw_body.replace("token", "tokem")) }],
    ["a space added", { body: Buffer.from(`${VECTOR.raw_body} `) }],
    ["another timestamp", { timestamp: "1531420619" }],
    ["a timestamp that is no number", { timestamp: "NaN" }],
    ["no timestamp", { timestamp: "" }],
    ["no signature", { signature: "" }],
    ["the signature cut", { signature: VECTOR.signature.slice(0, -1) }],
    ["the signature's case changed", { signature: VECTOR.signature.toUpperCase() }],
    ["another version's name", { signature: VECTOR.signature.replace("v0", "v1") }],
    ["letters of more bytes than characters", { signature: "é".repeat(67) }],
  ])("refuses %s", (_, over) => {
    expect(check(over)).toBe("wrong");
  });

  it("refuses another key, and a right signature of the other version", () => {
    expect(check({}, AT_MS, "8f742231b10e8888abcd99yyyzzz85a6")).toBe("wrong");
    expect(checkSignature(SIGNED, { version: "v1", key: VECTOR.signing_secret, nowMs: AT_MS })).toBe("wrong");
  });

  it("signs the bytes as they are, not as text", () => {
    const body = Buffer.from([0xff, 0xfe, 0x00]);
    // printf '\xff\xfe\x00' after "v1:1531420618:", HMAC-SHA256 with the key "secret", by openssl.
    const signature = "v1=22e51e82371cfea6ee59806c6ce172aaf940d8229c258b1d705b1da2b435547a";
    const given = { timestamp: "1531420618", signature, body };
    expect(checkSignature(given, { version: "v1", key: "secret", nowMs: AT_MS })).toBe("ok");
    const other = { ...given, body: Buffer.from([0xff, 0xff, 0x00]) };
    expect(checkSignature(other, { version: "v1", key: "secret", nowMs: AT_MS })).toBe("wrong");
  });
});
