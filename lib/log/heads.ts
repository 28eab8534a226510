/**
 * Heads witness how far each log has come, outside its table, so that a log cut short is noticed. A head may lie behind its
 * log (a crash between the two writes); a head ahead of its log means that entries are gone.
 */
import { FileError, type Files } from "../domain/files.ts";

export interface Head {
  position: number;
  hash: string;
}

export interface HeadStore {
  /** The furthest head ever advanced to; null before the first. */
  get(brand: string): Promise<Head | null>;
  /** Durable once it returns. A head not further than the present one changes nothing. */
  advance(brand: string, head: Head): Promise<void>;
}

/** A reader restarts when a writer has just replaced the file it was about to read. */
const MAX_READS = 100;

/**
 * One file per position in `folder`/<brand>, named by the position and holding the hash; the highest is the head. Writers
 * only add files and remove lower ones, so two of them need no lock and never move it back.
 */
export function fileHeads(files: Files, folder: string): HeadStore {
  const folderOf = (brand: string) => `${folder}/${brand}`;
  const pathOf = (brand: string, position: number) =>
    `${folderOf(brand)}/${String(position).padStart(12, "0")}`;

  async function positions(brand: string): Promise<number[]> {
    const names = await files.list(folderOf(brand));
    return names.filter((name) => /^\d{12}$/.test(name)).map(Number);
  }

  return {
    async get(brand) {
      for (let read = 1; ; read += 1) {
        const position = (await positions(brand)).at(-1);
        if (position === undefined) return null;
        try {
          return { position, hash: await files.readText(pathOf(brand, position)) };
        } catch (error) {
          const replaced = error instanceof FileError && error.code === "files.missing";
          if (!replaced || read === MAX_READS) throw error;
        }
      }
    },
    async advance(brand, head) {
      const before = await positions(brand);
      if (before.some((position) => position >= head.position)) return;
      await files.writeAtomic(pathOf(brand, head.position), head.hash);
      await Promise.all(before.map((position) => files.remove(pathOf(brand, position))));
    },
  };
}
