/**
 * The folder in which Palier keeps everything on one machine:
 *
 *     .palier/current.json             the sandbox world that commands work on
 *     .palier/worlds/seed-1/           a sandbox world: market, budgets, clock, shop figures
 *     .palier/worlds/seed-1/data/      its log and blobs
 *     .palier/data/                    log and blobs of brands on real accounts
 */
import path from "node:path";
import { z } from "zod";
import { FileError, type Files } from "../domain/files.ts";
import { RuntimeError } from "./errors.ts";

const currentSchema = z.object({ seed: z.number().int().nonnegative() });

export function worldFolder(home: string, seed: number): string {
  return path.join(home, "worlds", `seed-${seed}`);
}

export function dataFolder(base: string): string {
  return path.join(base, "data");
}

/** Seed of the current world. @throws RuntimeError `sandbox.none` when no world was made yet. */
export async function currentSeed(files: Files, home: string): Promise<number> {
  const file = path.join(home, "current.json");
  try {
    return currentSchema.parse(JSON.parse(await files.readText(file))).seed;
  } catch (error) {
    if (error instanceof FileError && error.code !== "files.missing") throw error;
    throw new RuntimeError(
      "sandbox.none",
      `there is no sandbox world in ${home} yet; make one with: npm start (or: npm run palier -- sandbox reset --seed 1)`,
    );
  }
}

export async function setCurrentSeed(files: Files, home: string, seed: number): Promise<void> {
  await files.writeAtomic(path.join(home, "current.json"), `${JSON.stringify({ seed })}\n`);
}
