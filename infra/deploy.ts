/** `npm run deploy -- --stage prod`: bundles the functions, then lets the CDK deploy them. Further arguments go to the CDK. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readStages, STAGES_FILE, StageError, stageOf } from "./stages.ts";

const CDK = fileURLToPath(import.meta.resolve("aws-cdk/bin/cdk"));

function run(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, {
    stdio: "inherit",
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: "true" },
  });
  if (status !== 0) throw new StageError(`stopped: node ${args.join(" ")} ended with ${status}`);
}

function main(): void {
  const { values, positionals } = parseArgs({
    options: { stage: { type: "string" }, diff: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const stage = stageOf(readStages(), values.stage, STAGES_FILE);
  run(["infra/bundle.ts"]);
  const command = values.diff ? ["diff"] : ["deploy", "--require-approval", "broadening"];
  run([CDK, ...command, "--no-notices", "-c", `stage=${stage.name}`, ...positionals]);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
