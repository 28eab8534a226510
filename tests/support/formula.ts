import type { Formula } from "../../lib/domain/formula.ts";
import { parseFormula } from "../../lib/formulas/parse.ts";

/** The tree of a formula that is one. */
export function aFormula(text: string): Formula {
  const parsed = parseFormula(text);
  if (parsed.ok) return parsed.formula;
  throw new Error(`${text}: ${parsed.problem.found} at ${parsed.problem.at}`);
}
