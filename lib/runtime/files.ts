/** The file port over `node:fs`. */
import * as fs from "node:fs/promises";
import { dirname } from "node:path";
import { FileError, type FileErrorCode, type StreamingFiles } from "../domain/files.ts";

/** The part of `node:fs/promises` in use; tests pass one that fails. */
export type FileSystem = Pick<typeof fs, "mkdir" | "open" | "readdir" | "readFile" | "rename" | "rm">;

const CHUNK_BYTES = 262_144;

let temporaries = 0;

export function nodeFiles(io: FileSystem = fs): StreamingFiles {
  return {
    readText: (path, mostBytes) =>
      mostBytes === undefined
        ? guarded(path, () => io.readFile(path, "utf8"))
        : beginningOf(io, path, mostBytes),
    readBytes: (path) => bytesOf(io, path),
    writeAtomic: (path, text) => guarded(path, () => replace(io, path, text)),
    async list(folder) {
      try {
        return (await io.readdir(folder)).sort();
      } catch (error) {
        if (codeOf(error) === "ENOENT") return [];
        throw fileError(folder, error);
      }
    },
    async makeFolder(folder) {
      await guarded(folder, () => io.mkdir(folder, { recursive: true }));
    },
    remove: (path) => guarded(path, () => io.rm(path, { force: true })),
    removeFolder: (folder) => guarded(folder, () => io.rm(folder, { force: true, recursive: true })),
  };
}

async function beginningOf(io: FileSystem, path: string, mostBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of bytesOf(io, path)) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > mostBytes) break;
  }
  return Buffer.concat(pieces).toString("utf8");
}

async function* bytesOf(io: FileSystem, path: string): AsyncGenerator<Uint8Array> {
  const file = await guarded(path, () => io.open(path, "r"));
  try {
    for (;;) {
      // A piece of its own each time: whoever reads may keep it.
      const { bytesRead, buffer } = await guarded(path, () => file.read(Buffer.alloc(CHUNK_BYTES)));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Data first, then the name, then the folder that holds the name: each synced, or a power cut could lose what was promised. */
async function replace(io: FileSystem, path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await io.mkdir(folder, { recursive: true });
  temporaries += 1;
  const temporary = `${path}.${process.pid}-${temporaries}.tmp`;
  try {
    await writeSynced(io, temporary, text);
    await io.rename(temporary, path);
  } catch (error) {
    await io.rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(io, folder);
}

async function writeSynced(io: FileSystem, path: string, text: string): Promise<void> {
  const file = await io.open(path, "w");
  try {
    await file.writeFile(text, "utf8");
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows cannot open a folder; its file system keeps names in a journal of its own. */
async function syncFolder(io: FileSystem, folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await io.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function guarded<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw fileError(path, error);
  }
}

const REASONS: Readonly<Record<string, [FileErrorCode, string]>> = {
  ENOENT: ["files.missing", "does not exist"],
  ENOTDIR: ["files.notFolder", "is no folder, or stands in none"],
  ENOSPC: ["files.noSpace", "cannot be written: the disk is full; free some space and try again"],
  EDQUOT: ["files.noSpace", "cannot be written: the disk quota is used up; free some space and try again"],
  EROFS: [
    "files.readOnly",
    "cannot be written: the file system is read-only; choose a folder that can be written",
  ],
  EACCES: [
    "files.readOnly",
    "is not accessible: permission denied; change its permissions or choose another folder",
  ],
  EPERM: [
    "files.readOnly",
    "is not accessible: operation not permitted; change its permissions or choose another folder",
  ],
};

/** Failures to clean up after a full disk are the same failure: the first one is reported. */
function fileError(path: string, error: unknown): FileError {
  const code = codeOf(error);
  const [kind, reason] = REASONS[code] ?? ["files.other", `cannot be used: ${code}`];
  return new FileError(kind, path, `${path} ${reason}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
