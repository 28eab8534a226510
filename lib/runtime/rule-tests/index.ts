/** Rule tests of many files as one: what passed, what failed, and which conditions no case shows both ways. */
import type { Files } from "../../domain/files.ts";
import { ConfigError, type ConfigProblem } from "../../domain/problem.ts";
import { isCovered } from "../../rules/cases/coverage.ts";
import { type FoundTests, testsOfPacks } from "./find.ts";
import { runTestFile, type TestReport } from "./run.ts";

export interface TestRun {
  reports: readonly TestReport[];
  /** Of test files and rules that cannot be run. */
  problems: readonly ConfigProblem[];
  untested: readonly string[];
}

/** `filter` picks cases whose rule or name has that text in it. */
export async function runTests(
  { sources, untested }: FoundTests,
  filter: string | null = null,
): Promise<TestRun> {
  const reports: TestReport[] = [];
  const problems: ConfigProblem[] = [];
  for (const source of sources) {
    const wanted = filter?.toLowerCase() ?? "";
    const ofRule = source.rule.includes(wanted);
    const result = await runTestFile(source, (name) => ofRule || name.toLowerCase().includes(wanted));
    if (!result.ok) problems.push(...result.problems);
    else if (result.value.cases.length > 0) reports.push(result.value);
  }
  return { reports, problems, untested };
}

export function failedCases({ reports }: TestRun): { report: TestReport; failed: TestReport["cases"] }[] {
  return reports
    .map((report) => ({ report, failed: report.cases.filter(({ differences }) => differences.length > 0) }))
    .filter(({ failed }) => failed.length > 0);
}

/** True when every condition of every rule is seen true and seen false. */
export function isFullyCovered({ reports, untested }: TestRun): boolean {
  return (
    untested.length === 0 && reports.every(({ coverage }) => coverage.length > 0 && coverage.every(isCovered))
  );
}

/** @throws ConfigError with every case of these packs that fails, and all that keeps one from being run; FileError */
export async function requirePassingTests(
  files: Files,
  rulesFolder: string,
  packs: readonly string[],
): Promise<void> {
  const run = await runTests(await testsOfPacks(files, rulesFolder, packs));
  const problems = [
    ...run.problems,
    ...failedCases(run).flatMap(({ report, failed }) => failed.flatMap((one) => failures(report.path, one))),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}

function failures(file: string, { name, line, differences }: TestReport["cases"][number]): ConfigProblem[] {
  return differences.map(({ what, expected, found }) => ({
    code: "test.failed",
    file,
    line,
    path: what,
    found,
    allowed: `${expected}, as the case "${name}" expects`,
    fix: "mend the rule or the case; palier test shows each condition",
  }));
}
