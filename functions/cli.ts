/** The `palier` command. */
import { Command } from "commander";
import { ENGINE_VERSION } from "../lib/runtime/version.ts";
import { approveCommand, proposalsCommand, rejectCommand } from "./cli/answers.ts";
import { demoCommand } from "./cli/demo.ts";
import { logCommand, verifyCommand } from "./cli/log.ts";
import { nightCommand, previewCommand } from "./cli/night.ts";
import { runProgram } from "./cli/program.ts";
import { sandboxCommand } from "./cli/sandbox.ts";
import { resumeCommand, stopCommand } from "./cli/stops.ts";

const root = new Command("palier")
  .description(
    "Moves ad budgets step by step: rules as JSON, proposals with evidence, hard limits, a log that verifies.",
  )
  .version(ENGINE_VERSION)
  .addHelpText("after", "\nExamples:\n  palier night\n  palier approve <id>\n  palier night --help");

for (const made of [
  demoCommand(),
  nightCommand(),
  previewCommand(),
  proposalsCommand(),
  approveCommand(),
  rejectCommand(),
  logCommand(),
  verifyCommand(),
  stopCommand(),
  resumeCommand(),
  sandboxCommand(),
]) {
  root.addCommand(made);
}

await runProgram(root, process.argv.slice(2));
