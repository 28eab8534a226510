/** The stages and the AWS accounts they are bound to. One stage is one account, so a dev stage can hold no production token. */
import { readFileSync } from "node:fs";
import { z } from "zod";

export const STAGE_NAMES = ["dev", "prod"] as const;
export type StageName = (typeof STAGE_NAMES)[number];

/** The file that a team fills in; the example beside it is for checks that deploy nothing. */
export const STAGES_FILE = "infra/stages.json";

const stageSchema = z.strictObject({
  account: z.string().regex(/^(\d{12})?$/, "must be the 12 digits of an AWS account"),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be an AWS region, like eu-west-1"),
  /** Who is written to when an alarm goes off. */
  alarmEmails: z.array(z.email()).max(10),
  monthlyBudgetUsd: z.number().positive(),
  /** Brands read at once, and brands changed at once. An event source takes 2 at least and 1 000 at most. */
  observeConcurrency: z.int().min(2).max(1000),
  applyConcurrency: z.int().min(2).max(1000),
});
const stagesSchema = z.strictObject({ dev: stageSchema, prod: stageSchema });

type Stages = z.infer<typeof stagesSchema>;
export type Stage = z.infer<typeof stageSchema> & { name: StageName };

export class StageError extends Error {
  readonly code = "stage.invalid";
  override readonly name = "StageError";
}

/** @throws StageError that names the file, the field and what it must be. */
export function readStages(file: string = STAGES_FILE): Stages {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = stagesSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new StageError(`${file}: ${problems.join("; ")}`);
}

/**
 * The stage that is asked for.
 * @throws StageError when there is none of that name, it has no account, or both stages share one.
 */
export function stageOf(stages: Stages, name: unknown, file: string = STAGES_FILE): Stage {
  const known = STAGE_NAMES.find((stage) => stage === name);
  if (known === undefined) {
    throw new StageError(`no stage ${JSON.stringify(name)}: say --stage ${STAGE_NAMES.join(" or --stage ")}`);
  }
  const stage = stages[known];
  if (stage.account === "") {
    throw new StageError(`stage ${known} has no AWS account: set ${known}.account in ${file}`);
  }
  if (stages.dev.account === stages.prod.account) {
    throw new StageError(
      `dev and prod are both account ${stage.account}: a stage needs an account of its own, set them in ${file}`,
    );
  }
  if (known === "prod" && stage.alarmEmails.length === 0) {
    throw new StageError(`stage prod tells nobody of its alarms: set prod.alarmEmails in ${file}`);
  }
  return { name: known, ...stage };
}
