/** One evaluated leaf as evidence: what was read, against what, with which result, and how far apart. */
import type { Reading } from "../../domain/figure.ts";
import type { Evidence, Result } from "../../domain/verdict.ts";
import { RuleError } from "../errors.ts";
import type { Leaf } from "../types.ts";
import { distanceInPercent } from "./distance.ts";
import { amountOf, type Operand } from "./operand.ts";
import { marginPercent } from "./turning.ts";

/** Both sides of a leaf on one day, and what came of them. */
export interface JudgedDay {
  left: Operand;
  right: Operand;
  result: Result;
}

/**
 * The same operands and answers that decided, so that nobody reads other figures than the rule did. `days` are the newest first,
 * one for a leaf that asks for no days in a row; `result` is the leaf's own.
 */
export function evidenceOf(leaf: Leaf, days: readonly JudgedDay[], result: Result): Evidence {
  const [newest, ...before] = days;
  if (newest === undefined) throw new RuleError("rules.engine", `nobody judged ${leaf.fact}`);
  const first = evidenceOfDay(leaf, newest);
  if (before.length === 0) return first;
  const byDay = [first, ...before.map((day) => evidenceOfDay(leaf, day))];
  return {
    ...decidingDay(first, byDay, result),
    result,
    days: byDay.map(({ value, threshold, result }) => ({ value, threshold, result })),
  };
}

/** Of days that all hold the nearest to failing, of those that fail the farthest from holding, each the newest of equals. */
function decidingDay(newest: Evidence, days: readonly Evidence[], result: Result): Evidence {
  const [first = newest, ...others] = days.filter((day) => day.result === result);
  const sign = result === "matched" ? 1 : -1;
  return others.reduce((best, day) => (sign * margin(day) < sign * margin(best) ? day : best), first);
}

function margin(day: Evidence): number {
  return marginPercent(day) ?? Number.POSITIVE_INFINITY;
}

function evidenceOfDay(leaf: Leaf, { left, right, result }: JudgedDay): Evidence {
  const asked = leaf.right.kind === "fact" ? leaf.right.params : {};
  const threshold = thresholdOf(left, right);
  const value = left.kind === "fact" ? left.reading : threshold;
  return {
    fact: leaf.fact,
    params: leaf.params,
    operator: leaf.operator,
    value,
    threshold,
    thresholdFact: right.kind === "fact" ? right.fact : null,
    thresholdTimes: right.kind === "fact" ? right.timesPermille / 1000 : null,
    thresholdPlus: right.kind === "fact" ? right.plus : null,
    ...(Object.keys(asked).length === 0 ? {} : { thresholdParams: asked }),
    result,
    distancePercent: result === "matched" ? null : distanceInPercent(value, threshold),
  };
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
