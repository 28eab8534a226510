import { beforeAll, describe, expect, it } from "vitest";
import { nodeFiles } from "../../../lib/runtime/files.ts";
import { findTests } from "../../../lib/runtime/rule-tests/find.ts";
import {
  failedCases,
  isFullyCovered,
  runTests,
  type TestRun,
} from "../../../lib/runtime/rule-tests/index.ts";

describe("rules/packs", () => {
  let run: TestRun;

  beforeAll(async () => {
    run = await runTests(await findTests(nodeFiles(), "rules"));
  });

  it("does in each test case of a shipped rule what the case expects", () => {
    const failed = failedCases(run).flatMap(({ report, failed: cases }) =>
      cases.map(({ name, differences }) => [report.path, name, differences]),
    );
    expect([run.problems, failed]).toEqual([[], []]);
  });

  it("has test cases for every shipped rule, which show each of its conditions both true and false", () => {
    const unseen = run.reports.flatMap(({ path, coverage }) =>
      coverage.filter(({ seenTrue, seenFalse }) => !seenTrue || !seenFalse).map((one) => [path, one]),
    );
    expect([run.untested, unseen]).toEqual([[], []]);
    expect(isFullyCovered(run)).toBe(true);
  });

  it("shows for every shipped rule what it does where data is missing", () => {
    const silent = run.reports.filter(
      ({ cases }) => !cases.some(({ verdict }) => verdict?.result === "noData"),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});
