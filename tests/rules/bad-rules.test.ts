import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { loadRuleset } from "../../lib/rules/files/load.ts";
import { aRuleFile, type Json, packFiles, problemsOf, spentAtLeast } from "../support/rule.ts";
import { aBrand, ROUND_DAY } from "../support/snapshot.ts";

const LEAF = spentAtLeast(100);

function only(...conditions: unknown[]): Json {
  return aRuleFile({ conditions: { all: conditions } });
}

function spend(given: Json): Json {
  return only({ ...LEAF, ...given });
}

function at(path: string, code: string, fix?: string): Partial<ConfigProblem> {
  return { code: `rule.${code}`, path, ...(fix !== undefined && { fix }) };
}

type Case = readonly [what: string, rule: Json, problem: Partial<ConfigProblem>];

const KEYS: readonly Case[] = [
  [
    "a cool-down of a note",
    aRuleFile({ action: { type: "notify" }, cooldown: "3d", appliesTo: { level: "budgetHolder" } }),
    at("cooldown", "notAllowed", "remove cooldown: notify changes nothing"),
  ],
  ["a misspelt key", aRuleFile({ ownr: "x" }), at("ownr", "unknownKey", 'did you mean "owner"?')],
  [
    "cooldownHours",
    aRuleFile({ cooldownHours: 24 }),
    at("cooldownHours", "unknownKey", 'write cooldown, in nights ("3d")'),
  ],
  [
    "a cool-down in hours",
    aRuleFile({ cooldown: "24h" }),
    at(
      "cooldown",
      "notAllowed",
      'write nights, such as "1d": a night may begin some minutes earlier than the one before',
    ),
  ],
  [
    "an unknown mode",
    aRuleFile({ mode: "sometimes" }),
    at("mode", "unknownWord", "use one of: shadow, propose, apply"),
  ],
  ["another tool's mode", aRuleFile({ mode: "live" }), at("mode", "unknownWord", "write apply")],
  [
    "a cool-down as a bare number",
    aRuleFile({ cooldown: 3 }),
    at("cooldown", "wrongType", 'write a text such as "3d"'),
  ],
  [
    "a day that does not exist",
    aRuleFile({ validFrom: "2026-02-30" }),
    at("validFrom", "notAllowed", "use a calendar day such as 2026-03-31"),
  ],
  [
    "one stage without its list",
    aRuleFile({ appliesTo: { stages: "prospecting" } }),
    at("appliesTo.stages", "wrongType", 'write it as a list: ["prospecting"]'),
  ],
  [
    "the off switch in quotes",
    aRuleFile({ enabled: "false" }),
    at("enabled", "wrongType", "write false without quotes"),
  ],
  [
    "a key that the action does not need",
    aRuleFile({ action: { type: "pause", percent: 100 } }),
    at("action.percent", "unknownKey", 'remove "percent", or use one of: type, until, what'),
  ],
  ["no owner", { ...aRuleFile(), owner: undefined }, at("owner", "missing", 'add "owner"')],
  [
    "no conditions",
    { ...aRuleFile(), conditions: undefined },
    at("conditions", "missing", 'add "conditions", such as { "all": [ ... ] }'),
  ],
  [
    "dates the wrong way round",
    aRuleFile({ validFrom: "2026-03-02", validUntil: "2026-03-01" }),
    at("validUntil", "outOfRange"),
  ],
  ["a day that does not exist", aRuleFile({ reviewOn: "2026-02-30" }), at("reviewOn", "notAllowed")],
];

const SCOPES: readonly Case[] = [
  [
    "adset",
    aRuleFile({ appliesTo: { level: "adset" } }),
    at(
      "appliesTo.level",
      "unknownWord",
      "write adGroup, or budgetHolder for whatever owns the budget, an ad set or its campaign",
    ),
  ],
  [
    "stage for stages",
    aRuleFile({ appliesTo: { stage: ["prospecting"] } }),
    at("appliesTo.stage", "unknownKey", "write stages"),
  ],
  [
    "a misspelt stage",
    aRuleFile({ appliesTo: { stages: ["retargetting"] } }),
    at("appliesTo.stages[0]", "unknownStage", 'did you mean "retargeting"?'),
  ],
  ["an empty except", aRuleFile({ appliesTo: { except: {} } }), at("appliesTo.except", "emptyList")],
  ["an empty list of stages", aRuleFile({ appliesTo: { stages: [] } }), at("appliesTo.stages", "outOfRange")],
  [
    "a platform that is not built",
    aRuleFile({ appliesTo: { platforms: ["google", "tiktok"] } }),
    at("appliesTo.platforms[1]", "notSupportedYet"),
  ],
  [
    "another name of a platform",
    aRuleFile({ appliesTo: { platforms: ["adwords"] } }),
    at("appliesTo.platforms[0]", "unknownWord", "write google"),
  ],
  [
    "stages of a brand",
    aRuleFile({ action: { type: "notify" }, appliesTo: { level: "brand", stages: ["prospecting"] } }),
    at("appliesTo.stages", "notAllowed", "remove stages: it means nothing at the level brand"),
  ],
  [
    "a note without a level",
    aRuleFile({ action: { type: "notify" } }),
    at("appliesTo.level", "missing", 'add "level" to appliesTo'),
  ],
  [
    "a raise at the level of the brand",
    aRuleFile({ action: { type: "raiseBudget", percent: 5 }, appliesTo: { level: "brand" } }),
    at("appliesTo.level", "wrongLevel"),
  ],
];

