/** Making a sandbox world anew. */
import path from "node:path";
import type { Day } from "../domain/day.ts";
import type { Files } from "../domain/files.ts";
import { foundWorld } from "../sandbox/index.ts";
import { RuntimeError } from "./errors.ts";
import { dataFolder, setCurrentSeed, worldFolder } from "./home.ts";
import { servedBy } from "./owner.ts";

/** A Wednesday: four whole weeks behind it, no clock change near. */
export const FIRST_NIGHT: Day = "2026-03-11";

/**
 * Replaces the world of `seed`, its log included, and makes it the current one.
 * @throws RuntimeError `sandbox.inUse` while another process works on that world; FileError.
 */
export async function replaceWorld(files: Files, home: string, seed: number): Promise<string> {
  const folder = worldFolder(home, seed);
  for (const owner of [path.join(folder, "owner.json"), path.join(dataFolder(folder), "owner.json")]) {
    const pid = await servedBy(files, owner);
    if (pid !== null) {
      throw new RuntimeError(
        "sandbox.inUse",
        `another Palier process (${pid === 0 ? "just starting" : `pid ${pid}`}) works on sandbox world ${seed}; ` +
          "end it first, or use another seed",
      );
    }
  }
  await files.removeFolder(folder);
  foundWorld(folder, { seed, firstNight: FIRST_NIGHT });
  await setCurrentSeed(files, home, seed);
  return folder;
}
