/** Runs a brand until nothing more is due: fold, ask for the next step, do it, again. */
import type { BrandState } from "../domain/state.ts";
import { answerQuestion } from "./desk/questions.ts";
import { changeDesk, clearAlert, escalateAlert, raiseAlert } from "./desk/record.ts";
import { tellMessage } from "./desk/tell.ts";
import {
  type DueRound,
  dueSteps,
  hasWaited,
  isForChannel,
  type Part,
  partOf,
  type Step,
  stepKey,
} from "./next-step.ts";
import type { BrandConfig, LoopPorts } from "./ports.ts";
import { recordFailure } from "./retry.ts";
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

/** Slack takes one message a second in a channel, and more only in short bursts. */
const PACE_MS = 1_000;

/** Messages of one run: half a minute of them, so that a run in the cloud ends in time. The rest is left to the next. */
const MAX_TOLD = 30;

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
  /** What is due and was not tried: the other part's, what waits after a failure, or what time did not suffice for. */
  left: readonly Step[];
}

/** How a process of many runs a brand; a person at a terminal does everything, at once. */
export interface RunOptions {
  /** Steps of the other part are left to the process that may do them. */
  part: Part;
  /** False when too little time is left to start another step. */
  mayStart(): boolean;
}

/**
 * Does what is due for one brand and returns when nothing is, each step at most once. A failing fetch or send is
 * reported in `failed` and leaves the others alone. With `options`, steps that failed wait before they are tried again;
 * without, each is tried.
 * @throws LogError, StoreError, BlobError, FileError: nothing can be recorded, so nothing may be done.
 */
export async function runBrand(
  ports: LoopPorts,
  config: BrandConfig,
  due: DueRound | null,
  options: RunOptions | null = null,
): Promise<RunResult> {
  const { brand } = config;
  const done = new Set<string>();
  const steps: Step[] = [];
  const failed: FailedStep[] = [];
  let told = 0;
  for (let count = 0; count < MAX_STEPS; count++) {
    const state = await ports.log.state(brand.id);
    const nowMs = await ports.clock.nowMs();
    // What was told and is not true any more is left to the next run.
    const left = dueSteps(brand, state, due, nowMs).filter(
      (step) => step.kind === "tell" || !done.has(stepKey(step)),
    );
    // The files were read before the run: a desk that somebody puts on record during it is newer than theirs.
    if (count === 0 && !left.some(({ kind }) => kind === "desk")) done.add("desk");
    const step = left.find(
      (one) =>
        !done.has(stepKey(one)) &&
        isForNow(one, state, nowMs, options) &&
        (!isForChannel(one) || (ports.messenger !== null && told < MAX_TOLD)),
    );
    if (step === undefined || options?.mayStart() === false) {
      await ports.putSummary(summaryOf(brand, state, nowMs));
      return { state, steps, failed, left };
    }
    done.add(stepKey(step));
    steps.push(step);
    if (isForChannel(step) && ++told > 1) await ports.clock.wait(PACE_MS);
    const error = await runStep(ports, config, step);
    if (error === null) continue;
    failed.push({ step, error });
    if (step.kind !== "fetch") await recordFailure(ports, brand.id, stepKey(step), error);
  }
  throw new Error(`${brand.id}: more than ${MAX_STEPS} steps in one run`);
}

function isForNow(step: Step, state: BrandState, nowMs: number, options: RunOptions | null): boolean {
  return options === null || (partOf(step) === options.part && hasWaited(state, step, nowMs));
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
    case "desk":
      return await changeDesk(ports, config);
    case "raiseAlert":
      return await raiseAlert(ports, config, step.alert);
    case "clearAlert":
      return await clearAlert(ports, config, step.alertId);
    case "escalateAlert":
      return await escalateAlert(ports, config, step.alertId);
    case "answerQuestion":
      return await answerQuestion(ports, config, step.questionId);
    case "tell":
      return await tellMessage(ports, config, step.key);
  }
}
