/** One comparison as a closure over a row. */
import type { Unit } from "../../domain/figure.ts";
import { RuleError } from "../errors.ts";
import type { Leaf } from "../types.ts";
import {
  ABSENT,
  type Answer,
  codeOfUnit,
  EQUAL,
  isNumberCode,
  LESS,
  MORE,
  NO,
  type Parts,
  type Row,
  type Test,
  YES,
} from "./compile-parts.ts";
import { isUnknown, type LiteralOperand, type Operand, scalarsOf, sidesOf } from "./operand.ts";
import { holdsExactly, IS_KNOWN, type Operator, operatorsById } from "./operators.ts";

/** A leaf with the slots of its sides on each of its days, the newest first; `right` is null for a literal. */
export interface SlottedLeaf {
  leaf: Leaf;
  sides: readonly DaySlots[];
}

interface DaySlots {
  left: number;
  right: number | null;
}

/** Both sides of one day with the figures that the row holds. */
export function sidesIn(row: Row, leaf: Leaf, { left, right }: DaySlots): { left: Operand; right: Operand } {
  const reading = row.readings[left];
  if (reading === undefined) throw new RuleError("rules.engine", `nobody read ${leaf.fact}`);
  return sidesOf(leaf, reading, right === null ? null : (row.readings[right] ?? null));
}

/**
 * The leaf's test on each of its days. The short way where there is one, for known and sound figures of the unit that the rule
 * was written in; everything else is answered as json-rules-engine's own operators answer it.
 * @throws RuleError for an operator that nobody knows; what is returned throws `rules.badReading` like `holdsExactly`.
 */
export function dayTests({ leaf, sides }: SlottedLeaf, parts: Parts): Test[] {
  const operator = operatorsById.get(leaf.operator);
  if (operator === undefined) throw new RuleError("rules.engine", `no operator ${leaf.operator} is known`);
  return sides.map((slots) => {
    const day = { leaf, ...slots };
    if (operator.id === IS_KNOWN) return knownTest(day, parts);
    const exact = exactTest(day, operator, parts);
    return literalTest(day, operator, parts, exact) ?? factTest(day, operator, parts, exact) ?? exact;
  });
}

/** A leaf on one day. */
interface DayLeaf extends DaySlots {
  leaf: Leaf;
}

function knownTest({ leaf, left }: DayLeaf, parts: Parts): Test {
  const wanted = leaf.right.kind === "literal" && leaf.right.value === true;
  return (row) => answerOf(parts.isKnown(row.codes[left] ?? 0) === wanted);
}

function exactTest({ leaf, left, right }: DayLeaf, operator: Operator, parts: Parts): Test {
  return (row) => {
    const sides = sidesIn(row, leaf, { left, right });
    if (isUnknown(sides.left) || isUnknown(sides.right)) return parts.unknown;
    return answerOf(holdsExactly(operator, sides.left, sides.right));
  };
}

function literalTest({ leaf, left }: DayLeaf, operator: Operator, parts: Parts, exact: Test): Test | null {
  if (leaf.right.kind !== "literal") return null;
  const { value, unit } = leaf.right;
  const code = codeOfUnit(unit);
  if (!isNumberCode(code)) return wordTest({ left, code, right: leaf.right }, operator, parts, exact);
  const [low = Number.NaN, high = low] = literalAtoms(value, unit, parts);
  if (Number.isNaN(low) || Number.isNaN(high)) return null;
  const { isInside, unknown } = parts;
  const orders = parts.orders[operator.id];
  if (orders !== undefined) {
    const { less, equal, more } = answersOf(orders);
    return (row) => {
      const is = row.codes[left];
      if (is !== code) return is === ABSENT ? unknown : exact(row);
      const atoms = row.atoms[left] ?? 0;
      return atoms < low ? less : atoms > low ? more : equal;
    };
  }
  const inside = parts.ranges[operator.id];
  if (inside === undefined) return null;
  return (row) =>
    row.codes[left] === code ? answerOf(isInside(row.atoms[left] ?? 0, low, high) === inside) : exact(row);
}

function literalAtoms(value: unknown, unit: Unit, parts: Parts): number[] {
  return [value].flat().map((one) => (typeof one === "number" ? parts.atomsOf(one, unit) : Number.NaN));
}

/** Texts, flags and labels. */
function wordTest(
  { left, code, right }: { left: number; code: number; right: LiteralOperand },
  operator: Operator,
  parts: Parts,
  exact: Test,
): Test {
  const { unknown } = parts;
  const against = scalarsOf(right);
  const orders = parts.orders[operator.id];
  if (orders !== undefined) {
    const [only] = against;
    const { equal, more } = answersOf(orders);
    return (row) => {
      const is = row.codes[left];
      if (is !== code) return is === ABSENT ? unknown : exact(row);
      return row.readings[left]?.value === only ? equal : more;
    };
  }
  const holds = parts.holds(operator);
  return (row) => {
    const value = row.readings[left]?.value;
    if (row.codes[left] !== code || value === undefined || value === null || typeof value === "number")
      return exact(row);
    return answerOf(holds(value, against));
  };
}

/** Two figures of one unit: the left one against a multiple of the right one and an offset. */
function factTest(
  { leaf, left, right }: DayLeaf,
  operator: Operator,
  parts: Parts,
  exact: Test,
): Test | null {
  const orders = parts.orders[operator.id];
  if (leaf.right.kind !== "fact" || right === null || orders === undefined) return null;
  const { of, times, plusMoney, plusOther } = parts.scaleOf(leaf.right.timesPermille, leaf.right.plus);
  const { isExact, unknown } = parts;
  const { less, equal, more } = answersOf(orders);
  const money = codeOfUnit("money");
  return (row) => {
    const code = row.codes[left] ?? ABSENT;
    const other = row.codes[right] ?? ABSENT;
    if (code !== other || !isNumberCode(code))
      return code === ABSENT || other === ABSENT ? unknown : exact(row);
    const value = (row.atoms[left] ?? 0) * of;
    const multiple = (row.atoms[right] ?? 0) * times;
    const against = multiple + (code === money ? plusMoney : plusOther);
    if (!isExact(Math.abs(value) + Math.abs(multiple) + Math.abs(against))) return exact(row);
    return value < against ? less : value > against ? more : equal;
  };
}

/** What an operator answers in each order of its two numbers; of words, `more` where they are not equal. */
function answersOf(orders: number): { less: Answer; equal: Answer; more: Answer } {
  const answer = (order: number) => answerOf((orders & order) !== 0);
  return { less: answer(LESS), equal: answer(EQUAL), more: answer(MORE) };
}

function answerOf(holds: boolean): Answer {
  return holds ? YES : NO;
}
