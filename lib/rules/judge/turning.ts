/** The fewest and nearest conditions that would have to come out otherwise for a rule to turn. */
import type { Evidence } from "../../domain/verdict.ts";
import type { Condition } from "../types.ts";
import { distanceInPercent } from "./distance.ts";

/** Operators whose two sides are equal or not, so that nothing is nearly so. */
const WITHOUT_MARGIN: ReadonlySet<string> = new Set(["equal", "notEqual", "isKnown"]);

/**
 * The leaves that have to turn for `condition` to hold (`to` true) or to hold no longer, nearest first: of several ways the one
 * with the fewest leaves, then with the nearest. Empty where it is so already. `evidence` holds the leaves in the order written.
 */
export function leavesToTurn(condition: Condition, evidence: readonly Evidence[], to: boolean): Evidence[] {
  return turning(condition, [...evidence], to);
}

/** By how many leaves have to turn, then by the farthest of them. */
export function compareTurning(a: readonly Evidence[], b: readonly Evidence[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const [lastA, lastB] = [a.at(-1), b.at(-1)];
  return lastA === undefined || lastB === undefined ? 0 : compareMargin(lastA, lastB);
}

/**
 * How far the leaf's figure is from turning its answer, in percent of the threshold; null where nothing is nearly so (a state,
 * no data, a threshold of 0).
 */
export function marginPercent({
  result,
  operator,
  value,
  threshold,
  distancePercent,
}: Evidence): number | null {
  if (result !== "matched") return distancePercent;
  if (WITHOUT_MARGIN.has(operator)) return null;
  return distanceInPercent(value, threshold);
}

/** `left` is used up from its front. */
function turning(condition: Condition, left: Evidence[], to: boolean): Evidence[] {
  if (condition.kind === "leaf") {
    const leaf = left.shift();
    return leaf === undefined || (leaf.result === "matched") === to ? [] : [leaf];
  }
  // Every child takes its own leaves, so all of them are looked at before any answer.
  const children = condition.children.map((child) => turning(child, left, to));
  if ((condition.kind === "all") === to) return children.flat().sort(compareMargin);
  return children.reduce((best, child) => (compareTurning(child, best) < 0 ? child : best));
}

/** What has no margin is farther than any that has one. */
function compareMargin(a: Evidence, b: Evidence): number {
  const [near, far] = [wayPercent(a), wayPercent(b)];
  if (near === null || far === null) return Number(near === null) - Number(far === null);
  return near - far;
}

/** Of several days in a row all that fail have to turn, so that the farthest is the way to go. */
function wayPercent(leaf: Evidence): number | null {
  const failing = leaf.days?.filter(({ result }) => result !== "matched") ?? [];
  if (failing.length === 0) return marginPercent(leaf);
  const ways = failing.map(({ value, threshold }) => distanceInPercent(value, threshold));
  return ways.reduce((far, way) => (far === null || way === null ? null : Math.max(far, way)));
}
