/** The result of rule tests on a terminal, as JSON, and as JUnit's XML, which build servers read. */
import type { Evidence } from "../../lib/domain/verdict.ts";
import { type Page, paint, paragraph } from "../../lib/report/page.ts";
import { isCovered, type LeafCoverage } from "../../lib/rules/cases/coverage.ts";
import type { Difference } from "../../lib/rules/cases/judge.ts";
import { CASE_ZONE } from "../../lib/rules/cases/snapshot.ts";
import type { TestRun } from "../../lib/runtime/rule-tests/index.ts";
import type { CaseReport, TestReport } from "../../lib/runtime/rule-tests/run.ts";
import { describeEvidence } from "../../lib/words/evidence.ts";
import { plainText } from "../../lib/words/plain-text.ts";

const RESULT_WORDS = { matched: "true   ", notMatched: "false  ", noData: "no data" } as const;

interface Counts {
  files: number;
  cases: number;
  failed: number;
  conditions: number;
  covered: number;
}

/** `verbose` names the cases that pass as well. */
export function testText(run: TestRun, page: Page): string {
  const { files, cases, failed, conditions, covered } = countsOf(run);
  const share = `${covered} of ${conditions} conditions seen both true and false`;
  const verdict = verdictText(failed, run.problems.length, page);
  return [
    ...run.reports.flatMap((report) => reportLines(report, page)),
    ...(run.untested.length === 0
      ? []
      : paragraph(page, `Rules without a test file: ${run.untested.join(", ")}`, 0)),
    "",
    `${many(cases, "case")} of ${many(files, "rule")}: ${verdict}; ${share}.`,
  ].join("\n");
}

/** Cases of a file that cannot be read have not passed. */
function verdictText(failed: number, problems: number, page: Page): string {
  if (failed > 0) return paint(page, "red", `${failed} failed`);
  return problems > 0 ? paint(page, "red", "not all could be run") : paint(page, "green", "passed");
}

export function testJson(run: TestRun): unknown {
  const reports = run.reports.map(({ path, pack, rule, cases, coverage }) => ({
    ...{ path, pack, rule, coverage },
    cases: cases.map(({ name, line, differences, verdict, found }) => ({
      ...{ name, line, passed: differences.length === 0, differences, found },
      evidence: verdict?.evidence ?? [],
    })),
  }));
  return { summary: countsOf(run), reports, problems: run.problems, untested: run.untested };
}

export function junitXml(run: TestRun): string {
  const { cases, failed } = countsOf(run);
  const suites = run.reports.map((report) => {
    const own = report.cases.filter(({ differences }) => differences.length > 0).length;
    const head = `  <testsuite name=${quoted(`${report.pack}/${report.rule}`)} tests="${report.cases.length}" failures="${own}" errors="0">`;
    return [head, ...report.cases.map((one) => junitCase(report, one)), "  </testsuite>"].join("\n");
  });
  const errors = run.problems.length;
  const broken = run.problems.map(({ file, line, path, found, allowed, fix }) => {
    const place = `${file}${line === null ? "" : `:${line}`} ${path}`;
    const message = quoted(`found ${found}, allowed ${allowed}: ${fix}`);
    return `    <testcase classname=${quoted(file)} name=${quoted(place)}><error message=${message}/></testcase>`;
  });
  const problems =
    errors === 0
      ? []
      : [
          [
            `  <testsuite name="problems" tests="${errors}" failures="0" errors="${errors}">`,
            ...broken,
            "  </testsuite>",
          ].join("\n"),
        ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases + errors}" failures="${failed}" errors="${errors}">`,
    ...suites,
    ...problems,
    "</testsuites>",
    "",
  ].join("\n");
}

function junitCase({ path, pack, rule }: TestReport, { name, line, differences }: CaseReport): string {
  const head = `    <testcase classname=${quoted(`${pack}.${rule}`)} name=${quoted(name)} file=${quoted(path)} line="${line}"`;
  if (differences.length === 0) return `${head}/>`;
  const message = differences.map(differenceText).join("; ");
  return `${head}><failure message=${quoted(message)}/></testcase>`;
}

function quoted(text: string): string {
  const safe = plainText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `"${safe.replaceAll('"', "&quot;")}"`;
}

function reportLines(report: TestReport, page: Page): string[] {
  const failed = report.cases.filter(({ differences }) => differences.length > 0);
  const missing = report.coverage.filter((one) => !isCovered(one));
  const mark = failed.length === 0 ? paint(page, "green", "ok    ") : paint(page, "red", "failed");
  return [
    `${mark} ${report.path}  ${many(report.cases.length, "case")}`,
    ...(page.verbose ? report.cases.filter((one) => !failed.includes(one)) : []).flatMap(({ name }) =>
      paragraph(page, plainText(name), 4),
    ),
    ...failed.flatMap((one) => failureLines(report.path, one, page)),
    ...missing.flatMap((one) => paragraph(page, `never seen ${lackingWords(one)}: ${one.condition}`, 4, 1)),
  ];
}

function failureLines(
  path: string,
  { name, line, differences, verdict, currency }: CaseReport,
  page: Page,
): string[] {
  return [
    ...paragraph(page, `${plainText(name)} (${path}:${line})`, 2, 1),
    ...differences.flatMap((one) => paragraph(page, differenceText(one), 4, 1)),
    ...(verdict?.evidence ?? []).flatMap((one) => evidenceLine(one, currency, page)),
  ];
}

function differenceText({ what, expected, found }: Difference): string {
  return `${what}: expected ${plainText(expected)}, found ${plainText(found)}`;
}

function evidenceLine(evidence: Evidence, currency: string, page: Page): string[] {
  const reader = { language: page.language, currency, zone: CASE_ZONE };
  const sentence = describeEvidence(evidence, reader, page.factLabels);
  return paragraph(page, `${RESULT_WORDS[evidence.result]}  ${sentence}`, 4, 1);
}

function lackingWords({ seenTrue, seenFalse }: LeafCoverage): string {
  if (seenTrue) return "false";
  return seenFalse ? "true" : "true nor false";
}

function countsOf({ reports }: TestRun): Counts {
  const cases = reports.flatMap((report) => report.cases);
  const coverage = reports.flatMap((report) => report.coverage);
  return {
    files: reports.length,
    cases: cases.length,
    failed: cases.filter(({ differences }) => differences.length > 0).length,
    conditions: coverage.length,
    covered: coverage.filter(isCovered).length,
  };
}

function many(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
