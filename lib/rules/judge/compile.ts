/**
 * Rules compiled to closures over slots: each figure of a subject is read once, and what a comparison needs is worked out when
 * the rule is compiled. No code is made from text.
 */
import type { Subject } from "../../domain/verdict.ts";
import type { Facts, Params } from "../../metrics/port.ts";
import type { Condition, Leaf, Rule } from "../types.ts";
import { dayTests, type SlottedLeaf } from "./compile-leaf.ts";
import { PARTS, type Parts, type Row, type Test } from "./compile-parts.ts";

/** `days` are the leaf's own answers on each of its days, the newest first; one where it asks for no days in a row. */
export interface CompiledLeaf extends SlottedLeaf {
  test: Test;
  days: readonly Test[];
}

export interface CompiledRule {
  rule: Rule;
  /** Every slot that the rule reads. */
  slots: readonly number[];
  /** Whether one of them depends on whom the rule looks at. */
  ranks: boolean;
  /** Stops as soon as the answer is clear: a broken figure that nothing hangs on is not looked at. */
  decide: Test;
  /** In the order written. */
  leaves: readonly CompiledLeaf[];
}

/** A figure as it is read; one that is `ranked` belongs to one rule. */
export interface Slot {
  fact: string;
  params: Params;
  ranked: boolean;
}

export interface Compiled {
  rules: readonly CompiledRule[];
  slots: readonly Slot[];
  /**
   * The row with what the rule needs of a subject, whatever other rules have read of it before. One subject at a time; `facts`
   * as the rule reads them (`factsAsRead`).
   */
  fill(rule: CompiledRule, subject: Subject, facts: Pick<Facts, "read">): Row;
}

/** @throws RuleError for an operator that nobody knows. */
export function compileRules(rules: readonly Rule[], parts: Parts = PARTS): Compiled {
  const slots: Slot[] = [];
  const byName = new Map<string, number>();
  const compiled = rules.map((rule, position) => {
    const slotOf = (fact: string, params: Params): number => {
      const ranked = parts.isRanked(fact);
      const name = `${ranked ? position : ""} ${parts.slotOf(fact, params)}`;
      const index = byName.get(name) ?? slots.push({ fact, params, ranked }) - 1;
      byName.set(name, index);
      return index;
    };
    const { leaves, ...own } = compileRule(rule, slotOf, parts);
    const used = [...new Set(leaves.flatMap(({ sides }) => sides.flatMap(slotsOf)))];
    return { ...own, rule, leaves, slots: used, ranks: used.some((slot) => slots[slot]?.ranked === true) };
  });
  return { rules: compiled, slots, fill: filler(slots, parts) };
}

function filler(slots: readonly Slot[], parts: Parts): Compiled["fill"] {
  const row: Row = {
    codes: new Uint8Array(slots.length),
    atoms: new Float64Array(slots.length),
    readings: [],
  };
  const filledFor: (Subject | null)[] = slots.map(() => null);
  return (rule, subject, facts) => {
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
  };
}

function compileRule(
  rule: Rule,
  slotOf: (fact: string, params: Params) => number,
  parts: Parts,
): Pick<CompiledRule, "decide" | "leaves"> {
  const leaves: CompiledLeaf[] = [];
  const compile = (condition: Condition): Test => {
    if (condition.kind !== "leaf") return parts[condition.kind](condition.children.map(compile));
    const { leaf } = condition;
    const slotted = { leaf, sides: sidesBySlot(leaf, slotOf, parts) };
    const days = dayTests(slotted, parts);
    const [first] = days;
    const test = days.length === 1 && first !== undefined ? first : parts.everyDay(days);
    leaves.push({ ...slotted, test, days });
    return test;
  };
  return { decide: compile(rule.condition), leaves };
}

function sidesBySlot(
  leaf: Leaf,
  slotOf: (fact: string, params: Params) => number,
  parts: Parts,
): SlottedLeaf["sides"] {
  const { fact, right: against } = leaf;
  return parts.daysOf(leaf).map(({ left, right }) => ({
    left: slotOf(fact, left),
    right: against.kind === "fact" && right !== null ? slotOf(against.fact, right) : null,
  }));
}

function slotsOf({ left, right }: SlottedLeaf["sides"][number]): number[] {
  return right === null ? [left] : [left, right];
}
