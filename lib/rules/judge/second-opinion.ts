/** What json-rules-engine says of one rule and subject: asked before a verdict may move money, and the oracle of the tests. */
import type { Result, Subject } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import { leavesOf } from "../files/normalise.ts";
import type { Leaf, Rule } from "../types.ts";
import { runOnce, type SettleOperands } from "./engine.ts";
import { isUnknown, sidesOf } from "./operand.ts";
import { IS_KNOWN } from "./operators.ts";
import { readByDay } from "./series.ts";

export interface Opinion {
  result: Result;
  /** Of each condition, in the order written. */
  conditions: readonly Result[];
}

/**
 * Reads every figure anew, so that a mix-up among the first executor's is found, too. `facts` as the rule reads them
 * (`factsAsRead`).
 * @throws RuleError when a figure breaks its own unit or the engine fails.
 */
export async function secondOpinion(
  rule: Pick<Rule, "condition">,
  subject: Subject,
  facts: Pick<Facts, "read">,
): Promise<Opinion> {
  const settle = settler(subject, facts);
  const certain = await runOnce(rule.condition, settle, "false");
  const open = leavesOf(rule.condition).some((leaf) => isOpen(leaf, settle));
  const possible = open ? await runOnce(rule.condition, settle, "true") : certain;
  const conditions = certain.leaves.map((holds, index) => resultOf(holds, possible.leaves[index] === true));
  return { result: resultOf(certain.holds, possible.holds), conditions };
}

/** What holds whatever the unknown is, what may hold, and the rest. */
function resultOf(certain: boolean, possible: boolean): Result {
  if (certain) return "matched";
  return possible ? "noData" : "notMatched";
}

function isOpen(leaf: Leaf, settle: SettleOperands): boolean {
  const { left, right } = settle(leaf);
  return leaf.operator !== IS_KNOWN && [...left, ...right].some(isUnknown);
}

/** Both sides of a leaf by day, the same ones in both runs. */
function settler(subject: Subject, facts: Pick<Facts, "read">): SettleOperands {
  const settled = new Map<Leaf, ReturnType<SettleOperands>>();
  return (leaf) => {
    const known = settled.get(leaf);
    if (known !== undefined) return known;
    const days = readByDay(leaf, subject, facts).map(({ left, right }) => sidesOf(leaf, left, right));
    const sides = { left: days.map(({ left }) => left), right: days.map(({ right }) => right) };
    settled.set(leaf, sides);
    return sides;
  };
}
