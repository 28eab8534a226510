import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Finding } from "../../lib/rules/lint/check.ts";
import { en } from "../../lib/words/en/index.ts";
import { palier } from "../support/command.ts";
import { aFolder, aPlannedHome, removeHomes } from "../support/home.ts";
import { BRAND_FILE, RAISE_FILE, rulesWith } from "../support/rules-folder.ts";

const NOWHERE = ["--home", "/nowhere"];

async function lint(place: string, ...options: string[]) {
  return await palier(["lint", place, ...(options.includes("--home") ? [] : NOWHERE), ...options]);
}

async function findings(place: string, ...options: string[]): Promise<Finding[]> {
  return JSON.parse((await lint(place, "--json", ...options)).stdout).findings;
}

/** A pack of one rule that no brand names, in a rules folder of its own. */
function aPack(rule: object): string {
  const folder = path.join(aFolder(), "packs", "own");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "pack.json"), JSON.stringify({ id: "own", description: "Own." }));
  writeFileSync(path.join(folder, "stop.json"), JSON.stringify({ ...STOP, ...rule }, null, 2));
  return folder;
}

const STOP = {
  id: "stop",
  description: "Pause what spent without a conversion.",
  owner: "lea",
  conditions: {
    all: [
      { fact: "spend", params: { window: "14d" }, operator: "greaterThanInclusive", value: 100 },
      { fact: "conversions", params: { window: "14d" }, operator: "equal", value: 0 },
    ],
  },
  action: { type: "pause" },
};

