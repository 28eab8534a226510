/** What the commands on a deployment share: which stage, and how it is reached. */
import type { Command } from "commander";
import { readStages, StageError, stageOf } from "../../infra/stages.ts";
import type { OpenStage } from "../../lib/runtime/stage.ts";
import { UsageError } from "./errors.ts";
import type { Outcome } from "./program.ts";

export interface StageOptions {
  stage?: string;
  bucket?: string;
}

export function withStage(command: Command): Command {
  return command
    .option("--stage <name>", "a deployment, dev or prod, reached with this shell's AWS credentials")
    .option("--bucket <name>", "the stage's bucket of blobs, where it cannot be looked up");
}

/**
 * Opens the stage, runs `use` and closes. The AWS clients are loaded only here: no command on this machine waits for them.
 * @throws UsageError for a stage that infra/stages.json does not have; RuntimeError.
 */
export async function onStage(
  { stage: name, bucket }: StageOptions,
  use: (stage: OpenStage) => Promise<Outcome>,
): Promise<Outcome> {
  const { closeStage, openStage, stageClients } = await import("../../lib/runtime/stage.ts");
  const target = targetOf(name);
  const clients = stageClients(target);
  try {
    return await use(await openStage(target, clients, bucket ?? null));
  } finally {
    closeStage(clients);
  }
}

function targetOf(name: string | undefined) {
  try {
    return stageOf(readStages(), name);
  } catch (error) {
    if (error instanceof StageError) throw new UsageError(error.message);
    throw error;
  }
}
