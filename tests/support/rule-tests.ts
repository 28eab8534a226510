/** Rules with test files, as a test states them. */
import { runTestFile, type TestReport, type TestSource } from "../../lib/runtime/rule-tests/run.ts";
import { aRuleFile, type Json, PACK_FILE } from "./rule.ts";

/** An entity with 5 weeks of 20 EUR and one conversion a day, on the night of 2026-03-11. */
export const GIVEN: Json = {
  day: "2026-03-11",
  entity: { stage: "prospecting" },
  series: { spend: "20x35", conversions: "1x35" },
  brand: { parameters: { targetCpa: 35 } },
};

export function aSource(cases: readonly Json[], rule: Json = {}, given: Json = GIVEN): TestSource {
  return {
    pack: "roads",
    rule: "stop",
    packFile: PACK_FILE,
    ruleFile: { path: "rules/packs/roads/stop.json", text: JSON.stringify(aRuleFile(rule)) },
    testFile: {
      path: "rules/packs/roads/stop.test.json",
      text: JSON.stringify({ given, cases }, null, 2),
    },
    beside: [],
  };
}

/** @throws Error with the problems of files that cannot be run. */
export async function reportOf(source: TestSource): Promise<TestReport> {
  const result = await runTestFile(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.value;
}

/** The one case's report. */
export async function caseOf(one: Json, rule: Json = {}, given: Json = GIVEN) {
  const { cases } = await reportOf(aSource([{ name: "the case", ...one }], rule, given));
  const [report] = cases;
  if (report === undefined) throw new Error("the case was not run");
  return report;
}

/** What its first condition read, and against what. */
export async function readingOf(one: Json, condition: Json, given: Json = GIVEN) {
  const report = await caseOf(
    { expect: { verdict: "matched" }, ...one },
    { conditions: { all: [condition] } },
    given,
  );
  return report.verdict?.evidence[0]?.value.value;
}

export async function problemsOf(source: TestSource) {
  const result = await runTestFile(source);
  return result.ok ? [] : result.problems.map(({ code, path, fix }) => [code, path, fix]);
}
