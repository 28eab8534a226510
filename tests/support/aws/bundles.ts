/** The functions as they ship, built once for whatever the sources are now. */
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join, relative } from "node:path";
import { bundle, functionEntries } from "../../../infra/bundle.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CACHE = join(ROOT, "node_modules/.cache/palier-bundles");
const SOURCES = [
  "functions/**/*.ts",
  "lib/**/*.{ts,cts,cjs,json}",
  "infra/bundle.ts",
  "infra/bundle/*.ts",
  "tests/support/aws/*.ts",
];
/** Another run may be using what it has just built. */
const KEEP_MS = 60 * 60_000;

/** Building takes seconds and a night a dozen processes: `.ci/run` asks for these tests, `npm test` does not. */
export const bundlesAsked = process.env.PALIER_BUNDLES === "1";

/** Built beside the functions: one that does to a platform what it is told, for tests of the SDKs as they ship. */
export const PLATFORMS = "platforms";

/** Folder that holds `functions/<name>/index.js` and `meta.json`. */
export async function builtFolder(): Promise<string> {
  const folder = join(CACHE, keyOfSources());
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE)) {
    const path = join(CACHE, old);
    if (Date.now() - statSync(path).mtimeMs > KEEP_MS) rmSync(path, { recursive: true, force: true });
  }
  const working = mkdtempSync(join(CACHE, "building-"));
  await bundle({
    entries: {
      ...(await functionEntries()),
      [PLATFORMS]: join(import.meta.dirname, "platforms-function.ts"),
    },
    folder: working,
  });
  try {
    renameSync(working, folder);
  } catch {
    // Somebody else has built the same in the meantime.
    rmSync(working, { recursive: true });
  }
  return folder;
}

export async function builtFile(name: string): Promise<string> {
  return join(await builtFolder(), "functions", name, "index.js");
}

function keyOfSources(): string {
  const hash = createHash("sha256");
  const files = [...globSync(SOURCES, { cwd: ROOT }), "package-lock.json"].sort();
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(ROOT, file));
    hash.update(`${relative(ROOT, file)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Bytes by the name of each file in the function's folder, in the names' order. */
export async function builtSizes(name: string): Promise<Record<string, number>> {
  const folder = join(await builtFolder(), "functions", name);
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, statSync(join(folder, file)).size]),
  );
}
