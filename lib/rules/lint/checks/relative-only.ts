import { movesMoney } from "../../files/action.ts";
import type { KnownFact } from "../../files/context.ts";
import { IS_KNOWN } from "../../judge/operators.ts";
import type { Action, Leaf } from "../../types.ts";
import { type Check, eachRule } from "../check.ts";

/** Names of figures that say only how one stands among others. */
const AMONG_OTHERS = /^rank|Share(Of|Percent)|Share$/;

export const relativeOnly: Check = {
  code: "relativeOnly",
  severity: "warning",
  doc: "A rule that moves money by a share, a rank, or a comparison of a figure with itself or with its group, and by no absolute bar, acts on the best of a bad lot: somebody is always first, and twice as good as nothing is nothing.",
  bad: [
    {
      conditions: {
        all: [
          {
            fact: "roas",
            params: { window: "7d" },
            operator: "lessThan",
            value: { fact: "roas", params: { window: "28d", times: 0.7 } },
          },
        ],
      },
      action: { type: "cutBudget", percent: 20, floor: 20 },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          {
            fact: "roas",
            params: { window: "7d" },
            operator: "lessThan",
            value: { fact: "roas", params: { window: "28d", times: 0.7 } },
          },
          { fact: "roas", params: { window: "7d" }, operator: "lessThan", value: 2 },
        ],
      },
      action: { type: "cutBudget", percent: 20, floor: 20 },
    },
  ],
  find: eachRule((rule, { facts }) => {
    if (!movesMoney(rule.rule.action.type) || rule.ways === null || aimsAtNumbers(rule.rule.action))
      return [];
    const isBare = rule.ways.some(
      (way) => way.some((leaf) => isRelative(leaf, facts)) && !way.some((leaf) => isBar(leaf, facts)),
    );
    if (!isBare) return [];
    const fix = "add a condition against a number or a target of the brand file";
    return [{ rule, path: rule.root.path, allowed: "at least one absolute bar", fix }];
  }),
};

/** Where a budget is to go, or between which shares, is a bar of its own. */
function aimsAtNumbers(action: Action): boolean {
  return action.type === "allocate" || (action.type === "setBudget" && action.aim.kind === "toward");
}

function isRelative({ fact, right }: Leaf, facts: ReadonlyMap<string, KnownFact>): boolean {
  return AMONG_OTHERS.test(fact) || (right.kind === "fact" && facts.get(right.fact)?.kind === "metric");
}

function isBar(leaf: Leaf, facts: ReadonlyMap<string, KnownFact>): boolean {
  const isMetric = facts.get(leaf.fact)?.kind === "metric";
  return isMetric && leaf.operator !== IS_KNOWN && !isRelative(leaf, facts);
}
