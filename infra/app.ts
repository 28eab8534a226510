/**
 * The CDK app: `node infra/app.ts --stage dev`, or by the CDK's command line with `-c stage=dev`.
 * `--stub` checks without bundles; `--stages` names another file of stages.
 */
import { parseArgs } from "node:util";
import { buildApp } from "./build.ts";
import { readStages, STAGES_FILE, StageError, stageOf } from "./stages.ts";

function main(): void {
  const { values } = parseArgs({
    options: {
      stage: { type: "string" },
      stages: { type: "string", default: STAGES_FILE },
      stub: { type: "boolean", default: false },
    },
  });
  const { app } = buildApp({
    stageOf: (app) =>
      stageOf(readStages(values.stages), values.stage ?? app.node.tryGetContext("stage"), values.stages),
    bundles: values.stub ? null : "dist/functions",
    outdir: process.env.CDK_OUTDIR ?? "cdk.out",
  });
  app.synth();
}

try {
  main();
} catch (error) {
  // A mistake in the file of stages needs no stack trace; the rest is the CDK's to tell.
  if (!(error instanceof StageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
