import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FileError, type Files } from "../../lib/domain/files.ts";
import { fileHeads } from "../../lib/log/heads.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { aFolder } from "../support/folder.ts";

describe("lib/log/heads", () => {
  it("has no head before the first", async () => {
    expect(await fileHeads(nodeFiles(), aFolder()).get("b")).toBeNull();
  });

  it("keeps the furthest head of each brand, in one file", async () => {
    const folder = aFolder();
    const heads = fileHeads(nodeFiles(), folder);
    await heads.advance("b", { position: 9, hash: "nine" });
    await heads.advance("b", { position: 10, hash: "ten" });
    await heads.advance("b", { position: 8, hash: "eight" });
    await heads.advance("other", { position: 1, hash: "one" });
    expect(await heads.get("b")).toEqual({ position: 10, hash: "ten" });
    expect(await heads.get("other")).toEqual({ position: 1, hash: "one" });
    expect(readdirSync(join(folder, "b"))).toEqual(["000000000010"]);
  });

  it("does not go back when a slower writer finishes later", async () => {
    const folder = aFolder();
    const files = nodeFiles();
    const fast = fileHeads(files, folder);
    const slow = fileHeads(
      {
        ...files,
        async writeAtomic(path, text) {
          await fast.advance("b", { position: 7, hash: "seven" });
          await files.writeAtomic(path, text);
        },
      },
      folder,
    );
    await slow.advance("b", { position: 6, hash: "six" });
    expect(await fast.get("b")).toEqual({ position: 7, hash: "seven" });
  });

  it("reads again when the head moves between listing and reading", async () => {
    const folder = aFolder();
    const files = nodeFiles();
    const heads = fileHeads(files, folder);
    await heads.advance("b", { position: 1, hash: "one" });
    let moved = false;
    const reader: Files = {
      ...files,
      async readText(path) {
        if (!moved) await heads.advance("b", { position: 2, hash: "two" });
        moved = true;
        return files.readText(path);
      },
    };
    expect(await fileHeads(reader, folder).get("b")).toEqual({ position: 2, hash: "two" });
  });

  it("ignores what a crash left beside the heads", async () => {
    const folder = aFolder();
    const heads = fileHeads(nodeFiles(), folder);
    await heads.advance("b", { position: 1, hash: "one" });
    writeFileSync(join(folder, "b", "000000000002.77-1.tmp"), "tw");
    expect(await heads.get("b")).toEqual({ position: 1, hash: "one" });
  });

  it("throws on a full disk and keeps the head before", async () => {
    const folder = aFolder();
    const files = nodeFiles();
    await fileHeads(files, folder).advance("b", { position: 1, hash: "one" });
    const full: Files = {
      ...files,
      writeAtomic: async (path) => {
        throw new FileError("files.noSpace", path, "the disk is full");
      },
    };
    await expect(fileHeads(full, folder).advance("b", { position: 2, hash: "two" })).rejects.toMatchObject({
      code: "files.noSpace",
    });
    expect(await fileHeads(files, folder).get("b")).toEqual({ position: 1, hash: "one" });
  });
});
