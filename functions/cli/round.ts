/** Running and showing one night: what `night` and `demo` share. */
import { localDay } from "../../lib/domain/day.ts";
import { NIGHT_SLOT, roundIdOf } from "../../lib/domain/ids.ts";
import type { Plan } from "../../lib/domain/plan.ts";
import type { Intent } from "../../lib/domain/state.ts";
import { type RunResult, runBrand } from "../../lib/loop/run.ts";
import { loadPlan } from "../../lib/loop/steps/intend.ts";
import { CredentialsError } from "../../lib/platforms/errors.ts";
import { renderIntentOutcome } from "../../lib/report/outcome.ts";
import { renderPlan } from "../../lib/report/plan-report.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import type { CommonOptions } from "./program.ts";
import { brandPage, pageOptions, print } from "./session.ts";

export interface Night {
  run: RunResult;
  plan: Plan;
  /** False when this night had been planned before and nothing was decided again. */
  fresh: boolean;
}

/** Runs tonight's round. @throws the first failure that kept the night from being planned. */
export async function runNight(workspace: Workspace): Promise<Night> {
  await requireCredentials(workspace);
  const { ports, config } = workspace;
  const { brand } = config;
  const day = localDay(await ports.clock.nowMs(), brand.zone);
  const roundId = roundIdOf(brand.id, day, NIGHT_SLOT);
  const run = await runBrand(ports, config, { roundId, day, slot: NIGHT_SLOT });
  const planHash = run.state.rounds[roundId]?.planHash ?? null;
  if (planHash === null) throw run.failed[0]?.error ?? new Error(`${roundId} was not planned`);
  const fresh = run.steps.some((step) => step.kind === "decide");
  return { run, plan: await loadPlan(ports, planHash), fresh };
}

/**
 * Nothing is begun for a brand without credentials on any of its platforms: a night on nothing would only be used up.
 * @throws CredentialsError naming all that is missing.
 */
export async function requireCredentials({ ports, config, sandbox }: Workspace): Promise<void> {
  if (sandbox !== null) return;
  const platforms = [...new Set(config.brand.accounts.map(({ platform }) => platform))];
  const missing: CredentialsError[] = [];
  for (const platform of platforms) {
    try {
      await ports.platform(platform);
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      missing.push(error);
    }
  }
  const [first] = missing;
  if (first === undefined || missing.length < platforms.length) return;
  throw new CredentialsError(first.details.platform, missing.map(({ message }) => message).join("; "));
}

export function showNight(workspace: Workspace, night: Night, options: CommonOptions): void {
  const { plan, run } = night;
  print(
    renderPlan(plan, {
      ...pageOptions(plan.language, options),
      logFolder: workspace.folder,
      next: nextCommands(night, workspace),
    }),
  );
  for (const intent of touchedIntents(run))
    print(`\n${renderIntentOutcome(intent, brandPage(workspace, options))}`);
}

/** Intents that this run sent, settled or gave up, in the order of its steps. */
function touchedIntents({ steps, state }: RunResult): Intent[] {
  const ids = new Set(steps.flatMap((step) => ("changeId" in step ? [step.changeId] : [])));
  return [...ids].flatMap((id) => state.intents[id] ?? []);
}

function nextCommands({ run }: Night, { sandbox, config }: Workspace): string[] {
  const person = config.brand.people.find(({ role }) => role !== "viewer");
  const by = person === undefined ? "" : ` --by ${person.name}`;
  const open = Object.values(run.state.proposals).find(({ status }) => status === "open");
  const decide =
    open === undefined
      ? []
      : [
          `npm run palier -- approve ${open.change.id}${by}`,
          `npm run palier -- reject ${open.change.id} --reason "..."${by}`,
        ];
  const onwards = sandbox === null ? [] : ["npm run palier -- sandbox advance && npm run palier -- night"];
  return [...decide, "npm run palier -- log", "npm run palier -- verify", ...onwards];
}
