import { type Check, eachRule } from "../check.ts";
import { everyWayHas, isFloor } from "../holding.ts";

export const raiseWithoutSpend: Check = {
  code: "raiseWithoutSpend",
  severity: "warning",
  doc: "A raise that no spend has to come before acts on the luck of a few euros: the first cheap conversion of a day makes any ROAS. A floor is a number or a parameter that `spend` or `expectedConversions` must reach in every way in which the rule can fire.",
  bad: [
    {
      conditions: {
        all: [
          { fact: "conversions", params: { window: "14d" }, operator: "greaterThanInclusive", value: 15 },
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
          {
            fact: "spend",
            params: { window: "14d" },
            operator: "greaterThanInclusive",
            value: { fact: "targetCpa", params: { times: 3 } },
          },
          { fact: "conversions", params: { window: "14d" }, operator: "greaterThanInclusive", value: 15 },
          { fact: "roas", params: { window: "14d" }, operator: "greaterThan", value: 3 },
        ],
      },
      action: { type: "raiseBudget", percent: 20 },
    },
  ],
  find: eachRule((rule, { facts }) => {
    if (rule.rule.action.type !== "raiseBudget") return [];
    const isSpend = ({ fact, params }: { fact: string; params: object }) =>
      fact === "expectedConversions" ||
      (fact === "spend" && !Object.hasOwn(params, "stage") && !Object.hasOwn(params, "of"));
    if (everyWayHas(rule, (leaf) => isSpend(leaf) && isFloor(leaf, facts))) return [];
    const fix = 'add a condition such as spend over "14d" of at least 3 times targetCpa';
    return [{ rule, path: rule.root.path, allowed: "a raise after enough of its own spend", fix }];
  }),
};
