import { type Check, eachRule } from "../check.ts";
import { contradictionsIn } from "./cpa-without-conversions.ts";

export const neverFires: Check = {
  code: "neverFires",
  severity: "error",
  doc: "No figures meet all conditions at once, so the rule never does anything, and nobody is told. Ranges of one figure, of a longer window around a shorter one, and of quotients and their counters are held against each other, and against appliesTo.",
  bad: [
    {
      conditions: {
        all: [
          { fact: "spend", params: { window: "7d" }, operator: "greaterThan", value: 100 },
          { fact: "spend", params: { window: "14d" }, operator: "lessThan", value: 80 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          { fact: "spend", params: { window: "7d" }, operator: "greaterThan", value: 100 },
          { fact: "spend", params: { window: "14d" }, operator: "lessThan", value: 180 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule, { facts }) => {
    if (rule.ways?.length !== 0 || contradictionsIn(rule, facts).length > 0) return [];
    return [
      {
        rule,
        path: rule.root.path,
        allowed: "conditions that some figures meet",
        fix: "loosen one of the conditions that exclude each other, or write any instead of all",
      },
    ];
  }),
};
