/**
 * New files of a dataset, all of them or none: written into `.import`, which becomes `.import-ready` at one moment; a reader
 * prefers what stands there. Then they are moved to their places, by this import or by the next.
 */
import type * as fs from "node:fs/promises";
import { join } from "node:path";
import { READY_FOLDER } from "../../dataset/source.ts";

/** The part of `node:fs/promises` in use; tests pass one that fails. */
export type CommitFiles = Pick<typeof fs, "mkdir" | "open" | "readdir" | "rename" | "rm" | "rmdir">;

const WORK_FOLDER = ".import";

/** An empty folder for the new files; what an import that ended early left there goes. */
export async function beginFiles(io: CommitFiles, to: string): Promise<string> {
  const work = join(to, WORK_FOLDER);
  await finish(io, to);
  await io.rm(work, { recursive: true, force: true });
  await io.mkdir(work);
  return work;
}

/** From the moment at which the folder has its new name, a reader sees every new file. */
export async function commitFiles(io: CommitFiles, to: string): Promise<void> {
  const work = join(to, WORK_FOLDER);
  for (const name of await io.readdir(work)) await sync(io, join(work, name));
  await sync(io, work);
  await io.rename(work, join(to, READY_FOLDER));
  await sync(io, to);
  await finish(io, to);
}

export async function dropFiles(io: CommitFiles, to: string): Promise<void> {
  await io.rm(join(to, WORK_FOLDER), { recursive: true, force: true });
}

async function finish(io: CommitFiles, to: string): Promise<void> {
  const ready = join(to, READY_FOLDER);
  const names = await namesIn(io, ready);
  if (names === null) return;
  for (const name of names) await io.rename(join(ready, name), join(to, name));
  await sync(io, to);
  await io.rmdir(ready);
  await sync(io, to);
}

async function namesIn(io: CommitFiles, folder: string): Promise<string[] | null> {
  try {
    return await io.readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Windows cannot open a folder; its file system keeps names in a journal of its own. */
async function sync(io: CommitFiles, path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await io.open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
