import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { readDataset } from "../../lib/dataset/index.ts";
import { KINDS } from "../../lib/imports/kinds/index.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { importFiles, NO_SETTINGS } from "../../lib/runtime/import/index.ts";
import { writeExport } from "../bench/import.ts";
import { aFolder } from "../support/folder.ts";

/** A row that is kept takes more, however it is kept. */
const MOST_BYTES_PER_ROW = 60;

/** Collecting takes its time. */
const STEPS_BETWEEN_LOOKS = 10;
/** None that the file has: its rows are checked, and none is wanted. */
const NO_DAYS = { from: "2004-01-01", to: "2004-01-01" };

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is in use once nothing is left to collect. */
function bytesInUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function importInto(to: string, file: string, onProgress = (_step: string) => {}): Promise<void> {
  const settings = { ...NO_SETTINGS, account: "42", zone: "Europe/Paris" };
  await importFiles({
    kinds: KINDS,
    paths: [file],
    to,
    settings,
    onProgress: ({ step }) => onProgress(step),
  });
}

describe("lib/runtime/import with many rows", () => {
  it("keeps none of them, be it reading, writing or checking", async () => {
    const folder = aFolder();
    const to = join(folder, "data");
    const [few, many] = [join(folder, "few.csv"), join(folder, "many.csv")];
    writeExport(few, 100_000);
    const rows = writeExport(many, 3_000_000);
    // As many entities; what is loaded and compiled once is there then.
    await importInto(join(folder, "first"), few);

    const used: Record<string, number[]> = { read: [], write: [], check: [] };
    let told = 0;
    await importInto(to, many, (step) => {
      told += 1;
      if (told % STEPS_BETWEEN_LOOKS === 0) used[step]?.push(bytesInUse());
    });
    const files = nodeFiles();
    const looked = {
      list: files.list,
      async *readBytes(path: string) {
        yield* files.readBytes(path);
        used.check?.push(bytesInUse());
      },
    };
    await readDataset(looked, to, NO_DAYS);
    expect(rows).toBe(28_500);
    for (const bytes of Object.values(used)) {
      expect(bytes.length).toBeGreaterThan(2);
      expect(((bytes.at(-1) ?? 0) - (bytes[0] ?? 0)) / rows).toBeLessThan(MOST_BYTES_PER_ROW);
    }
  });
});
