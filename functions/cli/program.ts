/** What every command of `palier` shares: help with examples, one way to fail, exit codes. */
import { Command, CommanderError } from "commander";
import { EXIT, type Failure, failureJson, failureOf, failureText, UsageError } from "./errors.ts";

export interface CommandText {
  /** One line for the list of commands. */
  summary: string;
  /** More for the command's own help. */
  details?: string;
  /** Command lines as they are typed. */
  examples: readonly string[];
  /** True where a machine would read the output. */
  json?: boolean;
}

/** What `--json` and `--verbose` were set to; both exist on every command that declares them. */
export interface CommonOptions {
  json?: boolean;
  verbose?: boolean;
}

/** `refused`: the command worked and the answer is no (problems found, nothing to approve). */
export type Outcome = "ok" | "refused";

/** A command whose help shows examples. `signature` is its name with its arguments: "approve <id>". */
export function command(signature: string, { summary, details, examples, json }: CommandText): Command {
  const [name = "", ...args] = signature.split(" ");
  const made = new Command(name).summary(summary).description(details ?? summary);
  for (const argument of args) made.argument(argument);
  if (json === true) made.option("--json", "print JSON for machines");
  return made
    .option("--verbose", "say more, and where an unexpected error happened")
    .addHelpText("after", exampleText(examples));
}

/** Examples for the end of a help text, each as it is typed in a clone. `palier night` stands for `npm run palier -- night`. */
export function exampleText(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  ${asTyped(example)}`).join("\n")}`;
}

/** `-s` keeps npm's own two lines out of what a machine reads. */
function asTyped(example: string): string {
  return example.replace(
    /^palier /,
    example.includes("--json") ? "npm run -s palier -- " : "npm run palier -- ",
  );
}

/** The action of a command: runs it, reports what went wrong, and leaves the exit code to the process. */
export function runCommand<Options extends CommonOptions>(
  action: (args: readonly string[], options: Options) => Promise<Outcome>,
): (this: Command) => Promise<void> {
  return async function run(this: Command): Promise<void> {
    const options = this.optsWithGlobals<Options>();
    try {
      const outcome = await action(this.args, options);
      process.exitCode = outcome === "ok" ? EXIT.ok : EXIT.refused;
    } catch (error) {
      report(failureOf(error), options);
    }
  };
}

/** Parses `args` (without the program's own name) and runs the command they name. Never throws, never exits. */
export async function runProgram(root: Command, args: readonly string[]): Promise<void> {
  const json = args.includes("--json");
  prepare(root, root.name(), json);
  try {
    await root.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(failureOf(error), { json });
    if (error.exitCode === 0) return;
    process.exitCode = EXIT.usage;
    if (json) process.stdout.write(failureJson(failureOf(new UsageError(plainUsage(error.message)))));
  }
}

/** Settings are not inherited by commands made apart, so each gets them here. */
function prepare(made: Command, path: string, json: boolean): void {
  made
    .exitOverride()
    .showHelpAfterError(`(${asTyped(`${path} --help`)} shows examples)`)
    .configureOutput({ writeErr: (text) => void (json || process.stderr.write(text)) });
  for (const child of made.commands) prepare(child, `${path} ${child.name()}`, json);
}

function report(failure: Failure, { json, verbose }: CommonOptions): void {
  process.exitCode = failure.exitCode;
  if (json === true) process.stdout.write(failureJson(failure));
  if (json !== true || failure.stack !== null) process.stderr.write(failureText(failure, verbose === true));
}

/** commander's message without its prefix, its suggestion on the same line. */
function plainUsage(message: string): string {
  return message.replace(/^error: /, "").replaceAll("\n", " ");
}
