/** The file port in memory: a story needs durability across its own deaths, not across the machine's, and no disk. */
import { FileError, type Files } from "../../../lib/domain/files.ts";

export function memoryFiles(): Files {
  const texts = new Map<string, string>();
  return {
    async readText(path) {
      const text = texts.get(path);
      if (text === undefined) throw new FileError("files.missing", path, `${path} does not exist`);
      return text;
    },
    async writeAtomic(path, text) {
      texts.set(path, text);
    },
    async list(folder) {
      const inside = [...texts.keys()].filter((path) => path.startsWith(`${folder}/`));
      const names = inside.map((path) => path.slice(folder.length + 1).split("/")[0] ?? "");
      return [...new Set(names)].sort();
    },
    async makeFolder() {},
    async remove(path) {
      texts.delete(path);
    },
    async removeFolder(folder) {
      for (const path of texts.keys()) if (path.startsWith(`${folder}/`)) texts.delete(path);
    },
  };
}
