/** A dataset's folder as it will look once the files of another folder are moved into it. */
import { join } from "node:path";
import type { DatasetFiles } from "../../dataset/source.ts";

export function overlay(files: DatasetFiles, to: string, work: string): DatasetFiles {
  return {
    async list(folder) {
      const names = folder === to ? await files.list(work) : [];
      return [...new Set([...(await files.list(folder)), ...names])].sort();
    },
    async *readBytes(path) {
      const names = await files.list(work);
      const name = names.find((one) => join(to, one) === path);
      yield* files.readBytes(name === undefined ? path : join(work, name));
    },
  };
}
