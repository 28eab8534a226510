import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { BRAND_FILE, type BrandText, brandProblems, brandWith } from "../support/brand-file.ts";

describe("lib/brand, formulas", () => {
  it("reads metrics and parameters of formulas, each with its source", () => {
    const brand = brandWith((written) => {
      written.metrics = { poas: { unit: "ratio", formula: "conversionValue / spend" } };
      written.parameters.merFloor = { unit: "ratio", formula: "1 / wantedProfit" };
    });
    expect(brand.metrics).toEqual({
      poas: {
        unit: "ratio",
        formula: {
          kind: "binary",
          operator: "/",
          left: { kind: "name", name: "conversionValue" },
          right: { kind: "name", name: "spend" },
        },
        source: `${BRAND_FILE}: metrics.poas`,
      },
    });
    expect(brand.parameters.merFloor).toEqual({
      unit: "ratio",
      default: null,
      values: [],
      formula: {
        formula: {
          kind: "binary",
          operator: "/",
          left: { kind: "number", text: "1" },
          right: { kind: "name", name: "wantedProfit" },
        },
        source: `${BRAND_FILE}: parameters.merFloor.formula`,
      },
    });
  });

  it("reads a formula of a pack's parameter", () => {
    const brand = brandWith((written) => {
      written.packs.roads = { parameters: { maxFrequency: { unit: "ratio", formula: "wantedProfit * 2" } } };
    });
    expect(brand.packs.roads?.parameters.maxFrequency?.formula?.source).toBe(
      `${BRAND_FILE}: packs.roads.parameters.maxFrequency.formula`,
    );
  });

  it.each<[string, (brand: BrandText) => void, Partial<ConfigProblem>]>([
    [
      "a metric that runs code",
      (b) => (b.metrics = { a: { unit: "ratio", formula: "spend.constructor('x')" } }),
      {
        code: "brand.formulaSyntax",
        path: "metrics.a.formula",
        found: 'a property, "spend." at character 1',
        fix: "names have no parts: write the whole name",
      },
    ],
    [
      "a parameter without an operator",
      (b) => (b.parameters.a = { unit: "ratio", formula: "wantedProfit 2" }),
      { code: "brand.formulaSyntax", path: "parameters.a.formula", found: '"2" at character 14' },
    ],
    [
      "a formula of 501 characters",
      (b) => (b.metrics = { a: { unit: "money", formula: `spend${" ".repeat(496)}` } }),
      { code: "brand.outOfRange", path: "metrics.a.formula", allowed: "at most 500 characters" },
    ],
    [
      "a formula of numbers alone",
      (b) => (b.parameters.a = { unit: "ratio", formula: "1 / 2" }),
      {
        code: "brand.formulaNamesNothing",
        path: "parameters.a.formula",
        fix: "a number that never changes is a parameter with a default",
      },
    ],
    [
      "a formula beside a default",
      (b) => (b.parameters.wantedProfit.formula = "contributionMargin / 2"),
      {
        code: "brand.notAllowed",
        path: "parameters.wantedProfit.formula",
        fix: "remove the formula, or the default and the values",
      },
    ],
    [
      "a metric that needs itself",
      (b) => (b.metrics = { a: { unit: "ratio", formula: "a / spend" } }),
      { code: "brand.formulaCircle", path: "metrics.a.formula", fix: "a needs a: break the circle" },
    ],
    [
      "parameters of brand and pack that need each other",
      (b) => {
        b.parameters.a = { unit: "ratio", formula: "b * 2" };
        b.packs.roads = { parameters: { b: { unit: "ratio", formula: "a / 2" } } };
      },
      {
        code: "brand.formulaCircle",
        path: "parameters.a.formula",
        fix: "a needs b needs a: break the circle",
      },
    ],
    [
      "a metric named as a parameter",
      (b) => (b.metrics = { wantedProfit: { unit: "ratio", formula: "spend / revenue" } }),
      {
        code: "brand.duplicateName",
        path: "metrics.wantedProfit",
        fix: "it is set at parameters.wantedProfit already: keep one",
      },
    ],
    [
      "a metric of days",
      (b) => (b.metrics = { a: { unit: "days", formula: "spend / revenue" } }),
      { code: "brand.unknownWord", path: "metrics.a.unit", allowed: "money, ratio, percent, count" },
    ],
    [
      "a metric without its formula",
      (b) => (b.metrics = { a: { unit: "ratio" } }),
      { code: "brand.missing", path: "metrics.a.formula" },
    ],
    [
      "a name with a dash",
      (b) => (b.metrics = { "my-roas": { unit: "ratio", formula: "roas" } }),
      { code: "brand.notAllowed", path: "metrics.my-roas" },
    ],
    [
      "51 metrics",
      (b) => {
        const all = Array.from({ length: 51 }, (_, index) => [
          `m${index}`,
          { unit: "ratio", formula: "roas" },
        ]);
        b.metrics = Object.fromEntries(all);
      },
      { code: "brand.notAllowed", path: "metrics", allowed: "at most 50 metrics" },
    ],
  ])("refuses %s", (_what, change, problem) => {
    expect(brandProblems(change)[0]).toMatchObject(problem);
  });

  it("tells every formula's problem at once", () => {
    const found = brandProblems((b) => {
      b.metrics = { a: { unit: "ratio", formula: "1 +" }, c: { unit: "ratio", formula: "min(spend)" } };
      b.parameters.x = { unit: "ratio", formula: "y" };
      b.parameters.y = { unit: "ratio", formula: "x" };
    });
    expect(found.map(({ path }) => path)).toEqual([
      "parameters.x.formula",
      "parameters.y.formula",
      "metrics.a.formula",
      "metrics.c.formula",
    ]);
  });
});
