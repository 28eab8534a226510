import { readFileSync } from "node:fs";
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { chainHash, sealEntry } from "../../lib/log/chain.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import type { StoredEntry } from "../../lib/log/store.ts";
import { type VerifyResult, verifyEntries } from "../../lib/log/verify.ts";
import { openEmbeddedStore } from "../../lib/runtime/embedded-store.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { aFolder } from "../support/folder.ts";
import {
  aLog,
  appendAll,
  BRAND,
  changeConfirmed,
  memoryHeads,
  NIGHT_MS,
  STORY,
  stopped,
} from "../support/log.ts";

/** The story's seven entries as stored, written once. */
const STORED = await storedStory();

async function storedStory(): Promise<StoredEntry[]> {
  const store = memoryStore();
  await appendAll(aLog({ store }), STORY);
  return store.read(BRAND, 1);
}

function entryAt(position: number): StoredEntry {
  const entry = STORED[position - 1];
  if (entry === undefined) throw new Error(`no entry ${position}`);
  return entry;
}

const HEAD = { position: 7, hash: entryAt(7).hash };

function verify(stored: readonly StoredEntry[], head: typeof HEAD | null = HEAD): VerifyResult {
  return verifyEntries(BRAND, stored, head);
}

/** The log with one entry replaced. */
function withEntry(position: number, over: Partial<StoredEntry>): StoredEntry[] {
  return STORED.map((entry) => (entry.position === position ? { ...entry, ...over } : entry));
}

/** The log with `body` at `position` and every hash from there on made right again: a forger who rewrites the rest. */
function rehashed(position: number, body: string): StoredEntry[] {
  let previous = position === 1 ? "" : entryAt(position - 1).hash;
  return withEntry(position, { body }).map((entry) => {
    if (entry.position < position) return entry;
    previous = chainHash(previous, entry.body);
    return { ...entry, hash: previous };
  });
}

function moved(entry: StoredEntry, position: number): StoredEntry {
  return { ...entry, position };
}

