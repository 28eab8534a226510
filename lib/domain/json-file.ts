/**
 * JSON that a person wrote, read strictly and with positions: no comments, no trailing commas, no key twice, no key that
 * JavaScript gives a meaning of its own. Every problem names its line.
 */
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { ConfigProblem } from "./problem.ts";

/** Far above any brand or rule file; keeps a wrong file from being parsed for minutes. */
const MAX_CHARACTERS = 262_144;

/** Whoever reads a file needs no more of it to see that it is too large: no character takes more than three bytes of UTF-8. */
export const MOST_JSON_BYTES = 3 * (MAX_CHARACTERS + 1);

/** Conditions nest at most 8 deep, the rest a handful; deeper text could exhaust the stack of the parser. */
const MAX_DEPTH = 32;

/** Far above any object of ours; each key may be a problem of its own, looked for among the others. */
const MAX_KEYS = 1_000;

/** Found values are quoted in messages only as far as one line carries them. */
const MAX_FOUND = 60;

const FORBIDDEN_KEYS: readonly string[] = ["__proto__", "constructor", "prototype"];

const SYNTAX_FIXES: Readonly<Record<string, string>> = {
  CommaExpected: "put a comma between two entries",
  ColonExpected: "put a colon between key and value",
  PropertyNameExpected: "put a key in double quotes here, or remove the comma before a closing brace",
  ValueExpected: "put a value here, or remove the comma before a closing bracket",
  CloseBraceExpected: "close the object with }",
  CloseBracketExpected: "close the list with ]",
  EndOfFileExpected: "remove what follows the closing brace",
  InvalidSymbol:
    'write texts in straight double quotes ("), numbers with digits and a point, and true, false, null in small letters',
  InvalidCommentToken: "remove the comment; use the key description",
  UnexpectedEndOfString: "close the text with a double quote",
};

/** What stands before the decimals of a number written with a comma, in an object. */
const DECIMAL_COMMA = /:\s*-?\d+,$/;

export type JsonPath = readonly (string | number)[];

export interface JsonFile {
  file: string;
  value: unknown;
  /** 1-based line of the value at a path, or of its nearest ancestor that stands in the file. */
  lineAt(path: JsonPath): number;
}

export type JsonResult = { ok: true; json: JsonFile } | { ok: false; problems: ConfigProblem[] };

