/** The figure that a formula of the brand file comes to: exact until it is rounded once, as every figure is. */
import type { Unit } from "../domain/figure.ts";
import type { Formula } from "../domain/formula.ts";
import { evaluate } from "../formulas/evaluate.ts";
import { formulaText } from "../formulas/text.ts";
import { exactRatio } from "./arithmetic.ts";
import { metricMessage } from "./messages.ts";
import { type Known, type NoData, noData, type Outcome } from "./outcome.ts";

const MILLION = 1_000_000;

export interface Calculated {
  name: string;
  unit: Unit;
  formula: Formula;
}

/** Money to whole micros, the rest to six decimals. Its `source` is the formula and where its figures are from. */
export function calculate(
  { name, unit, formula }: Calculated,
  read: (name: string) => Outcome,
): (Known & { value: number; source: string }) | NoData {
  const sources = new Set<string>();
  const result = evaluate(formula, (input): number | NoData => {
    const outcome = read(input);
    if (outcome.kind === "noData") return outcome;
    if (outcome.source !== null) sources.add(outcome.source);
    return typeof outcome.value === "number"
      ? outcome.value
      : noData(metricMessage("noData.notReported", { fact: input }));
  });
  if (result.kind === "noData") return result;
  if (result.kind === "dividedByZero") return noData(metricMessage("noData.formulaDividedByZero", { name }));
  const scale = unit === "money" ? 1 : MILLION;
  const rounded = exactRatio(result.numerator * BigInt(scale), result.denominator);
  if (!Number.isSafeInteger(rounded)) return noData(metricMessage("noData.formulaTooLarge", { name }));
  const source = [formulaText(formula), ...sources].join("; ");
  return { kind: "known", value: rounded / scale, reason: null, source };
}
