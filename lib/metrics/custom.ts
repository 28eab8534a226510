/** Metrics that a brand makes up from facts and parameters: facts by their own names, beside the catalogue's. */
import type { Brand, CustomMetric } from "../domain/brand.ts";
import { formulaText, namesIn, onlyAdds } from "../formulas/text.ts";
import { type Calculated, calculate } from "./calculate.ts";
import {
  ATTRIBUTION,
  CONVERSION,
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  EVERY_LEVEL,
  type Fact,
  type MetricContext,
  type MetricFact,
  type NodeReader,
} from "./fact.ts";
import { metricMessage } from "./messages.ts";
import { OF } from "./metric-reader.ts";
import { noData } from "./outcome.ts";
import { parameterOf } from "./parameters.ts";
import type { FactDefinition } from "./port.ts";

/** Whose figure and over which days: true of a quotient only where it is true of both sides. */
const OF_ALL: readonly string[] = [OF, "minSettledPercent", CORRECTED_FOR_DELAY];

/** Which conversions or customers: each metric takes what it knows. */
const OF_SOME: readonly string[] = [CONVERSION, ATTRIBUTION, COUNTED_ON, "customers"];

/** Below 0 a factor would turn a comparison round, so rules refuse it on these. */
const BELOW_ZERO = [-1_000_000_000, 1_000_000_000] as const;
const MANY_PERCENT = 100_000;

/**
 * What rules, lists and documents know of the brand's metrics, in an order in which each stands behind those that it names.
 * Those that name nothing known are left out: they are refused where rules are loaded.
 */
export function customDefinitions(
  brand: Brand,
  catalogue: readonly FactDefinition[],
): readonly FactDefinition[] {
  const facts = new Map(catalogue.map((fact) => [fact.id, fact]));
  const made: FactDefinition[] = [];
  // Parsing has made sure that no metric needs itself, so this ends.
  const make = (name: string, metric: CustomMetric): FactDefinition | null => {
    const known = facts.get(name);
    if (known !== undefined) return known;
    const inputs: FactDefinition[] = [];
    for (const input of namesIn(metric.formula)) {
      const own = Object.hasOwn(brand.metrics, input) ? brand.metrics[input] : undefined;
      const fact = own === undefined ? facts.get(input) : make(input, own);
      if (fact?.kind === "metric" && fact.ranked !== true) inputs.push(fact);
      else if (fact?.kind !== "parameter" && parameterOf(brand, input) === null) return null;
    }
    if (inputs.length === 0) return null;
    const fact = definitionOf(name, metric, inputs);
    facts.set(name, fact);
    made.push(fact);
    return fact;
  };
  for (const [name, metric] of Object.entries(brand.metrics)) make(name, metric);
  return made;
}

/** The same, each with what reads it. */
export function customFacts(brand: Brand, catalogue: readonly Fact[]): readonly MetricFact[] {
  const facts = new Map<string, Fact>(catalogue.map((fact) => [fact.id, fact]));
  return customDefinitions(brand, catalogue).flatMap(({ about: _, ranked: __, ...definition }) => {
    const metric = brand.metrics[definition.id];
    if (metric === undefined) return [];
    const calculated = { ...metric, name: definition.id };
    const fact: MetricFact = {
      ...definition,
      kind: "metric",
      read: (context) => formulaReader(calculated, facts, context),
    };
    facts.set(fact.id, fact);
    return [fact];
  });
}

function definitionOf(
  name: string,
  { unit, formula, source }: CustomMetric,
  inputs: readonly FactDefinition[],
): FactDefinition {
  const levels = EVERY_LEVEL.filter((level) => inputs.every((input) => input.levels.includes(level)));
  const [windows, ...others] = inputs.flatMap((input) =>
    input.windows === undefined ? [] : [input.windows],
  );
  const range = rangeOf(formula, unit, inputs);
  return {
    id: name,
    label: { en: name, fr: name },
    unit,
    kind: "metric",
    levels: levels.length === EVERY_LEVEL.length ? EVERY_LEVEL : levels,
    params: [
      ...OF_ALL.filter((param) => inputs.every(({ params }) => params.includes(param))),
      ...OF_SOME.filter((param) => inputs.some(({ params }) => params.includes(param))),
    ],
    goodSide: null,
    ...(inputs.some(({ counts }) => counts === "conversions") && { counts: "conversions" as const }),
    ...(windows !== undefined && {
      windows: windows.filter((one) => others.every((list) => list.includes(one))),
    }),
    ...(range !== null && { range }),
    doc: `${formulaText(formula)}, as the brand file has it; no data where one of these has none, or when it divides by 0.`,
    source,
  };
}

function rangeOf(
  formula: CustomMetric["formula"],
  unit: CustomMetric["unit"],
  inputs: readonly FactDefinition[],
): readonly [number, number] | null {
  const isPositive = onlyAdds(formula) && inputs.every(({ range }) => (range?.[0] ?? 0) >= 0);
  if (unit === "percent") return [isPositive ? 0 : -MANY_PERCENT, MANY_PERCENT];
  return isPositive ? null : BELOW_ZERO;
}

/** Every metric in it over the same days, with those of the condition's parameters that it takes. */
function formulaReader(
  calculated: Calculated,
  facts: ReadonlyMap<string, Fact>,
  context: MetricContext,
): NodeReader {
  const readers = new Map(
    namesIn(calculated.formula).map((name) => [name, inputReader(facts.get(name), name, context)]),
  );
  return (node) =>
    calculate(calculated, (name) => {
      const read = readers.get(name);
      return read === undefined ? noData(metricMessage("noData.parameterUnset", { name })) : read(node);
    });
}

function inputReader(fact: Fact | undefined, name: string, context: MetricContext): NodeReader {
  if (fact === undefined || fact.ranked === true) return context.parameter(name);
  const given = Object.entries(context.params).filter(
    ([param]) => param === "window" || fact.params.includes(param),
  );
  const own = { ...context, params: Object.fromEntries(given) };
  if (fact.kind !== "metric") return fact.read(own);
  if (fact.about !== "brand") return fact.read(own);
  const outcome = fact.read(own);
  return () => outcome;
}
