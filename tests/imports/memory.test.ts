import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeExport } from "../bench/import.ts";
import { aFolder } from "../support/folder.ts";

describe("lib/runtime/import with a large file", () => {
  it("gets by with a small heap, whatever the number of rows", () => {
    const folder = aFolder();
    const file = join(folder, "report.csv");
    expect(writeExport(file, 6_000_000)).toBeGreaterThan(90_000);
    const child = ["--max-old-space-size=40", "tests/support/import-child.ts", file, join(folder, "data")];
    // A process that keeps the rows dies of it.
    const told = execFileSync(process.execPath, child, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(JSON.parse(told)).toMatchObject({ ms: expect.any(Number) });
  });
});
