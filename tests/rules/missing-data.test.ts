import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countOf, type Json, resultOn } from "../support/rule.ts";

describe("lib/rules/evaluate, missing data", () => {
  const few = countOf("7d", "lessThan", 3);
  const many = countOf("28d", "greaterThan", 10);

  it.each([
    [{ all: [few, many] }, null, 11, "noData"],
    [{ all: [few, many] }, null, 10, "notMatched"],
    [{ any: [few, many] }, null, 11, "matched"],
    [{ any: [few, many] }, null, 10, "noData"],
    [{ not: few }, null, 0, "noData"],
    [{ not: { all: [few, many] } }, null, 10, "matched"],
    [{ not: { any: [few, many] } }, null, 11, "notMatched"],
    [countOf("7d", "isKnown", true), null, 0, "notMatched"],
    [countOf("7d", "isKnown", false), null, 0, "matched"],
    [{ not: countOf("7d", "isKnown", false) }, 5, 0, "matched"],
  ])("%j with 7d %j and 28d %j is %s", async (condition, seven, twentyEight, result) => {
    const readings = { "conversions window=7d": seven, "conversions window=28d": twentyEight };
    expect(await resultOn(condition, readings)).toBe(result);
  });

  it("agrees with Kleene's logic on any tree of conditions and any gaps in the data", async () => {
    const windows = ["1d", "2d", "3d", "4d", "5d"];
    const leaf = fc.record({
      window: fc.constantFrom(...windows),
      operator: fc.constantFrom("lessThan", "equal", "isKnown"),
    });
    const { tree } = fc.letrec<{ tree: Tree; node: Tree }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, tie("node")),
      node: fc.oneof(
        fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie("tree") }),
      ),
    }));
    const values = fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(tree, values, async (condition, counts) => {
        const readings = Object.fromEntries(
          windows.map((window, index) => [`conversions window=${window}`, counts[index] ?? null]),
        );
        const truth = kleene(condition, (window) => readings[`conversions window=${window}`] ?? null);
        const expected = truth === null ? "noData" : truth ? "matched" : "notMatched";
        expect(await resultOn(written(condition), readings)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

type Tree = { all: Tree[] } | { any: Tree[] } | { not: Tree } | { window: string; operator: string };

function written(tree: Tree): Json {
  if ("all" in tree) return { all: tree.all.map(written) };
  if ("any" in tree) return { any: tree.any.map(written) };
  if ("not" in tree) return { not: written(tree.not) };
  return countOf(tree.window, tree.operator, tree.operator === "isKnown" ? true : 2);
}

/** Kleene's three values, null for unknown: the plain textbook form, sharing nothing with the code under test. */
function kleene(tree: Tree, countIn: (window: string) => number | null): boolean | null {
  if ("not" in tree) {
    const inner = kleene(tree.not, countIn);
    return inner === null ? null : !inner;
  }
  if ("all" in tree) {
    const inner = tree.all.map((child) => kleene(child, countIn));
    return inner.includes(false) ? false : inner.includes(null) ? null : true;
  }
  if ("any" in tree) {
    const inner = tree.any.map((child) => kleene(child, countIn));
    return inner.includes(true) ? true : inner.includes(null) ? null : false;
  }
  const have = countIn(tree.window);
  if (tree.operator === "isKnown") return have !== null;
  if (have === null) return null;
  return tree.operator === "equal" ? have === 2 : have < 2;
}
