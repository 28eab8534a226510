import { type Check, eachRule } from "../check.ts";
import { alwaysHolds } from "../holding.ts";
import { partsOf } from "../located.ts";

export const idleCondition: Check = {
  code: "idleCondition",
  severity: "warning",
  doc: "One condition of an `all` holds whatever its figure is, so it keeps nothing out but what has no data. Who means that asks `isKnown`.",
  bad: [
    {
      conditions: {
        all: [
          { fact: "spend", params: { window: "7d" }, operator: "greaterThanInclusive", value: 0 },
          { fact: "cpa", params: { window: "7d" }, operator: "greaterThan", value: 60 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          { fact: "spend", params: { window: "7d" }, operator: "greaterThanInclusive", value: 50 },
          { fact: "cpa", params: { window: "7d" }, operator: "greaterThan", value: 60 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule, { facts }) => {
    const { condition, appliesTo } = rule.rule;
    if (alwaysHolds(condition, appliesTo, facts)) return [];
    return partsOf(rule.root)
      .filter((part) => part.condition.kind === "all")
      .flatMap(({ children }) => children)
      .filter((part) => part.condition.kind !== "leaf" || part.condition.leaf.fact !== "always")
      .filter((part) => alwaysHolds(part.condition, appliesTo, facts))
      .map(({ path }) => ({
        rule,
        path,
        allowed: "conditions that some figures do not meet",
        fix: "tighten the condition, or remove it",
      }));
  }),
};
