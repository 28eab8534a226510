/** A home folder of its own for each test, with a sandbox world in it, and the parts that commands are made of. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { localDay } from "../../lib/domain/day.ts";
import type { Files } from "../../lib/domain/files.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import { type RunResult, runBrand } from "../../lib/loop/run.ts";
import { loadPlan } from "../../lib/loop/steps/intend.ts";
import { createMetaPlatform, type MetaOptions } from "../../lib/platforms/meta/index.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { worldFolder } from "../../lib/runtime/home.ts";
import { openSandbox, type SandboxSession } from "../../lib/runtime/sandbox-session.ts";
import { openWorkspace, type Workspace } from "../../lib/runtime/workspace.ts";
import { replaceWorld } from "../../lib/runtime/worlds.ts";
import type { SandboxClient } from "../../lib/sandbox/index.ts";
import { approve } from "./answers.ts";

export const SEED = 1;
export const BRAND = "atelier-lune";
export const ACCOUNT = "meta/1001";

const folders: string[] = [];
const workspaces: Workspace[] = [];

/** An empty folder that `removeHomes` takes away. */
export function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "palier-"));
  folders.push(folder);
  return folder;
}

/** Files by their path in a folder. */
type Kept = ReadonlyMap<string, Buffer>;

let freshHome: Promise<Kept> | null = null;
let plannedHome: Promise<Kept> | null = null;

/** A home with a fresh world of the default seed. Founding takes a tenth of a second, so the files are made once. */
export async function aHome(): Promise<string> {
  freshHome ??= kept(async (home) => void (await replaceWorld(nodeFiles(), home, SEED)));
  return written(await freshHome);
}

/** A home whose first night is planned by the shipped rules. Half a second of work, done once. */
export async function aPlannedHome(): Promise<string> {
  plannedHome ??= kept(async (home) => {
    cpSync(await aHome(), home, { recursive: true });
    const workspace = await openHome(home);
    await aNight(workspace);
    await workspace.close();
  });
  return written(await plannedHome);
}

/** What `make` leaves in a folder of its own. */
async function kept(make: (folder: string) => Promise<void>): Promise<Kept> {
  const folder = aFolder();
  await make(folder);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((file) => path.join(file.parentPath, file.name));
  return new Map(files.map((file) => [path.relative(folder, file), readFileSync(file)]));
}

function written(files: Kept): string {
  const folder = aFolder();
  for (const [name, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  return folder;
}

export function copyOfHome(home: string): string {
  const copy = aFolder();
  cpSync(home, copy, { recursive: true });
  return copy;
}

export function removeHomes(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export async function openHome(
  home: string,
  given: { files?: Files; rulesFolder?: string; env?: Record<string, string> } = {},
): Promise<Workspace> {
  const { files = nodeFiles(), rulesFolder = "rules", env = {} } = given;
  return await openWorkspace({ brand: BRAND, home, rulesFolder, env, files, onProgress: () => {} });
}

export async function serveWorld(home: string): Promise<SandboxSession> {
  return await openSandbox(nodeFiles(), worldFolder(home, SEED));
}

export interface TestNight {
  run: RunResult;
  plan: Plan | null;
}

/** Tonight's round of a workspace, with what came of it. */
export async function aNight({ ports, config }: Workspace): Promise<TestNight> {
  const day = localDay(await ports.clock.nowMs(), config.brand.zone);
  const roundId = `${BRAND}/${day}/night`;
  const run = await runBrand(ports, config, { roundId, day, slot: "night" });
  const planHash = run.state.rounds[roundId]?.planHash ?? null;
  return { run, plan: planHash === null ? null : await loadPlan(ports, planHash) };
}

/** The workspace with its own Meta, asked without waits between tries; `given` says what is different about it. */
export function withMeta<T extends SandboxWorkspace>(workspace: T, given: Partial<MetaOptions> = {}): T {
  const { url, token } = workspace.sandbox.address;
  const meta = createMetaPlatform({ token, baseUrl: url, sleep: async () => {}, ...given });
  const { platform } = workspace.ports;
  const ports = {
    ...workspace.ports,
    platform: async (id: string) => (id === "meta" ? meta : await platform(id)),
  };
  return { ...workspace, ports };
}

/** The world's writes that took effect, as `field from -> to`. */
export async function effects(session: SandboxSession): Promise<string[]> {
  const entries = await session.client.ledger();
  return entries.filter(({ applied }) => applied).map(({ field, from, to }) => `${field} ${from} -> ${to}`);
}

export type SandboxWorkspace = Workspace & { sandbox: SandboxSession; world: SandboxClient };

/** An open workspace on a fresh world, with the world's controls. Closed by `closeWorkspaces`. */
export async function aWorkspace(files?: Files): Promise<SandboxWorkspace> {
  return await opened(await aHome(), files);
}

/** The same with its first night planned. */
export async function aPlannedWorkspace(files?: Files): Promise<SandboxWorkspace> {
  return await opened(await aPlannedHome(), files);
}

async function opened(home: string, files?: Files): Promise<SandboxWorkspace> {
  const workspace = await openHome(home, files === undefined ? {} : { files });
  workspaces.push(workspace);
  const { sandbox } = workspace;
  if (sandbox === null) throw new Error("the example brand is on the sandbox");
  return { ...workspace, sandbox, world: sandbox.client };
}

/** Closes what `aWorkspace` opened and takes the homes away. */
export async function closeWorkspaces(): Promise<void> {
  for (const workspace of workspaces.splice(0)) await workspace.close();
  removeHomes();
}

/** A planned night with its first proposed raise approved and not yet sent. */
export async function anApprovedRaise(workspace: Workspace) {
  const { plan } = await aNight(workspace);
  const raise = plan?.changes.find(
    ({ outcome, edit }) => outcome === "proposed" && edit.kind === "dailyBudget",
  );
  if (raise?.edit.kind !== "dailyBudget") throw new Error("no raise proposed");
  await approve(workspace.ports, BRAND, raise.id);
  const toCents = raise.edit.toMicros / 10_000n;
  return { id: raise.id, entityId: raise.target.id, fromCents: raise.edit.fromMicros / 10_000n, toCents };
}
