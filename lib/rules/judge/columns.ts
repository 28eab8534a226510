/**
 * Who matches, for all subjects of a level at once: figures in columns, each condition narrowing the rows that are left. It does
 * not explain and does not tell no data from not matched; what decides a night is `evaluateRules`.
 */

import type { Reading } from "../../domain/figure.ts";
import type { Level } from "../../domain/ids.ts";
import type { Subject } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";
import type { Condition, Rule } from "../types.ts";
import { type Column, columnOf } from "./column.ts";
import { BLOCK, KERNELS, type Kernels, type Narrow, type Rows, type Table } from "./column-kernels.ts";
import { narrowLeaf } from "./column-leaf.ts";
import { type Compiled, type CompiledRule, compileRules, type Slot } from "./compile.ts";
import { PARTS, type Parts } from "./compile-parts.ts";
import { factsAsRead } from "./ranking.ts";
import { inScope } from "./scope.ts";

export interface LevelTable extends Table {
  level: Level;
  /** Of each rule, the rows that it looks at; none of a rule of another level. */
  scopes: readonly Rows[];
  subjects: readonly Subject[];
}

export interface ColumnRules {
  /** The figures of a level that its rules read. */
  read(level: Level, facts: Facts): LevelTable;
  /** How many rows the rule matches on; `into` begins with them, in their order. It has room for all rows of the table. */
  match(rule: number, table: LevelTable, into: Rows): number;
  /** How many subjects each rule matches, in the order of the rules. */
  count(facts: Facts): number[];
}

/** @throws RuleError for an operator that nobody knows. */
export function compileColumns(
  rules: readonly Rule[],
  parts: Parts = PARTS,
  kernels: Kernels = KERNELS,
): ColumnRules {
  const compiled = compileRules(rules, parts);
  const narrows = compiled.rules.map((rule) => narrowRule(rule, parts, kernels));
  const read = (level: Level, facts: Facts) => readLevel(compiled, level, facts, parts);
  const match: ColumnRules["match"] = (rule, table, into) => {
    const scope = table.scopes[rule] ?? NOBODY;
    let matched = 0;
    for (let from = 0; from < scope.length; from += BLOCK) {
      const rows = scope.subarray(from, from + BLOCK);
      // What is kept moves to the front, over rows that were looked at already.
      const block = into.subarray(matched);
      block.set(rows);
      matched += narrows[rule]?.(table, block, rows.length) ?? 0;
    }
    return matched;
  };
  return {
    read,
    match,
    count(facts) {
      const counts = rules.map(() => 0);
      for (const level of new Set(rules.map(({ appliesTo }) => appliesTo.level))) {
        const table = read(level, facts);
        const rows = new Int32Array(table.subjects.length);
        for (const rule of rules.keys()) counts[rule] = (counts[rule] ?? 0) + match(rule, table, rows);
      }
      return counts;
    },
  };
}

const NOBODY: Rows = new Int32Array(0);

function readLevel(
  { rules, slots }: Pick<Compiled, "rules" | "slots">,
  level: Level,
  facts: Facts,
  parts: Parts,
): LevelTable {
  const subjects = facts.everySubject(level);
  const judged = new Set(facts.subjects(level).map(({ key }) => key));
  const columns: (Column | undefined)[] = slots.map(() => undefined);
  const scopes = rules.map((compiled) => {
    const { appliesTo } = compiled.rule;
    if (appliesTo.level !== level) return NOBODY;
    const scope = subjects.flatMap((subject, row) =>
      judged.has(subject.key) && inScope(appliesTo, subject, facts) ? [row] : [],
    );
    const asked = factsAsRead(compiled, facts);
    for (const index of compiled.slots) {
      const slot = slots[index];
      if (slot === undefined || columns[index] !== undefined) continue;
      const readings = slot.ranked
        ? ranksOf(slot, subjects, scope, asked)
        : facts.readAll(level, slot.fact, slot.params);
      columns[index] = columnOf(readings, parts);
    }
    return Int32Array.from(scope);
  });
  return { level, subjects, scopes, columns, marks: new Uint8Array(subjects.length) };
}

/** Nobody outside the rule's scope has a rank in it. */
function ranksOf(
  { fact, params }: Slot,
  subjects: readonly Subject[],
  scope: readonly number[],
  facts: Pick<Facts, "read">,
): Reading[] {
  const ranked = new Set(scope);
  return subjects.map((subject, row) => (ranked.has(row) ? facts.read(subject, fact, params) : UNRANKED));
}

const UNRANKED: Reading = { value: null, unit: "count", from: null, to: null, reason: null, source: null };

function narrowRule({ rule, leaves }: CompiledRule, parts: Parts, kernels: Kernels): Narrow {
  const left = [...leaves];
  const narrow = (condition: Condition): Narrow => {
    if (condition.kind !== "leaf") {
      const children = condition.children.map(narrow);
      return kernels[condition.kind](children);
    }
    const { sides = [], days = [] } = left.shift() ?? {};
    return kernels.all(
      sides.flatMap((slots, day) => {
        const test = days[day];
        return test === undefined
          ? []
          : [narrowLeaf({ leaf: condition.leaf, ...slots, test }, parts, kernels)];
      }),
    );
  };
  return narrow(rule.condition);
}