const ACTIONS: readonly Case[] = [
  [
    "percent 2000",
    aRuleFile({ action: { type: "raiseBudget", percent: 2000 } }),
    { ...at("action.percent", "outOfRange", "use 0.1 to 100"), found: "2000", allowed: "0.1 to 100" },
  ],
  [
    "a text for a percent",
    aRuleFile({ action: { type: "raiseBudget", percent: "20" } }),
    at("action.percent", "wrongType", "write 20 without quotes"),
  ],
  [
    "percent and amount",
    aRuleFile({ action: { type: "raiseBudget", percent: 20, amount: 5 } }),
    at("action", "notAllowed", "keep one of percent and amount"),
  ],
  [
    "neither percent nor amount",
    aRuleFile({ action: { type: "raiseBudget" } }),
    at("action", "notAllowed", 'add "percent" or "amount"'),
  ],
  [
    "a cut without a floor",
    aRuleFile({ action: { type: "cutBudget", percent: 20 } }),
    at("action.floor", "missing"),
  ],
  [
    "another word for an action",
    aRuleFile({ action: { type: "increaseBudget" } }),
    at("action.type", "unknownWord", "write raiseBudget"),
  ],
  [
    "a misspelt action",
    aRuleFile({ action: { type: "pauze" } }),
    at("action.type", "unknownWord", 'did you mean "pause"?'),
  ],
  ["an action without a type", aRuleFile({ action: { percent: 3 } }), at("action.type", "missing")],
  [
    "a ceiling on a pause",
    aRuleFile({ action: { type: "pause", ceiling: 3 } }),
    at("action.ceiling", "unknownKey"),
  ],
];

const TREES: readonly Case[] = [
  ["an empty all", aRuleFile({ conditions: { all: [] } }), at("conditions.all", "emptyList")],
  ["an empty any deep down", only(LEAF, { not: { any: [] } }), at("conditions.all[1].not.any", "emptyList")],
  [
    "a leaf without a list",
    aRuleFile({ conditions: LEAF }),
    at("conditions", "wrongType", 'put the condition into a list: { "all": [ ... ] }'),
  ],
  ["a list for not", only({ not: [LEAF] }), at("conditions.all[0].not", "wrongType")],
  [
    "all and any in one object",
    only({ all: [LEAF], any: [LEAF] }),
    at("conditions.all[0].any", "unknownKey"),
  ],
  ["and", only({ and: [LEAF] }), at("conditions.all[0].and", "unknownKey", "write all")],
  [
    "a named condition",
    only({ condition: "mine" }),
    at("conditions.all[0].condition", "unknownKey", "write the condition itself: named ones do not exist"),
  ],
  ["a text for a condition", only("spend > 3"), at("conditions.all[0]", "wrongType")],
  ["an empty condition", only({}), at("conditions.all[0]", "unknownKey")],
  [
    "a path",
    spend({ path: "$.x" }),
    at("conditions.all[0].path", "unknownKey", "write fact: paths do not exist"),
  ],
  ["a priority", spend({ priority: 2 }), at("conditions.all[0].priority", "unknownKey")],
  [
    "65 conditions",
    only(...Array.from({ length: 65 }, () => LEAF)),
    { ...at("conditions", "tooMany", "split the rule"), found: "65 conditions", allowed: "at most 64" },
  ],
];

describe("lib/rules/load, bad rule files", () => {
  it.each([...KEYS, ...SCOPES, ...ACTIONS, ...TREES])("refuses %s", (_, rule, problem) => {
    const file = "rules/packs/roads/stop.json";
    expect(problemsOf([rule])).toEqual([
      expect.objectContaining({ file, line: expect.any(Number), ...problem }),
    ]);
  });

  it("refuses conditions nested deeper than 8 levels, and only those", () => {
    const nested = (depth: number): Json => (depth === 1 ? LEAF : { not: nested(depth - 1) });
    expect(problemsOf([aRuleFile({ conditions: nested(8) })])).toEqual([]);
    expect(problemsOf([aRuleFile({ conditions: nested(9) })])).toEqual([
      expect.objectContaining({ code: "rule.tooDeep", allowed: "at most 8 levels" }),
    ]);
  });

  it("refuses broken JSON with its line", () => {
    const [pack] = packFiles();
    const files = [
      ...(pack === undefined ? [] : [pack]),
      { path: "rules/packs/roads/stop.json", text: '{\n "id": "stop"\n "x": 1 }' },
    ];
    expect(loadRuleset(files, aBrand(), ROUND_DAY)).toMatchObject({
      ok: false,
      problems: [{ code: "json.syntax", file: "rules/packs/roads/stop.json", line: 3 }],
    });
  });

  it("refuses an id that is not the file's name", () => {
    const files = packFiles(aRuleFile()).map((file) => ({
      ...file,
      path: file.path.replace("stop", "halt"),
    }));
    expect(loadRuleset(files, aBrand(), ROUND_DAY)).toMatchObject({
      ok: false,
      problems: [{ code: "rule.fileName", path: "id", allowed: "the file's own name, halt" }],
    });
  });

  it("accepts a cut with the brand's floor, and money factors on both kinds of parameters", () => {
    const brand = aBrand({ limits: { dailyFloorMicros: 10_000_000n } });
    expect(problemsOf([aRuleFile({ action: { type: "cutBudget", percent: 20 } })], brand)).toEqual([]);
  });
});
