/** All commands of `palier`, and the way into the one that was typed. */
import { Command } from "commander";
import { ENGINE_VERSION } from "../../lib/runtime/version.ts";
import { takeAlertCommand } from "./alerts.ts";
import { approveCommand, editCommand, proposalsCommand, rejectCommand, restoreCommand } from "./answers.ts";
import { demoCommand } from "./demo.ts";
import { digestCommand } from "./digest.ts";
import { docsCommand } from "./docs.ts";
import { doctorCommand } from "./doctor.ts";
import { explainCommand } from "./explain.ts";
import { factsCommand } from "./facts.ts";
import { fmtCommand } from "./fmt.ts";
import { handsOffCommand } from "./hands-off.ts";
import { importCommand } from "./import.ts";
import { initCommand } from "./init.ts";
import { lintCommand } from "./lint.ts";
import { logCommand, verifyCommand } from "./log.ts";
import { newCommand } from "./new.ts";
import { nightCommand, previewCommand } from "./night.ts";
import { exampleText, runProgram } from "./program.ts";
import { publishCommand } from "./publish.ts";
import { sandboxCommand } from "./sandbox.ts";
import { serveCommand } from "./serve.ts";
import { slackCommand } from "./slack.ts";
import { statusCommand } from "./status.ts";
import { resumeCommand, stopCommand } from "./stops.ts";
import { surviveClosedPipes } from "./terminal.ts";
import { testCommand } from "./test.ts";

/** Runs the command that `args` name; what it answered is in the process's exit code. */
export async function main(args: readonly string[]): Promise<void> {
  surviveClosedPipes(process.stdout, process.stderr);
  await runProgram(rootCommand(), args);
}

/** Made anew for each run: commander keeps the options of the last one. */
export function rootCommand(): Command {
  const root = new Command("palier")
    .description(
      "Moves ad budgets step by step: rules as JSON, proposals with evidence, hard limits, a log that verifies.",
    )
    .version(ENGINE_VERSION)
    .addHelpText(
      "after",
      exampleText(["npm start", "palier proposals", "palier approve <id>", "palier night --help"]),
    );
  for (const made of [
    demoCommand(),
    initCommand(),
    nightCommand(),
    serveCommand(),
    previewCommand(),
    lintCommand(),
    fmtCommand(),
    docsCommand(),
    factsCommand(),
    explainCommand(),
    proposalsCommand(),
    approveCommand(),
    editCommand(),
    rejectCommand(),
    restoreCommand(),
    handsOffCommand(),
    takeAlertCommand(),
    statusCommand(),
    digestCommand(),
    logCommand(),
    verifyCommand(),
    stopCommand(),
    resumeCommand(),
    newCommand(),
    testCommand(),
    publishCommand(),
    doctorCommand(),
    slackCommand(),
    importCommand(),
    sandboxCommand(),
  ]) {
    root.addCommand(made);
  }
  return root;
}
