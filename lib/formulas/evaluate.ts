/** The value of a formula, exact: fractions of big integers, so that what lies on a threshold is not missed by a rounding. */
import type { Formula } from "../domain/formula.ts";

/** `denominator` is above 0. */
export interface Fraction {
  kind: "fraction";
  numerator: bigint;
  denominator: bigint;
}

/** There is none: divided by 0. */
export interface NoQuotient {
  kind: "dividedByZero";
}

/**
 * Calculated from what `read` says of each name. The first name without a value, in the order read, is the outcome: nothing is
 * left out of a sum, nor of min and max.
 */
export function evaluate<Missing extends { kind: "noData" }>(
  formula: Formula,
  read: (name: string) => number | Missing,
): Fraction | NoQuotient | Missing {
  switch (formula.kind) {
    case "number":
      return fractionOf(formula.text);
    case "name": {
      const value = read(formula.name);
      return typeof value === "number" ? fractionOf(String(value)) : value;
    }
    case "minus": {
      const of = evaluate(formula.of, read);
      return of.kind === "fraction" ? { ...of, numerator: -of.numerator } : of;
    }
    case "binary": {
      const left = evaluate(formula.left, read);
      if (left.kind !== "fraction") return left;
      const right = evaluate(formula.right, read);
      return right.kind === "fraction" ? calculated(formula.operator, left, right) : right;
    }
    case "call": {
      const parts: Fraction[] = [];
      for (const one of formula.of) {
        const part = evaluate(one, read);
        if (part.kind !== "fraction") return part;
        parts.push(part);
      }
      const wins = formula.name === "min" ? isBelow : (one: Fraction, other: Fraction) => isBelow(other, one);
      return parts.reduce((best, one) => (wins(one, best) ? one : best));
    }
  }
}

function calculated(
  operator: "+" | "-" | "*" | "/",
  { numerator: a, denominator: b }: Fraction,
  { numerator: c, denominator: d }: Fraction,
): Fraction | NoQuotient {
  switch (operator) {
    case "+":
      return { kind: "fraction", numerator: a * d + c * b, denominator: b * d };
    case "-":
      return { kind: "fraction", numerator: a * d - c * b, denominator: b * d };
    case "*":
      return { kind: "fraction", numerator: a * c, denominator: b * d };
    case "/": {
      if (c === 0n) return { kind: "dividedByZero" };
      const sign = c < 0n ? -1n : 1n;
      return { kind: "fraction", numerator: sign * a * d, denominator: sign * b * c };
    }
  }
}

function isBelow(one: Fraction, other: Fraction): boolean {
  return one.numerator * other.denominator < other.numerator * one.denominator;
}

/** A decimal number as written, also as JavaScript writes small ones ("1.5e-7"). */
function fractionOf(text: string): Fraction {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  const digits = BigInt(`${whole}${decimals}`);
  const places = decimals.length - Number(exponent);
  return places >= 0
    ? { kind: "fraction", numerator: digits, denominator: 10n ** BigInt(places) }
    : { kind: "fraction", numerator: digits * 10n ** BigInt(-places), denominator: 1n };
}
