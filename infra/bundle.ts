/**
 * Makes what runs on AWS: dist/functions/<name>/index.js for each function, with the SDKs of the platforms beside those that use
 * them. CommonJS, because it starts 20 ms faster than modules do. Source maps and esbuild's account of sizes lie apart.
 */
import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { lambdaCredentials } from "./bundle/credentials.ts";
import { pathless } from "./bundle/engine.ts";
import { slimGoogle } from "./bundle/google.ts";
import { usedSchemas } from "./bundle/schemas.ts";
import { sdkEntries, sdkFiles } from "./bundle/sdks.ts";
import { ownSources } from "./bundle/sources.ts";

const ROOT = path.dirname(import.meta.dirname);
/** The command line runs from its sources, on a person's machine. */
const NOT_ON_AWS = "cli.ts";

export interface BundleOptions {
  /** Entry files by name of the function. */
  entries: Readonly<Record<string, string>>;
  /** Gets `functions/<name>/`, `maps/`, `meta.json` and a `package.json`; what was there under these names is taken away. */
  folder: string;
}

export interface Bundle {
  name: string;
  /** Names of the files in the function's folder, its own first, with their sizes. */
  files: { name: string; bytes: number }[];
}

/** @throws esbuild's error, which lists what cannot be bundled; a warning is an error. */
export async function bundle({ entries, folder }: BundleOptions): Promise<Bundle[]> {
  const working = path.join(folder, "build");
  for (const part of ["functions", "maps", "build"])
    await rm(path.join(folder, part), { recursive: true, force: true });
  const { metafile, warnings } = await build({
    ...OPTIONS,
    entryPoints: { ...sdkEntries, ...entries },
    outdir: working,
    metafile: true,
  });
  const [warning] = warnings;
  if (warning !== undefined) throw new Error(`${warning.location?.file ?? "bundle"}: ${warning.text}`);
  await writeFile(path.join(folder, "meta.json"), JSON.stringify(metafile));
  // What lies here is CommonJS, as it is on AWS, where no file of ours says otherwise.
  await writeFile(path.join(folder, "package.json"), '{ "type": "commonjs" }\n');
  const sizes = sizesIn(metafile, working);
  const bundles: Bundle[] = [];
  for (const name of Object.keys(entries)) {
    const target = path.join(folder, "functions", name);
    await mkdir(target, { recursive: true });
    const siblings = siblingsOf(sizes, name);
    await rename(path.join(working, `${name}.js`), path.join(target, "index.js"));
    for (const sibling of siblings) await copyFile(path.join(working, sibling), path.join(target, sibling));
    const files = [`${name}.js`, ...siblings].map((file) => ({
      name: file === `${name}.js` ? "index.js" : file,
      bytes: sizes.get(file)?.bytes ?? 0,
    }));
    bundles.push({ name, files });
  }
  await keepMaps(working, path.join(folder, "maps"));
  return bundles;
}

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  target: "node24",
  format: "cjs",
  minify: true,
  // A map is three times its bundle and read by people only: it is not deployed.
  sourcemap: "external",
  legalComments: "none",
  // The ES builds of packages are the ones from which unused parts can be left out.
  mainFields: ["module", "main"],
  plugins: [sdkFiles(ROOT), slimGoogle, ownSources, pathless, usedSchemas, lambdaCredentials],
  logLevel: "silent",
} satisfies BuildOptions;

type Output = Metafile["outputs"][string];

function sizesIn({ outputs }: Metafile, working: string): Map<string, Output> {
  return new Map(
    Object.entries(outputs).map(([file, output]) => [
      path.relative(working, path.resolve(ROOT, file)),
      output,
    ]),
  );
}

/** Files of the same build that a function requires, and those that these require. */
function siblingsOf(outputs: ReadonlyMap<string, Output>, name: string): string[] {
  const found = new Set<string>();
  const waiting = [`${name}.js`];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const siblings = (outputs.get(file)?.imports ?? [])
      .filter(({ path: imported }) => imported.startsWith("./"))
      .map(({ path: imported }) => imported.slice(2));
    for (const sibling of siblings) {
      if (found.has(sibling)) continue;
      found.add(sibling);
      waiting.push(sibling);
    }
  }
  return [...found].sort();
}

async function keepMaps(working: string, maps: string): Promise<void> {
  await mkdir(maps, { recursive: true });
  for (const file of await readdir(working)) {
    if (file.endsWith(".map")) await rename(path.join(working, file), path.join(maps, file));
  }
  await rm(working, { recursive: true });
}

/** Every function of the folder: what is in it is deployed. */
export async function functionEntries(): Promise<Record<string, string>> {
  const files = (await readdir(path.join(ROOT, "functions"))).filter(
    (file) => file.endsWith(".ts") && file !== NOT_ON_AWS,
  );
  return Object.fromEntries(files.sort().map((file) => [path.basename(file, ".ts"), `functions/${file}`]));
}

if (import.meta.main) {
  for (const { name, files } of await bundle({
    entries: await functionEntries(),
    folder: path.join(ROOT, "dist"),
  })) {
    const sizes = files.map((file) => `${file.name} ${Math.round(file.bytes / 1000)} KB`);
    process.stdout.write(`${name}: ${sizes.join(", ")}\n`);
  }
}
