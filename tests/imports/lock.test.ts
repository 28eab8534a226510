import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lockFolder } from "../../lib/runtime/import/lock.ts";
import { aFolder } from "../support/folder.ts";

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

function isLocked(path: string): boolean {
  const other = new DatabaseSync(path);
  try {
    other.exec("BEGIN EXCLUSIVE");
    return false;
  } catch {
    return true;
  } finally {
    other.close();
  }
}

describe("lib/runtime/import/lock", () => {
  it("locks the file that has the name, though the import before removed the one that was opened", () => {
    const folder = aFolder();
    const path = join(folder, ".import-lock");
    const { statSync } = fs;
    let asked = 0;
    vi.spyOn(fs, "statSync").mockImplementation(((...args: Parameters<typeof statSync>) => {
      asked += 1;
      // Asked first when there is none, again when it was made, and then once it is locked.
      if (asked === 3) fs.rmSync(path);
      return statSync(...args);
    }) as typeof statSync);
    syncBuiltinESMExports();
    const unlock = lockFolder(folder);
    expect(asked).toBeGreaterThan(3);
    expect(isLocked(path)).toBe(true);
    unlock();
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});
