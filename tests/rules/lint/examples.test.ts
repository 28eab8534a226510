import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ExampleRule, Finding } from "../../../lib/rules/lint/check.ts";
import { exampleFiles } from "../../../lib/rules/lint/examples.ts";
import { checks } from "../../../lib/rules/lint/index.ts";
import { lintReference } from "../../../lib/rules/lint/reference.ts";
import { lintRules } from "../../../lib/rules/lint/run.ts";
import { readEveryRule } from "../../../lib/rules/load.ts";
import { aStatedHolder, statedFacts } from "../../support/rule.ts";
import { aBrand } from "../../support/snapshot.ts";

function findingsIn(rules: readonly ExampleRule[]): Finding[] {
  const people = ["lea", "tom"].map((name) => {
    return { name, slack: null, role: "owner", raiseLimitMicros: null, dailyRaiseLimitMicros: null } as const;
  });
  const brand = aBrand({ people, packs: { examples: { off: [], modes: {}, parameters: {} } } } as never);
  const read = readEveryRule(exampleFiles(rules), brand);
  if (!read.ok || read.problems.length > 0) throw new Error(JSON.stringify(read.problems, null, 2));
  const latest = statedFacts(aStatedHolder({}, "200", { campaign: { name: "PROS Summer" } }));
  return lintRules(read, { day: "2026-03-12", latest });
}

describe("lib/rules/lint", () => {
  it.each(checks)("finds $code in its bad example and in nothing else", ({ code, severity, bad, good }) => {
    const found = findingsIn(bad);
    expect(found.map((one) => one.code)).toEqual([`lint.${code}`]);
    expect(found[0]?.severity).toBe(severity);
    expect(findingsIn(good)).toEqual([]);
  });

  it("has its page of codes up to date (npm run generate)", () => {
    const { path, text } = lintReference();
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});
