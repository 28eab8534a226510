/**
 * From the text of a formula to its tree. jsep only parses, and its tree is taken apart here: no code is run, whatever the text
 * says. It forgives what a formula must not be read with (a missing comma, a stray one), so what it understood is held
 * against what was written.
 */
import jsep from "jsep";
import type { Formula } from "../domain/formula.ts";
import { firstRefused } from "./refused.ts";

export const MAX_FORMULA_LENGTH = 500;
/** Parentheses inside parentheses; people lose count long before. */
const MAX_DEPTH = 20;
const MAX_NAMES = 60;

/** `at` counts characters from 1. */
export interface FormulaProblem {
  code: "formulaTooLong" | "formulaTooDeep" | "formulaTooMany" | "formulaSyntax";
  at: number;
  found: string;
  allowed: string;
  fix: string;
}

export type ParsedFormula = { ok: true; formula: Formula } | { ok: false; problem: FormulaProblem };

const ALLOWED = "names, decimal numbers, + - * /, parentheses, min(a, b) and max(a, b)";

export function parseFormula(text: string): ParsedFormula {
  const bomb = tooMuch(text);
  if (bomb !== null) return { ok: false, problem: bomb };
  const refused = firstRefused(text);
  if (refused !== null) {
    const { at, name, found, fix } = refused;
    return wrong(at, `${name}, "${found}"`, fix);
  }
  const parsed = treeOf(text);
  if ("at" in parsed) return wrong(parsed.at, found(text, parsed.at), "write a whole formula");
  const formula = formulaOf(parsed.tree);
  if (formula === null) return wrong(1, found(text, 1), "write a whole formula");
  const at = firstDifference(text, written(formula));
  if (at !== null)
    return wrong(at, found(text, at), "put an operator between two numbers, and commas in min and max alone");
  return { ok: true, formula };
}

function wrong(at: number, what: string, fix: string): ParsedFormula {
  return { ok: false, problem: { code: "formulaSyntax", at, found: what, allowed: ALLOWED, fix } };
}

function found(text: string, at: number): string {
  const rest = text.slice(at - 1).trim();
  return rest === "" ? "the end of the formula" : `"${/^(?:[A-Za-z0-9.]+|.)/.exec(rest)?.[0] ?? ""}"`;
}

/** Before anything is parsed, so that no text can keep a parser busy. */
function tooMuch(text: string): FormulaProblem | null {
  const fix = "split it: a metric may name another, a parameter too";
  if (text.length > MAX_FORMULA_LENGTH) {
    const allowed = `at most ${MAX_FORMULA_LENGTH} characters`;
    return {
      code: "formulaTooLong",
      at: MAX_FORMULA_LENGTH + 1,
      found: `${text.length} characters`,
      allowed,
      fix,
    };
  }
  let depth = 0;
  for (const [index, character] of [...text].entries()) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth <= MAX_DEPTH) continue;
    const allowed = `parentheses at most ${MAX_DEPTH} deep`;
    return { code: "formulaTooDeep", at: index + 1, found: `parentheses ${depth} deep`, allowed, fix };
  }
  const names = [...text.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)];
  const beyond = names[MAX_NAMES];
  if (beyond === undefined) return null;
  const allowed = `at most ${MAX_NAMES} names`;
  return { code: "formulaTooMany", at: beyond.index + 1, found: `${names.length} names`, allowed, fix };
}

function treeOf(text: string): { tree: jsep.Expression } | { at: number } {
  try {
    return { tree: jsep(text) };
  } catch (error) {
    // Its errors carry the place; whatever else it may throw is no formula either.
    const index = error instanceof Error && "index" in error ? Number(error.index) : 0;
    return { at: Math.min(index, text.length) + 1 };
  }
}

/** Null for every kind of node that formulas do not have, among them any that a parser's plugin may add one day. */
function formulaOf(node: jsep.Expression): Formula | null {
  const tree = node as jsep.CoreExpression;
  switch (tree.type) {
    case "Literal":
      return typeof tree.value === "number" ? { kind: "number", text: tree.raw } : null;
    case "Identifier":
      return { kind: "name", name: tree.name };
    case "UnaryExpression": {
      const of = formulaOf(tree.argument);
      return of === null || tree.operator !== "-" ? null : { kind: "minus", of };
    }
    case "BinaryExpression": {
      const [left, right] = [formulaOf(tree.left), formulaOf(tree.right)];
      const { operator } = tree;
      return left === null || right === null || !isOperator(operator)
        ? null
        : { kind: "binary", operator, left, right };
    }
    case "CallExpression":
      return callOf(tree);
    // Two things side by side: the first is compared with the text, which tells where the second begins.
    case "Compound":
      return tree.body[0] === undefined ? null : formulaOf(tree.body[0]);
    case "SequenceExpression":
      return tree.expressions[0] === undefined ? null : formulaOf(tree.expressions[0]);
    default:
      return null;
  }
}

function callOf({ callee, arguments: list }: jsep.CallExpression): Formula | null {
  const { name } = callee as jsep.Identifier;
  const of = list.map(formulaOf).filter((one) => one !== null);
  const isWhole = callee.type === "Identifier" && of.length === list.length && of.length >= 2;
  return isWhole && (name === "min" || name === "max") ? { kind: "call", name, of } : null;
}

function isOperator(text: string): text is "+" | "-" | "*" | "/" {
  return text === "+" || text === "-" || text === "*" || text === "/";
}

/** The tree as its text without spaces and parentheses. */
function written(formula: Formula): string {
  switch (formula.kind) {
    case "number":
      return formula.text;
    case "name":
      return formula.name;
    case "minus":
      return `-${written(formula.of)}`;
    case "binary":
      return `${written(formula.left)}${formula.operator}${written(formula.right)}`;
    case "call":
      return `${formula.name}${formula.of.map(written).join(",")}`;
  }
}

/** Where the text first says something else than what was understood, from 1; null where it nowhere does. */
function firstDifference(text: string, understood: string): number | null {
  let place = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (/[() \t\r\n]/.test(character)) continue;
    if (character !== understood[place]) return index + 1;
    place += 1;
  }
  return place === understood.length ? null : text.length + 1;
}
