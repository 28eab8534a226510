import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { aRuleFile, type Json, problemsOf, spentAtLeast } from "../support/rule.ts";

const LEAF = spentAtLeast(100);
const STATUS = { fact: "status", operator: "equal", value: "active" };

function only(...conditions: unknown[]): Json {
  return aRuleFile({ conditions: { all: conditions } });
}

function spend(given: Json): Json {
  return only({ ...LEAF, ...given });
}

function at(path: string, code: string, fix?: string): Partial<ConfigProblem> {
  return { code: `rule.${code}`, path, ...(fix !== undefined && { fix }) };
}

const VALUE = "conditions.all[0].value";
const PARAMS = "conditions.all[0].params";
const OPERATOR = "conditions.all[0].operator";
const FACT = "conditions.all[0].fact";

type Case = readonly [what: string, rule: Json, problem: Partial<ConfigProblem>];

const FACTS: readonly Case[] = [
  ["a misspelt metric", spend({ fact: "spned" }), at(FACT, "unknownFact", 'did you mean "spend"?')],
  [
    "a metric of nobody's",
    spend({ fact: "brandWarmth" }),
    {
      ...at(FACT, "unknownFact", "use one of those"),
      allowed: "a metric (palier docs metrics lists them), or a parameter of the brand or pack",
    },
  ],
  ["Meta's own name", spend({ fact: "purchase_roas" }), at(FACT, "unknownFact", "write roas")],
  ["cpl", spend({ fact: "cpl" }), at(FACT, "unknownFact", "write cpa")],
  ["ctr", spend({ fact: "ctr" }), at(FACT, "unknownFact", "write ctrPercent, which runs 0 to 100")],
  ["no window", spend({ params: {} }), at(PARAMS, "missing", 'add "window" to the params of spend')],
  [
    "yesterday",
    spend({ params: { window: "yesterday" } }),
    at(`${PARAMS}.window`, "unknownWindow", 'write "1d"'),
  ],
  [
    "a window beside its fact",
    spend({ window: "7d" }),
    at(
      "conditions.all[0].window",
      "unknownKey",
      'write it inside params, as in "params": { "window": "7d" }',
    ),
  ],
  [
    "last_7_days",
    spend({ params: { window: "last_7_days" } }),
    at(`${PARAMS}.window`, "unknownWindow", 'write "7d"'),
  ],
  [
    "a window that runs backwards",
    spend({ params: { window: "8d..14d" } }),
    at(`${PARAMS}.window`, "unknownWindow"),
  ],
  [
    "a window for a state",
    only({ ...STATUS, params: { window: "7d" } }),
    at(`${PARAMS}.window`, "unknownParam", "remove window: status is a state, it has no days"),
  ],
  [
    "a window beyond what is fetched",
    spend({ params: { window: "93d" } }),
    at(`${PARAMS}.window`, "unknownWindow", "name days that are fetched: at most 92d"),
  ],
  [
    "a window as Google Ads writes it",
    spend({ params: { window: "LAST_14D" } }),
    at(`${PARAMS}.window`, "unknownWindow", 'write "14d"'),
  ],
  [
    "a column's name from Ads Manager",
    spend({ fact: "Cost per result" }),
    at("conditions.all[0].fact", "unknownFact", "write cpa"),
  ],
  [
    "a fact without a name",
    spend({ fact: "" }),
    at("conditions.all[0].fact", "unknownFact", "use one of those"),
  ],
  [
    "an amount with its currency",
    spend({ value: "100 EUR" }),
    at("conditions.all[0].value", "wrongType", "write 100 without quotes and unit"),
  ],
  [
    "percent of what is no percent",
    spend({ value: "300%" }),
    at("conditions.all[0].value", "wrongType", "write percent as a share of 1"),
  ],
  [
    "a window from beyond it",
    spend({ params: { window: "400d..365d" } }),
    at(`${PARAMS}.window`, "unknownWindow"),
  ],
  [
    "a parameter of another fact",
    spend({ params: { window: "7d", basis: "spend" } }),
    at(`${PARAMS}.basis`, "unknownParam", "remove basis: spend does not take it"),
  ],
  [
    "a factor on the left",
    spend({ params: { window: "7d", times: 2 } }),
    at(`${PARAMS}.times`, "notAllowed"),
  ],
  [
    "a share without its basis",
    only({
      fact: "stageSharePercent",
      params: { window: "7d", stage: "prospecting" },
      operator: "lessThan",
      value: 80,
    }),
    at(PARAMS, "missing", 'add "basis"'),
  ],
  [
    "a share of a misspelt stage",
    only({
      fact: "stageSharePercent",
      params: { window: "7d", stage: "prospektion", basis: "spend" },
      operator: "lessThan",
      value: 80,
    }),
    at(`${PARAMS}.stage`, "unknownStage", 'did you mean "prospecting"?'),
  ],
  [
    "a fact that the level does not have",
    aRuleFile({
      conditions: { all: [{ fact: "ageDays", operator: "lessThan", value: 3 }] },
      action: { type: "notify" },
      appliesTo: { level: "brand" },
    }),
    at(FACT, "wrongLevel"),
  ],
];