describe("palier lint", () => {
  afterAll(removeHomes);

  it("finds neither errors nor warnings in what is shipped, on its own sandbox night", async () => {
    const { code, stdout } = await lint("rules", "--strict", "--home", await aPlannedHome());
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+ rules: 0 errors, 0 warnings[^\n]*\n$/)]);
    const infos = (await findings("rules")).map((one) => one.code);
    expect(infos).not.toContain("lint.ownerless");
  });

  it("says which scopes were not held against a snapshot, and why", async () => {
    const { stdout } = await lint("rules");
    expect(stdout).toContain(
      "Scopes of atelier-lune not held against a snapshot: there is nothing in /nowhere.",
    );
  });

  it("refuses a folder that no brand could name, and looks at the others all the same", async () => {
    const rules = rulesWith([RAISE_FILE, '"mode": "propose"', '"mode": "live"']);
    for (const name of ["My Pack", "constructor"]) {
      mkdirSync(path.join(rules, "packs", name));
      writeFileSync(path.join(rules, "packs", name, "pack.json"), "{}");
    }
    const found = (await findings(rules)).map((one) => [one.code, one.found]);
    expect(found).toContainEqual(["pack.folderName", "My Pack"]);
    expect(found).toContainEqual(["pack.folderName", "constructor"]);
    expect(found).toContainEqual(["rule.unknownWord", '"live"']);
  });

  it("tells what the loader refuses and what it would not, at once", async () => {
    const rules = rulesWith(
      [BRAND_FILE, '"currency": "EUR"', '"currency": "euro"'],
      [RAISE_FILE, '"owner": "media team"', '"ownr": "media team"'],
      ["packs/roads/pause-no-conversion.json", '"operator": "equal",', '"operator": "lessThan",'],
    );
    const found = (await findings(rules)).filter(({ severity }) => severity !== "info");
    expect(found.map(({ code, file, severity }) => [code, path.relative(rules, file), severity])).toEqual([
      ["brand.notAllowed", BRAND_FILE, "error"],
      ["lint.neverFires", "packs/roads/pause-no-conversion.json", "error"],
      ["rule.missing", RAISE_FILE, "error"],
      ["rule.unknownKey", RAISE_FILE, "error"],
    ]);
  });

  it("knows a broken brand's own names, and asks for those that nobody has", async () => {
    const payout = ["packs/roads/alarm-mer.json", '{ "fact": "merAlarm" }', '{ "fact": "payout" }'] as const;
    const currency = [BRAND_FILE, '"currency": "EUR"', '"currency": "euro"'] as const;
    const own = [
      BRAND_FILE,
      '"wantedProfit"',
      '"payout": { "unit": "ratio", "default": 2 },\n    "wantedProfit"',
    ] as const;
    const codes = async (rules: string) =>
      (await findings(rules)).filter(({ severity }) => severity !== "info").map(({ code }) => code);
    expect(await codes(rulesWith(payout, currency, own))).toEqual(["brand.notAllowed"]);
    expect(await codes(rulesWith(payout, currency))).toEqual(["brand.notAllowed", "rule.unknownFact"]);
  });

  it("prints place, code, what is found, allowed and the fix, and ends with 1", async () => {
    const folder = aPack({
      conditions: { all: [{ fact: "roas", params: { window: "7d" }, operator: "lessThan", value: 0 }] },
    });
    const { code, stdout } = await lint(folder);
    expect(code).toBe(1);
    expect(stdout).toContain(`${folder}/stop.json:5 conditions  error lint.neverFires\n  found    {"all":[`);
    expect(stdout).toContain("\n  allowed  conditions that some figures meet\n  fix      ");
    expect(stdout).toContain("\n1 rule: 1 error, 0 warnings.\n");
  });

  it("fails for warnings only when it is asked to be strict", async () => {
    const folder = aPack({ validUntil: "2020-01-31" });
    const file = path.join(folder, "stop.json");
    expect(await lint(file)).toMatchObject({ code: 0 });
    expect(await lint(file, "--strict")).toMatchObject({ code: 1 });
  });

  it("looks at packs that no brand uses with a brand that has nothing but a floor", async () => {
    expect(await findings(aPack({}))).toEqual([]);
    const cut = { action: { type: "cutBudget", percent: 20 } };
    expect(await findings(aPack(cut))).toEqual([]);
    const unpaid = { conditions: { all: [{ fact: "payout", operator: "equal", value: 1 }] } };
    expect((await findings(aPack(unpaid))).map(({ code }) => code)).toEqual(["rule.unknownFact"]);
  });

  it("tells a pack without its pack file at the pack", async () => {
    const folder = path.join(aFolder(), "packs", "own");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "stop.json"), JSON.stringify(STOP));
    const found = await findings(path.dirname(path.dirname(folder)));
    expect(found).toMatchObject([{ code: "brand.noPackFile", file: path.join(folder, "pack.json") }]);
  });

  it("keeps to what was named", async () => {
    const rules = rulesWith(
      [
        RAISE_FILE,
        '"window": "14d" },\n        "operator": "greaterThanInclusive",\n        "value": 15',
        '"window": "14d" },\n        "operator": "lessThan",\n        "value": 0',
      ],
      ["packs/roads/alarm-mer.json", '"owner"', '"ownr"'],
    );
    const codes = async (place: string) => {
      const found = await findings(path.join(rules, place));
      return found.filter(({ severity }) => severity !== "info").map(({ code }) => code);
    };
    expect(await codes("packs/roads/alarm-mer.json")).toEqual(["rule.missing", "rule.unknownKey"]);
    expect(await codes(RAISE_FILE)).toEqual(["lint.neverFires"]);
    expect(await codes("packs/roads/pause-no-conversion.json")).toEqual([]);
    expect(await codes(BRAND_FILE)).toEqual(["rule.missing", "rule.unknownKey", "lint.neverFires"]);
  });

  it("finds scopes that the last night's snapshot has nothing for", async () => {
    const home = ["--home", await aPlannedHome()];
    const rules = rulesWith([
      "packs/roads/pause-no-conversion.json",
      '"stages": ["prospecting", "retargeting"]',
      '"campaigns": ["PORS *"]',
    ]);
    const found = await findings(rules, ...home);
    expect(found.filter(({ severity }) => severity === "warning")).toMatchObject([
      { code: "lint.emptyScope", path: "appliesTo", line: 7 },
    ]);
  });

  it("writes GitHub's remarks, one line each", async () => {
    const folder = aPack({ validUntil: "2020-01-31", owner: "a,b:c%" });
    const { stdout } = await lint(folder, "--format", "github");
    expect(stdout).toMatch(
      /^::warning file=[^,]*\/own\/stop\.json,line=\d+,title=lint\.expired::validUntil: found "2020-01-31", allowed \S+ or later\. .+\n$/,
    );
    expect((await lint(aPack({}), "--format", "github")).stdout).toBe("");
  });

  it.each([
    [["--format", "xml"], "it takes text or github"],
    [["--format", "github", "--json"], "--format github stands alone"],
    [["--language", "fr"], "--language goes with --say"],
    [["--say", "--language", "de"], "it takes en or fr"],
  ])("refuses %j", async (options, message) => {
    const { code, stdout, stderr } = await lint("rules", ...options);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(message);
  });

  it("says that nothing of ours stands at a path", async () => {
    const { code, stderr } = await lint("/nowhere/at-all");
    expect(code).toBe(1);
    expect(stderr).toContain("no rule, pack or brand file");
  });

  describe("--say", () => {
    it("tells each rule as a sentence with its matches of the past nights", async () => {
      const said = JSON.parse(
        (await lint("rules", "--say", "--json", "--home", await aPlannedHome())).stdout,
      );
      expect(said.find(({ rule }: { rule: string }) => rule === "pause-no-conversion")).toEqual({
        brand: "atelier-lune",
        pack: "roads",
        rule: "pause-no-conversion",
        sentence:
          "Each budget holder, active, daily budget, in prospecting or retargeting: pause it when spend (corrected for delay) over 14\u00a0days at least 3\u00a0x target CPA and conversions over 14\u00a0days exactly 0 and age at least 3\u00a0days (proposed).",
        matches: [2],
      });
    });

    it.each(["en", "fr"])(
      "says every rule that is shipped without a message's name (%s)",
      async (language) => {
        const { stdout } = await lint("rules", "--say", "--language", language);
        expect(Object.keys(en).filter((key) => key.includes(".") && stdout.includes(key))).toEqual([]);
        expect(stdout).not.toMatch(/[{}]|undefined|null/);
      },
    );

    it("tells it in French, without a night", async () => {
      const rules = "rules/packs/roads/alarm-mer.json";
      const { stdout } = await lint(rules, "--say", "--language", "fr");
      expect(stdout).toBe(
        "roads/alarm-mer\n  La marque\u00a0: donner l'alarme quand MER sur 7\u00a0jours moins de alerte de MER (proposé).\n  Pas encore de nuit où compter.\n",
      );
    });
  });
});

