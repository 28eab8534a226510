import type { KnownFact } from "../../files/context.ts";
import { IS_KNOWN } from "../../judge/operators.ts";
import type { Leaf } from "../../types.ts";
import { type Check, eachRule, type LintedRule } from "../check.ts";
import { partsOf } from "../located.ts";
import { writtenOut } from "../ranges/by-day.ts";
import { keyOf } from "../ranges/figures.ts";
import { divisorKey } from "../ranges/laws.ts";
import { isImpossible } from "../ranges/solve.ts";
import { type Way, waysOf } from "../ranges/ways.ts";

export const cpaWithoutConversions: Check = {
  code: "cpaWithoutConversions",
  severity: "error",
  doc: "Without a conversion there is no CPA, so a comparison with it next to `conversions equal 0` never holds. What spent too much for what came is found with `cpaAtLeast` or by its spend.",
  bad: [
    {
      conditions: {
        all: [
          { fact: "cpa", params: { window: "7d" }, operator: "greaterThan", value: 60 },
          { fact: "conversions", params: { window: "7d" }, operator: "equal", value: 0 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  good: [
    {
      conditions: {
        all: [
          { fact: "cpaAtLeast", params: { window: "7d" }, operator: "greaterThan", value: 60 },
          { fact: "conversions", params: { window: "7d" }, operator: "equal", value: 0 },
        ],
      },
      action: { type: "pause" },
    },
  ],
  find: eachRule((rule, { facts }) =>
    contradictionsIn(rule, facts).map((leaf) => {
      const part = partsOf(rule.root).find(
        ({ condition }) => condition.kind === "leaf" && condition.leaf === leaf,
      );
      return {
        rule,
        path: part?.path ?? rule.root.path,
        allowed: "a CPA beside at least one conversion",
        fix: "write cpaAtLeast instead of cpa, or compare spend with what a conversion may cost",
      };
    }),
  ),
};

/** The comparisons with a CPA that stand beside no conversions of the same days. */
export function contradictionsIn(
  { rule }: LintedRule,
  facts: ReadonlyMap<string, KnownFact>,
): readonly Leaf[] {
  const ways = waysOf(writtenOut(rule.condition)) ?? [];
  return [...new Set(ways.flatMap((way) => cpaLeaves(way, facts)))];
}

function cpaLeaves(way: Way, facts: ReadonlyMap<string, KnownFact>): Leaf[] {
  return way.filter((leaf) => {
    if (leaf.fact !== "cpa" || leaf.operator === IS_KNOWN) return false;
    const conversions = way.filter((one) => keyOf(one) === divisorKey("conversions", leaf));
    const some: Leaf[] = conversions.slice(0, 1).map((one) => ({
      ...one,
      operator: "greaterThan",
      right: { kind: "literal", value: 0, unit: "count" },
    }));
    return some.length > 0 && isImpossible([...conversions, ...some], facts);
  });
}