const SIDES: readonly Case[] = [
  [">=", spend({ operator: ">=" }), at(OPERATOR, "unknownOperator", "write greaterThanInclusive")],
  [
    "a misspelt operator",
    spend({ operator: "greaterThanInclusiv" }),
    at(OPERATOR, "unknownOperator", 'did you mean "greaterThanInclusive"?'),
  ],
  [
    "a decorated operator",
    spend({ operator: "not:lessThan" }),
    at(OPERATOR, "unknownOperator", 'did you mean "lessThan"?'),
  ],
  [
    "more than a state",
    only({ ...STATUS, operator: "greaterThan" }),
    at(OPERATOR, "wrongOperator", "the unit of status is state: use one of those"),
  ],
  ["no value", spend({ value: undefined }), at(VALUE, "missing", 'add "value"')],
  ["null", spend({ value: null }), at(VALUE, "wrongType")],
  ["a text for a number", spend({ value: "100" }), at(VALUE, "wrongType", "write 100 without quotes")],
  ["a list for a number", spend({ value: [100] }), at(VALUE, "wrongType")],
  ["a number for a state", only({ ...STATUS, value: 1 }), at(VALUE, "wrongType", "write a text in quotes")],
  [
    "a misspelt state",
    only({ fact: "learning", operator: "notEqual", value: "lerning" }),
    at(VALUE, "unknownWord", 'did you mean "learning"?'),
  ],
  [
    "an empty list",
    only({ ...STATUS, operator: "in", value: [] }),
    at(VALUE, "wrongType", "name at least one value"),
  ],
  [
    "a text for a list",
    only({ ...STATUS, operator: "in", value: "active" }),
    at(VALUE, "wrongType", 'write a list such as ["active"]'),
  ],
  [
    "a text for a flag",
    only({ fact: "stable", params: { window: "14d" }, operator: "equal", value: "true" }),
    at(VALUE, "wrongType", "write true or false, without quotes"),
  ],
  [
    "a range the wrong way round",
    spend({ operator: "between", value: [9, 3] }),
    at(VALUE, "outOfRange", "write [3, 9]"),
  ],
  ["half a range", spend({ operator: "between", value: [9] }), at(VALUE, "wrongType", "write [low, high]")],
  [
    "a percent over 100",
    only({ fact: "ctrPercent", params: { window: "7d" }, operator: "lessThan", value: 101 }),
    at(VALUE, "outOfRange", "write percent as 0 to 100"),
  ],
  [
    "a probability in percent",
    only({ fact: "cpaOkProbability", params: { window: "14d" }, operator: "greaterThan", value: 85 }),
    at(VALUE, "outOfRange"),
  ],
  ["a negative amount", spend({ value: -1 }), at(VALUE, "outOfRange")],
  ["seven decimals", spend({ value: 0.1234567 }), at(VALUE, "tooPrecise")],
  [
    "money against a count",
    spend({ value: { fact: "conversions", params: { window: "7d" } } }),
    at(VALUE, "unitMismatch", "spend is money and conversions is count: compare two of one unit"),
  ],
  ["a fact for a state", only({ ...STATUS, value: { fact: "status" } }), at(VALUE, "wrongType")],
  [
    "an unknown fact on the right",
    spend({ value: { fact: "targetCPA" } }),
    at(`${VALUE}.fact`, "unknownFact", 'did you mean "targetCpa"?'),
  ],
  [
    "a factor with four decimals",
    spend({ value: { fact: "targetCpa", params: { times: 1.0001 } } }),
    at(`${VALUE}.params.times`, "tooPrecise"),
  ],
  [
    "a factor of nothing",
    spend({ value: { fact: "targetCpa", params: { times: 0 } } }),
    at(`${VALUE}.params.times`, "outOfRange", "use 0.001 to 1000"),
  ],
  [
    "a factor on what can be negative",
    only({
      fact: "roiPercent",
      params: { window: "7d" },
      operator: "lessThan",
      value: { fact: "roiPercent", params: { window: "28d", times: 1.3 } },
    }),
    at(`${VALUE}.params.times`, "notAllowed"),
  ],
  [
    "a window for a parameter",
    spend({ value: { fact: "targetCpa", params: { window: "7d" } } }),
    at(`${VALUE}.params.window`, "unknownParam"),
  ],
  ["text for isKnown", spend({ operator: "isKnown", value: "true" }), at(VALUE, "wrongType")],
];

describe("lib/rules/leaf, bad conditions", () => {
  it.each([...FACTS, ...SIDES])("refuses %s", (_, rule, problem) => {
    const file = "rules/packs/roads/stop.json";
    expect(problemsOf([rule])).toEqual([
      expect.objectContaining({ file, line: expect.any(Number), ...problem }),
    ]);
  });
});
