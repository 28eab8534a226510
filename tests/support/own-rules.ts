/** A home of its own whose rules a test writes, night after night on the sandbox, through the real SDKs and the real database. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { directionOf } from "../../lib/domain/change.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { BrandState } from "../../lib/domain/state.ts";
import { rederivePlans } from "../../lib/loop/rederive.ts";
import { palier } from "./command.ts";
import { aFolder, aHome, aNight, BRAND, openHome, type SandboxWorkspace } from "./home.ts";

export interface OwnRules {
  rules: Readonly<Record<string, object>>;
  /** Keys of the brand file besides the example's, and of its limits. */
  brand?: object;
  limits?: object;
  layers?: readonly unknown[];
}

export interface OwnStory {
  home: string;
  folder: string;
  /** The open workspace; another one after `write` and `open`. */
  at(): SandboxWorkspace;
  /** Other rules from now on. */
  write(rules: OwnRules): Promise<void>;
  /** Tonight's plan; moves the clock to the next night first, unless it is the first. */
  night(): Promise<Plan>;
  state(): Promise<BrandState>;
  /** What a person does in the platform's own interface. */
  byHand(name: string, status: "ACTIVE" | "PAUSED"): Promise<void>;
  /** Status by the world's own word. */
  statusOf(name: string): Promise<string>;
  close(): Promise<void>;
  open(): Promise<void>;
}

/** What every rule of these stories has unless it says otherwise: it matches, and goes as far as it may. */
const COMMON = {
  description: "A rule of a story.",
  owner: "lea",
  source: "the story",
  mode: "apply",
  conditions: { all: [{ fact: "always", operator: "equal", value: true }] },
};

function writeRules(folder: string, { rules, brand = {}, limits = {}, layers }: OwnRules): void {
  rmSync(folder, { recursive: true, force: true });
  const pack = path.join(folder, "packs", "own");
  mkdirSync(pack, { recursive: true });
  mkdirSync(path.join(folder, "brands"));
  const put = (file: string, value: object) => writeFileSync(file, JSON.stringify(value));
  const example = JSON.parse(readFileSync(`rules/brands/${BRAND}.json`, "utf8"));
  const { fourEyesAbove: _, ...kept } = example.limits;
  const slack = { ...example.slack, noticeBeforeApply: false };
  put(path.join(folder, "brands", `${BRAND}.json`), {
    ...{ ...example, mode: "apply", slack, packs: { own: {} }, ...brand },
    limits: { ...kept, ...limits },
  });
  const order = layers === undefined ? {} : { layers };
  put(path.join(pack, "pack.json"), { id: "own", description: "A story's rules.", ...order });
  for (const [id, rule] of Object.entries(rules))
    put(path.join(pack, `${id}.json`), { id, ...COMMON, ...rule });
}

export async function anOwnStory(rules: OwnRules): Promise<OwnStory> {
  const home = await aHome();
  const folder = aFolder();
  writeRules(folder, rules);
  const open = async (): Promise<SandboxWorkspace> => {
    const workspace = await openHome(home, { rulesFolder: folder });
    const { sandbox } = workspace;
    if (sandbox === null) throw new Error("the example brand is on the sandbox");
    return { ...workspace, sandbox, world: sandbox.client };
  };
  let workspace = await open();
  let begun = false;
  const entity = async (name: string) => {
    const { meta } = await workspace.world.state();
    const found = [...meta.campaigns, ...meta.adSets].find((one) => one.name === name);
    if (found === undefined) throw new Error(`the world has no "${name}"`);
    return found;
  };
  return {
    home,
    folder,
    at: () => workspace,
    async write(next) {
      await workspace.close();
      writeRules(folder, next);
      workspace = await open();
    },
    async night() {
      if (begun) await workspace.world.advance({ to: "nextNight" });
      begun = true;
      const { plan } = await aNight(workspace);
      if (plan === null) throw new Error("the night was not planned");
      return plan;
    },
    state: async () => await workspace.ports.log.state(BRAND),
    byHand: async (name, status) =>
      await workspace.world.edit({ entityId: (await entity(name)).id, edit: { field: "status", status } }),
    statusOf: async (name) => (await entity(name)).statuses.at(-1)?.status ?? "",
    close: async () => await workspace.close(),
    async open() {
      workspace = await open();
    },
  };
}

/** The plan's changes, one line each: rule, name, direction, outcome and the guardrails that left a note. */
export function linesOf(plan: Plan): string[] {
  return plan.changes
    .map(({ ruleId, name, edit, outcome, notes }) =>
      [ruleId, name, directionOf(edit), outcome, ...notes.map(({ guardrail }) => guardrail)].join(" "),
    )
    .sort();
}

/** What is wrong with the log of a story that is over: it verifies, every plan comes out the same again, and every entry is told. */
export async function wrongWith({ home, folder, at, close }: OwnStory): Promise<string[]> {
  const { ports } = at();
  const verified = await ports.log.verify(BRAND);
  const again = await rederivePlans(ports, BRAND);
  const { position } = await ports.log.state(BRAND);
  await close();
  const log = await palier(["log", "--home", home, "--rules", folder]);
  const told = log.stdout.split("\n").filter((line) => /^ *\d+ {2}/.test(line)).length;
  return [
    ...(verified.ok ? [] : [verified.detail]),
    ...again.filter(({ result }) => result !== "same").map(({ roundId, result }) => `${roundId} ${result}`),
    ...(log.code === 0 && told === position ? [] : [`${told} of ${position} told: ${log.stderr}`]),
  ];
}
