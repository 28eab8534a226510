/** Canonical JSON (RFC 8785) with big integers as decimal strings, and the hash that names every stored value. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { DomainError } from "./errors.ts";

/** @throws DomainError `canonical.unserializable` for values JSON cannot carry (NaN, functions, cycles). */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(withStringIntegers(value));
  } catch (error) {
    throw new DomainError("canonical.unserializable", error instanceof Error ? error.message : String(error));
  }
  if (text === undefined) throw new DomainError("canonical.unserializable", "the value has no JSON form");
  return text;
}

/** SHA-256 as lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Hash of a value's canonical JSON. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

function withStringIntegers(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(withStringIntegers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [key, withStringIntegers(field)]),
  );
}
