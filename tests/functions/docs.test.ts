import { afterAll, describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { closeWorkspaces } from "../support/home.ts";
import { BRAND_FILE, rulesWith } from "../support/rules-folder.ts";

async function docs(...args: string[]): Promise<string> {
  const { code, stdout } = await palier(["docs", ...args]);
  expect(code).toBe(0);
  return stdout;
}

describe("functions/cli/docs", () => {
  afterAll(closeWorkspaces);

  it("lists the topics with their words", async () => {
    const text = await docs();
    const topics = [...text.matchAll(/^(\w+): /gm)].map(([, topic]) => topic);
    expect(topics).toEqual([
      "metrics",
      "windows",
      "parameters",
      "operators",
      "actions",
      "keys",
      "own",
      "packs",
      "limits",
      "lint",
    ]);
    expect(text).toContain("roads");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("says all there is to a metric", async () => {
    const text = await docs("roas");
    expect(text).toContain("roas (metrics)\n  conversionValue / spend, on claimed value.\n");
    expect(text).toMatch(/^ {2}Unit +ratio$/m);
    expect(text).toMatch(/^ {2}No data +without spend, 0 with spend and no value$/m);
    expect(text).toMatch(/^ {2}Takes +window; correctedForDelay; countedOn; conversion;/m);
    expect(text).toMatch(/^ {2}Windows +1d, 3d, 7d, 14d, 28d,/m);
    expect(text).toMatch(/^ {2}Counted from +conversionValue and spend$/m);
  });

  it("explains a word that two topics have in both", async () => {
    const text = await docs("settledPercent");
    expect(text).toContain("settledPercent (metrics)");
    expect(text).toContain("settledPercent (limits)");
    expect(text).toMatch(/^ {2}Default +85$/m);
  });

  it.each([
    ["greaterThanInclusive", "Reads: at least."],
    ["raiseBudget", "Raises the daily budget by percent or by amount"],
    ["window", "Complete account-local days"],
    ["neverFires", "lint.neverFires (lint)"],
    ["lint.neverFires", "No figures meet all conditions at once"],
    ["raise-proven", "Raise by 20 % what has spent 3 x its target CPA"],
    ["pausesPerNight", "Bounds   0 to 50"],
    ["thisMonth", "From the 1st to the last complete day."],
    ["before:black-friday:14d", "The 14 days before the occurrence"],
    ["daysInARow", "Example  3"],
    ["nightsInARow", "The whole rule must match on so many nights"],
    ["mutes", '{ "rules": ["wake-up"], "for": "28d" }'],
    ["setBudget", "moves it toward where a metric meets its target"],
    ["level", "appliesTo.level (keys)"],
    ["layers", '[{ "firstMatch": ["stop", "cut", "raise"] }]'],
  ])("explains %s", async (word, said) => {
    expect(await docs(word)).toContain(said);
  });

  it("tells the rules of each pack in a sentence", async () => {
    const text = await docs("packs");
    expect(text).toContain("roads\n  Three green lights before a raise");
    expect(text.replace(/\s+/g, " ")).toContain(
      "raise-proven: Raise by 20 % what has spent 3 x its target CPA",
    );
  });

  it("explains a metric and a parameter of a brand's own", async () => {
    const metric = '"metrics": { "poas": { "unit": "ratio", "formula": "conversionValue / spend" } },';
    const rules = rulesWith([BRAND_FILE, '"parameters": {', `${metric} "parameters": {`]);
    const text = await docs("poas", "--rules", rules);
    expect(text).toContain("poas (own)");
    expect(text).toMatch(/^ {2}Unit +ratio$/m);
    expect(text).toMatch(/^ {2}Formula +conversionValue \/ spend$/m);
    expect(await docs("targetCpa", "--rules", rules)).toContain("targetCpa (own)");
  });

  it("gives machines the same", async () => {
    const [topic, ...others] = JSON.parse(await docs("cpm", "--json"));
    expect(others).toEqual([]);
    expect(topic).toMatchObject({
      topic: "metrics",
      entries: [
        { id: "cpm", doc: "1000 x spend / impressions.", Unit: "money", "No data": "without impressions" },
      ],
    });
  });

  it.each([
    ["raos", "did you mean roas?"],
    ["cpl", "did you mean cpa?"],
    [">=", "did you mean greaterThanInclusive?"],
    ["operatrs", "did you mean operators?"],
    ["raise-provn", "did you mean raise-proven?"],
  ])("suggests a word for %s", async (word, said) => {
    const { code, stderr } = await palier(["docs", word]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it("keeps facts --list to one sentence a metric, the same", async () => {
    const { stdout } = await palier(["facts", "--list"]);
    expect(stdout).toContain("cpm (money) [of, minSettledPercent]\n    1000 x spend / impressions.\n");
  });
});
