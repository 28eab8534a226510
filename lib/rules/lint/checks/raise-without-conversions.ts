import { type Check, eachRule } from "../check.ts";
import { everyWayHas, isFloor } from "../holding.ts";

export const raiseWithoutConversions: Check = {
  code: "raiseWithoutConversions",
  severity: "warning",
  doc: "A raise that no number of conversions has to come before acts on noise. The brand's limit on conversions blocks the worst of it, at night and change by change; the rule should say so itself.",
  bad: [
    {
      conditions: {
        all: [
          { fact: "spend", params: { window: "14d" }, operator: "greaterThanInclusive", value: 100 },
          { fact: "roas", params: { window: "14d" }, operator: "greaterThan", value: 3 },
        ],
      },
      action: { type: "raiseBudget", percent: 20 },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          { fact: "spend", params: { window: "14d" }, operator: "greaterThanInclusive", value: 100 },
          { fact: "conversions", params: { window: "14d" }, operator: "greaterThanInclusive", value: 15 },
          { fact: "roas", params: { window: "14d" }, operator: "greaterThan", value: 3 },
        ],
      },
      action: { type: "raiseBudget", percent: 20 },
    },
  ],
  find: eachRule((rule, { facts }) => {
    if (rule.rule.action.type !== "raiseBudget") return [];
    if (
      everyWayHas(
        rule,
        (leaf) => leaf.fact === "conversions" && leaf.params.of === undefined && isFloor(leaf, facts),
      )
    )
      return [];
    const fix = 'add a condition such as conversions over "14d" of at least 15';
    return [{ rule, path: rule.root.path, allowed: "a raise after enough conversions", fix }];
  }),
};
