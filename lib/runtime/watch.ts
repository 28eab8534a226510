/** Tells of saves in folders and below, until the process ends. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { setInterval } from "node:timers/promises";

/** A save is told well within a second, and no file is read that often. */
const LOOK_MS = 200;

/**
 * One entry at once, then one for each look that found files with other sizes or times. Looking is what sees every save: on
 * Linux notices of a folder stop for a file that an editor replaced, and on network drives there are none.
 */
export async function* watchedFolder(...folders: readonly string[]): AsyncGenerator<void> {
  let before = await stampOf(folders);
  yield;
  for await (const _ of setInterval(LOOK_MS)) {
    const now = await stampOf(folders);
    if (now === before) continue;
    before = now;
    yield;
  }
}

async function stampOf(folders: readonly string[]): Promise<string> {
  const stamps = await Promise.all(folders.map(stampsIn));
  return stamps.flat().join("\n");
}

/** A folder that is not there yet is empty. */
async function stampsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return await Promise.all(names.sort().map((name) => stampOfFile(path.join(folder, name))));
}

/** What vanished since it was listed differs from what was there. */
async function stampOfFile(file: string): Promise<string> {
  try {
    const { size, mtimeMs, ino } = await stat(file);
    return `${file} ${size} ${mtimeMs} ${ino}`;
  } catch {
    return file;
  }
}
