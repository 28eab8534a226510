/** The compiled rules against json-rules-engine, on random rule sets. */
import { describe, expect, it } from "vitest";
import { columnBugs } from "../support/column-bugs.ts";
import { compilerBugs } from "../support/compiler-bugs.ts";
import {
  type Answers,
  columnAnswers,
  compiledAnswers,
  matchedIn,
  referenceAnswers,
} from "../support/executors.ts";
import { randomSet } from "../support/random-rules.ts";

/** More of them, and from another seed on, where somebody asks: `.ci/run` does. */
const SETS = Number(process.env.PALIER_RULE_SETS ?? 800);
const SEED = Number(process.env.PALIER_RULE_SEED ?? 1);

/** Enough for every bug of the list, whatever is asked for besides. */
const SETS_FOR_BUGS = 800;

const FEW = Array.from({ length: SETS_FOR_BUGS }, (_, index) => randomSet(1 + index));

/** What the library says of them, asked once. */
let said: Promise<Answers[]> | null = null;
const saidOfFew = () => {
  said ??= Promise.all(FEW.map(referenceAnswers));
  return said;
};

describe("lib/rules, two executors", () => {
  it("answer, explain and refuse alike", { timeout: 600_000 }, async () => {
    const differing: number[] = [];
    const seen: Record<string, number> = {};
    for (let seed = SEED; seed < SEED + SETS; seed++) {
      const set = randomSet(seed);
      const expected = await referenceAnswers(set);
      const actual = await compiledAnswers(set);
      if (!same(expected, actual)) differing.push(seed);
      const matched = matchedIn(expected);
      if (matched !== null && !same(matched, columnAnswers(set))) differing.push(seed);
      for (const answer of expected) {
        const kind = /"result":"(\w+)","evidence"/.exec(answer)?.[1] ?? answer;
        seen[kind] = (seen[kind] ?? 0) + 1;
      }
    }
    expect(differing).toEqual([]);
    // Each answer often enough that its being equal says something.
    for (const kind of ["matched", "notMatched", "noData", "rules.badReading"]) {
      expect(seen[kind], kind).toBeGreaterThan(SETS / 5);
    }
  });

  it("differ on those sets as soon as the compiler has any bug of the list", async () => {
    const expected = await saidOfFew();
    const missed: string[] = [];
    for (const { name, parts } of compilerBugs) {
      if (!(await isFound(expected, parts))) missed.push(name);
    }
    expect(missed).toEqual([]);
    expect(compilerBugs.length).toBeGreaterThanOrEqual(58);
  });
});

describe("lib/rules/columns", () => {
  it("differs from them as soon as it has any bug of its list", async () => {
    const expected = (await saidOfFew()).map(matchedIn);
    const missed = columnBugs.filter(({ kernels }) =>
      FEW.every((set, index) => {
        const matched = expected[index] ?? null;
        return matched === null || same(matched, columnAnswers(set, kernels));
      }),
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
    expect(columnBugs.length).toBeGreaterThanOrEqual(16);
  });
});

async function isFound(
  expected: readonly Answers[],
  parts: (typeof compilerBugs)[number]["parts"],
): Promise<boolean> {
  for (const [index, set] of FEW.entries()) {
    if (!same(expected[index] ?? [], await compiledAnswers(set, parts))) return true;
  }
  return false;
}

function same(one: Answers, other: Answers): boolean {
  return one.length === other.length && one.every((answer, index) => answer === other[index]);
}
