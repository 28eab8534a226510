/** How long the built functions take to load, as a ratio to one that is empty: seconds differ from machine to machine. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtFile, bundlesAsked } from "../support/aws/bundles.ts";
import { aFolder } from "../support/folder.ts";

/** The fastest of these counts: whatever else the machine does only ever adds. */
const STARTS = 15;
const MEASURING_MS = 120_000;

/** Fastest load by file, measured in turns so that a busy moment hits all alike. */
function fastestStarts(files: readonly string[]): Map<string, number> {
  const fastest = new Map<string, number>();
  for (let turn = 0; turn < STARTS; turn += 1) {
    for (const file of files) {
      const from = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
      const ms = performance.now() - from;
      if (status !== 0) throw new Error(stderr);
      fastest.set(file, Math.min(fastest.get(file) ?? Number.POSITIVE_INFINITY, ms));
    }
  }
  return fastest;
}

async function ratioToEmpty(name: string): Promise<number> {
  const empty = join(aFolder(), "empty.js");
  writeFileSync(empty, "exports.handler = async () => {};\n");
  const file = await builtFile(name);
  const fastest = fastestStarts([empty, file]);
  return (fastest.get(file) ?? Number.NaN) / (fastest.get(empty) ?? Number.NaN);
}

describe.runIf(bundlesAsked)("bundles/start", () => {
  it.each([
    ["tick", 4],
    ["revenue", 4],
    ["anchor", 4],
    ["slack", 4],
    // With all that decides, and no platform's SDK yet.
    ["observe", 7],
    ["apply", 7],
  ])(
    "starts %s within %i times an empty function",
    async (name, limit) => {
      expect(await ratioToEmpty(name)).toBeLessThan(limit);
    },
    MEASURING_MS,
  );
});
