/**
 * Pushes every `not` down to the leaves, where it turns the operator. Then unknown read as false gives exactly "matched",
 * in Kleene's logic: `not` of an unknown comparison stays unknown instead of becoming true.
 */
import { IS_KNOWN, operatorsById } from "../judge/operators.ts";
import type { Condition, Leaf } from "../types.ts";

/** A condition as written, with `not`. */
export type Written =
  | { kind: "all" | "any"; children: readonly Written[] }
  | { kind: "not"; child: Written }
  | { kind: "leaf"; leaf: Leaf };

export function normalise(written: Written, negated = false): Condition {
  switch (written.kind) {
    case "not":
      return normalise(written.child, !negated);
    case "leaf":
      return { kind: "leaf", leaf: negated ? oppositeOf(written.leaf) : written.leaf };
    default: {
      const all = (written.kind === "all") !== negated;
      return {
        kind: all ? "all" : "any",
        children: written.children.map((child) => normalise(child, negated)),
      };
    }
  }
}

/** The leaves in the order written. */
export function leavesOf(condition: Condition): Leaf[] {
  return condition.kind === "leaf" ? [condition.leaf] : condition.children.flatMap(leavesOf);
}

function oppositeOf(leaf: Leaf): Leaf {
  if (leaf.operator === IS_KNOWN && leaf.right.kind === "literal") {
    return { ...leaf, right: { ...leaf.right, value: leaf.right.value !== true } };
  }
  return { ...leaf, operator: operatorsById.get(leaf.operator)?.opposite ?? leaf.operator };
}
