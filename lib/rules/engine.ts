/**
 * One run of json-rules-engine over readings that are settled beforehand.
 *
 * The library is not re-entrant, loses the next run's rules after a rejected one, emits after a rejection, and reads missing
 * or mistyped figures as met. So each run has an engine of its own that never runs again; it gets constants only, nothing
 * that could fail; our operators stand in the place of its own; and nothing listens to its events.
 */
import { Engine, type RuleResult } from "json-rules-engine";
import { RuleError } from "./errors.ts";
import { isUnknown, type Operand, scalarsOf } from "./operand.ts";
import { IS_KNOWN, type Operator, operators } from "./operators.ts";
import type { Condition, Leaf } from "./types.ts";

/** A leaf as the library answered it. */
export interface AnsweredLeaf {
  left: Operand;
  right: Operand;
  holds: boolean;
}

export interface Answer {
  holds: boolean;
  /** In the order of the condition's leaves. */
  leaves: AnsweredLeaf[];
}

/** How a comparison with an unknown side is answered: by false, only what is certain holds; by true, all that is possible. */
export type Unknowns = "false" | "true";

/** Settles what a leaf's side is for the subject at hand. */
export type SettleOperands = (leaf: Leaf) => { left: Operand; right: Operand };

/** Runs the conditions once, each as a rule of its own. Answers in their order. @throws RuleError */
export async function runOnce(
  conditions: readonly Condition[],
  settle: SettleOperands,
  unknowns: Unknowns,
): Promise<Answer[]> {
  const engine = new Engine();
  for (const operator of operators) engine.addOperator(operator.id, testOf(operator, unknowns));
  for (const [index, condition] of conditions.entries()) {
    const name = `rule ${index}`;
    engine.addRule({ name, conditions: rootOf(engine, name, condition, settle), event: { type: name } });
  }
  const { results, failureResults } = await run(engine);
  const byName = new Map([...results, ...failureResults].map((result) => [result.name, result]));
  return conditions.map((_, index) => answerOf(byName.get(`rule ${index}`)));
}

async function run(engine: Engine) {
  try {
    return await engine.run();
  } catch (error) {
    if (error instanceof RuleError) throw error;
    throw new RuleError("rules.engine", error instanceof Error ? error.message : String(error));
  }
}

function testOf(operator: Operator, unknowns: Unknowns) {
  return (left: Operand, right: Operand): boolean => {
    if (operator.id === IS_KNOWN) return operator.holds(!isUnknown(left), scalarsOf(right));
    if (isUnknown(left) || isUnknown(right)) return unknowns === "true";
    const [value] = scalarsOf(left);
    return value !== undefined && operator.holds(value, scalarsOf(right));
  };
}

type LibraryCondition = { all: LibraryNode[] } | { any: LibraryNode[] };
type LibraryNode = LibraryCondition | { fact: string; operator: string; value: { fact: string } };

/** The library wants a list at the root. */
function rootOf(
  engine: Engine,
  name: string,
  condition: Condition,
  settle: SettleOperands,
): LibraryCondition {
  const node = nodeOf(engine, name, condition, settle);
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

function leavesIn(node: unknown): AnsweredLeaf[] {
  const { all, any, factResult, valueResult, result } = node as {
    all?: unknown[];
    any?: unknown[];
    factResult?: Operand;
    valueResult?: Operand;
    result?: boolean;
  };
  const children = all ?? any;
  if (children !== undefined) return children.flatMap(leavesIn);
  if (factResult === undefined || valueResult === undefined || typeof result !== "boolean") {
    throw new RuleError("rules.engine", "the rule engine left a condition unanswered");
  }
  return [{ left: factResult, right: valueResult, holds: result }];
}
