/**
 * What unit a formula comes to. Small and strict: the figures of a brand's file decide about money, and most wrong formulas
 * (a percent taken for a share, euros added to pieces) have no unit.
 */
import type { Unit } from "../domain/figure.ts";
import type { Formula } from "../domain/formula.ts";
import { formulaText } from "./text.ts";

/** What formulas calculate with; `bare` is a number as written. */
type Kind = "money" | "count" | "ratio" | "percent" | "bare";

/** `hundredfold`: multiplied by a written 100, so it may be meant as percent. */
interface Known {
  kind: Kind;
  hundredfold: boolean;
}

/** Why there is no unit, in a sentence. */
interface Clash {
  kind: "clash";
  why: string;
}

const KINDS: Readonly<Partial<Record<Unit, Kind>>> = {
  money: "money",
  count: "count",
  ratio: "ratio",
  probability: "ratio",
  percent: "percent",
};

const WORDS: Readonly<Record<Kind, string>> = {
  money: "money",
  count: "a count",
  ratio: "a ratio",
  percent: "a percent",
  bare: "a bare number",
};

/** True for the units of facts and parameters that formulas may name. */
export function hasFormulaUnit(unit: Unit): boolean {
  return KINDS[unit] !== undefined;
}

/** Why the formula does not come to `declared`, in a sentence; null when it does. Every name must have a unit of the above. */
export function unitProblem(formula: Formula, declared: Unit, unitOf: (name: string) => Unit): string | null {
  const result = dimensionOf(formula, (name) => KINDS[unitOf(name)] ?? "bare");
  if (result.kind === "clash") return result.why;
  const wanted = KINDS[declared];
  const isNumber = result.kind === "bare" && (wanted === "ratio" || wanted === "count");
  if (result.kind === wanted || isNumber || (wanted === "percent" && mayBePercent(result))) return null;
  const kind = result.kind === "bare" ? "ratio" : result.kind;
  if (wanted === "percent" && kind === "ratio") {
    return "the formula comes to a ratio: multiply it by 100, or write the unit ratio";
  }
  return `the formula comes to ${WORDS[result.kind]}: write the unit ${kind}`;
}

function dimensionOf(formula: Formula, kindOf: (name: string) => Kind): Known | Clash {
  switch (formula.kind) {
    case "number":
      return { kind: "bare", hundredfold: isHundred(formula) };
    case "name":
      return plain(kindOf(formula.name));
    case "minus":
      return dimensionOf(formula.of, kindOf);
    case "call":
      return formula.of
        .map((one): Part => ({ formula: one, known: dimensionOf(one, kindOf) }))
        .reduce((first, second) => {
          const known = together(first, second, (left, right) => sum(left, right, "compare"));
          // The sentence about the third part names the first: all before agree with it.
          return { formula: first.formula, known };
        }).known;
    case "binary": {
      const { operator, left, right } = formula;
      const first = { formula: left, known: dimensionOf(left, kindOf) };
      const second = { formula: right, known: dimensionOf(right, kindOf) };
      if (operator === "*") return together(first, second, product);
      if (operator === "/") return together(first, second, quotient);
      return together(first, second, (one, other) => sum(one, other, "add up"));
    }
  }
}

interface Part {
  formula: Formula;
  known: Known | Clash;
}

interface Side extends Known {
  formula: Formula;
}

function together(left: Part, right: Part, of: (left: Side, right: Side) => Known | Clash): Known | Clash {
  if (left.known.kind === "clash") return left.known;
  if (right.known.kind === "clash") return right.known;
  return of({ ...left.known, formula: left.formula }, { ...right.known, formula: right.formula });
}

/** Both of one kind. A bare number stands beside ratios and counts, never beside money or, without its 100, percent. */
function sum(left: Side, right: Side, verb: "add up" | "compare"): Known | Clash {
  if (left.kind === right.kind)
    return { kind: left.kind, hundredfold: left.hundredfold && right.hundredfold };
  const kinds = [left.kind, right.kind];
  if (kinds.includes("percent") && mayBePercent(left) && mayBePercent(right)) return plain("percent");
  if (kinds.includes("bare") && kinds.includes("count")) return plain("count");
  if (kinds.includes("bare") && kinds.includes("ratio")) {
    return { kind: "ratio", hundredfold: left.hundredfold && right.hundredfold };
  }
  const isAmount = kinds.includes("bare") && kinds.includes("money");
  const fix = isAmount ? "; put the amount into a parameter with the unit money" : "";
  return clash(`${both(left, right)}: they do not ${verb}${kinds.includes("percent") ? BY_HUNDRED : fix}`);
}

const BY_HUNDRED = "; divide the percent by 100";

function product(left: Side, right: Side): Known | Clash {
  const hundredfold = left.hundredfold || right.hundredfold;
  const [one, other] = left.kind === "bare" ? [right, left] : [left, right];
  if (other.kind === "bare") {
    return { kind: one.kind, hundredfold };
  }
  const percent = [left, right].find(({ kind }) => kind === "percent");
  if (percent !== undefined) return firstDivided(percent);
  if (left.kind === "ratio") return { kind: right.kind, hundredfold };
  if (right.kind === "ratio") return { kind: left.kind, hundredfold };
  // A price times pieces.
  if (left.kind !== right.kind) return { kind: "money", hundredfold };
  return clash(`${both(left, right)}: multiplied they have no unit`);
}

function quotient(left: Side, right: Side): Known | Clash {
  const byHundred = right.kind === "bare" && isHundred(right.formula);
  if (byHundred) return plain(left.kind === "percent" ? "ratio" : left.kind);
  const { hundredfold } = left;
  if (right.kind === "bare") return { kind: left.kind, hundredfold };
  if (left.kind === right.kind) return { kind: "ratio", hundredfold };
  const percent = [left, right].find(({ kind }) => kind === "percent");
  if (percent !== undefined) return firstDivided(percent);
  const isPlain = left.kind === "bare" || left.kind === "ratio";
  if (isPlain && right.kind !== "money") return { kind: "ratio", hundredfold };
  if (right.kind === "ratio" || (left.kind === "money" && right.kind === "count")) {
    return { kind: left.kind, hundredfold };
  }
  return clash(`${both(left, right)}: divided they have no unit`);
}

function mayBePercent({ kind, hundredfold }: Known): boolean {
  return kind === "percent" || (hundredfold && (kind === "ratio" || kind === "bare"));
}

function isHundred(formula: Formula): boolean {
  return formula.kind === "number" && Number(formula.text) === 100;
}

function firstDivided({ formula }: Side): Clash {
  const text = formula.kind === "binary" ? `(${formulaText(formula)})` : formulaText(formula);
  return clash(`${formulaText(formula)} is a percent: write (${text} / 100) to calculate with it`);
}

function both(left: Side, right: Side): string {
  return `${formulaText(left.formula)} is ${WORDS[left.kind]} and ${formulaText(right.formula)} is ${WORDS[right.kind]}`;
}

function plain(kind: Kind): Known {
  return { kind, hundredfold: false };
}

function clash(why: string): Clash {
  return { kind: "clash", why };
}