describe("lib/log/verify", () => {
  it("accepts a log as it was appended", () => {
    expect(verify(STORED)).toEqual({ ok: true, entries: 7, head: HEAD, witnessed: 7 });
  });

  it("accepts an empty log", () => {
    expect(verify([], null)).toMatchObject({ ok: true, entries: 0, witnessed: null });
  });

  it("accepts a head behind the log, and says how far the witness goes", () => {
    expect(verify(STORED, { position: 6, hash: entryAt(6).hash })).toMatchObject({ ok: true, witnessed: 6 });
    expect(verify(STORED, null)).toMatchObject({ ok: true, entries: 7, witnessed: null });
  });

  const lea = entryAt(4).body;
  const foreign = sealEntry(entryAt(2).hash, {
    brand: BRAND,
    position: 3,
    entryId: "forged",
    writerId: "w9",
    atMs: NIGHT_MS,
    events: [stopped()],
  }).stored;

  it.each<[string, number, string, StoredEntry[]]>([
    ["a changed body", 4, "tampered", withEntry(4, { body: lea.replace('"lea"', '"eva"') })],
    ["a changed hash", 5, "tampered", withEntry(5, { hash: "0".repeat(64) })],
    ["a body that is no JSON", 2, "tampered", withEntry(2, { body: "" })],
    ["a deleted first entry", 1, "missing", STORED.slice(1)],
    ["a deleted entry", 3, "missing", STORED.filter((entry) => entry.position !== 3)],
    [
      "two deleted entries",
      3,
      "missing",
      STORED.filter((entry) => entry.position !== 3 && entry.position !== 5),
    ],
    [
      "a deleted entry with the rest moved up",
      3,
      "misplaced",
      STORED.filter((entry) => entry.position !== 3).map((entry, index) => moved(entry, index + 1)),
    ],
    [
      "an inserted copy",
      4,
      "misplaced",
      [
        ...STORED.slice(0, 3),
        moved(entryAt(2), 4),
        ...STORED.slice(3).map((entry) => moved(entry, entry.position + 1)),
      ],
    ],
    [
      "an inserted entry whose chain is right, at the first entry it displaced",
      4,
      "misplaced",
      [...STORED.slice(0, 2), foreign, ...STORED.slice(2).map((entry) => moved(entry, entry.position + 1))],
    ],
    [
      "two swapped entries",
      4,
      "misplaced",
      [...STORED.slice(0, 3), moved(entryAt(5), 4), moved(entryAt(4), 5), ...STORED.slice(5)],
    ],
    ["a log cut short", 6, "truncated", STORED.slice(0, 5)],
    ["a log that is gone", 1, "truncated", []],
    ["a rewritten end", 7, "rewritten", rehashed(4, lea.replace('"entryId":"w1-4"', '"entryId":"w1-9"'))],
    ["an approval rewritten to nothing approvable", 5, "illegal", rehashed(4, lea.replace('"lea"', '"eva"'))],
    ["an unknown event", 4, "unknownEvent", rehashed(4, lea.replace("proposalApproved", "proposalBlessed"))],
    ["an event without a field", 4, "malformed", rehashed(4, lea.replace('"by":"lea",', ""))],
    [
      "an entry of another brand",
      4,
      "misplaced",
      rehashed(4, lea.replace('"atelier-lune"', '"atelier-mars"')),
    ],
  ])("names %s", (_, position, problem, stored) => {
    expect(verify(stored)).toMatchObject({ ok: false, position, problem });
  });

  it("names an event that no writer could have appended", async () => {
    const { stored } = sealEntry(HEAD.hash, {
      brand: BRAND,
      position: 8,
      entryId: "forged",
      writerId: "w1",
      atMs: NIGHT_MS,
      events: [changeConfirmed()],
    });
    expect(verify([...STORED, stored])).toMatchObject({ ok: false, position: 8, problem: "illegal" });
  });

  it("detects any edit of one character of any body or hash, at that entry", () => {
    const edit = fc.record({
      position: fc.integer({ min: 1, max: 7 }),
      field: fc.constantFrom("body" as const, "hash" as const),
      at: fc.nat(),
      by: fc.string({ minLength: 1, maxLength: 1 }),
    });
    fc.assert(
      fc.property(edit, ({ position, field, at, by }) => {
        const text = entryAt(position)[field];
        const place = at % text.length;
        const edited = text.slice(0, place) + by + text.slice(place + 1);
        fc.pre(edited !== text);
        expect(verify(withEntry(position, { [field]: edited }))).toMatchObject({ ok: false, position });
      }),
      { numRuns: 300 },
    );
  });

  it("detects the loss of any entries under the head, at the first that is gone", () => {
    fc.assert(
      fc.property(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), (gone) => {
        const left = STORED.filter((entry) => !gone.includes(entry.position));
        expect(verify(left)).toMatchObject({ ok: false, position: gone[0] });
      }),
    );
  });

  it("finds the same in the embedded DynamoDB", async () => {
    const folder = aFolder();
    const store = await openEmbeddedStore({ folder, files: nodeFiles(), nowMs: () => NIGHT_MS });
    onTestFinished(() => store.close());
    const client = tableClient(folder);
    onTestFinished(() => client.destroy());
    const log = aLog({ store, heads: memoryHeads() });
    await appendAll(log, STORY);
    expect(await log.verify(BRAND)).toEqual({ ok: true, entries: 7, head: HEAD, witnessed: 7 });

    const { body, hash } = entryAt(4);
    await client.send(putItem(4, body.replace('"lea"', '"eva"'), hash));
    expect(await log.verify(BRAND)).toMatchObject({ ok: false, position: 4, problem: "tampered" });
    await client.send(putItem(4, entryAt(2).body, entryAt(2).hash));
    expect(await log.verify(BRAND)).toMatchObject({ ok: false, position: 4, problem: "misplaced" });
    await client.send(deleteItem(4));
    expect(await log.verify(BRAND)).toMatchObject({ ok: false, position: 4, problem: "missing" });
    await client.send(putItem(4, body, hash));
    await client.send(deleteItem(7));
    expect(await log.verify(BRAND)).toMatchObject({ ok: false, position: 7, problem: "truncated" });
  });
});

/** A client beside the store's, for edits that the store refuses to make. */
function tableClient(folder: string): DynamoDBClient {
  const { port } = JSON.parse(readFileSync(`${folder}/owner.json`, "utf8")) as { port: number };
  return new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}

function keyOf(position: number) {
  return { pk: { S: `log#${BRAND}` }, sk: { S: String(position).padStart(12, "0") } };
}

function putItem(position: number, body: string, hash: string): PutItemCommand {
  const Item = { ...keyOf(position), body: { S: body }, hash: { S: hash } };
  return new PutItemCommand({ TableName: "palier", Item });
}

function deleteItem(position: number): DeleteItemCommand {
  return new DeleteItemCommand({ TableName: "palier", Key: keyOf(position) });
}
