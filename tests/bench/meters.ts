/** The log's table and the blobs in memory, with everything counted that AWS bills. */

import type { BlobStore } from "../../lib/blobs/store.ts";
import { sha256 } from "../../lib/domain/canonical.ts";
import type { CheckpointStore } from "../../lib/log/checkpoint.ts";
import { memoryStore } from "../../lib/log/memory-store.ts";
import type { LogStore, StoredEntry } from "../../lib/log/store.ts";

export interface Use {
  cpuMs: number;
  /** Calls one after another, each of which is waited for. */
  tableCalls: number;
  readUnits: number;
  writeUnits: number;
  tableBytes: number;
  blobPuts: number;
  blobGets: number;
  blobBytes: number;
  wakeUps: number;
  logLines: number;
}

export function noUse(): Use {
  return {
    cpuMs: 0,
    tableCalls: 0,
    readUnits: 0,
    writeUnits: 0,
    tableBytes: 0,
    blobPuts: 0,
    blobGets: 0,
    blobBytes: 0,
    wakeUps: 0,
    logLines: 0,
  };
}

/** Source: Amazon DynamoDB Developer Guide, read and write units: 4 KB and 1 KB each, a consistent read counts whole. */
const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;
/** Partition and sort key with their names, and the hash with its name. */
const KEY_BYTES = 48;
const HASH_BYTES = 68;

/** Bytes of a summary row as stored. */
export function rowBytes(row: object): number {
  return KEY_BYTES + Buffer.byteLength(JSON.stringify(row));
}

export function readUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
}

export function meteredTable(use: () => Use): { store: LogStore; checkpoints: CheckpointStore } {
  const store = memoryStore();
  const checkpoints = new Map<string, string>();
  const read = (bytes: number) => {
    use().tableCalls += 1;
    use().readUnits += readUnits(bytes);
  };
  const write = (bytes: number, isKept: boolean) => {
    use().tableCalls += 1;
    use().writeUnits += Math.ceil(bytes / WRITE_UNIT_BYTES);
    if (isKept) use().tableBytes += bytes;
  };
  const metered: LogStore = {
    ...store,
    async put(brand, entry) {
      write(entryBytes(entry), true);
      return await store.put(brand, entry);
    },
    async get(brand, position) {
      const entry = await store.get(brand, position);
      read(entry === null ? 0 : entryBytes(entry));
      return entry;
    },
    async read(brand, from) {
      const entries = await store.read(brand, from);
      read(entries.reduce((sum, entry) => sum + entryBytes(entry), 0));
      return entries;
    },
    async summary(brand) {
      const row = await store.summary(brand);
      read(row === null ? 0 : rowBytes(row));
      return row;
    },
    async putSummary(summary) {
      write(rowBytes(summary), false);
      await store.putSummary(summary);
    },
    async controlStops() {
      read(0);
      return await store.controlStops();
    },
  };
  return {
    store: metered,
    checkpoints: {
      async get(brand) {
        const text = checkpoints.get(brand) ?? null;
        read(text === null ? 0 : KEY_BYTES + Buffer.byteLength(text));
        return text;
      },
      async put(brand, text) {
        write(KEY_BYTES + Buffer.byteLength(text), false);
        checkpoints.set(brand, text);
      },
    },
  };
}

function entryBytes({ body }: StoredEntry): number {
  return KEY_BYTES + HASH_BYTES + Buffer.byteLength(body);
}

export function meteredBlobs(use: () => Use): BlobStore {
  const texts = new Map<string, string>();
  return {
    async put(text) {
      const hash = sha256(text);
      use().blobPuts += 1;
      if (!texts.has(hash)) use().blobBytes += Buffer.byteLength(text);
      texts.set(hash, text);
      return hash;
    },
    async get(hash) {
      use().blobGets += 1;
      const text = texts.get(hash);
      if (text === undefined) throw new Error(`no blob ${hash}`);
      return text;
    },
  };
}
