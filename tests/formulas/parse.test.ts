import { describe, expect, it } from "vitest";
import { parseFormula } from "../../lib/formulas/parse.ts";
import { formulaText, namesIn, onlyAdds } from "../../lib/formulas/text.ts";
import { aFormula } from "../support/formula.ts";

function problemOf(text: string) {
  const parsed = parseFormula(text);
  return parsed.ok ? null : parsed.problem;
}

describe("lib/formulas/parse", () => {
  it("reads sums, products, parentheses, a minus sign, min and max", () => {
    expect(aFormula("-a * (b + 0.15)")).toEqual({
      kind: "binary",
      operator: "*",
      left: { kind: "minus", of: { kind: "name", name: "a" } },
      right: {
        kind: "binary",
        operator: "+",
        left: { kind: "name", name: "b" },
        right: { kind: "number", text: "0.15" },
      },
    });
    expect(aFormula("max(1, min(a, b, c))")).toMatchObject({
      kind: "call",
      name: "max",
      of: [{ text: "1" }, { name: "min", of: [{ name: "a" }, { name: "b" }, { name: "c" }] }],
    });
  });

  it.each([
    ["a - b - c", "a - b - c"],
    ["a-(b-c)", "a - (b - c)"],
    ["a / (b * c)", "a / (b * c)"],
    ["(a + b) / c", "(a + b) / c"],
    ["a + (b / c)", "a + b / c"],
    ["-(a - b)", "-(a - b)"],
    ["\n a\t* b ", "a * b"],
  ])("keeps the order of %j", (text, again) => {
    expect(formulaText(aFormula(text))).toBe(again);
  });

  it("knows the names in a formula, each once, in the order read", () => {
    expect(namesIn(aFormula("b * a / max(b, c)"))).toEqual(["b", "a", "c"]);
  });

  it("knows which formulas take nothing away", () => {
    expect(onlyAdds(aFormula("a * b / max(c, 1) + 2"))).toBe(true);
    expect(onlyAdds(aFormula("a * (b - c)"))).toBe(false);
    expect(onlyAdds(aFormula("max(-a, b)"))).toBe(false);
  });

  it.each([
    ["a.b", 1, 'a property, "a."'],
    ["1 + a['b']", 6, 'a list, "["'],
    ["'spend'", 1, 'a text, "\'"'],
    ["`a`", 1, 'a text, "`"'],
    ["[a, b]", 1, 'a list, "["'],
    ["a = 1", 3, 'an assignment, "="'],
    ["a == 1", 3, 'a comparison, "=="'],
    ["a >= 1", 3, 'a comparison, ">"'],
    ["a ? b : c", 3, 'a choice, "?"'],
    ["a && b", 3, 'a logical operator, "&&"'],
    ["!a", 1, 'a logical operator, "!"'],
    ["a | b", 3, 'a bit operator, "|"'],
    ["~a", 1, 'a bit operator, "~"'],
    ["a % 2", 3, 'a remainder, "%"'],
    ["a ** 2", 3, 'a power, "**"'],
    ["a; b", 2, 'a second formula, ";"'],
    ["a => a", 3, 'an assignment, "="'],
    ["{a}", 1, 'a brace, "{"'],
    ["1e9", 1, 'an exponent, "1e"'],
    ["1.", 1, 'half a number, "1."'],
    [".5", 1, 'half a number, ".5"'],
    ["true", 1, 'a word of program code, "true"'],
    ["this", 1, 'a word of program code, "this"'],
    ["sqrt(a)", 1, 'a function, "sqrt("'],
    ["a + constructor(b)", 5, 'a function, "constructor("'],
    ["2(a)", 1, 'a factor without its sign, "2("'],
    ["(a)(b)", 3, 'a factor without its sign, ")("'],
    ["+a", 1, 'a plus sign before a number, "+"'],
    ["---a", 1, 'a row of minus signs, "---"'],
    ["__proto__", 1, 'an underscore, "_"'],
    ["a × b", 3, 'a character that formulas do not know, "×"'],
    ["a\u00a0b", 2, 'a character that formulas do not know, ""'],
    ["a b", 3, '"b"'],
    ["a, b", 2, '","'],
    ["a,", 2, '","'],
    ["(a, b)", 3, '","'],
    ["min(a b)", 7, '"b"'],
    ["min(a)", 1, '"min"'],
    ["max()", 1, '"max"'],
    ["min + max(", 11, "the end of the formula"],
    ["", 1, "the end of the formula"],
    ["  ", 1, "the end of the formula"],
    ["a +", 4, "the end of the formula"],
    ["(a", 3, "the end of the formula"],
    ["a)", 2, '")"'],
    ["1.2.3", 4, '".3"'],
    ["12abc", 3, '"abc"'],
  ])("refuses %j at character %i", (text, at, found) => {
    expect(problemOf(text)).toMatchObject({ code: "formulaSyntax", at, found });
  });

  it("refuses what nobody can read, before it is parsed", () => {
    expect(problemOf(`${"a+".repeat(250)}a`)).toMatchObject({ code: "formulaTooLong", at: 501 });
    expect(problemOf(`${"(".repeat(21)}a${")".repeat(21)}`)).toMatchObject({
      code: "formulaTooDeep",
      at: 21,
    });
    expect(problemOf(Array.from({ length: 61 }, () => "a").join("+"))).toMatchObject({
      code: "formulaTooMany",
      at: 121,
    });
    expect(problemOf(`${"(".repeat(20)}a${")".repeat(20)}`)).toBeNull();
    expect(problemOf(Array.from({ length: 60 }, () => "a").join("+"))).toBeNull();
  });
});
