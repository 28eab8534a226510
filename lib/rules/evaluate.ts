/** Every rule on everything it applies to: verdicts with the evidence of each condition. */
import { setImmediate } from "node:timers/promises";
import { LEVELS } from "../domain/ids.ts";
import type { Result, Subject, Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { type Answer, runOnce, type SettleOperands } from "./engine.ts";
import { evidenceOf } from "./evidence.ts";
import { leavesOf } from "./normalise.ts";
import { isUnknown, type Operand } from "./operand.ts";
import { inScope } from "./scope.ts";
import type { Condition, Leaf, Rule, Ruleset } from "./types.ts";

/** The library only queues microtasks: without a pause now and then no timer would fire for a whole portfolio. */
const SUBJECTS_BETWEEN_PAUSES = 32;

/** Called after each subject; `total` counts the subjects of all levels that rules look at. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Verdicts in the order of the rules, then of the subjects. A subject outside a rule's scope gets none.
 * @throws RuleError when a figure breaks its own unit or the engine fails; then there are no verdicts at all, because some of
 * them might be the ones that hold others back.
 */
export async function evaluateRules(
  ruleset: Ruleset,
  facts: Facts,
  onProgress?: OnProgress,
): Promise<Verdict[]> {
  const levels = LEVELS.filter((level) => ruleset.rules.some((rule) => rule.appliesTo.level === level));
  const subjects = levels.flatMap((level) => facts.subjects(level));
  const byRule = new Map<Rule, Verdict[]>(ruleset.rules.map((rule) => [rule, []]));
  for (const [index, subject] of subjects.entries()) {
    const rules = ruleset.rules.filter((rule) => inScope(rule.appliesTo, subject, facts));
    const verdicts = rules.length === 0 ? [] : await verdictsOn(subject, rules, facts);
    for (const [position, rule] of rules.entries()) {
      const verdict = verdicts[position];
      if (verdict !== undefined) byRule.get(rule)?.push(verdict);
    }
    onProgress?.(index + 1, subjects.length);
    if ((index + 1) % SUBJECTS_BETWEEN_PAUSES === 0) await setImmediate();
  }
  return [...byRule.values()].flat();
}

async function verdictsOn(subject: Subject, rules: readonly Rule[], facts: Facts): Promise<Verdict[]> {
  const settle = settler(subject, facts);
  const certain = await runOnce(conditionsOf(rules), settle, "false");
  const open = rules.filter((rule, index) => certain[index]?.holds === false && hasUnknown(rule, settle));
  const possible = open.length === 0 ? [] : await runOnce(conditionsOf(open), settle, "true");
  const undecided = new Set(open.filter((_, index) => possible[index]?.holds === true));
  return rules.flatMap((rule, index) => {
    const answer = certain[index];
    if (answer === undefined) return [];
    const result = answer.holds ? "matched" : undecided.has(rule) ? "noData" : "notMatched";
    return [verdictOf(rule, subject, answer, result)];
  });
}

function conditionsOf(rules: readonly Rule[]): Condition[] {
  return rules.map((rule) => rule.condition);
}

/** Both sides of a leaf for one subject, the same ones in both runs. */
function settler(subject: Subject, facts: Facts): SettleOperands {
  const settled = new Map<Leaf, { left: Operand; right: Operand }>();
  return (leaf) => {
    const sides = settled.get(leaf) ?? {
      left: leftOf(leaf, subject, facts),
      right: rightOf(leaf, subject, facts),
    };
    settled.set(leaf, sides);
    return sides;
  };
}

function verdictOf(rule: Rule, subject: Subject, answer: Answer, result: Result): Verdict {
  const leaves = leavesOf(rule.condition);
  const evidence = answer.leaves.flatMap(({ left, right, holds }, index) => {
    const leaf = leaves[index];
    return leaf === undefined ? [] : [evidenceOf(leaf, left, right, holds)];
  });
  return { ruleId: rule.id, pack: rule.pack, subject, result, evidence };
}

function hasUnknown(rule: Rule, settle: SettleOperands): boolean {
  return leavesOf(rule.condition)
    .map(settle)
    .some(({ left, right }) => isUnknown(left) || isUnknown(right));
}

function leftOf(leaf: Leaf, subject: Subject, facts: Facts): Operand {
  const reading = facts.read(subject, leaf.fact, leaf.params);
  return { kind: "fact", fact: leaf.fact, reading, timesPermille: 1000, plus: 0 };
}

function rightOf({ right }: Leaf, subject: Subject, facts: Facts): Operand {
  if (right.kind === "literal") return right;
  const { fact, params, timesPermille, plus } = right;
  return { kind: "fact", fact, reading: facts.read(subject, fact, params), timesPermille, plus };
}
