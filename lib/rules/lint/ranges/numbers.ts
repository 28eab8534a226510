/** Comparisons of numbers as ranges and linear conditions, in atoms. */
import type { Unit } from "../../../domain/figure.ts";
import { type Scalar, scalarsOf } from "../../judge/operand.ts";
import type { Leaf } from "../../types.ts";
import { type Linear, type Range, type Ranges, within } from "./bounds.ts";
import { keyOf } from "./figures.ts";

const PERMILLE = 1000n;

/** The ranges with what a comparison against literals leaves of them. */
export function narrowedByLiteral(ranges: Ranges, leaf: Leaf): Ranges {
  if (leaf.right.kind !== "literal") return ranges;
  const key = keyOf(leaf);
  const range = ranges.get(key);
  const [low, high = low] = scalarsOf(leaf.right).flatMap((value) =>
    typeof value === "bigint" ? [value / PERMILLE] : [],
  );
  if (range === undefined || low === undefined || high === undefined) return ranges;
  return new Map([...ranges, [key, narrowedBy(range, leaf.operator, low, high)]]);
}

function narrowedBy(range: Range, operator: string, low: bigint, high: bigint): Range {
  switch (operator) {
    case "lessThan":
      return within(range, { hi: low - 1n });
    case "lessThanInclusive":
      return within(range, { hi: low });
    case "greaterThan":
      return within(range, { lo: low + 1n });
    case "greaterThanInclusive":
      return within(range, { lo: low });
    case "equal":
    case "between":
      return within(range, { lo: low, hi: high });
    case "notEqual":
    case "notBetween":
      return { ...range, holes: [...range.holes, [low, high]] };
    default:
      return range;
  }
}

/** A comparison with another fact, as conditions that its two figures must meet. */
export function linearOf(leaf: Leaf, unit: Unit): Linear[] {
  const { right } = leaf;
  if (right.kind !== "fact") return [];
  // left x 1000 - right x permille - plus x 1000, at least or at most 0
  const plus = plusScalar(leaf, unit);
  const above = joined([
    { key: keyOf(leaf), factor: PERMILLE },
    { key: keyOf(right), factor: -BigInt(right.timesPermille) },
  ]);
  const below = above.map(({ key, factor }) => ({ key, factor: -factor }));
  switch (leaf.operator) {
    case "greaterThan":
      return [{ terms: above, plus: -plus - 1n }];
    case "greaterThanInclusive":
      return [{ terms: above, plus: -plus }];
    case "lessThan":
      return [{ terms: below, plus: plus - 1n }];
    case "lessThanInclusive":
      return [{ terms: below, plus }];
    case "equal":
      return [
        { terms: above, plus: -plus },
        { terms: below, plus },
      ];
    default:
      return [];
  }
}

/** The right side at these values; null where its fact has none. */
export function rightScalars(
  leaf: Leaf,
  unit: Unit,
  values: ReadonlyMap<string, bigint>,
): readonly Scalar[] | null {
  const { right } = leaf;
  if (right.kind === "literal") return scalarsOf(right);
  const value = values.get(keyOf(right));
  const plus = plusScalar(leaf, unit);
  return value === undefined ? null : [value * BigInt(right.timesPermille) + plus];
}

/** What the right side adds, in the unit that both sides have. */
function plusScalar({ right }: Leaf, unit: Unit): bigint {
  const value = right.kind === "fact" ? right.plus : 0;
  const [plus = 0n] = scalarsOf({ kind: "literal", value, unit });
  return typeof plus === "bigint" ? plus : 0n;
}

/** A fact against itself is one number. */
function joined(terms: readonly { key: string; factor: bigint }[]): { key: string; factor: bigint }[] {
  const factors = new Map<string, bigint>();
  for (const { key, factor } of terms) factors.set(key, (factors.get(key) ?? 0n) + factor);
  return [...factors].map(([key, factor]) => ({ key, factor }));
}
