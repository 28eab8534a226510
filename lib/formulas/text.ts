/** A formula in words again, and what it names. */
import type { Formula } from "../domain/formula.ts";

/** Every name in the order read, each once. */
export function namesIn(formula: Formula): readonly string[] {
  return [...new Set(everyName(formula))];
}

function everyName(formula: Formula): string[] {
  switch (formula.kind) {
    case "number":
      return [];
    case "name":
      return [formula.name];
    case "minus":
      return everyName(formula.of);
    case "binary":
      return [...everyName(formula.left), ...everyName(formula.right)];
    case "call":
      return formula.of.flatMap(everyName);
  }
}

/** With the parentheses that its order needs and no others. */
export function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case "number":
      return formula.text;
    case "name":
      return formula.name;
    case "minus":
      return `-${formula.of.kind === "binary" ? inParentheses(formula.of) : formulaText(formula.of)}`;
    case "binary": {
      const { operator, left, right } = formula;
      const isProduct = operator === "*" || operator === "/";
      const first = isProduct && isSum(left) ? inParentheses(left) : formulaText(left);
      const second =
        right.kind === "binary" && (isProduct || isSum(right)) ? inParentheses(right) : formulaText(right);
      return `${first} ${operator} ${second}`;
    }
    case "call":
      return `${formula.name}(${formula.of.map(formulaText).join(", ")})`;
  }
}

function isSum(formula: Formula): boolean {
  return formula.kind === "binary" && (formula.operator === "+" || formula.operator === "-");
}

function inParentheses(formula: Formula): string {
  return `(${formulaText(formula)})`;
}

/** True where nothing is taken away, so that what starts at 0 or above stays there. */
export function onlyAdds(formula: Formula): boolean {
  switch (formula.kind) {
    case "number":
    case "name":
      return true;
    case "minus":
      return false;
    case "binary":
      return formula.operator !== "-" && onlyAdds(formula.left) && onlyAdds(formula.right);
    case "call":
      return formula.of.every(onlyAdds);
  }
}
