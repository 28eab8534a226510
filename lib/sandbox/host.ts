/** The world in its folder. Each new state is on disk before it counts, so a killed server loses nothing it has answered. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Day } from "../domain/day.ts";
import { SandboxError } from "./errors.ts";
import { type World, worldSchema } from "./model.ts";
import { yesterdayOf } from "./shop/figures.ts";
import { revenueCsv } from "./shop/revenue-csv.ts";
import { createWorld, type WorldRequest } from "./world.ts";

const WORLD_FILE = "world.json";
const REVENUE_FILE = "revenue.csv";

/** Makes a world in `folder`, in place of one that may be there, and opens its shop's books. */
export function foundWorld(folder: string, request: WorldRequest): World {
  const world = createWorld(request);
  mkdirSync(folder, { recursive: true });
  saveWorld(folder, world);
  writeRevenue(folder, world);
  return world;
}

/** What this process stored last: its market remembers what it has computed, which the same world read anew would not. */
let lastSaved: { text: string; world: World } | null = null;

/** @throws SandboxError `sandbox.worldMissing`, or `sandbox.worldMalformed` for a file that is no world. */
export function loadWorld(folder: string): World {
  const file = join(folder, WORLD_FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new SandboxError("sandbox.worldMissing", `there is no sandbox world at ${file}`);
  }
  if (lastSaved?.text === text) return lastSaved.world;
  try {
    return worldSchema.parse(JSON.parse(text));
  } catch {
    throw new SandboxError("sandbox.worldMalformed", `${file} is not a sandbox world of this version`);
  }
}

export function saveWorld(folder: string, world: World): void {
  const text = JSON.stringify(world);
  replaceFile(join(folder, WORLD_FILE), text);
  lastSaved = { text, world };
}

/** Every complete day of the shop up to yesterday by the world's clock. */
function writeRevenue(folder: string, world: World): void {
  replaceFile(join(folder, REVENUE_FILE), revenueCsv(world));
}

/** What the servers share: one current world and its folder. */
export interface Host {
  current(): World;
  /** Stores the world, then makes it the current one. @throws when the disk refuses, and then nothing has changed. */
  replace(world: World): void;
  /** As `replace`, for a world whose clock has moved: the shop's books follow when a day is over. */
  replaceDay(world: World): void;
}

/** @throws SandboxError as `loadWorld`. */
export function openHost(folder: string): Host {
  let world = loadWorld(folder);
  // A server killed between world and books left the books a day behind.
  if (!booksReach(folder, yesterdayOf(world))) writeRevenue(folder, world);
  function replace(next: World): void {
    saveWorld(folder, next);
    world = next;
  }
  return {
    current: () => world,
    replace,
    replaceDay(next) {
      replace(next);
      if (!booksReach(folder, yesterdayOf(next))) writeRevenue(folder, next);
    },
  };
}

function booksReach(folder: string, day: Day): boolean {
  const file = join(folder, REVENUE_FILE);
  return (
    existsSync(file) && readFileSync(file, "utf8").trimEnd().split("\n").at(-1)?.startsWith(day) === true
  );
}

/** Readers see the old file or the new one, never a part. */
function replaceFile(file: string, text: string): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