describe("palier fmt", () => {
  afterAll(removeHomes);

  it("rewrites what people type, and then has nothing to do", async () => {
    const rules = rulesWith([
      RAISE_FILE,
      '"operator": "greaterThanInclusive",\n        "value": 15',
      '"operator":   ">=",\n        "value": 15',
    ]);
    const file = path.join(rules, RAISE_FILE);
    const check = await palier(["fmt", rules, "--check"]);
    expect([check.code, check.stdout]).toEqual([1, `${file}: would change\n`]);
    expect(readFileSync(file, "utf8")).toContain('">="');
    const done = await palier(["fmt", file]);
    expect([done.code, done.stdout]).toEqual([0, `${file}: rewritten\n`]);
    expect(readFileSync(file, "utf8")).toBe(readFileSync(path.join("rules", RAISE_FILE), "utf8"));
    expect(await palier(["fmt", rules, "--check"])).toMatchObject({
      code: 0,
      stdout: "Nothing to change.\n",
    });
  });

  it.each([
    [
      "parameter",
      '"contributionMargin": {',
      '"cost": { "unit": "ratio", "default": 1 },\n    "contributionMargin": {',
    ],
    [
      "metric",
      '"groups": {',
      '"metrics": { "cost": { "unit": "money", "formula": "spend" } },\n  "groups": {',
    ],
  ])("keeps what a brand calls its own %s", async (_what, before, after) => {
    const typed = '{ "fact": "cost", "operator": "lessThan", "value": 3 }, { "fact": "ageDays"';
    const named = [BRAND_FILE, before, after] as const;
    const asked = ["packs/roads/pause-no-conversion.json", '{ "fact": "ageDays"', typed] as const;
    const own = await palier(["fmt", rulesWith(named, asked), "--json"]);
    const other = rulesWith(asked);
    await palier(["fmt", other]);
    expect(JSON.parse(own.stdout).changed).toHaveLength(1);
    expect(readFileSync(path.join(other, asked[0]), "utf8")).toContain(
      '"fact": "spend", "operator": "lessThan"',
    );
  });

  it("leaves what is no JSON alone and says where it breaks", async () => {
    const rules = rulesWith([RAISE_FILE, '"owner": "media team",', '"owner": "media team"']);
    const before = readFileSync(path.join(rules, RAISE_FILE), "utf8");
    const { code, stdout } = await palier(["fmt", rules]);
    expect(code).toBe(1);
    expect(stdout).toContain("put a comma between two entries");
    expect(readFileSync(path.join(rules, RAISE_FILE), "utf8")).toBe(before);
  });
});
