/** Formulas of a brand file, as far as it says itself: how they are written, and that none leads back to itself. */
import type { Formula } from "../domain/formula.ts";
import { type JsonPath, pathText } from "../domain/json-file.ts";
import type { ConfigProblem } from "../domain/problem.ts";
import type { Reporter } from "../domain/shape.ts";
import { cyclesIn } from "../formulas/cycles.ts";
import { parseFormula } from "../formulas/parse.ts";
import { namesIn } from "../formulas/text.ts";
import type { BrandFile, ParameterFile } from "./schema.ts";

type Placed<Value> = readonly [path: JsonPath, name: string, value: Value];

export function checkFormulas(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const parameters = everyParameter(brand).flatMap(([path, name, { formula }]): Placed<string>[] =>
    formula === undefined ? [] : [[path, name, formula]],
  );
  const metrics = Object.entries(brand.metrics).map(
    ([name, { formula }]): Placed<string> => [["metrics", name], name, formula],
  );
  return [...checkTable(parameters, report), ...checkTable(metrics, report)];
}

/** The brand's own and those of packs that it retunes. */
export function everyParameter(brand: BrandFile): Placed<ParameterFile>[] {
  const own = Object.entries(brand.parameters).map(
    ([name, one]): Placed<ParameterFile> => [["parameters", name], name, one],
  );
  const packed = Object.entries(brand.packs).flatMap(([id, { parameters }]) =>
    Object.entries(parameters ?? {}).map(
      ([name, one]): Placed<ParameterFile> => [["packs", id, "parameters", name], name, one],
    ),
  );
  return [...own, ...packed];
}

/** Whether names exist, and whether the unit is right, shows only beside the facts and the packs: see `lib/rules`. */
function checkTable(written: readonly Placed<string>[], report: Reporter): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const formulas = new Map<string, Formula>();
  const places = new Map<string, JsonPath>();
  for (const [path, name, text] of written) {
    const at = [...path, "formula"];
    const parsed = parseFormula(text);
    if (!parsed.ok) {
      const { code, at: character, found, allowed, fix } = parsed.problem;
      problems.push(report(at, { code, found: `${found} at character ${character}`, allowed, fix }));
      continue;
    }
    if (namesIn(parsed.formula).length === 0) {
      const fix = "a number that never changes is a parameter with a default";
      problems.push(
        report(at, { code: "formulaNamesNothing", allowed: "a formula that names something", fix }),
      );
    }
    formulas.set(name, parsed.formula);
    places.set(name, at);
  }
  const cycles = cyclesIn(formulas).map((way) => {
    const fix = `${way.join(" needs ")}: break the circle`;
    return report(places.get(way[0] ?? "") ?? [], {
      code: "formulaCircle",
      allowed: "no formula that needs itself",
      fix,
    });
  });
  return [...problems, ...cycles];
}

/** Parameters and metrics are facts by their bare name, so one name can have one meaning only. */
export function checkNames(brand: BrandFile, report: Reporter): ConfigProblem[] {
  const metrics = Object.keys(brand.metrics).map((name): [JsonPath, string] => [["metrics", name], name]);
  const named = [
    ...everyParameter(brand).map(([path, name]): [JsonPath, string] => [path, name]),
    ...metrics,
  ];
  const owners = new Map<string, JsonPath>();
  return named.flatMap(([path, name]) => {
    const owner = owners.get(name);
    owners.set(name, owner ?? path);
    if (owner === undefined) return [];
    const fix = `it is set at ${pathText(owner)} already: keep one`;
    const code = path[0] === "metrics" ? "duplicateName" : "duplicateParameter";
    return [report(path, { code, allowed: "each name once", fix })];
  });
}
