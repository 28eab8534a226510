/**
 * Anchors: how far each log had come on a day, signed by a key that no writer of logs has, and kept where nobody can overwrite
 * it. Whoever changes or cuts a log and everything beside it still cannot change what an anchor says.
 */
import { createHash, verify } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../domain/canonical.ts";
import type { Head } from "./heads.ts";
import type { StoredEntry } from "./store.ts";
import { type VerifyResult, verifyEntries } from "./verify.ts";

/** ECDSA over P-256 with SHA-256, the signature in DER: AWS KMS, `ECDSA_SHA_256`. */
export const ANCHOR_ALGORITHM = "ECDSA_SHA_256";

const statementSchema = z.strictObject({
  v: z.literal(1),
  stage: z.string(),
  atMs: z.number().int(),
  heads: z.array(z.strictObject({ brand: z.string(), position: z.number().int().min(1), hash: z.string() })),
});
export type AnchorStatement = z.output<typeof statementSchema>;

/** `statement` is canonical JSON as text, exactly as it was signed. */
const anchorSchema = z.strictObject({
  v: z.literal(1),
  algorithm: z.literal(ANCHOR_ALGORITHM),
  keyId: z.string(),
  signature: z.base64(),
  statement: z.string(),
});

/** The text to be signed, and its digest. */
export function statementToSign(statement: AnchorStatement): { text: string; digest: Uint8Array } {
  const heads = statement.heads.toSorted((a, b) => (a.brand < b.brand ? -1 : 1));
  const text = canonicalJson({ ...statement, heads });
  return { text, digest: createHash("sha256").update(text, "utf8").digest() };
}

export function anchorText(statement: string, keyId: string, signature: Uint8Array): string {
  const encoded = Buffer.from(signature).toString("base64");
  return canonicalJson({ v: 1, algorithm: ANCHOR_ALGORITHM, keyId, signature: encoded, statement });
}

/** `unsigned`: not signed by that key, or changed since; `unreadable`: no anchor of this version. */
export type AnchorResult =
  | { ok: true; atMs: number; log: VerifyResult }
  | { ok: false; problem: "unreadable" | "unsigned" };

/**
 * Checks an anchor against the public key, and the brand's log, read from position 1 on, against the anchor. `log` says whether
 * the log is whole and still what the anchor saw; a brand that had no log then is `witnessed: null`. The key must come from
 * elsewhere than the anchor: `publicKeyPem` is what KMS gives for the key, as PEM.
 */
export function verifyAnchor(
  anchor: string,
  publicKeyPem: string,
  brand: string,
  stored: readonly StoredEntry[],
): AnchorResult {
  const parsed = anchorSchema.safeParse(jsonOf(anchor));
  if (!parsed.success) return { ok: false, problem: "unreadable" };
  const { statement: text, signature } = parsed.data;
  if (!verify("sha256", Buffer.from(text, "utf8"), publicKeyPem, Buffer.from(signature, "base64"))) {
    return { ok: false, problem: "unsigned" };
  }
  const statement = statementSchema.safeParse(jsonOf(text));
  if (!statement.success) return { ok: false, problem: "unreadable" };
  const { atMs, heads } = statement.data;
  const found = heads.find((head) => head.brand === brand);
  const head: Head | null = found === undefined ? null : { position: found.position, hash: found.hash };
  return { ok: true, atMs, log: verifyEntries(brand, stored, head) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
