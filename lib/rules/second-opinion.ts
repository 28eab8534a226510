/** What json-rules-engine says of one rule and subject: asked before a verdict may move money, and the oracle of the tests. */
import type { Result, Subject } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { runOnce, type SettleOperands } from "./engine.ts";
import { leavesOf } from "./normalise.ts";
import { isUnknown, sidesOf } from "./operand.ts";
import { IS_KNOWN } from "./operators.ts";
import type { Leaf, Rule } from "./types.ts";

export interface Opinion {
  result: Result;
  /** Of each condition, in the order written. */
  conditions: readonly Result[];
}

/**
 * Reads every figure anew, so that a mix-up among the first executor's is found, too.
 * @throws RuleError when a figure breaks its own unit or the engine fails.
 */
export async function secondOpinion(
  rule: Pick<Rule, "condition">,
  subject: Subject,
  facts: Pick<Facts, "read">,
): Promise<Opinion> {
  const settle = settler(subject, facts);
  const certain = await runOnce(rule.condition, settle, "false");
  const open = leavesOf(rule.condition).map((leaf) => isOpen(leaf, settle));
  const conditions = certain.leaves.map(
    (holds, index): Result => (open[index] === true ? "noData" : holds ? "matched" : "notMatched"),
  );
  if (certain.holds) return { result: "matched", conditions };
  const possible = open.includes(true) && (await runOnce(rule.condition, settle, "true")).holds;
  return { result: possible ? "noData" : "notMatched", conditions };
}

function isOpen(leaf: Leaf, settle: SettleOperands): boolean {
  const { left, right } = settle(leaf);
  return leaf.operator !== IS_KNOWN && (isUnknown(left) || isUnknown(right));
}

/** Both sides of a leaf, the same ones in both runs. */
function settler(subject: Subject, facts: Pick<Facts, "read">): SettleOperands {
  const settled = new Map<Leaf, ReturnType<SettleOperands>>();
  return (leaf) => {
    const known = settled.get(leaf);
    if (known !== undefined) return known;
    const { fact, params, right } = leaf;
    const against = right.kind === "fact" ? facts.read(subject, right.fact, right.params) : null;
    const sides = sidesOf(leaf, facts.read(subject, fact, params), against);
    settled.set(leaf, sides);
    return sides;
  };
}
