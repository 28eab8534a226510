import { describe, expect, it } from "vitest";
import { closest } from "../../lib/domain/closest.ts";

describe("lib/domain/closest", () => {
  it.each([
    ["currancy", ["currency", "zone"], "currency"],
    ["spned", ["spend", "sessions"], "spend"],
    ["targetcpa", ["targetCpa"], "targetCpa"],
    ["greaterThanInclusiv", ["greaterThan", "greaterThanInclusive"], "greaterThanInclusive"],
    ["mre", ["mer", "cpm"], "mer"],
  ])("finds what was meant by %s", (word, candidates, meant) => {
    expect(closest(word, candidates)).toBe(meant);
  });

  it.each([
    ["budget", ["spend", "zone"]],
    ["a", ["mer"]],
    ["", []],
    ["x".repeat(65), ["x".repeat(64)]],
  ])("offers nothing far from %s", (word, candidates) => {
    expect(closest(word, candidates)).toBeNull();
  });
});
