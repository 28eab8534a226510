/** Comparisons with a factor, exactly on their boundary: worked out in integers here. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading, Unit } from "../../lib/domain/figure.ts";
import { compileRules } from "../../lib/rules/judge/compile.ts";
import { PARTS, UNKNOWN, YES } from "../../lib/rules/judge/compile-parts.ts";
import type { Rule } from "../../lib/rules/types.ts";
import { randomSet } from "../support/random-rules.ts";

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** Factors from 0.001 to 1000. */
const permille = fc.integer({ min: 1, max: 1_000_000 });

/** Micros of money, millionths of a count; near the ends of what is exact as often as in between. */
const atoms = fc.oneof(
  fc.bigInt({ min: 0n, max: LARGEST }),
  fc.bigInt({ min: 0n, max: 1_000_000n }),
  fc.bigInt({ min: LARGEST - 1_000n, max: LARGEST }),
);

/** Millionths are told as what they are of one, as long as a number tells them exactly. */
const largestOf: Readonly<Record<string, bigint>> = { money: LARGEST, count: 4_000_000_000_000_000n };

function numberOf(integer: bigint, unit: Unit): number {
  return unit === "money" ? Number(integer) : Number(integer) / 1e6;
}

const [SHAPE] = randomSet(1).rules;

function holds(operator: string, unit: Unit, left: bigint, right: bigint, timesPermille: number): boolean {
  const against = { kind: "fact" as const, fact: "right", params: {}, timesPermille, plus: 0 };
  const leaf = { fact: "left", params: {}, operator, right: against };
  if (SHAPE === undefined) throw new Error("no rule");
  const rule: Rule = { ...SHAPE, condition: { kind: "leaf", leaf } };
  const compiled = compileRules([rule]);
  const [one] = compiled.rules;
  if (one === undefined) throw new Error("no compiled rule");
  const bare = { unit, from: null, to: null, reason: null, source: null };
  const read = (_: unknown, fact: string): Reading => {
    return { ...bare, value: numberOf(fact === "left" ? left : right, unit) };
  };
  const subject = { level: "brand" as const, key: "s", name: "s", ref: null, stage: null };
  const answer = one.decide(compiled.fill(one, subject, { read }));
  expect(answer).not.toBe(UNKNOWN);
  return answer === YES;
}

describe.each(["money", "count"] as const)("lib/rules/compile, %s times a factor", (unit) => {
  const largest = largestOf[unit] ?? 0n;

  it("is reached by the first whole figure at or above it, and by none below", () => {
    fc.assert(
      fc.property(permille, atoms, (times, drawn) => {
        const right = drawn % (largest + 1n);
        const first = (right * BigInt(times) + 999n) / 1000n;
        fc.pre(first <= largest);
        expect(holds("greaterThanInclusive", unit, first, right, times)).toBe(true);
        expect(holds("lessThan", unit, first, right, times)).toBe(false);
        if (first === 0n) return;
        expect(holds("greaterThanInclusive", unit, first - 1n, right, times)).toBe(false);
        expect(holds("lessThan", unit, first - 1n, right, times)).toBe(true);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it("is equal where it comes out whole, and nowhere else", () => {
    fc.assert(
      fc.property(permille, atoms, (times, drawn) => {
        const right = drawn % (largest + 1n);
        const product = right * BigInt(times);
        fc.pre(product / 1000n <= largest);
        const isWhole = product % 1000n === 0n;
        expect(holds("equal", unit, product / 1000n, right, times)).toBe(isWhole);
        expect(holds("greaterThan", unit, product / 1000n, right, times)).toBe(false);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});

describe("lib/rules/compile, every factor with up to three decimals", () => {
  it("is kept as it is, in whole numbers", () => {
    let wrong = 0;
    for (let times = 1; times <= 1_000_000; times++) {
      const scale = PARTS.scaleOf(times, 0);
      const isWhole = Number.isInteger(scale.of) && Number.isInteger(scale.times);
      if (!isWhole || scale.of * times !== scale.times * 1000) wrong += 1;
    }
    expect(wrong).toBe(0);
  });

  it("is met by its own multiple of 1000, which is whole for all of them, and by nothing less", () => {
    const wrong: number[] = [];
    for (let times = 1; times <= 1_000_000; times += times < 3_000 ? 1 : 997) {
      const exact = BigInt(times);
      const reached = holds("greaterThanInclusive", "money", exact, 1000n, times);
      const short = holds("greaterThanInclusive", "money", exact - 1n, 1000n, times);
      if (!reached || short) wrong.push(times);
    }
    expect(wrong).toEqual([]);
  });
});
