/** Tells of every change in a folder and below, until the process ends. */
import { watch } from "node:fs/promises";

export function watchedFolder(folder: string): AsyncIterable<unknown> {
  return watch(folder, { recursive: true });
}