/** Parses strict JSON. `file` is only a name for the messages. A byte-order mark is skipped: some editors write one. */
export function parseJson(rawText: string, file: string): JsonResult {
  const text = rawText.startsWith("\uFEFF") ? rawText.slice(1) : rawText;
  const unreadable = sizeProblem(text, file);
  if (unreadable !== null) return { ok: false, problems: [unreadable] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lineOf = linesOf(text);
  const firstError = errors[0];
  if (root === undefined || firstError !== undefined) {
    return { ok: false, problems: [syntaxProblem(text, file, firstError, lineOf)] };
  }
  const problems: ConfigProblem[] = [];
  const value = readNode(root, [], (code, path, node, fix) => {
    const found = shorten(
      node.type === "property"
        ? node.children?.[0]?.value
        : text.slice(node.offset, node.offset + node.length),
    );
    problems.push({
      code,
      file,
      line: lineOf(node.offset),
      path: pathText(path),
      found,
      allowed: "plain JSON",
      fix,
    });
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, json: { file, value, lineAt: (path) => lineOf(nodeNear(root, path).offset) } };
}

/** `conditions.all[2].fact`; keys that are no plain words are quoted, so that a path never carries control characters. */
export function pathText(path: JsonPath): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(part)) return `[${shorten(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

/** A value as one short line of JSON; "nothing" for an absent one. */
export function shorten(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value));
  return text.length <= MAX_FOUND ? text : `${text.slice(0, MAX_FOUND - 1)}…`;
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, key)) return undefined;
    return Reflect.get(inner, key);
  }, value);
}

/** 1-based line of an offset; found by halving, because a file may have as many problems as lines. */
function linesOf(text: string): (offset: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks.push(at);
  return (offset) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function sizeProblem(text: string, file: string): ConfigProblem | null {
  const base = { file, line: null, path: "" };
  if (text.trim() === "") {
    return {
      ...base,
      code: "json.empty",
      found: "nothing",
      allowed: "one JSON object",
      fix: "write an object, or remove the file",
    };
  }
  if (text.length > MAX_CHARACTERS) {
    const found = `more than ${MAX_CHARACTERS} characters`;
    return {
      ...base,
      code: "json.tooLarge",
      found,
      allowed: `at most ${MAX_CHARACTERS}`,
      fix: "split the file",
    };
  }
  const depth = depthOf(text);
  if (depth <= MAX_DEPTH) return null;
  return {
    ...base,
    code: "json.tooDeep",
    found: `${depth} levels`,
    allowed: `at most ${MAX_DEPTH}`,
    fix: "nest less",
  };
}

/** Deepest nesting of braces and brackets outside texts, counted without recursion. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inText && character === "\\") index += 1;
    else if (character === '"') inText = !inText;
    else if (!inText && (character === "{" || character === "[")) deepest = Math.max(deepest, ++depth);
    else if (!inText && (character === "}" || character === "]")) depth -= 1;
  }
  return deepest;
}

function syntaxProblem(
  text: string,
  file: string,
  error: ParseError | undefined,
  lineOf: (offset: number) => number,
): ConfigProblem {
  const offset = error?.offset ?? 0;
  const kind = error === undefined ? "ValueExpected" : printParseErrorCode(error.error);
  const rest = text.slice(offset).split("\n")[0] ?? "";
  const decimalComma = DECIMAL_COMMA.exec(text.slice(0, offset));
  return {
    code: "json.syntax",
    file,
    line: lineOf(offset),
    path: "",
    found: rest.trim() === "" ? "the end of the line" : shorten(rest),
    allowed: "strict JSON, without comments and without trailing commas",
    fix:
      decimalComma !== null && /^\d/.test(rest)
        ? "write the decimals after a point: 0.85, not 0,85"
        : (SYNTAX_FIXES[kind] ?? "mend the JSON at this place"),
  };
}

type Report = (code: string, path: JsonPath, node: Node, fix: string) => void;

/** Own conversion instead of the parser's, whose duplicate keys overwrite and whose `__proto__` sets the prototype. */
function readNode(node: Node, path: JsonPath, report: Report): unknown {
  if (node.type === "array")
    return (node.children ?? []).map((child, index) => readNode(child, [...path, index], report));
  if (node.type === "object") return objectOf(node, path, report);
  if (node.type === "number" && !Number.isFinite(node.value)) {
    report("json.notFinite", path, node, "write a number that exists");
  }
  if (typeof node.value === "string" && !node.value.isWellFormed()) {
    report(
      "json.halfCharacter",
      path,
      node,
      "write the whole character: half of a surrogate pair means nothing",
    );
  }
  return node.value;
}

function objectOf(node: Node, path: JsonPath, report: Report): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  if ((node.children?.length ?? 0) > MAX_KEYS) {
    report("json.tooManyKeys", path, node, `keep at most ${MAX_KEYS} keys in an object`);
    return {};
  }
  for (const property of node.children ?? []) {
    const [keyNode, valueNode] = property.children ?? [];
    if (keyNode === undefined || valueNode === undefined) continue;
    const key: string = keyNode.value;
    const here = [...path, key];
    if (!key.isWellFormed()) report("json.halfCharacter", here, property, "use another name");
    if (FORBIDDEN_KEYS.includes(key))
      report(
        "json.forbiddenKey",
        here,
        property,
        `use another name: ${key} means something to JavaScript itself`,
      );
    if (entries.has(key))
      report("json.duplicateKey", here, property, `keep one "${key}" and remove the other`);
    entries.set(key, readNode(valueNode, here, report));
  }
  return Object.fromEntries(entries);
}

function nodeNear(root: Node, path: JsonPath): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node.parent?.type === "property" ? node.parent : node;
  }
  return root;
}
