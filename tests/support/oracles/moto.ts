/** Moto's server, from PyPI: S3, SQS, Secrets Manager and KMS as its authors read AWS's documents. Needs Python 3.10 with pip. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installedFolder, type Oracle, run, startOracle } from "./process.ts";

/** Each package by version and SHA-256, only what these four services need. */
const REQUIREMENTS = join(import.meta.dirname, "moto.requirements.txt");
const INSTALL = ["install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"];

export async function startMoto(): Promise<Oracle> {
  // What is compiled for one Python does not run on another.
  const python = await run("python3", ["-VV"]).catch((error: unknown) => String(error));
  const pins = readFileSync(REQUIREMENTS, "utf8") + python;
  const folder = await installedFolder("moto", pins, install);
  const args = ["-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"];
  return await startOracle(
    join(folder, "bin/python"),
    args,
    (printed) => /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1] ?? null,
  );
}

async function install(folder: string): Promise<void> {
  await run("python3", ["-m", "venv", "--without-pip", folder]);
  await run("python3", ["-m", "pip", "--python", folder, ...INSTALL, "--requirement", REQUIREMENTS]);
}
