/** Of everything that a rule looked at, what made it hold: people are not told the alternatives that did not. */
import type { Evidence } from "../../domain/verdict.ts";
import type { Condition } from "../types.ts";

/** Of alternatives only those that hold. `evidence` holds the leaves in the order written; all of it where the rule did not match. */
export function decidingEvidence(condition: Condition, evidence: readonly Evidence[]): readonly Evidence[] {
  return holding(condition, [...evidence]) ?? evidence;
}

/** The leaves by which `condition` holds, null where it does not; `left` is used up from its front. */
function holding(condition: Condition, left: Evidence[]): Evidence[] | null {
  if (condition.kind === "leaf") {
    const leaf = left.shift();
    return leaf?.result === "matched" ? [leaf] : null;
  }
  // Every child takes its own leaves, so all of them are looked at before any answer.
  const children = condition.children.map((child) => holding(child, left));
  const held = children.filter((child) => child !== null);
  if (condition.kind === "all" ? held.length < children.length : held.length === 0) return null;
  return held.flat();
}
