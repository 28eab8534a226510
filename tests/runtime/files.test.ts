import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type FileSystem, nodeFiles } from "../../lib/runtime/files.ts";
import { aFolder } from "../support/folder.ts";

function failing(method: keyof FileSystem, code: string): FileSystem {
  const fail = async () => {
    throw Object.assign(new Error(`${code}: raw text of the system`), { code });
  };
  return { ...fs, [method]: fail };
}

/** A file system whose files refuse `method` once opened. */
function failingFile(method: "writeFile" | "sync", code: string): FileSystem {
  const open: FileSystem["open"] = async (...args) => {
    const file = await fs.open(...args);
    file[method] = async () => {
      throw Object.assign(new Error("raw"), { code });
    };
    return file;
  };
  return { ...fs, open };
}

describe("lib/runtime/files", () => {
  it("writes into folders that do not exist yet and reads back", async () => {
    const path = `${aFolder()}/a/b/c.txt`;
    const files = nodeFiles();
    await files.writeAtomic(path, "Été 🌊");
    expect(await files.readText(path)).toBe("Été 🌊");
  });

  it("replaces a file whole and leaves nothing beside it", async () => {
    const folder = aFolder();
    const files = nodeFiles();
    await files.writeAtomic(`${folder}/a`, "a long text");
    await files.writeAtomic(`${folder}/a`, "short");
    expect(readFileSync(`${folder}/a`, "utf8")).toBe("short");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("survives many writers of one file", async () => {
    const folder = aFolder();
    const files = nodeFiles();
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(1000));
    await Promise.all(texts.map((text) => files.writeAtomic(`${folder}/a`, text)));
    expect(texts).toContain(readFileSync(`${folder}/a`, "utf8"));
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("lists names in order, and nothing for a folder that does not exist", async () => {
    const folder = aFolder();
    for (const name of ["b", "a", "c"]) writeFileSync(`${folder}/${name}`, "");
    expect(await nodeFiles().list(folder)).toEqual(["a", "b", "c"]);
    expect(await nodeFiles().list(`${folder}/none`)).toEqual([]);
  });

  it("makes folders and removes files, both twice without complaint", async () => {
    const folder = aFolder();
    const files = nodeFiles();
    await files.makeFolder(`${folder}/a/b`);
    await files.makeFolder(`${folder}/a/b`);
    await files.writeAtomic(`${folder}/a/b/c`, "");
    await files.remove(`${folder}/a/b/c`);
    await files.remove(`${folder}/a/b/c`);
    expect(readdirSync(`${folder}/a/b`)).toEqual([]);
  });

  it("removes a folder with all that is in it, twice without complaint", async () => {
    const folder = aFolder();
    const files = nodeFiles();
    await files.writeAtomic(`${folder}/a/b/c`, "");
    await files.removeFolder(`${folder}/a`);
    await files.removeFolder(`${folder}/a`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("reads a file's bytes in pieces, and says which file is missing when it is read", async () => {
    const path = `${aFolder()}/large`;
    writeFileSync(path, "0123456789".repeat(60_000));
    const pieces: Uint8Array[] = [];
    for await (const piece of nodeFiles().readBytes(path)) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(readFileSync(path))).toBe(true);
    const missing = nodeFiles().readBytes(`${path}-not`)[Symbol.asyncIterator]();
    await expect(missing.next()).rejects.toMatchObject({ code: "files.missing", path: `${path}-not` });
  });

  it("says which file is missing", async () => {
    const path = `${aFolder()}/none.txt`;
    await expect(nodeFiles().readText(path)).rejects.toMatchObject({
      name: "FileError",
      code: "files.missing",
      path,
      message: `${path} does not exist`,
    });
  });

  it.each([
    ["ENOSPC", "files.noSpace", "the disk is full"],
    ["EDQUOT", "files.noSpace", "quota"],
    ["EROFS", "files.readOnly", "read-only"],
    ["EACCES", "files.readOnly", "permission denied"],
    ["EPERM", "files.readOnly", "not permitted"],
    ["EIO", "files.other", "EIO"],
  ])("turns %s into %s with a message of its own", async (code, expected, words) => {
    const path = `${aFolder()}/a`;
    const writes = nodeFiles(failing("open", code)).writeAtomic(path, "text");
    await expect(writes).rejects.toMatchObject({
      code: expected,
      path,
      message: expect.stringContaining(words),
    });
    await expect(writes).rejects.not.toMatchObject({ message: expect.stringContaining("raw text") });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["writing", failingFile("writeFile", "ENOSPC")],
    ["syncing", failingFile("sync", "ENOSPC")],
    ["renaming", failing("rename", "ENOSPC")],
  ])("keeps the old content and no rest when %s fails on a full disk", async (_, io) => {
    const folder = aFolder();
    await nodeFiles().writeAtomic(`${folder}/a`, "old");
    await expect(nodeFiles(io).writeAtomic(`${folder}/a`, "new")).rejects.toMatchObject({
      code: "files.noSpace",
    });
    expect(readFileSync(`${folder}/a`, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it.each([
    ["mkdir", "makeFolder"],
    ["readdir", "list"],
    ["rm", "remove"],
    ["rm", "removeFolder"],
  ] as const)("reports a failing %s of %s", async (system, method) => {
    const files = nodeFiles(failing(system, "EACCES"));
    await expect(files[method]("folder")).rejects.toMatchObject({ code: "files.readOnly", path: "folder" });
  });
});
