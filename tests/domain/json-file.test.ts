import { describe, expect, it } from "vitest";
import { parseJson, pathText, shorten } from "../../lib/domain/json-file.ts";

function firstProblem(text: string) {
  const result = parseJson(text, "x.json");
  return result.ok ? null : result.problems[0];
}

const SYMBOL_FIX =
  'write texts in straight double quotes ("), numbers with digits and a point, and true, false, null in small letters';

describe("lib/domain/json-file", () => {
  it("gives the value and the line of each path", () => {
    const result = parseJson('{\n  "a": {\n    "b": [1,\n      2]\n  }\n}', "x.json");
    if (!result.ok) throw new Error("expected a value");
    expect(result.json.value).toEqual({ a: { b: [1, 2] } });
    expect(result.json.lineAt(["a", "b"])).toBe(3);
    expect(result.json.lineAt(["a", "b", 1])).toBe(4);
  });

  it("gives the line of the nearest ancestor for a path that does not exist", () => {
    const result = parseJson('{\n  "a": {\n  }\n}', "x.json");
    if (!result.ok) throw new Error("expected a value");
    expect(result.json.lineAt(["a", "absent", 3])).toBe(2);
  });

  it("skips a byte-order mark", () => {
    expect(parseJson('\uFEFF{"a":1}', "x.json")).toMatchObject({ ok: true, json: { value: { a: 1 } } });
  });

  it.each([
    ["a comment", '{\n// why\n"a": 1}', "json.syntax", 2, "remove the comment; use the key description"],
    [
      "a trailing comma",
      '{\n"a": 1,\n}',
      "json.syntax",
      3,
      "put a key in double quotes here, or remove the comma before a closing brace",
    ],
    ["a missing comma", '{\n"a": 1\n"b": 2}', "json.syntax", 3, "put a comma between two entries"],
    ["an unclosed object", '{"a": 1', "json.syntax", 1, "close the object with }"],
    ["NaN", '{"a": NaN}', "json.syntax", 1, SYMBOL_FIX],
    ["single quotes", "{'a': 1}", "json.syntax", 1, SYMBOL_FIX],
    ["an editor's own quotes", "{“a”: 1}", "json.syntax", 1, SYMBOL_FIX],
    ["a decimal comma", '{"a": 0,85}', "json.syntax", 1, "write the decimals after a point: 0.85, not 0,85"],
    ["a second value", '{"a": 1}\n{"b": 2}', "json.syntax", 2, "remove what follows the closing brace"],
    ["a key twice", '{"a": 1,\n"a": 2}', "json.duplicateKey", 2, 'keep one "a" and remove the other'],
    [
      "__proto__",
      '{"__proto__": {"mode": "apply"}}',
      "json.forbiddenKey",
      1,
      "use another name: __proto__ means something to JavaScript itself",
    ],
    [
      "constructor",
      '{"b": [{"constructor": 1}]}',
      "json.forbiddenKey",
      1,
      "use another name: constructor means something to JavaScript itself",
    ],
    ["a number beyond all", '{"a": 1e999}', "json.notFinite", 1, "write a number that exists"],
    ["nothing", " \n", "json.empty", null, "write an object, or remove the file"],
  ])("refuses %s", (_, text, code, line, fix) => {
    expect(firstProblem(text)).toMatchObject({ code, line, fix });
  });

  it("refuses text that would exhaust the parser's stack", () => {
    expect(firstProblem("[".repeat(200_000))).toMatchObject({ code: "json.tooDeep", found: "200000 levels" });
  });

  it("does not count brackets inside texts as nesting", () => {
    expect(parseJson(JSON.stringify({ a: '\\"[['.repeat(40) }), "x.json").ok).toBe(true);
  });

  it("refuses a file that is too large to be one of ours", () => {
    expect(firstProblem(`"${"a".repeat(262_144)}"`)).toMatchObject({ code: "json.tooLarge" });
  });

  it("writes paths as people read them and quotes what is no plain word", () => {
    expect(pathText(["conditions", "all", 2, "fact"])).toBe("conditions.all[2].fact");
    expect(pathText(["a b", "\u001b[31m"])).toBe('["a b"]["\\u001b[31m"]');
  });

  it("shortens what it quotes to one line", () => {
    expect(shorten("x".repeat(100))).toBe(`"${"x".repeat(58)}…`);
    expect(shorten(undefined)).toBe("nothing");
  });
});
