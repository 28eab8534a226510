import { describe, expect, it } from "vitest";
import type { Evidence, Result } from "../../../lib/domain/verdict.ts";
import { decisiveEvidence } from "../../../lib/rules/cases/decisive.ts";
import type { Condition } from "../../../lib/rules/types.ts";
import { aLeaf } from "../../support/plan.ts";

const LEAF: Condition = {
  kind: "leaf",
  leaf: { fact: "spend", params: {}, operator: "equal", right: { kind: "literal", value: 1, unit: "count" } },
};
const all = (...children: Condition[]): Condition => ({ kind: "all", children });
const any = (...children: Condition[]): Condition => ({ kind: "any", children });

/** The places of the leaves that decide, for leaves with these results: m, n or - for no data. */
function decides(condition: Condition, results: string): number[] {
  const words: Record<string, Result> = { m: "matched", n: "notMatched", "-": "noData" };
  const evidence: Evidence[] = [...results].map((letter, index) =>
    aLeaf({ fact: String(index), result: words[letter] ?? "noData" }),
  );
  return decisiveEvidence(condition, evidence).map(({ fact }) => Number(fact));
}

describe("lib/rules/cases/decisive", () => {
  it.each([
    ["mm", [0, 1]],
    ["mn", [1]],
    ["nn", [0, 1]],
    ["m-", [1]],
    ["n-", [0]],
  ])("of two that must both hold (%s) names %j", (results, decisive) => {
    expect(decides(all(LEAF, LEAF), results)).toEqual(decisive);
  });

  it.each([
    ["mn", [0]],
    ["nn", [0, 1]],
    ["n-", [1]],
    ["m-", [0]],
  ])("of two alternatives (%s) names %j", (results, decisive) => {
    expect(decides(any(LEAF, LEAF), results)).toEqual(decisive);
  });

  it.each([
    ["mmn", [0, 1]],
    ["nmn", [0]],
    ["mnn", [1, 2]],
    ["m-n", [1]],
    ["n--", [0]],
  ])("of one and two alternatives (%s) names %j", (results, decisive) => {
    expect(decides(all(LEAF, any(LEAF, LEAF)), results)).toEqual(decisive);
  });
});
