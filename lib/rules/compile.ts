/**
 * Rules compiled to closures over slots: each figure of a subject is read once, and what a comparison needs is worked out when
 * the rule is compiled. No code is made from text.
 */
import type { Subject } from "../domain/verdict.ts";
import type { Facts, Params } from "../metrics/port.ts";
import { leafTest, type SlottedLeaf } from "./compile-leaf.ts";
import { PARTS, type Parts, type Row, type Test } from "./compile-parts.ts";
import type { Condition, Rule } from "./types.ts";

export interface CompiledRule {
  rule: Rule;
  /** Every slot that the rule reads. */
  slots: readonly number[];
  /** Stops as soon as the answer is clear: a broken figure that nothing hangs on is not looked at. */
  decide: Test;
  /** In the order written. */
  leaves: readonly (SlottedLeaf & { test: Test })[];
}

export interface Compiled {
  rules: readonly CompiledRule[];
  /** The row with what the rule needs of a subject, whatever other rules have read of it before. One subject at a time. */
  fill(rule: CompiledRule, subject: Subject, facts: Pick<Facts, "read">): Row;
}

/** @throws RuleError for an operator that nobody knows. */
export function compileRules(rules: readonly Rule[], parts: Parts = PARTS): Compiled {
  const slots: { fact: string; params: Params }[] = [];
  const byName = new Map<string, number>();
  const slotOf = (fact: string, params: Params): number => {
    const name = parts.slotOf(fact, params);
    const index = byName.get(name) ?? slots.push({ fact, params }) - 1;
    byName.set(name, index);
    return index;
  };
  const compiled = rules.map((rule) => compileRule(rule, slotOf, parts));
  const row: Row = {
    codes: new Uint8Array(slots.length),
    atoms: new Float64Array(slots.length),
    readings: [],
  };
  const filledFor: (Subject | null)[] = slots.map(() => null);
  return {
    rules: compiled,
    fill(rule, subject, facts) {
      for (const index of rule.slots) {
        const slot = slots[index];
        if (slot === undefined || filledFor[index] === subject) continue;
        const reading = facts.read(subject, slot.fact, slot.params);
        const { value, unit } = reading;
        row.readings[index] = reading;
        row.codes[index] = parts.codeOf(reading);
        if (typeof value === "number") row.atoms[index] = parts.atomsOf(value, unit);
        filledFor[index] = subject;
      }
      return row;
    },
  };
}

function compileRule(
  rule: Rule,
  slotOf: (fact: string, params: Params) => number,
  parts: Parts,
): CompiledRule {
  const leaves: CompiledRule["leaves"][number][] = [];
  const compile = (condition: Condition): Test => {
    if (condition.kind !== "leaf") return parts[condition.kind](condition.children.map(compile));
    const { leaf } = condition;
    const left = slotOf(leaf.fact, leaf.params);
    const right = leaf.right.kind === "fact" ? slotOf(leaf.right.fact, leaf.right.params) : null;
    const test = leafTest({ leaf, left, right }, parts);
    leaves.push({ leaf, left, right, test });
    return test;
  };
  const decide = compile(rule.condition);
  const slots = new Set(leaves.flatMap(({ left, right }) => (right === null ? [left] : [left, right])));
  return { rule, slots: [...slots], decide, leaves };
}
