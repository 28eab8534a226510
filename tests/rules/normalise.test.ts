import { describe, expect, it } from "vitest";
import { leavesOf, normalise, type Written } from "../../lib/rules/files/normalise.ts";
import type { Leaf } from "../../lib/rules/types.ts";

function leaf(
  operator: string,
  value: Leaf["right"] = { kind: "literal", value: 1, unit: "count" },
): Written {
  return { kind: "leaf", leaf: { fact: "conversions", params: {}, operator, right: value } };
}

function operatorsOf(written: Written): string[] {
  return leavesOf(normalise(written)).map((one) => one.operator);
}

describe("lib/rules/normalise", () => {
  it.each([
    ["equal", "notEqual"],
    ["lessThan", "greaterThanInclusive"],
    ["lessThanInclusive", "greaterThan"],
    ["between", "notBetween"],
    ["in", "notIn"],
    ["matches", "doesNotMatch"],
  ])("turns not %s into %s, and back", (operator, opposite) => {
    expect(operatorsOf({ kind: "not", child: leaf(operator) })).toEqual([opposite]);
    expect(operatorsOf({ kind: "not", child: leaf(opposite) })).toEqual([operator]);
  });

  it("turns the value of isKnown, which has no opposite word", () => {
    const known = leaf("isKnown", { kind: "literal", value: true, unit: "flag" });
    expect(leavesOf(normalise({ kind: "not", child: known }))).toEqual([
      {
        fact: "conversions",
        params: {},
        operator: "isKnown",
        right: { kind: "literal", value: false, unit: "flag" },
      },
    ]);
  });

  it("turns all into any under not, and keeps the order of the leaves", () => {
    const written: Written = {
      kind: "not",
      child: {
        kind: "all",
        children: [leaf("equal"), { kind: "any", children: [leaf("lessThan"), leaf("in")] }],
      },
    };
    expect(normalise(written)).toMatchObject({ kind: "any", children: [{ kind: "leaf" }, { kind: "all" }] });
    expect(operatorsOf(written)).toEqual(["notEqual", "greaterThanInclusive", "notIn"]);
  });

  it("drops a double not", () => {
    expect(operatorsOf({ kind: "not", child: { kind: "not", child: leaf("equal") } })).toEqual(["equal"]);
  });
});
