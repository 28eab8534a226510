/** Days in a row written out, so that ranges and laws see each day's own figure. */
import { daysOfLeaf } from "../../judge/series.ts";
import type { Condition, Leaf } from "../../types.ts";

/** One comparison for each day, all of which must hold; a leaf without days in a row is the very one that was given. */
export function writtenOut(condition: Condition): Condition {
  if (condition.kind !== "leaf") return { ...condition, children: condition.children.map(writtenOut) };
  const days = leavesByDay(condition.leaf);
  return days.length === 1
    ? condition
    : { kind: "all", children: days.map((leaf) => ({ kind: "leaf", leaf })) };
}

function leavesByDay(leaf: Leaf): Leaf[] {
  const days = daysOfLeaf(leaf);
  if (days.length === 1) return [leaf];
  return days.map(({ left, right }) => {
    const against = leaf.right.kind === "literal" ? leaf.right : { ...leaf.right, params: right ?? {} };
    return { ...leaf, params: left, right: against };
  });
}
