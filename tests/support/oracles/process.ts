/**
 * Independent implementations of AWS's services, to which the product's own calls are put: installed once into a cache outside
 * the repository, each in a process of its own on loopback. `.ci/run` asks for these tests; no user needs them.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** Installing takes a minute and a start seconds: `npm test` does without. */
export const oraclesAsked = process.env.PALIER_ORACLES === "1";

/** For the first run on a machine, on which everything is downloaded. */
export const ORACLE_START_MS = 180_000;
const INSTALL_MS = 150_000;
const ANSWER_MS = 30_000;
const POLL_MS = 100;
const END_MS = 5_000;

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "palier-oracles");

export interface Oracle {
  url: string;
  end(): Promise<void>;
}

/**
 * The folder that `install` has filled for exactly these pins (versions, digests, whatever else it depends on); filled once.
 * One that could not be filled is never kept.
 */
export async function installedFolder(
  name: string,
  pins: string,
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(CACHE, `${name}-${createHash("sha256").update(pins).digest("hex").slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const working = mkdtempSync(join(CACHE, "installing-"));
  try {
    await install(working);
    renameSync(working, folder);
  } catch (error) {
    rmSync(working, { recursive: true, force: true });
    // Another run may have installed the same in the meantime.
    if (!existsSync(folder)) throw new Error(`${name} cannot be installed: ${reasonOf(error)}`);
  }
  return folder;
}

/** @throws when the command is not on this machine, fails or takes too long; the error holds what it printed. */
export async function run(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { timeout: INSTALL_MS });
  return stdout;
}

/** Starts the service and waits until it answers under `urlOf` what it has printed so far; null means not yet. */
export async function startOracle(
  command: string,
  args: readonly string[],
  urlOf: (printed: string) => string | null,
): Promise<Oracle> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  // Killing a process that never started would kill this one's whole group.
  const kill = () => child.pid !== undefined && child.kill("SIGKILL");
  process.once("exit", kill);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  child.once("error", (error) => (printed += error.message));
  const url = await answering(child, () => urlOf(printed));
  if (url === null) {
    kill();
    throw new Error(`${command} does not serve: ${printed}`);
  }
  return {
    url,
    async end() {
      process.off("exit", kill);
      if (hasEnded(child)) throw new Error(`${command} ended by itself: ${printed}`);
      const ended = once(child, "exit", { signal: AbortSignal.timeout(END_MS) });
      kill();
      await ended;
    },
  };
}

/** Any HTTP answer will do; null when the process ended or time is up. */
async function answering(child: ChildProcess, urlOf: () => string | null): Promise<string | null> {
  for (let waitedMs = 0; waitedMs < ANSWER_MS; waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    if (hasEnded(child)) return null;
    const url = urlOf();
    if (url !== null && (await fetch(url).then(drained, () => false))) return url;
  }
  return null;
}

/** Also one that could not be started. */
function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

async function drained(answer: Response): Promise<true> {
  await answer.arrayBuffer();
  return true;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  return [error.message, stdout, stderr].filter(Boolean).join("\n");
}
