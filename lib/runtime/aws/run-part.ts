/** One run of one part of one brand, woken by a message. */
import type { Brand } from "../../domain/brand.ts";
import { LaneError } from "../../lanes/errors.ts";
import type { Lanes } from "../../lanes/port.ts";
import { dueNight } from "../../loop/due-night.ts";
import { hasWaited, type Part, partOf, stepKey } from "../../loop/next-step.ts";
import { type RunResult, runBrand } from "../../loop/run.ts";
import { PlatformError } from "../../platforms/errors.ts";
import { composeBrand, type RunParts } from "./compose.ts";
import { tellDisputes } from "./disputes.ts";
import { RepublishedError } from "./published.ts";
import type { MetricName, Telemetry } from "./telemetry.ts";
import type { Watch } from "./watch.ts";

/** What a container of `observe` or `apply` keeps between invocations. */
export interface RunContainer extends RunParts {
  part: Part;
  lanes: Lanes;
  watch?: Watch;
}

/** No step takes longer: one that has begun must end before the function is stopped. */
const STEP_MS = 90_000;

/** Slack is up again within minutes as a rule; what waits longer waits for a person. */
const LATE_MESSAGE_MS = 30 * 60_000;

/** Nobody publishes this often within one run. */
const MAX_BEGINNINGS = 3;

/**
 * Does what is due of this part, from the start again when the brand was published anew meanwhile. Steps that failed are in the
 * log and count as dealt with.
 * @throws whatever keeps the run from recording anything: the message is then delivered again.
 */
export async function runPart(
  container: RunContainer,
  brand: string,
  remainingMs: () => number,
): Promise<void> {
  for (let beginnings = 1; ; beginnings += 1) {
    try {
      return await runOnce(container, brand, remainingMs);
    } catch (error) {
      if (!(error instanceof RepublishedError) || beginnings === MAX_BEGINNINGS) throw error;
      container.telemetry.info("the brand was published anew, so its run begins again", { brand });
    }
  }
}

async function runOnce(container: RunContainer, brand: string, remainingMs: () => number): Promise<void> {
  const { part, clock } = container;
  const startedAtMs = clock.monotonicMs();
  const composed = await composeBrand(container, brand);
  if (composed === null) return;
  const { config, ports } = composed;
  const due =
    part === "observe" ? dueNight(config.brand, await ports.log.state(brand), await clock.nowMs()) : null;
  const mayStart = () => remainingMs() >= STEP_MS;
  const run = await runBrand(ports, config, due, { part, mayStart });
  tellFailures(container, brand, run);
  tellOutcomes(container.telemetry, brand, run);
  tellDisputes(container.telemetry, brand, run);
  if (part === "observe") await tellWaiting(container, run);
  await wakeForTheRest(container, brand, run);
  if (mayStart()) await container.watch?.afterWork(ports, watchedPart(config.brand, run));
  container.telemetry.count("RunMs", clock.monotonicMs() - startedAtMs);
}

/** The accounts whose credential is to be looked at: all after a decision, of a change its own; none after anything else. */
function watchedPart(brand: Brand, { steps, state }: RunResult): Brand {
  if (steps.some(({ kind }) => kind === "decide")) return brand;
  const changed = steps.flatMap((step) =>
    step.kind === "send" ? (state.intents[step.changeId]?.change.target.platform ?? []) : [],
  );
  return { ...brand, accounts: brand.accounts.filter(({ platform }) => changed.includes(platform)) };
}

function tellFailures({ telemetry, platforms }: RunContainer, brand: string, { failed }: RunResult): void {
  telemetry.count("StepsFailed", failed.length);
  for (const { step, error } of failed) {
    telemetry.error("a step failed and waits", error, { brand, step: step.kind });
    if (error instanceof PlatformError && error.details.kind === "auth")
      platforms.refused(error.details.platform);
  }
}

/** Messages that were begun and are not there, or not true, half an hour later: people then decide without them. */
async function tellWaiting({ telemetry, clock }: RunContainer, { left, state }: RunResult): Promise<void> {
  const nowMs = await clock.nowMs();
  const late = left.filter((step) => {
    const retry = step.kind === "tell" ? state.retries[stepKey(step)] : undefined;
    return retry !== undefined && nowMs - retry.sinceMs >= LATE_MESSAGE_MS;
  });
  telemetry.count("MessagesWaiting", late.length);
}

/** Of the changes that this run touched: each is counted when it comes to its end, and while its outcome stays unknown. */
function tellOutcomes(telemetry: Telemetry, brand: string, { steps, state }: RunResult): void {
  const touched = new Set(steps.flatMap((step) => ("changeId" in step ? [step.changeId] : [])));
  const intents = [...touched].flatMap((changeId) => state.intents[changeId] ?? []);
  const told = [
    ["ChangesDiverged", "diverged", "a change came to another end than was asked for"],
    ["UnknownOutcomes", "sent", "the outcome of a change is unknown"],
  ] as const satisfies readonly (readonly [MetricName, string, string])[];
  for (const [metric, status, words] of told) {
    const found = intents.filter((intent) => intent.status === status);
    telemetry.count(metric, found.length);
    for (const { change } of found) telemetry.warn(words, { brand, changeId: change.id });
  }
}

/**
 * What is left for the other part, or for this one where its time did not suffice, is done at once. A wake-up that is lost is
 * made good by the tick; one from a run that recorded nothing is the queue's duplicate of the one before, so nothing circles.
 */
async function wakeForTheRest(
  { lanes, clock, telemetry }: RunContainer,
  brand: string,
  { left, state }: RunResult,
): Promise<void> {
  const nowMs = await clock.nowMs();
  const parts = new Set(left.filter((step) => hasWaited(state, step, nowMs)).map(partOf));
  for (const part of parts) {
    try {
      await lanes.wake(part, brand, `${brand}#${state.position}`);
    } catch (error) {
      if (!(error instanceof LaneError)) throw error;
      telemetry.error("a part with something left to do was not woken", error, { brand, part });
    }
  }
}
