import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ALARMS, BUDGET_NAME } from "../../infra/alarms.ts";

const readme = readFileSync("infra/README.md", "utf8");
const runbook = readme.slice(readme.indexOf("## Runbook"));
const sections = runbook
  .split(/^### /m)
  .slice(1)
  .map((section) => ({ heading: section.slice(0, section.indexOf("\n")), text: section }));

describe("infra/README", () => {
  it("has a heading for each alarm and an alarm for each heading", () => {
    const alarms = [...ALARMS.map(({ name }) => name), BUDGET_NAME];
    expect(sections.map(({ heading }) => heading).sort()).toEqual([...alarms].sort());
  });

  it.each(sections)("says of $heading what it is, where to look and what to do", ({ text }) => {
    const labels = [...text.matchAll(/^- \*\*(\w+)\*\*: \S/gm)].map((match) => match[1]);
    expect(labels).toEqual(["What", "Investigate", "Resolve"]);
  });
});
