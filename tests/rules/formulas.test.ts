import { describe, expect, it } from "vitest";
import type { Brand, CustomMetric, Parameter } from "../../lib/domain/brand.ts";
import type { Unit } from "../../lib/domain/figure.ts";
import { loadRuleset } from "../../lib/rules/files/load.ts";
import { brandProblems, brandWith } from "../support/brand-file.ts";
import { aFormula } from "../support/formula.ts";
import { aRuleFile, type Json, packFiles } from "../support/rule.ts";
import { aBrand, ROUND_DAY } from "../support/snapshot.ts";

function metric(unit: Unit, text: string): CustomMetric {
  return { unit, formula: aFormula(text), source: "brand.json" };
}

function calculated(unit: Unit, text: string): Parameter {
  return { unit, default: null, values: [], formula: { formula: aFormula(text), source: "brand.json" } };
}

function problemsOf(given: Partial<Brand>, ...rules: readonly Json[]) {
  const result = loadRuleset(packFiles(...rules), aBrand(given), ROUND_DAY);
  return result.ok ? [] : result.problems;
}

const POAS = { poas: metric("ratio", "conversionValue * contributionMargin / spend") };

function when(fact: string, params: Json, operator: string, value: unknown): Json {
  return aRuleFile({ conditions: { all: [{ fact, params, operator, value }] } });
}

describe("lib/rules, formulas of the brand file", () => {
  it("knows a metric of the brand in conditions, on either side", () => {
    expect(problemsOf({ metrics: POAS }, when("poas", { window: "7d" }, "lessThan", 1))).toEqual([]);
    const right = { fact: "poas", params: { window: "14d", times: 1.5 } };
    expect(problemsOf({ metrics: POAS }, when("poas", { window: "7d" }, "greaterThan", right))).toEqual([]);
  });

  it("knows a parameter of a formula, and lets a factor stand on it", () => {
    const wantedProfit: Parameter = { unit: "ratio", default: { value: 0.2, source: "x" }, values: [] };
    const parameters = {
      contributionMargin: wantedProfit,
      wantedProfit,
      merFloor: calculated("ratio", "1 / (contributionMargin - wantedProfit)"),
    };
    const value = { fact: "merFloor", params: { times: 1.1 } };
    expect(problemsOf({ parameters }, when("mer", { window: "7d" }, "lessThan", value))).toEqual([]);
  });

  it("wants a window of a brand's metric, and takes what all its inputs take", () => {
    const [first] = problemsOf({ metrics: POAS }, when("poas", {}, "lessThan", 1));
    expect(first).toMatchObject({ code: "rule.missing", fix: 'add "window" to the params of poas' });
    const perEntity = { window: "7d", of: "campaign", per: "entity" };
    expect(problemsOf({ metrics: POAS }, when("poas", perEntity, "lessThan", 1))).not.toEqual([]);
    expect(
      problemsOf({ metrics: POAS }, when("poas", { window: "7d", of: "campaign" }, "lessThan", 1)),
    ).toEqual([]);
  });

  it("refuses a factor on a metric that may be below 0", () => {
    const metrics = { profit: metric("money", "conversionValue * contributionMargin - spend") };
    const value = { fact: "profit", params: { window: "14d", times: 2 } };
    const [first] = problemsOf({ metrics }, when("profit", { window: "7d" }, "lessThan", value));
    expect(first?.fix).toBe("profit can be negative, where a factor changes its meaning: use plus");
  });

  it("takes a number below 0 for a metric that may be below 0", () => {
    const metrics = { profit: metric("money", "conversionValue * contributionMargin - spend") };
    expect(problemsOf({ metrics }, when("profit", { window: "7d" }, "lessThan", -50))).toEqual([]);
  });

  it.each<[string, Partial<Brand>, object]>([
    [
      "a name that nobody knows",
      { metrics: { own: metric("ratio", "conversionValu / spend") } },
      {
        code: "brand.unknownFact",
        path: "metrics.own.formula",
        found: "conversionValu",
        fix: 'did you mean "conversionValue"?',
      },
    ],
    [
      "another tool's word",
      { metrics: { own: metric("ratio", "cost / revenue") } },
      { code: "brand.unknownFact", found: "cost", fix: "write spend" },
    ],
    [
      "a state",
      { metrics: { own: metric("ratio", "spend / dailyBudget") } },
      { code: "brand.formulaInput", found: "dailyBudget", fix: "remove dailyBudget: it is a state" },
    ],
    [
      "a share, which needs to know of what",
      { metrics: { own: metric("ratio", "spend / stageSharePercent") } },
      {
        code: "brand.formulaInput",
        found: "stageSharePercent",
        fix: "remove stageSharePercent: it needs more than a window",
      },
    ],
    [
      "a metric of two units",
      { metrics: { own: metric("money", "spend + conversions") } },
      {
        code: "brand.formulaUnit",
        path: "metrics.own.formula",
        found: "money",
        fix: "spend is money and conversions is a count: they do not add up",
      },
    ],
    [
      "the wrong unit",
      { metrics: { own: metric("ratio", "spend / conversions") } },
      { code: "brand.formulaUnit", found: "ratio", fix: "the formula comes to money: write the unit money" },
    ],
    [
      "a metric of parameters alone",
      { metrics: { own: metric("money", "targetCpa * 2") } },
      { code: "brand.formulaNamesNothing", path: "metrics.own.formula" },
    ],
    [
      "a parameter of a metric",
      { parameters: { own: calculated("money", "spend / 2") } },
      { code: "brand.formulaInput", path: "parameters.own.formula", found: "spend" },
    ],
    [
      "a parameter of one that nobody set",
      { parameters: { own: calculated("ratio", "1 / margin") } },
      { code: "brand.unknownFact", path: "parameters.own.formula", found: "margin" },
    ],
    [
      "a parameter of another unit than Palier's own of that name",
      { parameters: { a: calculated("money", "a"), merFloor: calculated("money", "a") } },
      { code: "brand.unitMismatch", path: "parameters.merFloor.unit" },
    ],
    [
      "a metric with a fact's name",
      { metrics: { roas: metric("ratio", "conversionValue / spend") } },
      { code: "brand.takenName", path: "metrics.roas", fix: "roas is a metric: rename it" },
    ],
    [
      "a metric with almost a fact's name",
      { metrics: { ROAS: metric("ratio", "conversionValue / spend") } },
      { code: "brand.alikeName", path: "metrics.ROAS", fix: 'did you mean "roas"?' },
    ],
    [
      "a stop by a rule that does not exist",
      { accountStop: ["stopp"] },
      { code: "brand.unknownRule", path: "accountStop[0]", found: "stopp", fix: 'did you mean "stop"?' },
    ],
  ])("refuses %s", (_what, given, problem) => {
    expect(problemsOf(given, aRuleFile())[0]).toMatchObject(problem);
  });

  it("loads the language's own examples from a brand file", () => {
    const brand = brandWith((written) => {
      written.parameters.merFloor = { unit: "ratio", formula: "1 / (contributionMargin - wantedProfit)" };
      written.metrics = { poas: { unit: "ratio", formula: "conversionValue * contributionMargin / spend" } };
      written.accountStop = ["stop"];
    });
    const result = loadRuleset(packFiles(when("poas", { window: "7d" }, "lessThan", 1)), brand, ROUND_DAY);
    expect(result.ok ? [] : result.problems).toEqual([]);
    expect(
      brandProblems((written) => (written.metrics = { poas: { unit: "ratio", formula: "poas" } })),
    ).toHaveLength(1);
  });
});
