/**
 * The operators of conditions: one table with name, opposite, what they take and how they compare. They bear the names of
 * json-rules-engine and replace its own, which read strings as numbers and missing thresholds as met.
 */
import { matchesGlob } from "../../domain/match.ts";
import { RuleError } from "../errors.ts";
import type { Kind } from "./kinds.ts";
import { type Operand, type Scalar, scalarsOf, unitOf } from "./operand.ts";

/** `range` is two numbers, low first; `list` texts; `glob` a text with * and ?; `label` one text; `flag` true or false. */
export type RightForm = "number" | "same" | "range" | "list" | "glob" | "label" | "flag";

export interface Operator {
  id: string;
  /** The operator that holds exactly where this one does not; `isKnown` turns its value instead. */
  opposite: string;
  right: RightForm;
  /** Kinds of facts that may stand on the left. */
  left: readonly Kind[];
  doc: string;
  /** Both sides known; numbers as exact integers of one scale. */
  holds(left: Scalar, right: readonly Scalar[]): boolean;
}

const NUMBER: readonly Kind[] = ["number"];
const TEXT: readonly Kind[] = ["text"];
const LABELS: readonly Kind[] = ["labels"];
const SINGLE: readonly Kind[] = ["number", "text", "flag"];
const ANY: readonly Kind[] = [...SINGLE, ...LABELS];

// Taken apart by place: by iteration it costs several times the comparison.
const isBetween = (left: Scalar, { 0: low, 1: high }: readonly Scalar[]): boolean =>
  low !== undefined && high !== undefined && left >= low && left <= high;
const isOneOf = (left: Scalar, right: readonly Scalar[]): boolean => right.includes(left);
const hasLabel = (left: Scalar, { 0: label }: readonly Scalar[]): boolean =>
  typeof left === "object" && typeof label === "string" && left.includes(label);
const fitsGlob = (left: Scalar, { 0: glob }: readonly Scalar[]): boolean =>
  typeof left === "string" && typeof glob === "string" && matchesGlob(glob, left);
const compared =
  (test: (left: Scalar, right: Scalar) => boolean) =>
  (left: Scalar, { 0: right }: readonly Scalar[]) =>
    right !== undefined && test(left, right);

export const operators: readonly Operator[] = [
  {
    id: "equal",
    opposite: "notEqual",
    right: "same",
    left: SINGLE,
    doc: "exactly",
    holds: compared((a, b) => a === b),
  },
  {
    id: "notEqual",
    opposite: "equal",
    right: "same",
    left: SINGLE,
    doc: "anything but",
    holds: compared((a, b) => a !== b),
  },
  {
    id: "lessThan",
    opposite: "greaterThanInclusive",
    right: "number",
    left: NUMBER,
    doc: "under",
    holds: compared((a, b) => a < b),
  },
  {
    id: "lessThanInclusive",
    opposite: "greaterThan",
    right: "number",
    left: NUMBER,
    doc: "at most",
    holds: compared((a, b) => a <= b),
  },
  {
    id: "greaterThan",
    opposite: "lessThanInclusive",
    right: "number",
    left: NUMBER,
    doc: "over",
    holds: compared((a, b) => a > b),
  },
  {
    id: "greaterThanInclusive",
    opposite: "lessThan",
    right: "number",
    left: NUMBER,
    doc: "at least",
    holds: compared((a, b) => a >= b),
  },
  {
    id: "between",
    opposite: "notBetween",
    right: "range",
    left: NUMBER,
    doc: "from the first to the second, both included",
    holds: isBetween,
  },
  {
    id: "notBetween",
    opposite: "between",
    right: "range",
    left: NUMBER,
    doc: "under the first or over the second",
    holds: (a, b) => !isBetween(a, b),
  },
  { id: "in", opposite: "notIn", right: "list", left: TEXT, doc: "one of", holds: isOneOf },
  { id: "notIn", opposite: "in", right: "list", left: TEXT, doc: "none of", holds: (a, b) => !isOneOf(a, b) },
  {
    id: "matches",
    opposite: "doesNotMatch",
    right: "glob",
    left: TEXT,
    doc: "fits the glob (* and ?)",
    holds: fitsGlob,
  },
  {
    id: "doesNotMatch",
    opposite: "matches",
    right: "glob",
    left: TEXT,
    doc: "does not fit the glob",
    holds: (a, b) => !fitsGlob(a, b),
  },
  {
    id: "contains",
    opposite: "doesNotContain",
    right: "label",
    left: LABELS,
    doc: "has the label",
    holds: hasLabel,
  },
  {
    id: "doesNotContain",
    opposite: "contains",
    right: "label",
    left: LABELS,
    doc: "has not the label",
    holds: (a, b) => !hasLabel(a, b),
  },
  {
    id: "isKnown",
    opposite: "isKnown",
    right: "flag",
    left: ANY,
    doc: "true: there is data; false: there is none",
    holds: compared((a, b) => a === b),
  },
];

/** The only operator that answers where there is no data. */
export const IS_KNOWN = "isKnown";

export const operatorsById: ReadonlyMap<string, Operator> = new Map(operators.map((one) => [one.id, one]));

/**
 * Whether two known sides compare so, in exact integers of any size.
 * @throws RuleError `rules.badReading` for a figure that breaks its own unit, and for two units.
 */
export function holdsExactly(operator: Operator, left: Operand, right: Operand): boolean {
  const [value] = scalarsOf(left);
  const against = scalarsOf(right);
  if (unitOf(left) !== unitOf(right)) {
    const [one, other] = [unitOf(left), unitOf(right)];
    throw new RuleError("rules.badReading", `${operator.id} cannot compare ${one} with ${other}`);
  }
  return value !== undefined && operator.holds(value, against);
}
