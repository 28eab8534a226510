import { describe, expect, it } from "vitest";
import type { Unit } from "../../lib/domain/figure.ts";
import { unitProblem } from "../../lib/formulas/unit.ts";
import { aFormula } from "../support/formula.ts";

const UNITS: Readonly<Record<string, Unit>> = {
  spend: "money",
  value: "money",
  orders: "count",
  clicks: "count",
  roas: "ratio",
  margin: "ratio",
  chance: "probability",
  ctrPercent: "percent",
  cosPercent: "percent",
};

function problemOf(text: string, unit: Unit): string | null {
  return unitProblem(aFormula(text), unit, (name) => UNITS[name] ?? "text");
}

describe("lib/formulas/unit", () => {
  it.each<[string, Unit]>([
    ["value * margin / spend", "ratio"],
    ["value * margin - spend", "money"],
    ["spend / orders", "money"],
    ["spend / orders * clicks", "money"],
    ["spend / max(1, orders)", "money"],
    ["spend * 1.2", "money"],
    ["orders * chance", "count"],
    ["orders / margin", "count"],
    ["1 / (margin - 0.1)", "ratio"],
    ["roas / orders", "ratio"],
    ["1 / 2", "count"],
    ["ctrPercent / 100 * orders", "count"],
    ["ctrPercent + cosPercent", "percent"],
    ["ctrPercent / cosPercent", "ratio"],
    ["2 * ctrPercent", "percent"],
    ["100 - cosPercent", "percent"],
    ["100 * spend / value", "percent"],
    ["spend / value * 100", "percent"],
    ["100 / roas", "percent"],
    ["100 * spend / value", "ratio"],
    ["cosPercent - 100 * spend / value", "percent"],
    ["min(spend, value, 2 * spend)", "money"],
    ["-spend", "money"],
  ])("takes %s for %s", (text, unit) => {
    expect(problemOf(text, unit)).toBeNull();
  });

  it.each<[string, Unit, string]>([
    ["spend + orders", "money", "spend is money and orders is a count: they do not add up"],
    ["max(spend, value, orders)", "money", "spend is money and orders is a count: they do not compare"],
    [
      "spend - 10",
      "money",
      "spend is money and 10 is a bare number: they do not add up; put the amount into a parameter with the unit money",
    ],
    ["spend * value", "money", "spend is money and value is money: multiplied they have no unit"],
    ["orders * clicks", "count", "orders is a count and clicks is a count: multiplied they have no unit"],
    ["orders / spend", "count", "orders is a count and spend is money: divided they have no unit"],
    ["1 / spend", "ratio", "1 is a bare number and spend is money: divided they have no unit"],
    [
      "spend * ctrPercent / 100",
      "money",
      "ctrPercent is a percent: write (ctrPercent / 100) to calculate with it",
    ],
    ["spend / ctrPercent", "money", "ctrPercent is a percent: write (ctrPercent / 100) to calculate with it"],
    [
      "roas * (ctrPercent + cosPercent)",
      "ratio",
      "ctrPercent + cosPercent is a percent: write ((ctrPercent + cosPercent) / 100) to calculate with it",
    ],
    [
      "ctrPercent + 0.1",
      "percent",
      "ctrPercent is a percent and 0.1 is a bare number: they do not add up; divide the percent by 100",
    ],
    [
      "ctrPercent / 100 + cosPercent",
      "percent",
      "ctrPercent / 100 is a ratio and cosPercent is a percent: they do not add up; divide the percent by 100",
    ],
    ["spend / value", "percent", "the formula comes to a ratio: multiply it by 100, or write the unit ratio"],
    [
      "100 * spend / value / 100",
      "percent",
      "the formula comes to a ratio: multiply it by 100, or write the unit ratio",
    ],
    ["spend / orders", "ratio", "the formula comes to money: write the unit money"],
    ["ctrPercent / 2", "ratio", "the formula comes to a percent: write the unit percent"],
    ["1 / 2", "money", "the formula comes to a bare number: write the unit ratio"],
  ])("refuses %s as %s", (text, unit, why) => {
    expect(problemOf(text, unit)).toBe(why);
  });
});
