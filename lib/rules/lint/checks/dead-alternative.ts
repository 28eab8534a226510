import { type Check, eachRule } from "../check.ts";
import { possibleWays } from "../holding.ts";
import { partsOf } from "../located.ts";

export const deadAlternative: Check = {
  code: "deadAlternative",
  severity: "warning",
  doc: "One alternative of an `any` can never hold, so whatever it was written for does not happen; the others still work.",
  bad: [
    {
      conditions: {
        any: [
          { fact: "cpa", params: { window: "7d" }, operator: "greaterThan", value: 60 },
          {
            all: [
              { fact: "ageDays", operator: "lessThan", value: 3 },
              { fact: "ageDays", operator: "greaterThan", value: 7 },
            ],
          },
        ],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      conditions: {
        any: [
          { fact: "cpa", params: { window: "7d" }, operator: "greaterThan", value: 60 },
          {
            all: [
              { fact: "ageDays", operator: "greaterThan", value: 3 },
              { fact: "ageDays", operator: "lessThan", value: 7 },
            ],
          },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule, { facts }) => {
    if (rule.ways === null || rule.ways.length === 0) return [];
    const alternatives = partsOf(rule.root).filter(({ condition }) => condition.kind === "any");
    return alternatives
      .flatMap(({ children }) => children)
      .filter(({ condition }) => possibleWays(condition, rule.rule.appliesTo, facts)?.length === 0)
      .map(({ path }) => ({
        rule,
        path,
        allowed: "alternatives that some figures meet",
        fix: "mend the alternative or remove it",
      }));
  }),
};
