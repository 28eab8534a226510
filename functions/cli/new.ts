import type { Command } from "commander";
import { localDay } from "../../lib/domain/day.ts";
import {
  type Place,
  type RuleTarget,
  writeNewPack,
  writeNewRule,
  writeNewTest,
} from "../../lib/runtime/rule-tests/write.ts";
import { UsageError } from "./errors.ts";
import { type CommonOptions, command, type Outcome, runCommand } from "./program.ts";
import { files, personHere, print } from "./session.ts";

interface NewOptions extends CommonOptions {
  rules: string;
  owner: string;
}

export function newCommand(): Command {
  const made = command("new", {
    summary: "write a new pack, rule or test file to begin with",
    examples: [
      "palier new pack autumn",
      "palier new rule autumn/cut-dear",
      "palier new test roads/raise-proven",
    ],
  });
  for (const child of [packCommand(), ruleCommand(), testCommand()]) made.addCommand(child);
  return made;
}

function packCommand(): Command {
  return withRules(
    command("pack <id>", {
      summary: "a folder for rules, with the file that describes it",
      examples: ["palier new pack autumn"],
    }),
  ).action(
    runCommand<NewOptions>(async ([id = ""], options) => {
      const written = await writeNewPack(placeOf(options), id);
      return told(
        written,
        `Next: palier new rule ${id}/<rule>, and "packs": { "${id}": {} } in the brand file.`,
      );
    }),
  );
}

function ruleCommand(): Command {
  return withRules(
    command("rule <pack/id>", {
      summary: "a rule that is only watched, and its test file",
      details:
        "Writes a small rule in shadow mode with a test file that passes: replace its sentences, conditions and action, and run " +
        "palier test after each change. Nothing is ever overwritten.",
      examples: ["palier new rule autumn/cut-dear", "palier new rule autumn/cut-dear --owner lea"],
    }),
  )
    .option("--owner <person>", "who answers for it", personHere())
    .action(
      runCommand<NewOptions>(async ([target = ""], options) => {
        const written = await writeNewRule(placeOf(options), targetOf(target), options.owner, today());
        return told(written, `Next: palier test ${written[0]} --watch`);
      }),
    );
}

function testCommand(): Command {
  return withRules(
    command("test <pack/id>", {
      summary: "a test file for a rule, which states what the rule does now",
      details:
        "Judges the rule on a few usual nights and writes them down with what it did. Read each case and correct what the rule " +
        "should do instead.",
      examples: ["palier new test roads/raise-proven"],
    }),
  ).action(
    runCommand<NewOptions>(async ([target = ""], options) => {
      const written = await writeNewTest(placeOf(options), targetOf(target), today());
      return told(
        written,
        `It states what the rule does now: read it, then palier test ${written[0]} --coverage`,
      );
    }),
  );
}

function withRules(made: Command): Command {
  return made.option("--rules <folder>", "where packs are", "rules");
}

function placeOf({ rules }: NewOptions): Place {
  return { files, rulesFolder: rules };
}

function targetOf(text: string): RuleTarget {
  const [pack, rule, ...more] = text.split("/");
  if (pack !== undefined && rule !== undefined && more.length === 0) return { pack, rule };
  throw new UsageError(`"${text}" names no rule; write its pack and its id, such as roads/cut-dear`);
}

function today(): string {
  return localDay(Date.now(), "UTC");
}

function told(written: readonly string[], next: string): Outcome {
  print([...written.map((file) => `Wrote ${file}`), next].join("\n"));
  return "ok";
}
