/**
 * One run of json-rules-engine over readings that are settled beforehand.
 *
 * The library is not re-entrant, loses the next run's rules after a rejected one, emits after a rejection, and reads missing
 * or mistyped figures as met. So each run has an engine of its own that never runs again; it gets constants only, nothing
 * that could fail; our operators stand in the place of its own; and nothing listens to its events.
 */
import { Engine, type RuleResult } from "json-rules-engine";
import { RuleError } from "../errors.ts";
import type { Condition, Leaf } from "../types.ts";
import { isUnknown, type Operand, scalarsOf } from "./operand.ts";
import { holdsExactly, IS_KNOWN, type Operator, operators } from "./operators.ts";

const RULE = "rule";

export interface Answer {
  holds: boolean;
  /** Whether each condition holds, in the order written. */
  leaves: boolean[];
}

/** How a comparison with an unknown side is answered: by false, only what is certain holds; by true, all that is possible. */
export type Unknowns = "false" | "true";

/** A side of a leaf on each of its days, the newest first: what our operators take, under the library's names. */
type Series = readonly Operand[];

/** Settles what a leaf's sides are for the subject at hand, both of the same days. */
export type SettleOperands = (leaf: Leaf) => { left: Series; right: Series };

/** Runs the condition once. @throws RuleError */
export async function runOnce(
  condition: Condition,
  settle: SettleOperands,
  unknowns: Unknowns,
): Promise<Answer> {
  const engine = new Engine();
  for (const operator of operators) engine.addOperator(operator.id, testOf(operator, unknowns));
  engine.addRule({ conditions: rootOf(engine, condition, settle), event: { type: RULE } });
  const { results, failureResults } = await run(engine);
  return answerOf([...results, ...failureResults][0]);
}

async function run(engine: Engine) {
  try {
    return await engine.run();
  } catch (error) {
    if (error instanceof RuleError) throw error;
    throw new RuleError("rules.engine", error instanceof Error ? error.message : String(error));
  }
}

/** A series holds when every day of it does. */
function testOf(operator: Operator, unknowns: Unknowns) {
  const holds = (left: Operand, right: Operand): boolean => {
    if (operator.id === IS_KNOWN) return operator.holds(!isUnknown(left), scalarsOf(right));
    if (isUnknown(left) || isUnknown(right)) return unknowns === "true";
    return holdsExactly(operator, left, right);
  };
  // Every day is looked at, as every condition is: a broken figure is found on whichever day it is.
  return (left: Series, right: Series): boolean =>
    right.map((against, day) => holds(left[day] as Operand, against)).every((one) => one);
}

type LibraryCondition = { all: LibraryNode[] } | { any: LibraryNode[] };
type LibraryNode = LibraryCondition | { fact: string; operator: string; value: { fact: string } };

/** The library wants a list at the root. */
function rootOf(engine: Engine, condition: Condition, settle: SettleOperands): LibraryCondition {
  const node = nodeOf(engine, RULE, condition, settle);
  return "fact" in node ? { all: [node] } : node;
}

/** Each side of each leaf is a constant of its own name: the library caches by name, and no two leaves share one. */
function nodeOf(engine: Engine, name: string, condition: Condition, settle: SettleOperands): LibraryNode {
  if (condition.kind !== "leaf") {
    const children = condition.children.map((child, index) =>
      nodeOf(engine, `${name}.${index}`, child, settle),
    );
    return condition.kind === "all" ? { all: children } : { any: children };
  }
  const { left, right } = settle(condition.leaf);
  engine.addFact(`${name} left`, left);
  engine.addFact(`${name} right`, right);
  return { fact: `${name} left`, operator: condition.leaf.operator, value: { fact: `${name} right` } };
}

/** A rule without an answer is a fault: read as "did not hold" it would hide a lost rule. */
function answerOf(result: RuleResult | undefined): Answer {
  if (result === undefined || typeof result.result !== "boolean") {
    throw new RuleError("rules.engine", "the rule engine gave no answer for a rule");
  }
  return { holds: result.result, leaves: leavesIn(result.conditions) };
}

function leavesIn(node: unknown): boolean[] {
  const { all, any, result } = node as { all?: unknown[]; any?: unknown[]; result?: boolean };
  const children = all ?? any;
  if (children !== undefined) return children.flatMap(leavesIn);
  if (typeof result !== "boolean") {
    throw new RuleError("rules.engine", "the rule engine left a condition unanswered");
  }
  return [result];
}
