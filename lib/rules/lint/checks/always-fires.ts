import { leavesOf } from "../../files/normalise.ts";
import { type Check, eachRule } from "../check.ts";
import { alwaysHolds } from "../holding.ts";

export const alwaysFires: Check = {
  code: "alwaysFires",
  severity: "error",
  doc: "The conditions hold whatever the figures are, so the rule acts every night on all that it applies to. A rule that its scope alone decides says so with the fact `always`.",
  bad: [
    {
      conditions: {
        any: [
          { fact: "roas", params: { window: "7d" }, operator: "lessThan", value: 2 },
          { fact: "roas", params: { window: "7d" }, operator: "greaterThan", value: 1 },
        ],
      },
      action: { type: "cutBudget", percent: 20, floor: 20 },
    },
  ],
  good: [
    {
      conditions: {
        any: [
          { fact: "roas", params: { window: "7d" }, operator: "lessThan", value: 1 },
          { fact: "roas", params: { window: "7d" }, operator: "greaterThan", value: 20 },
        ],
      },
      action: { type: "cutBudget", percent: 20, floor: 20 },
    },
  ],
  find: eachRule((rule, { facts }) => {
    const { condition, appliesTo } = rule.rule;
    if (leavesOf(condition).some(({ fact }) => fact === "always")) return [];
    if (!alwaysHolds(condition, appliesTo, facts)) return [];
    const fix = 'tighten the conditions, or write { "fact": "always", "operator": "equal", "value": true }';
    return [{ rule, path: rule.root.path, allowed: "conditions that some figures do not meet", fix }];
  }),
};
