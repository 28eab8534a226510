/** Formulas of the brand file beside the facts and the packs: which names they use, in which unit, and what rules know of them. */
import type { Brand, Parameter } from "../../domain/brand.ts";
import type { Unit } from "../../domain/figure.ts";
import type { Formula } from "../../domain/formula.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Complaint, unknownWord } from "../../domain/shape.ts";
import { namesIn } from "../../formulas/text.ts";
import { hasFormulaUnit, unitProblem } from "../../formulas/unit.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import { neededBy } from "./params.ts";
import { FACT_WORDS } from "./vocabulary.ts";

/** Whoever complains says at which path of the brand file. */
export type Complain = (path: string, complaint: Complaint) => ConfigProblem;

/** `catalogue` is without the facts that rules may not name; parameters are those of brand and packs, by where they stand. */
interface FormulaWorld {
  brand: Brand;
  catalogue: readonly FactDefinition[];
  parameters: readonly (readonly [where: string, name: string, parameter: Parameter])[];
}

export function formulaProblems(world: FormulaWorld, complain: Complain): ConfigProblem[] {
  const { brand, catalogue, parameters } = world;
  const ofParameters = new Map<string, Unit>(parameters.map(([, name, { unit }]) => [name, unit]));
  const inputs = catalogue.filter((fact) => isInput(fact));
  const ofMetrics = new Map<string, Unit>([
    ...inputs.map(({ id, unit }): [string, Unit] => [id, unit]),
    ...ofParameters,
    ...Object.entries(brand.metrics).map(([name, { unit }]): [string, Unit] => [name, unit]),
  ]);
  const facts = new Map(catalogue.map((fact) => [fact.id, fact]));
  const calculated = parameters.flatMap(([where, name, { unit, formula }]) =>
    formula === undefined ? [] : [{ path: `${where}.${name}.formula`, unit, formula: formula.formula }],
  );
  const metrics = Object.entries(brand.metrics).map(([name, { unit, formula }]) => {
    return { path: `metrics.${name}.formula`, unit, formula };
  });
  const isMetric = (name: string) =>
    Object.hasOwn(brand.metrics, name) || (facts.get(name)?.kind === "metric" && !ofParameters.has(name));
  return [
    ...calculated.flatMap((one) => problemsOf(one, ofParameters, facts, complain)),
    ...metrics.flatMap((one) => {
      const problems = problemsOf(one, ofMetrics, facts, complain);
      if (problems.length > 0 || namesIn(one.formula).some(isMetric)) return problems;
      const fix = "make it a parameter with this formula, which needs no window";
      return [
        complain(one.path, { code: "formulaNamesNothing", allowed: "a formula that names a metric", fix }),
      ];
    }),
  ];
}

/** Numbers that mean something with a window alone. */
function isInput(fact: FactDefinition): boolean {
  return fact.kind === "parameter"
    ? fact.params.length === 0
    : fact.kind === "metric" && neededBy(fact).length === 0;
}

interface Placed {
  path: string;
  unit: Unit;
  formula: Formula;
}

function problemsOf(
  { path, unit, formula }: Placed,
  units: ReadonlyMap<string, Unit>,
  facts: ReadonlyMap<string, FactDefinition>,
  complain: Complain,
): ConfigProblem[] {
  const unfit = namesIn(formula).flatMap((name) => {
    const known = units.get(name);
    if (known !== undefined && hasFormulaUnit(known)) return [];
    const complaint = { ...complaintOf(name, known, units, facts.get(name)), found: name };
    return [complain(path, complaint)];
  });
  if (unfit.length > 0) return unfit;
  const why = unitProblem(formula, unit, (name) => units.get(name) ?? "text");
  return why === null
    ? []
    : [
        complain(path, {
          code: "formulaUnit",
          found: unit,
          allowed: "a formula that comes to its unit",
          fix: why,
        }),
      ];
}

function complaintOf(
  name: string,
  unit: Unit | undefined,
  units: ReadonlyMap<string, Unit>,
  fact: FactDefinition | undefined,
): Complaint {
  const known = [...units.keys()];
  if (unit === undefined && fact === undefined) {
    return unknownWord("unknownFact", name, known, FACT_WORDS);
  }
  if (unit !== undefined) {
    const fix = `${name} is in ${unit}: formulas calculate with money, counts, ratios and percent`;
    return { code: "formulaInput", allowed: "names of figures that can be calculated with", fix };
  }
  const why = fact?.kind === "metric" ? "it needs more than a window" : `it is a ${fact?.kind ?? "fact"}`;
  return { code: "formulaInput", allowed: known.join(", "), fix: `remove ${name}: ${why}` };
}
