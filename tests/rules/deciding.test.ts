import { describe, expect, it } from "vitest";
import type { Evidence, Result } from "../../lib/domain/verdict.ts";
import { decidingEvidence } from "../../lib/rules/judge/deciding.ts";
import type { Condition, Leaf } from "../../lib/rules/types.ts";
import { anEvidence } from "../support/plan-view.ts";

function leaf(fact: string): Condition {
  const { operator, params } = anEvidence();
  const right: Leaf["right"] = { kind: "literal", value: 1, unit: "count" };
  return { kind: "leaf", leaf: { fact, params, operator, right } };
}

const all = (...children: Condition[]): Condition => ({ kind: "all", children });
const any = (...children: Condition[]): Condition => ({ kind: "any", children });

/** The facts that are told of a, b, c ... with those results in the order written. */
function told(condition: Condition, ...results: Result[]): string {
  const evidence = results.map(
    (result, index): Evidence => anEvidence({ fact: "abcdef"[index] ?? "", result }),
  );
  return decidingEvidence(condition, evidence)
    .map(({ fact }) => fact)
    .join("");
}

const [a, b, c, d] = ["a", "b", "c", "d"].map(leaf) as [Condition, Condition, Condition, Condition];

describe("lib/rules/deciding", () => {
  it("tells all that must hold together", () => {
    expect(told(all(a, b, c), "matched", "matched", "matched")).toBe("abc");
  });

  it("tells of alternatives those that hold, unknown ones left out", () => {
    expect(told(any(a, b, c, d), "notMatched", "matched", "noData", "matched")).toBe("bd");
  });

  it("leaves out a group of which a part does not hold, and reads on at the right place", () => {
    expect(told(any(all(a, b), all(c, d)), "matched", "notMatched", "matched", "matched")).toBe("cd");
    expect(told(all(a, any(b, c), d), "matched", "notMatched", "matched", "matched")).toBe("acd");
  });

  it("tells everything of a rule that did not match", () => {
    expect(told(all(a, b), "matched", "notMatched")).toBe("ab");
    expect(told(any(a, b), "noData", "notMatched")).toBe("ab");
  });
});
