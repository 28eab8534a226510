/** What packs and brand file name: their parameters merged, and every name that conditions may use. */
import type { Brand, Parameter } from "../../domain/brand.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Checked, unknownWord } from "../../domain/shape.ts";
import { customDefinitions } from "../../metrics/custom.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import type { KnownFact } from "./context.ts";
import { type Complain, formulaProblems } from "./formulas.ts";
import { inBrand } from "./pack-files.ts";
import { type Pack, strictestModes } from "./pack-merge.ts";

/**
 * The brand with every pack parameter that it does not retune at the pack's default, so that facts find them where they look
 * for the brand's own, and with what its packs switch off or slow down beside its own settings.
 */
export function withPackSettings(packs: readonly Pack[], brand: Brand): Checked<Brand> {
  const problems = packs.flatMap((pack) => retuningProblems(pack, brand));
  const owners = new Map(Object.keys(brand.parameters).map((name) => [name, brand.file]));
  for (const pack of packs) {
    for (const name of Object.keys(pack.parameters)) {
      const owner = owners.get(name);
      owners.set(name, pack.file);
      if (owner === undefined) continue;
      const complaint = {
        code: "duplicateParameter",
        found: name,
        allowed: "each name once",
        fix: `${owner} has it already: rename one`,
      };
      problems.push({
        ...inBrand(brand, `parameters.${name}`, complaint),
        file: pack.file,
        code: "pack.duplicateParameter",
      });
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const filled = packs.map((pack) => {
    const defaults = Object.entries(pack.parameters).map(
      ([name, { unit, default: value, file }]): [string, Parameter] => [
        name,
        { unit, default: { value, source: `${file}: parameters.${name}.default` }, values: [] },
      ],
    );
    const settings = brand.packs[pack.id] ?? { off: [], modes: {}, parameters: {} };
    const off = [...new Set([...settings.off, ...pack.off])];
    const modes = strictestModes([settings.modes, pack.modes]);
    const parameters = { ...Object.fromEntries(defaults), ...settings.parameters };
    return [pack.id, { off, modes, parameters }] as const;
  });
  return { ok: true, value: { ...brand, packs: Object.fromEntries(filled) } };
}

function retuningProblems(pack: Pack, brand: Brand): ConfigProblem[] {
  const known = Object.keys(pack.parameters);
  return Object.entries(brand.packs[pack.id]?.parameters ?? {}).flatMap(([name, { unit }]) => {
    const path = `packs.${pack.id}.parameters.${name}`;
    const declared = pack.parameters[name];
    if (declared === undefined) {
      const complaint = unknownWord("unknownParameter", name, known);
      const none = {
        allowed: `no parameters: ${pack.file} declares none`,
        fix: `remove it, or put it under the brand's own "parameters"`,
      };
      return [inBrand(brand, path, { ...complaint, ...(known.length === 0 && none), found: name })];
    }
    if (declared.unit === unit) return [];
    return [
      inBrand(brand, path, {
        code: "unitMismatch",
        found: unit,
        allowed: declared.unit,
        fix: `write the unit ${declared.unit}`,
      }),
    ];
  });
}

/**
 * Facts that rules may name: of the catalogue, the parameters of brand and packs, and the brand's own metrics. None must take a
 * fact's name away, nor a parameter its unit.
 */
export function knownFacts(
  catalogue: readonly FactDefinition[],
  brand: Brand,
): Checked<Map<string, KnownFact>> {
  const facts = new Map<string, KnownFact>(catalogue.map((fact) => [fact.id, fact]));
  const complain: Complain = (path, complaint) => inBrand(brand, path, complaint);
  const problems: ConfigProblem[] = [];
  const named: [string, string, Parameter][] = [
    ...Object.entries(brand.parameters).map(([name, one]): [string, string, Parameter] => [
      "parameters",
      name,
      one,
    ]),
    ...Object.entries(brand.packs).flatMap(([id, { parameters }]) =>
      Object.entries(parameters).map(([name, one]): [string, string, Parameter] => [
        `packs.${id}.parameters`,
        name,
        one,
      ]),
    ),
  ];
  for (const [where, name, { unit }] of named) {
    const fact = facts.get(name);
    const isParameter = fact?.kind === "parameter";
    const unfit = isParameter ? null : unfitName(`${where}.${name}`, name, { fact, catalogue, complain });
    if (unfit !== null) {
      problems.push(unfit);
    } else if (fact === undefined) {
      facts.set(name, { id: name, unit, kind: "parameter", levels: ["brand"], params: [] });
    } else if (fact.unit !== unit) {
      const complaint = {
        code: "unitMismatch",
        found: unit,
        allowed: fact.unit,
        fix: `write the unit ${fact.unit}`,
      };
      problems.push(inBrand(brand, `${where}.${name}.unit`, complaint));
    }
  }
  for (const name of Object.keys(brand.metrics)) {
    const unfit = unfitName(`metrics.${name}`, name, { fact: facts.get(name), catalogue, complain });
    if (unfit !== null) problems.push(unfit);
  }
  problems.push(...formulaProblems({ brand, catalogue, parameters: named }, complain));
  if (problems.length > 0) return { ok: false, problems };
  for (const fact of customDefinitions(brand, catalogue)) facts.set(fact.id, fact);
  return { ok: true, value: facts };
}

interface Namesakes {
  fact: KnownFact | undefined;
  catalogue: readonly FactDefinition[];
  complain: Complain;
}

/** The complaint about a name that a fact has or almost has; null for one that is free. */
function unfitName(
  path: string,
  name: string,
  { fact, catalogue, complain }: Namesakes,
): ConfigProblem | null {
  if (fact !== undefined) {
    const fix = `${name} is a ${fact.kind}: rename it`;
    return complain(path, { code: "takenName", found: name, allowed: "a name that is no fact", fix });
  }
  const slip = alike(name, catalogue);
  const allowed = "a name that no fact almost has";
  return slip === null
    ? null
    : complain(path, { code: "alikeName", found: name, allowed, fix: `did you mean "${slip}"?` });
}

/** Any name makes a parameter, so targetCPA beside targetCpa would leave every rule without its target and nobody told. */
function alike(name: string, catalogue: readonly FactDefinition[]): string | null {
  const bare = (text: string) => text.toLowerCase().replace(/s$/, "");
  return catalogue.find(({ id }) => bare(id) === bare(name))?.id ?? null;
}
