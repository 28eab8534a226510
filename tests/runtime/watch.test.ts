import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { watchedFolder } from "../../lib/runtime/watch.ts";
import { aFolder } from "../support/folder.ts";

describe("lib/runtime/watch", () => {
  it("tells at once, then of a file written, replaced by another, written again in place, and in a folder made later", async () => {
    const [folder, other] = [aFolder(), path.join(aFolder(), "later")];
    const file = path.join(folder, "packs", "rule.json");
    mkdirSync(path.dirname(file));
    const saves = watchedFolder(folder, other);
    await saves.next();
    const edits = [
      () => writeFileSync(file, "one"),
      () => {
        writeFileSync(path.join(folder, "new"), "two words");
        renameSync(path.join(folder, "new"), file);
      },
      () => writeFileSync(file, "three words now"),
      () => {
        mkdirSync(other);
        writeFileSync(path.join(other, "brand.json"), "{}");
      },
    ];
    const told: (boolean | undefined)[] = [];
    for (const edit of edits) {
      const next = saves.next();
      edit();
      told.push((await next).done);
    }
    await saves.return(undefined);
    expect(told).toEqual([false, false, false, false]);
  });
});
