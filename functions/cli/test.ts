import type { Command } from "commander";
import { hashOf } from "../../lib/domain/canonical.ts";
import { ConfigError } from "../../lib/domain/problem.ts";
import { pageFor } from "../../lib/report/page.ts";
import { type FoundTests, findTests } from "../../lib/runtime/rule-tests/find.ts";
import { failedCases, isFullyCovered, runTests, type TestRun } from "../../lib/runtime/rule-tests/index.ts";
import { watchedFolder } from "../../lib/runtime/watch.ts";
import { failureOf, failureText, UsageError } from "./errors.ts";
import { type CommonOptions, command, type Outcome, runCommand } from "./program.ts";
import { files, pageOptions, print } from "./session.ts";
import { junitXml, testJson, testText } from "./test-report.ts";

interface TestOptions extends CommonOptions {
  coverage?: boolean;
  junit?: string;
  watch?: boolean;
  filter?: string;
}

export function testCommand(): Command {
  return command("test [path]", {
    summary: "run the test cases of rules: what each would do on the nights that its test file states",
    details:
      "Runs every <rule>.test.json of the rules folder, or of one pack, rule or test file. A case states some days of figures " +
      "and what the rule should make of them; it is judged by the same figures, rules and guardrails as a night. Ends with 1 " +
      "when a case fails.",
    examples: [
      "palier test",
      "palier test rules/packs/roads --coverage",
      "palier test rules/packs/roads/raise-proven.json --watch",
      "palier test --filter learning --verbose",
      "palier test --junit rules-junit.xml",
      "palier test --json",
    ],
    json: true,
  })
    .option("--coverage", "end with 1 unless every condition of every rule is seen both true and false")
    .option("--junit <file>", "also write the result as JUnit XML")
    .option("--watch", "run again after each save")
    .option("--filter <text>", "only cases with this text in their name or their rule's id")
    .action(
      runCommand<TestOptions>(async ([place = "rules"], options) => {
        checkOptions(options);
        const run = () => testOnce(place, options);
        return options.watch === true
          ? await testOnEachSave(watchedFolder(folderOf(place)), () => textsAt(place), run)
          : await run();
      }),
    );
}

/** Cases that are left out would count as conditions that are not covered; a machine reads one answer. */
function checkOptions({ coverage, filter, json, watch }: TestOptions): void {
  if (coverage === true && filter !== undefined)
    throw new UsageError("give --coverage or --filter, not both");
  if (watch === true && json === true) throw new UsageError("give --watch or --json, not both");
}

/** Runs now and whenever something changed what is tested, until `changes` ends. A save may tell of itself several times. */
export async function testOnEachSave(
  changes: AsyncIterable<unknown>,
  texts: () => Promise<string>,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  // Asked for before the first run, so that no save during it is missed.
  const iterator = changes[Symbol.asyncIterator]();
  let next = iterator.next();
  let before = await texts();
  let outcome = await told(run);
  while ((await next).done !== true) {
    next = iterator.next();
    const now = await texts();
    if (now === before) continue;
    before = now;
    print("");
    outcome = await told(run);
  }
  return outcome;
}

/** While somebody writes, a broken file is told and waited for. */
async function told(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    const failure = failureOf(error);
    if (failure.stack !== null) throw error;
    process.stderr.write(failureText(failure, false));
    return "refused";
  }
}

/** What is tested, as one text that changes when any of it does; for what cannot be found, why not. */
async function textsAt(place: string): Promise<string> {
  try {
    return hashOf(await findTests(files, place));
  } catch (error) {
    return failureOf(error).message;
  }
}

async function testOnce(place: string, options: TestOptions): Promise<Outcome> {
  const found: FoundTests = await findTests(files, place);
  const run = await runTests(found, options.filter ?? null);
  if (options.filter !== undefined && run.reports.length === 0 && run.problems.length === 0) {
    throw new UsageError(`no case and no rule has "${options.filter}" in its name`);
  }
  if (options.junit !== undefined) await files.writeAtomic(options.junit, junitXml(run));
  if (options.json === true) print(JSON.stringify(testJson(run)));
  else {
    const brand = { currency: "", zone: "", platforms: [] };
    print(testText(run, pageFor(pageOptions("en", options), brand)));
    if (run.problems.length > 0) throw new ConfigError(run.problems);
  }
  return outcomeOf(run, options);
}

function outcomeOf(run: TestRun, { coverage }: TestOptions): Outcome {
  if (run.problems.length > 0 || failedCases(run).length > 0) return "refused";
  return coverage === true && !isFullyCovered(run) ? "refused" : "ok";
}

function folderOf(place: string): string {
  return place.endsWith(".json") ? place.replace(/[^\\/]*$/, "") || "." : place;
}
