/** One comparison as a closure over a row. */
import type { Unit } from "../domain/figure.ts";
import {
  type Answer,
  codeOfUnit,
  isNumberCode,
  NO,
  type Parts,
  type Row,
  type Test,
  YES,
} from "./compile-parts.ts";
import { RuleError } from "./errors.ts";
import { isUnknown, type Operand, scalarsOf, sidesOf } from "./operand.ts";
import { holdsExactly, IS_KNOWN, type Operator, operatorsById } from "./operators.ts";
import type { Leaf } from "./types.ts";

/** A leaf with the slots of its sides; `right` is null for a literal. */
export interface SlottedLeaf {
  leaf: Leaf;
  left: number;
  right: number | null;
}

/** Both sides with the figures that the row holds. */
export function sidesIn(row: Row, { leaf, left, right }: SlottedLeaf): { left: Operand; right: Operand } {
  const reading = row.readings[left];
  if (reading === undefined) throw new RuleError("rules.engine", `nobody read ${leaf.fact}`);
  return sidesOf(leaf, reading, right === null ? null : (row.readings[right] ?? null));
}

/**
 * The short way where there is one, for known and sound figures of the unit that the rule was written in; everything else is
 * answered as json-rules-engine's own operators answer it.
 * @throws RuleError for an operator that nobody knows; what is returned throws `rules.badReading` like `holdsExactly`.
 */
export function leafTest(slotted: SlottedLeaf, parts: Parts): Test {
  const operator = operatorsById.get(slotted.leaf.operator);
  if (operator === undefined) {
    throw new RuleError("rules.engine", `no operator ${slotted.leaf.operator} is known`);
  }
  if (operator.id === IS_KNOWN) return knownTest(slotted, parts);
  const exact = exactTest(slotted, operator, parts);
  return literalTest(slotted, operator, parts, exact) ?? factTest(slotted, operator, parts, exact) ?? exact;
}

function knownTest({ leaf, left }: SlottedLeaf, parts: Parts): Test {
  const wanted = leaf.right.kind === "literal" && leaf.right.value === true;
  return (row) => answerOf(parts.isKnown(row.codes[left] ?? 0) === wanted);
}

function exactTest(slotted: SlottedLeaf, operator: Operator, parts: Parts): Test {
  return (row) => {
    const { left, right } = sidesIn(row, slotted);
    if (isUnknown(left) || isUnknown(right)) return parts.unknown;
    return answerOf(holdsExactly(operator, left, right));
  };
}

function literalTest(
  { leaf, left }: SlottedLeaf,
  operator: Operator,
  parts: Parts,
  exact: Test,
): Test | null {
  if (leaf.right.kind !== "literal") return null;
  const { value, unit } = leaf.right;
  const code = codeOfUnit(unit);
  if (!isNumberCode(code)) return wordTest(left, code, scalarsOf(leaf.right), parts.holds(operator), exact);
  const [low = Number.NaN, high = low] = literalAtoms(value, unit, parts);
  if (Number.isNaN(low) || Number.isNaN(high)) return null;
  const { order, isInside } = parts;
  const orders = parts.orders[operator.id];
  if (orders !== undefined) {
    return (row) =>
      row.codes[left] === code ? answerOf((order(row.atoms[left] ?? 0, low) & orders) !== 0) : exact(row);
  }
  const inside = parts.ranges[operator.id];
  if (inside === undefined) return null;
  return (row) =>
    row.codes[left] === code ? answerOf(isInside(row.atoms[left] ?? 0, low, high) === inside) : exact(row);
}

function literalAtoms(value: unknown, unit: Unit, parts: Parts): number[] {
  return [value].flat().map((one) => (typeof one === "number" ? parts.atomsOf(one, unit) : Number.NaN));
}

/** Texts and flags. */
function wordTest(
  left: number,
  code: number,
  right: ReturnType<typeof scalarsOf>,
  holds: Operator["holds"],
  exact: Test,
): Test {
  return (row) => {
    const value = row.readings[left]?.value;
    if (row.codes[left] !== code || (typeof value !== "string" && typeof value !== "boolean"))
      return exact(row);
    return answerOf(holds(value, right));
  };
}

/** Two figures of one unit: the left one against a multiple of the right one and an offset. */
function factTest(
  { leaf, left, right }: SlottedLeaf,
  operator: Operator,
  parts: Parts,
  exact: Test,
): Test | null {
  const orders = parts.orders[operator.id];
  if (leaf.right.kind !== "fact" || right === null || orders === undefined) return null;
  const { of, times, plusMoney, plusOther } = parts.scaleOf(leaf.right.timesPermille, leaf.right.plus);
  const { order, isExact } = parts;
  const money = codeOfUnit("money");
  return (row) => {
    const code = row.codes[left] ?? 0;
    if (code !== row.codes[right] || !isNumberCode(code)) return exact(row);
    const value = (row.atoms[left] ?? 0) * of;
    const multiple = (row.atoms[right] ?? 0) * times;
    const against = multiple + (code === money ? plusMoney : plusOther);
    if (!isExact(value) || !isExact(multiple) || !isExact(against)) return exact(row);
    return answerOf((order(value, against) & orders) !== 0);
  };
}

function answerOf(holds: boolean): Answer {
  return holds ? YES : NO;
}
