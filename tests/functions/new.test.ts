import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { palier } from "../support/command.ts";
import { aFolder, removeHomes } from "../support/home.ts";
import { rulesWith } from "../support/rules-folder.ts";

describe("functions/cli/new", () => {
  afterAll(removeHomes);

  it("writes a pack, and in it a rule that is only watched and whose test covers both its conditions", async () => {
    const rules = aFolder();
    const at = ["--rules", rules];
    const pack = await palier(["new", "pack", "autumn", ...at]);
    expect(pack).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(path.join(rules, "packs/autumn/pack.json")),
    });
    const rule = await palier(["new", "rule", "autumn/cut-dear", "--owner", "lea", ...at]);
    expect(rule.code).toBe(0);
    const written = JSON.parse(readFileSync(path.join(rules, "packs/autumn/cut-dear.json"), "utf8"));
    expect(written).toMatchObject({
      id: "cut-dear",
      owner: "lea",
      mode: "shadow",
      action: { type: "notify" },
    });
    const tested = await palier(["test", rules, "--coverage"]);
    expect(tested).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("4 cases of 1 rule: passed; 2 of 2"),
    });
  });

  it("writes a new rule that lint and the formatter leave as it is", async () => {
    const rules = rulesWith();
    await palier(["new", "rule", "roads/cut-dear", "--owner", "lea", "--rules", rules]);
    const file = path.join(rules, "packs/roads/cut-dear.json");
    expect(await palier(["lint", "--strict", file, "--home", aFolder()])).toMatchObject({ code: 0 });
    expect(await palier(["fmt", "--check", file])).toMatchObject({ code: 0 });
  });

  it("writes down what a rule does now, with its brand's targets", async () => {
    const rules = rulesWith();
    const stem = path.join(rules, "packs/roads/raise-proven");
    const before = readFileSync(`${stem}.test.json`, "utf8");
    const refused = await palier(["new", "test", "roads/raise-proven", "--rules", rules]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("a name that is free") });
    expect(readFileSync(`${stem}.test.json`, "utf8")).toBe(before);
    const dear = readFileSync(`${stem}.json`, "utf8").replace('"raise-proven"', '"raise-again"');
    writeFileSync(path.join(rules, "packs/roads/raise-again.json"), dear);
    expect(await palier(["new", "test", "roads/raise-again", "--rules", rules])).toMatchObject({ code: 0 });
    const { given, cases } = JSON.parse(
      readFileSync(path.join(rules, "packs/roads/raise-again.test.json"), "utf8"),
    );
    expect(given).toMatchObject({
      entity: { stage: "prospecting" },
      brand: { parameters: { wantedProfit: 0.22 } },
    });
    const told = cases.map((one: { expect: { verdict: string; change: string } }) => [
      one.expect.verdict,
      one.expect.change,
    ]);
    expect(told).toEqual([
      ["matched", "+20%"],
      ["notMatched", "none"],
      ["notMatched", "none"],
      ["noData", "none"],
    ]);
    expect(await palier(["test", path.join(rules, "packs/roads/raise-again.json")])).toMatchObject({
      code: 0,
    });
  });

  it.each([
    [["pack", "Big_Name"], 1],
    [["pack", ".."], 1],
    [["rule", "nobody/x"], 1],
    [["rule", "roads/../x"], 2],
    [["rule", "x"], 2],
    [["rule", "roads/pack"], 1],
    [["rule", "roads/alarm-mer"], 1],
    [["test", "roads/nobody"], 1],
  ])("writes nothing for %j", async (words, code) => {
    const rules = rulesWith();
    expect(await palier(["new", ...words, "--rules", rules])).toMatchObject({ code, stdout: "" });
    expect(existsSync(path.join(rules, "packs/nobody"))).toBe(false);
  });
});
