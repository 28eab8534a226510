/**
 * Entries and their chain: `hash` = SHA-256(previous hash + body), where `body` is the entry's canonical JSON exactly as
 * stored.
 */
import { z } from "zod";
import { canonicalJson, sha256 } from "../domain/canonical.ts";
import { LogError } from "./errors.ts";
import { eventSchema, type LogEvent } from "./events.ts";
import type { StoredEntry } from "./store.ts";

/** DynamoDB refuses items above 400 KB; the rest is room for keys and hash. Entries should stay near 16 KB. */
const MAX_ENTRY_BYTES = 300_000;

/** Canonical hash of nothing: a log that starts from another brand's seed never verifies. */
export function seedHash(brand: string): string {
  return sha256(`palier log v1 of brand ${brand}`);
}

export function chainHash(previousHash: string, body: string): string {
  return sha256(previousHash + body);
}

const entrySchema = z.object({
  v: z.literal(1),
  brand: z.string(),
  position: z.number().int().min(1),
  entryId: z.string(),
  writerId: z.string(),
  atMs: z.number().int(),
  events: z.array(eventSchema).min(1),
});

/** One entry as folded: its body's fields, and the hash that the next entry continues from. */
export interface LogEntry extends z.output<typeof entrySchema> {
  hash: string;
}

/** What a writer states of a new entry; `entryId` is fresh for each decision, so that two writers' bodies never match. */
export interface EntryDraft {
  brand: string;
  position: number;
  entryId: string;
  writerId: string;
  atMs: number;
  events: readonly LogEvent[];
}

/**
 * Makes the entry that follows `previousHash`, with fields that events do not declare left out.
 * @throws LogError `log.tooLarge`, or what `openEntry` throws for a draft that could not be read back.
 */
export function sealEntry(previousHash: string, draft: EntryDraft): { stored: StoredEntry; entry: LogEntry } {
  const { brand, position } = draft;
  const parsed = parseBody(brand, position, canonicalJson({ v: 1, ...draft }));
  const body = canonicalJson(parsed);
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_ENTRY_BYTES) {
    throw new LogError(
      "log.tooLarge",
      brand,
      position,
      `the entry has ${bytes} bytes, at most ${MAX_ENTRY_BYTES} are allowed`,
    );
  }
  const hash = chainHash(previousHash, body);
  return { stored: { position, body, hash }, entry: { ...parsed, hash } };
}

/**
 * Checks that `stored` follows `previousHash` at `position` of `brand`, and reads it.
 * @throws LogError `log.tampered` for a broken link, `log.unknownEvent` for what this version cannot know, `log.malformed`.
 */
export function openEntry(
  brand: string,
  previousHash: string,
  position: number,
  stored: StoredEntry,
): LogEntry {
  if (stored.position !== position) {
    throw new LogError(
      "log.tampered",
      brand,
      position,
      `the next entry found is at position ${stored.position}`,
    );
  }
  if (chainHash(previousHash, stored.body) !== stored.hash) {
    throw new LogError(
      "log.tampered",
      brand,
      position,
      "the hash does not match the body and the entry before it",
    );
  }
  const parsed = parseBody(brand, position, stored.body);
  if (parsed.brand !== brand || parsed.position !== position) {
    const found = `${parsed.brand}, position ${parsed.position}`;
    throw new LogError("log.tampered", brand, position, `the body was written for ${found}`);
  }
  if (canonicalJson(parsed) !== stored.body) {
    throw new LogError("log.malformed", brand, position, "the body holds more than its events declare");
  }
  return { ...parsed, hash: stored.hash };
}

const envelopeSchema = z.object({
  v: z.unknown(),
  events: z.array(z.object({ type: z.unknown(), v: z.unknown() })),
});

const knownEvents = new Set(
  eventSchema.options.map(({ shape }) => `${shape.type.value} version ${shape.v.value}`),
);

function parseBody(brand: string, position: number, body: string): z.output<typeof entrySchema> {
  const json = parseJson(brand, position, body);
  const envelope = envelopeSchema.safeParse(json);
  if (envelope.success) refuseUnknown(brand, position, envelope.data);
  const entry = entrySchema.safeParse(json);
  if (entry.success) return entry.data;
  throw new LogError("log.malformed", brand, position, z.prettifyError(entry.error));
}

/** Told apart from a malformed body, because the remedy is a newer version of Palier. */
function refuseUnknown(brand: string, position: number, envelope: z.output<typeof envelopeSchema>): void {
  const names = envelope.events.map(({ type, v }) => `${type} version ${v}`);
  const unknown =
    envelope.v === 1 ? names.find((name) => !knownEvents.has(name)) : `entry version ${envelope.v}`;
  if (unknown === undefined) return;
  throw new LogError(
    "log.unknownEvent",
    brand,
    position,
    `this version of Palier does not know ${unknown}; a newer version wrote it`,
  );
}

function parseJson(brand: string, position: number, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new LogError("log.malformed", brand, position, "the body is not JSON");
  }
}
