/** One evaluated leaf as evidence: what was read, against what, with which result, and how far apart. */
import type { Reading } from "../domain/figure.ts";
import type { Evidence, Result } from "../domain/verdict.ts";
import { kindOf } from "./kinds.ts";
import { amountOf, isUnknown, type Operand } from "./operand.ts";
import { IS_KNOWN } from "./operators.ts";
import type { Leaf } from "./types.ts";

/** The same operands and answer that decided, so that nobody reads other figures than the rule did. */
export function evidenceOf(leaf: Leaf, left: Operand, right: Operand, holds: boolean): Evidence {
  const threshold = thresholdOf(left, right);
  return {
    fact: leaf.fact,
    params: leaf.params,
    operator: leaf.operator,
    value: left.kind === "fact" ? left.reading : threshold,
    threshold,
    thresholdFact: right.kind === "fact" ? right.fact : null,
    thresholdTimes: right.kind === "fact" ? right.timesPermille / 1000 : null,
    thresholdPlus: right.kind === "fact" ? right.plus : null,
    result: resultOf(leaf, left, right, holds),
    distancePercent: holds ? null : distancePercent(amountOf(left), threshold),
  };
}

function resultOf(leaf: Leaf, left: Operand, right: Operand, holds: boolean): Result {
  if (leaf.operator !== IS_KNOWN && (isUnknown(left) || isUnknown(right))) return "noData";
  return holds ? "matched" : "notMatched";
}

/** What the value was held against, with factor and offset: of a range the nearer end, of a list all its entries. */
function thresholdOf(left: Operand, right: Operand): Reading {
  if (right.kind === "fact") return { ...right.reading, value: amountOf(right) ?? right.reading.value };
  const { value, unit } = right;
  const bare = { from: null, to: null, reason: null, source: null };
  // One label of a list is a text.
  if (typeof value !== "object") return { ...bare, value, unit: unit === "labels" ? "text" : unit };
  const numbers = value.filter((one) => typeof one === "number");
  if (numbers.length !== value.length) return { ...bare, value: value.join(", "), unit: "text" };
  const amount = amountOf(left) ?? 0;
  const nearest = numbers.reduce((best, one) =>
    Math.abs(one - amount) < Math.abs(best - amount) ? one : best,
  );
  return { ...bare, value: nearest, unit };
}

/** Percent of the threshold, to three decimals; null where either is no number, and against 0. */
function distancePercent(value: number | null, threshold: Reading): number | null {
  if (value === null || typeof threshold.value !== "number" || kindOf(threshold.unit) !== "number")
    return null;
  if (threshold.value === 0) return null;
  return Math.round((Math.abs(value - threshold.value) / Math.abs(threshold.value)) * 100_000) / 1000;
}
