import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testOnEachSave } from "../../functions/cli/test.ts";
import { type Ended, palier } from "../support/command.ts";
import { aFolder, aHome, removeHomes } from "../support/home.ts";
import { roadsWith } from "../support/rules-folder.ts";

const ALARM = "packs/roads/alarm-mer.json";
const ALARM_TEST = "packs/roads/alarm-mer.test.json";
const BAD_WEEK = '"revenue": "200x34 199"';

/** Test files of a rules folder, and how many cases they hold. */
function counted(rules: string): { files: number; cases: number } {
  const files = globSync("packs/*/*.test.json", { cwd: rules });
  const cases = files.map((file) => JSON.parse(readFileSync(path.join(rules, file), "utf8")).cases.length);
  return { files: files.length, cases: cases.reduce((sum, one) => sum + one, 0) };
}

describe("functions/cli/test", () => {
  afterAll(removeHomes);

  describe("with one case that fails", () => {
    let rules: string;
    let failed: Ended;

    beforeAll(async () => {
      rules = roadsWith([ALARM_TEST, BAD_WEEK, '"revenue": "200x35"']);
      failed = await palier(["test", rules]);
    });

    it("ends with 1 and tells what was expected, what was found, and each condition", () => {
      expect(failed.code).toBe(1);
      const [, after = ""] = failed.stdout.split("a hair under break-even over the last week");
      const told = after.replaceAll("\u00a0", " ").split("\n").slice(0, 5);
      expect(told.map((line) => line.trim())).toEqual([
        "",
        expect.stringMatching(/alarm-mer\.test\.json:13\)$/),
        "verdict: expected matched, found notMatched",
        "change: expected notify, found none",
        "false    MER 2.00 over 7 days, needs under 2.00 (MER alarm)",
      ]);
      const { files, cases } = counted(rules);
      expect(failed.stdout).toContain(`${cases} cases of ${files} rules: 1 failed;`);
    });

    it("writes the same as JUnit XML and as JSON", async () => {
      const file = path.join(aFolder(), "junit.xml");
      const { stdout, code } = await palier(["test", rules, "--json", "--junit", file]);
      expect(code).toBe(1);
      const { summary, reports } = JSON.parse(stdout);
      const { conditions } = summary;
      expect(summary).toEqual({ ...counted(rules), failed: 1, conditions, covered: conditions });
      expect(conditions).toBeGreaterThan(20);
      const alarm = reports.find((one: { path: string }) => one.path.endsWith(ALARM_TEST));
      expect(alarm.cases[1]).toMatchObject({
        name: "a hair under break-even over the last week",
        passed: false,
        differences: [
          { what: "verdict", expected: "matched", found: "notMatched" },
          { what: "change", expected: "notify", found: "none" },
        ],
        evidence: [{ fact: "mer", value: { value: 2 }, result: "notMatched" }],
      });
      const xml = readFileSync(file, "utf8");
      expect(xml).toContain(`<testsuites tests="${counted(rules).cases}" failures="1" errors="0">`);
      expect(xml).toMatch(/<testsuite name="roads\/alarm-mer" tests="\d+" failures="1" errors="0">/);
      expect(xml).toContain(
        '<failure message="verdict: expected matched, found notMatched; change: expected notify, found none"/>',
      );
    });

    it("keeps a brand from being published, before anything is claimed", async () => {
      const home = await aHome();
      const refused = await palier(["publish", "--rules", rules, "--home", home, "--json"]);
      expect(refused.code).toBe(1);
      const { problems } = JSON.parse(refused.stdout).error;
      expect(
        problems.map(({ code, path: what, found }: Record<string, string>) => [code, what, found]),
      ).toEqual([
        ["test.failed", "verdict", "notMatched"],
        ["test.failed", "change", "none"],
      ]);
      const log = await palier(["log", "--json", "--rules", rules, "--home", home]);
      expect(JSON.parse(log.stdout)).toEqual([]);
    });

    it("runs the tests of one rule, and only cases with a text in their name", async () => {
      const other = await palier(["test", path.join(rules, "packs/roads/hold-under-floor.json")]);
      expect(other).toMatchObject({ code: 0, stdout: expect.stringMatching(/\d cases of 1 rule: passed/) });
      const filtered = await palier(["test", rules, "--filter", "TARGET cpa", "--verbose"]);
      expect(filtered.code).toBe(0);
      expect(filtered.stdout).toMatch(/\d cases of \d+ rules: passed/);
      expect(filtered.stdout).toContain("nobody set a target CPA");
    });
  });

  it("asks with --coverage for every condition true and false, and for a test file of every rule", async () => {
    expect(await palier(["test", "--coverage"])).toMatchObject({ code: 0 });
    const rules = roadsWith([ALARM_TEST, BAD_WEEK, '"revenue": "200x34 200"']);
    const file = path.join(rules, ALARM_TEST);
    const { given, cases } = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ given, cases: cases.slice(0, 1) }));
    const partly = await palier(["test", path.join(rules, "packs/roads"), "--coverage"]);
    expect(partly).toMatchObject({ code: 1, stderr: "" });
    expect(partly.stdout).toContain("never seen true: mer (7d) under merAlarm");
    expect(await palier(["test", path.join(rules, "packs/roads")])).toMatchObject({ code: 0 });
    const untested = roadsWith();
    writeFileSync(
      path.join(untested, "packs/roads/second.json"),
      readFileSync(path.join(untested, ALARM), "utf8").replace('"alarm-mer"', '"second"'),
    );
    const without = await palier(["test", untested, "--coverage"]);
    expect(without).toMatchObject({ code: 1 });
    expect(without.stdout).toContain("Rules without a test file: roads/second");
  });

  it("tells all problems of test files at once, with file and line", async () => {
    const rules = roadsWith(
      [ALARM_TEST, '"spend": "100x35"', '"spend": "100*35"'],
      ["packs/roads/hold-under-floor.test.json", '"verdict": "matched"', '"verdict": "match"'],
    );
    const told = await palier(["test", rules]);
    expect(told.code).toBe(1);
    expect(told.stderr).toContain("alarm-mer.test.json:5 given.series.spend");
    expect(told.stderr).toContain("hold-under-floor.test.json:19 cases[1].expect.verdict");
    expect(told.stdout).toContain(`of ${counted(rules).files - 2} rules: not all could be run`);
  });

  it("tells of a test file whose rule is not there, and of a place without rules", async () => {
    const rules = roadsWith();
    const text = readFileSync(path.join(rules, ALARM_TEST), "utf8");
    writeFileSync(path.join(rules, "packs/roads/alarm-me.test.json"), text);
    const told = await palier(["test", rules]);
    expect(told).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("did you mean alarm-mer.test.json?"),
    });
    expect(await palier(["test", aFolder()])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no rules"),
    });
    expect(await palier(["test", path.join(rules, "packs/roads/nobody.json")])).toMatchObject({ code: 1 });
  });

  it.each([
    ["--coverage", "--filter", "x"],
    ["--watch", "--json"],
    ["--filter", "nobody says this"],
  ])("is no question: %s %s", async (...options) => {
    expect(await palier(["test", ...options])).toMatchObject({ code: 2 });
  });
});

describe("functions/cli/test: watching", () => {
  /** What was run, by what the files said then, and how it ended; each save is told of once. */
  async function watched(
    saves: readonly string[],
    run: (text: string) => "ok" | "refused",
  ): Promise<string[]> {
    const said = ["first", ...saves];
    let text = "";
    const ran: string[] = [];
    async function* changes() {
      for (const _ of saves) yield null;
    }
    const outcome = await testOnEachSave(
      changes(),
      async () => {
        text = said.shift() ?? text;
        return text;
      },
      async () => {
        ran.push(text);
        return run(text);
      },
    );
    return [...ran, outcome];
  }

  it("runs at once and after each save that changed something, and ends as the last run did", async () => {
    const run = (text: string) => (text === "broken" ? "refused" : "ok") as "ok" | "refused";
    expect(await watched(["first", "broken", "broken", "mended"], run)).toEqual([
      "first",
      "broken",
      "mended",
      "ok",
    ]);
    expect(await watched(["broken"], run)).toEqual(["first", "broken", "refused"]);
  });
});
