/** Runs a brand until nothing more is due: fold, ask for the next step, do it, again. */
import type { BrandState } from "../domain/state.ts";
import { type DueRound, nextStep, type Step, stepKey } from "./next-step.ts";
import type { BrandConfig, LoopPorts } from "./ports.ts";
import { decideRound } from "./steps/decide.ts";
import { expireProposal } from "./steps/expire.ts";
import { fetchAccount } from "./steps/fetch.ts";
import { intendChange } from "./steps/intend.ts";
import { reconcileChange } from "./steps/reconcile.ts";
import { sealSnapshot } from "./steps/seal.ts";
import { sendChange } from "./steps/send.ts";
import { startRound } from "./steps/start-round.ts";
import { summaryOf } from "./summary.ts";

/** More steps than a round with the most writes allowed can have; beyond it something repeats itself. */
const MAX_STEPS = 2000;

/** A step that could not be done now and is tried again by the next run; `error` is what stopped it. */
export interface FailedStep {
  step: Step;
  error: unknown;
}

export interface RunResult {
  state: BrandState;
  /** Steps carried out in this run, in order. */
  steps: readonly Step[];
  failed: readonly FailedStep[];
}

/**
 * Does what is due for one brand and returns when nothing is, each step at most once. A failing fetch or send is
 * reported in `failed` and leaves the others alone.
 * @throws LogError, StoreError, BlobError, FileError: nothing can be recorded, so nothing may be done.
 */
export async function runBrand(
  ports: LoopPorts,
  config: BrandConfig,
  due: DueRound | null,
): Promise<RunResult> {
  const done = new Set<string>();
  const steps: Step[] = [];
  const failed: FailedStep[] = [];
  for (let count = 0; count < MAX_STEPS; count++) {
    const state = await ports.log.state(config.brand.id);
    const step = nextStep(config.brand, state, due, await ports.clock.nowMs(), done);
    if (step === null) {
      await ports.putSummary(summaryOf(config.brand, state, await ports.clock.nowMs()));
      return { state, steps, failed };
    }
    done.add(stepKey(step));
    steps.push(step);
    const error = await runStep(ports, config, step);
    if (error !== null) failed.push({ step, error });
  }
  throw new Error(`${config.brand.id}: more than ${MAX_STEPS} steps in one run`);
}

async function runStep(ports: LoopPorts, config: BrandConfig, step: Step): Promise<unknown> {
  switch (step.kind) {
    case "reconcile":
      return await reconcileChange(ports, config, step.changeId);
    case "expire":
      return await expireProposal(ports, config, step.changeId);
    case "intend":
      return await intendChange(ports, config, step.changeId);
    case "send":
      return await sendChange(ports, config, step.changeId);
    case "startRound":
      return await startRound(ports, config, step.due);
    case "fetch":
      return await fetchAccount(ports, config, step.roundId, step.account);
    case "seal":
      return await sealSnapshot(ports, config, step.roundId);
    case "decide":
      return await decideRound(ports, config, step.roundId);
  }
}
