/** The packs that a brand uses: their files found, their parameters merged into the brand's. */
import type { Brand, Parameter } from "../domain/brand.ts";
import { closest } from "../domain/closest.ts";
import { parseJson } from "../domain/json-file.ts";
import type { ConfigProblem } from "../domain/problem.ts";
import { type Checked, type Complaint, checkShape, reporter, unknownWord } from "../domain/shape.ts";
import type { FactDefinition } from "../metrics/port.ts";
import type { KnownFact } from "./context.ts";
import { offeredFacts } from "./offered.ts";
import { baseName, type RuleFile, TEST_ENDING } from "./rule-file.ts";
import { type PackFileContent, packFileSchema } from "./schema.ts";

export interface Pack {
  id: string;
  file: string;
  content: unknown;
  parameters: PackFileContent["parameters"];
  rules: readonly RuleFile[];
}

/** The pack's own description stands in this file of its folder. */
const PACK_FILE = "pack";

/** The packs named by the brand, in the order of their names, each with its rule files in the order of theirs. Test cases are none. */
export function findPacks(files: readonly RuleFile[], brand: Brand): Checked<Pack[]> {
  const folders = new Map<string, RuleFile[]>();
  const rules = files.filter(({ path }) => !path.endsWith(TEST_ENDING));
  for (const file of rules.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const folder = file.path.split(/[\\/]/).at(-2) ?? "";
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const packs: Pack[] = [];
  const problems: ConfigProblem[] = [];
  for (const id of Object.keys(brand.packs).sort()) {
    const found = readPack(id, folders, brand);
    if (found.ok) packs.push(found.value);
    else problems.push(...found.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: packs };
}

function readPack(id: string, folders: ReadonlyMap<string, RuleFile[]>, brand: Brand): Checked<Pack> {
  const files = folders.get(id);
  if (files === undefined) {
    const known = [...folders.keys()];
    const near = closest(id, known);
    const fix = near === null ? `use one of: ${known.join(", ")}` : `did you mean "${near}"?`;
    const none = { allowed: "a pack that exists", fix: `there are none yet: write packs/${id}/pack.json` };
    return {
      ok: false,
      problems: [
        inBrand(brand, `packs.${id}`, {
          ...{ code: "unknownPack", found: id, allowed: known.join(", "), fix },
          ...(known.length === 0 && none),
        }),
      ],
    };
  }
  const file = files.find((one) => baseName(one.path) === PACK_FILE);
  if (file === undefined) {
    const fix = `add ${PACK_FILE}.json with id and description to the folder ${id}`;
    const complaint = { code: "noPackFile", found: "no pack.json", allowed: "a folder with pack.json", fix };
    return { ok: false, problems: [inBrand(brand, `packs.${id}`, complaint)] };
  }
  const parsed = parseJson(file.text, file.path);
  if (!parsed.ok) return parsed;
  const shape = checkShape(packFileSchema, parsed.json, [], "pack");
  if (!shape.ok) return shape;
  if (shape.value.id !== id) {
    const complaint = {
      code: "fileName",
      allowed: `the folder's own name, ${id}`,
      fix: "rename the folder or change the id",
    };
    return { ok: false, problems: [reporter(parsed.json, "pack")(["id"], complaint)] };
  }
  const rules = files.filter((one) => one !== file);
  return {
    ok: true,
    value: { id, file: file.path, content: parsed.json.value, parameters: shape.value.parameters, rules },
  };
}

/**
 * The brand with every pack parameter that it does not retune at the pack's default, so that facts find them where they look
 * for the brand's own.
 */
export function withPackParameters(packs: readonly Pack[], brand: Brand): Checked<Brand> {
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
      ([name, { unit, default: value }]): [string, Parameter] => [
        name,
        { unit, default: { value, source: `${pack.file}: parameters.${name}.default` }, values: [] },
      ],
    );
    const settings = brand.packs[pack.id] ?? { off: [], modes: {}, parameters: {} };
    return [
      pack.id,
      { ...settings, parameters: { ...Object.fromEntries(defaults), ...settings.parameters } },
    ] as const;
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
 * Facts that rules may name: of the catalogue, and the parameters of brand and packs. A parameter must not take a fact's name
 * or unit away, be it one that rules may not name yet.
 */
export function knownFacts(
  catalogue: readonly FactDefinition[],
  brand: Brand,
): Checked<Map<string, KnownFact>> {
  const facts = new Map<string, KnownFact>(catalogue.map((fact) => [fact.id, fact]));
  const offered = new Map(offeredFacts(catalogue).map((fact) => [fact.id, fact]));
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
    const slip = fact === undefined ? alike(name, catalogue) : null;
    if (slip !== null) {
      const complaint = {
        code: "alikeName",
        found: name,
        allowed: "a name that no fact almost has",
        fix: `did you mean "${slip}"?`,
      };
      problems.push(inBrand(brand, `${where}.${name}`, complaint));
    } else if (fact === undefined) {
      facts.set(name, { id: name, unit, kind: "parameter", levels: ["brand"], params: [] });
    } else if (fact.kind !== "parameter") {
      const complaint = {
        code: "takenName",
        found: name,
        allowed: "a name that is no fact",
        fix: `${name} is a ${fact.kind}: rename it`,
      };
      problems.push(inBrand(brand, `${where}.${name}`, complaint));
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
  if (problems.length > 0) return { ok: false, problems };
  for (const { id } of catalogue) {
    const fact = offered.get(id);
    if (fact === undefined) facts.delete(id);
    else facts.set(id, fact);
  }
  return { ok: true, value: facts };
}

/** Any name makes a parameter, so targetCPA beside targetCpa would leave every rule without its target and nobody told. */
function alike(name: string, catalogue: readonly FactDefinition[]): string | null {
  const bare = (text: string) => text.toLowerCase().replace(/s$/, "");
  return catalogue.find(({ id }) => bare(id) === bare(name))?.id ?? null;
}

/** A problem of the brand file that shows only beside the packs; its line is no longer known then. */
export function inBrand(brand: Brand, path: string, complaint: Complaint): ConfigProblem {
  const { code, found, allowed, fix } = complaint;
  return { code: `brand.${code}`, file: brand.file, line: null, path, found: found ?? path, allowed, fix };
}
