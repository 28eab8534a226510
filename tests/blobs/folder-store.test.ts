import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { folderBlobs } from "../../lib/blobs/folder-store.ts";
import { FileError } from "../../lib/domain/files.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { aFolder } from "../support/folder.ts";

const TEXT = '{"name":"Été"}';
const HASH = "5a683f9fd854ebaf382ab9a4a59fe15adbccc65c4cd12825028dc348f6d94026";

describe("lib/blobs/folder-store", () => {
  it("stores a text under its SHA-256, in a folder named by the first two digits", async () => {
    const folder = aFolder();
    const blobs = folderBlobs(nodeFiles(), folder);
    expect(await blobs.put(TEXT)).toBe(HASH);
    expect(readFileSync(`${folder}/${HASH.slice(0, 2)}/${HASH.slice(2)}`, "utf8")).toBe(TEXT);
    expect(await blobs.get(HASH)).toBe(TEXT);
  });

  it("stores the same text once", async () => {
    const folder = aFolder();
    const blobs = folderBlobs(nodeFiles(), folder);
    await Promise.all([blobs.put(TEXT), blobs.put(TEXT)]);
    await blobs.put(TEXT);
    expect(readdirSync(`${folder}/${HASH.slice(0, 2)}`)).toEqual([HASH.slice(2)]);
  });

  it("says which blob is missing", async () => {
    const blobs = folderBlobs(nodeFiles(), aFolder());
    await expect(blobs.get(HASH)).rejects.toMatchObject({ code: "blob.missing", hash: HASH });
  });

  it("refuses a blob that was changed, until it is stored again", async () => {
    const folder = aFolder();
    const blobs = folderBlobs(nodeFiles(), folder);
    await blobs.put(TEXT);
    writeFileSync(`${folder}/${HASH.slice(0, 2)}/${HASH.slice(2)}`, '{"name":"Ete"}');
    await expect(blobs.get(HASH)).rejects.toMatchObject({ code: "blob.corrupt", hash: HASH });
    await blobs.put(TEXT);
    expect(await blobs.get(HASH)).toBe(TEXT);
  });

  it("passes on what the file port refuses", async () => {
    const files = nodeFiles();
    const full = folderBlobs(
      {
        ...files,
        writeAtomic: async (path) => {
          throw new FileError("files.noSpace", path, "the disk is full");
        },
      },
      aFolder(),
    );
    await expect(full.put(TEXT)).rejects.toMatchObject({ code: "files.noSpace" });
    await expect(full.get(HASH)).rejects.toMatchObject({ code: "blob.missing" });
  });
});
