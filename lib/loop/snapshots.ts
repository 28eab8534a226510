/**
 * Snapshots as stored: one blob per account and a small one that names them, so that an account is stored once and the
 * snapshot's hash still covers every byte.
 */
import { z } from "zod";
import type { BlobStore } from "../blobs/store.ts";
import { canonicalJson } from "../domain/canonical.ts";
import { accountSnapshotSchema, type Snapshot, snapshotSchema } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";

const sealedSchema = snapshotSchema.omit({ accounts: true }).extend({ accountBlobs: z.array(z.string()) });

/** Stores the snapshot and returns its hash. `accountBlobs` are the hashes of its accounts, already stored, in order. */
export async function storeSnapshot(
  blobs: BlobStore,
  snapshot: Omit<Snapshot, "accounts">,
  accountBlobs: readonly string[],
): Promise<string> {
  return await blobs.put(canonicalJson({ ...snapshot, accountBlobs }));
}

/** @throws BlobError when a part is absent or corrupt. */
export async function loadSnapshot(blobs: BlobStore, snapshotHash: string): Promise<Snapshot> {
  const { accountBlobs, ...rest } = sealedSchema.parse(JSON.parse(await blobs.get(snapshotHash)));
  const accounts = await Promise.all(
    accountBlobs.map(async (hash) => accountSnapshotSchema.parse(JSON.parse(await blobs.get(hash)))),
  );
  return { ...rest, accounts };
}

/** What the last round saw; null before the first one is sealed. @throws BlobError when a part is absent or corrupt. */
export async function newestSnapshot(blobs: BlobStore, state: BrandState): Promise<Snapshot | null> {
  const sealed = Object.values(state.rounds).filter(({ snapshotHash }) => snapshotHash !== null);
  const newest = sealed.toSorted((a, b) => a.startedAtMs - b.startedAtMs).at(-1);
  return newest?.snapshotHash == null ? null : await loadSnapshot(blobs, newest.snapshotHash);
}
