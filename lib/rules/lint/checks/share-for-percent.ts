import { type Check, eachRule } from "../check.ts";
import { leavesIn } from "../located.ts";

/** Click and conversion rates are a few percent at most, so half a percent is a figure; other percents are tens. */
const RATES: ReadonlySet<string> = new Set([
  "ctrPercent",
  "linkCtrPercent",
  "conversionRatePercent",
  "siteConversionRatePercent",
]);
const LEAST_RATE = 0.1;
const LEAST_PERCENT = 1;

export const shareForPercent: Check = {
  code: "shareForPercent",
  severity: "warning",
  doc: "Percent run 0 to 100 here, so 0.8 of a month's budget is less than one percent of it, and a click rate under 0.008 is one that nothing has. Elsewhere both are written as shares of 1: the rule would be wrong by a factor of a hundred.",
  bad: [
    {
      appliesTo: { level: "budgetHolder" },
      conditions: {
        all: [{ fact: "ctrPercent", params: { window: "7d" }, operator: "lessThan", value: 0.008 }],
      },
      action: { type: "notify" },
    },
  ],
  good: [
    {
      appliesTo: { level: "budgetHolder" },
      conditions: {
        all: [{ fact: "ctrPercent", params: { window: "7d" }, operator: "lessThan", value: 0.8 }],
      },
      action: { type: "notify" },
    },
  ],
  find: eachRule((rule) =>
    leavesIn(rule.root).flatMap(({ leaf: { fact, right }, path }) => {
      if (right.kind !== "literal" || right.unit !== "percent") return [];
      const least = RATES.has(fact) ? LEAST_RATE : LEAST_PERCENT;
      const slips = [right.value].flat().filter((one) => typeof one === "number" && one > 0 && one < least);
      if (slips.length === 0) return [];
      const meant = slips.map((one) => Number(one) * 100).join(", ");
      return [
        {
          rule,
          path: [...path, "value"],
          allowed: "percent as 0 to 100",
          fix: `write ${meant} if that is what is meant`,
        },
      ];
    }),
  ),
};
