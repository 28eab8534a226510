import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { type Kind, marked, offered, told } from "../support/editor.ts";

const ROADS = "rules/packs/roads";

/** A rule file with this one condition, as text. */
function comparison(text: string): string {
  return `{ "conditions": { "all": [ ${text} ] } }`;
}

/** The shipped rule with some keys replaced. */
function ruleWith(keys: object): string {
  return JSON.stringify({ ...JSON.parse(readFileSync(`${ROADS}/raise-proven.json`, "utf8")), ...keys });
}

function leafWith(keys: object): string {
  const leaf = { fact: "spend", params: { window: "7d" }, operator: "lessThan", value: 3 };
  return ruleWith({ conditions: { all: [{ ...leaf, ...keys }] } });
}

function kindOf(name: string): Kind {
  if (name === "pack.json") return "pack";
  return name.endsWith(".test.json") ? "test" : "rule";
}

describe("rules/schema in an editor", () => {
  it("marks nothing in what is shipped", async () => {
    const files = readdirSync(ROADS).map((name): [Kind, string] => [kindOf(name), `${ROADS}/${name}`]);
    expect(files.length).toBeGreaterThan(12);
    for (const [kind, path] of [...files, ["brand", "rules/brands/atelier-lune.json"] as const]) {
      expect([path, await marked(kind, readFileSync(path, "utf8"))]).toEqual([path, []]);
    }
  });

  it("offers every fact that rules may use, with what it is and when there is no data", async () => {
    const facts = await offered("rule", comparison('{ "fact": "▮" }'));
    expect([...facts.keys()].sort()).toEqual(factCatalogue.map(({ id }) => id).sort());
    expect(facts.get("cpm")).toContain(
      "1000 x spend / impressions.\n\n- Unit: money\n- No data: without impressions",
    );
    expect(facts.get("cpm")).toContain("- Windows: 1d, 3d, 7d, 14d, 28d,");
  });

  it("offers every operator with how it reads and what it compares", async () => {
    const operators = await offered("rule", comparison('{ "fact": "spend", "operator": "▮" }'));
    expect(operators.size).toBe(15);
    expect(operators.get("greaterThanInclusive")).toContain("Reads: at least.\n\n- On: numbers");
    expect(operators.get("isKnown")).toContain("- No data: the only operator that answers");
  });

  it.each([
    ["stageSharePercent", ["window", "stage", "basis", "minSettledPercent", "daysInARow"]],
    ["mer", ["window", "customers", "minSettledPercent", "daysInARow"]],
    ["status", []],
    ["myParameterOrMetric", ["window", "of", "minSettledPercent", "daysInARow"]],
  ])("offers the parameters of %s and no other", async (fact, names) => {
    const text = comparison(`{ "fact": "${fact}", "params": { ▮ }, "operator": "equal", "value": 3 }`);
    expect([...(await offered("rule", text)).keys()]).toEqual(names);
  });

  it.each([
    [
      "windows",
      comparison('{ "fact": "spend", "params": { "window": ▮ } }'),
      [
        ...["1d", "3d", "7d", "14d", "28d", "today", "7d+today", "lifetime", "lifetime+today", "sinceChange"],
        ...["sinceChange+today", "thisWeek", "thisWeek+today", "thisMonth", "thisMonth+today"],
        ...["lastWeek", "lastMonth"],
      ],
    ],
    [
      "stages",
      '{ "appliesTo": { "stages": [▮] } }',
      ["awareness", "prospecting", "retargeting", "existing", "brandSearch", "mixed"],
    ],
    ["modes", '{ "mode": ▮ }', ["shadow", "propose", "apply"]],
    [
      "actions",
      '{ "action": { "type": ▮ } }',
      [
        ...["raiseBudget", "cutBudget", "setBudget", "pause", "resume", "notify", "hold"],
        ...["allocate", "assign"],
      ],
    ],
    ["fields of a schedule", '{ "schedule": { ▮ } }', ["at", "every", "from", "to", "days", "zone"]],
    [
      "fields of one schedule of several",
      '{ "schedule": [{ "at": ["09:00"], ▮ }] }',
      ["every", "from", "to", "days", "zone"],
    ],
    [
      "whom a resume means",
      '{ "action": { "type": "resume", "pausedBy": ▮ } }',
      ["[stop-loss]", "palier", "anyone"],
    ],
    ["fields of a cut", '{ "action": { "type": "cutBudget", ▮ } }', ["percent", "amount", "floor"]],
    [
      "words of a state",
      comparison('{ "fact": "status", "operator": "equal", "value": ▮ }'),
      ["active", "paused", "removed", "other"],
    ],
    ["conditions to begin with", comparison("▮"), ["figure and number", "figure and fact"]],
    ["a whole file", "▮", ["a new file"]],
  ])("offers %s", async (_, text, words) => {
    expect([...(await offered("rule", text)).keys()]).toEqual(words);
  });

  it("offers the limits of a brand with default and bounds", async () => {
    const limits = await offered("brand", '{ "limits": { ▮ } }');
    expect(limits.get("pausesPerNight")).toContain("- Default: 3\n- Bounds: 0 to 50");
  });

  it("offers parameters by their names in a test file", async () => {
    const names = await offered("test", '{ "given": { "brand": { "parameters": { ▮ } } } }');
    expect([...names.keys()].slice(0, 3)).toEqual(["targetCpa", "contributionMargin", "wantedProfit"]);
  });

  it.each<[Kind, string, string]>([
    [
      "rule",
      comparison('{ "fact": "r▮oas", "operator": "lessThan", "value": 3 }'),
      "`roas`: conversionValue / spend",
    ],
    [
      "rule",
      comparison('{ "fact": "roas", "operator": "less▮Than", "value": 3 }'),
      "`lessThan`: Reads: under.",
    ],
    ["rule", '{ "mode": "prop▮ose" }', "`propose`: Waits for a person's answer before it is sent."],
    ["rule", '{ "action": { "type": "pau▮se" } }', "Pauses what owns the budget"],
    ["rule", '{ "cool▮down": "3d" }', "Local nights after this rule's last applied change"],
    ["brand", '{ "limits": { "writes▮PerRun": 5 } }', "- Default: 30"],
  ])("explains in a %s file: %s", async (kind, text, said) => {
    expect(await told(kind, text)).toContain(said);
  });

  it.each([
    ["a misspelt key", ruleWith({ ownr: "x" }), '"ownr"', "Property ownr is not allowed."],
    ["a wrong mode", ruleWith({ mode: "auto" }), '"auto"', 'Valid values: "shadow", "propose", "apply"'],
    [
      "a wrong action",
      ruleWith({ action: { type: "scale" } }),
      '"scale"',
      "Expected one of raiseBudget, cutBudget",
    ],
    [
      "percent 2000",
      ruleWith({ action: { type: "raiseBudget", percent: 2000 } }),
      "2000",
      "above the maximum of 100",
    ],
    ["a day that is none", ruleWith({ reviewOn: "tomorrow" }), '"tomorrow"', "date"],
    ["an empty list", ruleWith({ conditions: { all: [] } }), "[]", "too few items"],
    ["an unknown operator", leafWith({ operator: ">=" }), '">="', "Valid values"],
    ["a misspelt key of a condition", leafWith({ operatr: "x" }), '"operatr"', "not allowed"],
    ["a figure without a window", leafWith({ params: {} }), '"params"', 'Missing property "window"'],
    [
      "a window that does not exist",
      leafWith({ params: { window: "yesterday" } }),
      '"yesterday"',
      "Expected a window such as",
    ],
    [
      "a parameter of other facts",
      leafWith({ params: { window: "7d", channel: "meta" } }),
      '"channel"',
      "not allowed",
    ],
    ["a factor on the left", leafWith({ params: { window: "7d", times: 3 } }), '"times"', "not allowed"],
    ["a range that is a number", leafWith({ operator: "between" }), "3", 'Expected "array"'],
    ["a percent of 101", leafWith({ fact: "ctrPercent", value: 101 }), "101", "above the maximum of 100"],
    ["facts of two units", leafWith({ value: { fact: "merFloor" } }), '"merFloor"', "in the unit money"],
  ])("marks %s, and only that", async (_, text, place, message) => {
    expect(await marked("rule", text)).toEqual([[place, expect.stringContaining(message)]]);
  });

  it.each([
    [
      "an operator for numbers on a text",
      { fact: "status", params: {}, operator: "lessThan" },
      "compared by equal",
    ],
    [
      "a word that a state never is",
      { fact: "status", params: {}, operator: "equal", value: "activ" },
      '"active"',
    ],
  ])("marks %s", async (_, keys, message) => {
    expect((await marked("rule", leafWith(keys))).map(([, said]) => said).join()).toContain(message);
  });

  it.each([
    [
      "a parameter of the brand",
      { fact: "myPayout", params: {}, value: { fact: "myCap", params: { times: 2 } } },
    ],
    ["an unmapped stage", { fact: "spend", params: { window: "7d", stage: "unmapped" } }],
    ["a long window", { params: { window: "92d..60d" } }],
    ["missing data", { fact: "status", params: {}, operator: "isKnown", value: false }],
    ["a stage of its own", { fact: "stage", params: {}, operator: "in", value: ["cold"] }],
    ["a loss", { fact: "cm3", params: { window: "7d" }, value: -50 }],
  ])("leaves %s alone", async (_, keys) => {
    expect(await marked("rule", leafWith(keys))).toEqual([]);
  });
});
