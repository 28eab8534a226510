/**
 * One side of a comparison. Numbers become exact integers of one scale (a thousandth of a millionth of the unit), so that
 * 220 is 200 times 1.1 and spend of exactly 3 times the target is at least 3 times the target.
 */
import type { Reading, Unit } from "../../domain/figure.ts";
import { RuleError } from "../errors.ts";
import type { Leaf, Literal } from "../types.ts";
import { kindOf, kindOfValue } from "./kinds.ts";

/** One thing that compares; labels are a list that compares as one. */
export type Scalar = bigint | string | boolean | readonly string[];

/** `timesPermille` and `plus` as in a rule's leaf; 1000 and 0 leave the reading as it is. */
export interface FactOperand {
  kind: "fact";
  fact: string;
  reading: Reading;
  timesPermille: number;
  plus: number;
}

export interface LiteralOperand {
  kind: "literal";
  value: Literal;
  unit: Unit;
}

export type Operand = FactOperand | LiteralOperand;

/** Both sides of a leaf from the figures of its facts; `right` is null where a literal stands there. */
export function sidesOf(leaf: Leaf, left: Reading, right: Reading | null): { left: Operand; right: Operand } {
  const value: Operand = { kind: "fact", fact: leaf.fact, reading: left, timesPermille: 1000, plus: 0 };
  if (leaf.right.kind === "literal") return { left: value, right: leaf.right };
  if (right === null) throw new RuleError("rules.engine", `nobody read ${leaf.right.fact}`);
  const { fact, timesPermille, plus } = leaf.right;
  return { left: value, right: { kind: "fact", fact, reading: right, timesPermille, plus } };
}

export function isUnknown(operand: Operand): boolean {
  return operand.kind === "fact" && operand.reading.value === null;
}

/**
 * What the operand compares as: one scalar, or each entry of a literal list. Empty for an unknown one.
 * @throws RuleError `rules.badReading` when a figure breaks its own unit (NaN, a text for money, micros above 2^53).
 */
export function scalarsOf(operand: Operand): Scalar[] {
  if (operand.kind === "literal") {
    const values = typeof operand.value === "object" ? operand.value : [operand.value];
    return values.map((value) => (typeof value === "number" ? atomsOf(value, operand.unit) * 1000n : value));
  }
  const { value, unit } = operand.reading;
  if (value === null) return [];
  if (kindOf(unit) === null || kindOf(unit) !== kindOfValue(value)) {
    throw new RuleError(
      "rules.badReading",
      `${operand.fact} is ${JSON.stringify(value)}, no figure in the unit ${unit}`,
    );
  }
  if (typeof value !== "number") return [value];
  return [atomsOf(value, unit) * BigInt(operand.timesPermille) + atomsOf(operand.plus, unit) * 1000n];
}

/** What a comparison of `operand` is made in: figures of two units are never compared. */
export function unitOf(operand: Operand): Unit {
  return operand.kind === "literal" ? operand.unit : operand.reading.unit;
}

/** The operand as a number in its own unit, micros for money: for distances and for people, not for deciding. */
export function amountOf(operand: Operand): number | null {
  if (operand.kind === "literal") return typeof operand.value === "number" ? operand.value : null;
  const { value, unit } = operand.reading;
  if (typeof value !== "number") return null;
  if (operand.timesPermille === 1000 && operand.plus === 0) return value;
  const exact = (value * operand.timesPermille) / 1000 + operand.plus;
  return unit === "money" ? Math.round(exact) : Math.round(exact * 1e6) / 1e6;
}

/** Money is in micros already; every other figure is rounded to its sixth decimal, as statistics are. */
function atomsOf(value: number, unit: Unit): bigint {
  const atoms = unit === "money" ? value : Math.round(value * 1e6);
  if (!Number.isSafeInteger(atoms)) {
    throw new RuleError("rules.badReading", `${value} is no exact figure in the unit ${unit}`);
  }
  return BigInt(atoms);
}
