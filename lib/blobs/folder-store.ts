/** Blobs as files: `<folder>/ab/cdef...`, the first two digits of the hash naming the subfolder. */
import { sha256 } from "../domain/canonical.ts";
import { FileError, type Files } from "../domain/files.ts";
import { BlobError } from "./errors.ts";
import type { BlobStore } from "./store.ts";

export function folderBlobs(files: Files, folder: string): BlobStore {
  const pathOf = (hash: string) => `${folder}/${hash.slice(0, 2)}/${hash.slice(2)}`;

  async function stored(hash: string): Promise<string | null> {
    try {
      return await files.readText(pathOf(hash));
    } catch (error) {
      if (error instanceof FileError && error.code === "files.missing") return null;
      throw error;
    }
  }

  return {
    async put(text) {
      const hash = sha256(text);
      // Compared rather than only looked up, so that storing again repairs a damaged blob.
      if ((await stored(hash)) !== text) await files.writeAtomic(pathOf(hash), text);
      return hash;
    },
    async get(hash) {
      const text = await stored(hash);
      if (text === null) throw new BlobError("blob.missing", hash, `${pathOf(hash)} does not exist`);
      if (sha256(text) === hash) return text;
      throw new BlobError("blob.corrupt", hash, `${pathOf(hash)} does not hold what its name says`);
    },
  };
}
