/** A pack and what it builds on, put together: its own files take the places of those of the same id, and what it retunes must be there. */
import type { JsonFile, JsonPath } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Complaint, unknownWord } from "../../domain/shape.ts";
import { type Mode, strictest } from "../../domain/verdict.ts";
import { type Layers, layersOf } from "./layers.ts";
import { baseName, type RuleFile } from "./rule-file.ts";
import type { PackFileContent } from "./schema.ts";

/** A pack with all that it builds on. */
export interface Pack {
  id: string;
  file: string;
  /** Of its own file, then of those that it builds on. */
  contents: readonly unknown[];
  /** Every pack that it builds on, however far. */
  bases: readonly string[];
  /** With the file that says so. */
  parameters: Readonly<Record<string, PackFileContent["parameters"][string] & { file: string }>>;
  rules: readonly RuleFile[];
  /** Rules of what it builds on that it does without. */
  off: readonly string[];
  modes: Readonly<Record<string, Mode>>;
  layers: Layers;
}

export type Complain = (path: JsonPath, complaint: Complaint) => void;

interface Parts {
  files: readonly RuleFile[];
  json: JsonFile;
  bases: readonly Pack[];
  problems: ConfigProblem[];
}

/** @param complain at a path of the pack's own file */
export function merged(
  written: PackFileContent,
  { files, json, bases, problems }: Parts,
  complain: Complain,
): Pack {
  const names = files.map(({ path }) => baseName(path));
  const inherited = inheritedRules(bases, names, complain);
  const base = inherited.map(({ path }) => baseName(path));
  for (const [path, id] of [
    ...written.off.map((one, index) => [["off", index], one] as const),
    ...Object.keys(written.modes).map((one) => [["modes", one], one] as const),
  ]) {
    if (!base.includes(id)) complain(path, { ...notInherited(id, base), found: id });
  }
  const rules = [...files, ...inherited].sort((a, b) => (baseName(a.path) < baseName(b.path) ? -1 : 1));
  const own = layersOf(
    written.layers,
    json,
    rules.map(({ path }) => baseName(path)),
  );
  problems.push(...own.problems);
  return {
    id: written.id,
    file: json.file,
    contents: [...new Set([json.value, ...bases.flatMap(({ contents }) => contents)])],
    bases: [...new Set(bases.flatMap((one) => [one.id, ...one.bases]))],
    parameters: mergedParameters(written, json.file, bases, complain),
    rules,
    off: [...new Set([...written.off, ...bases.flatMap(({ off }) => off)])],
    modes: strictestModes([...bases.map(({ modes }) => modes), written.modes]),
    layers: written.layers.length > 0 ? own.layers : [...new Set(bases.flatMap((one) => one.layers))],
  };
}

/** One file that comes by two ways is one rule; two files of one id are a question that the pack must answer. */
function inheritedRules(bases: readonly Pack[], own: readonly string[], complain: Complain): RuleFile[] {
  const found = new Map<string, { file: RuleFile; pack: string }>();
  for (const { id: pack, rules } of bases) {
    for (const file of rules) {
      const id = baseName(file.path);
      const other = found.get(id);
      if (other !== undefined && other.file.path !== file.path && !own.includes(id)) {
        const fix = `write an own ${id}.json: ${other.pack} and ${pack} have one each`;
        complain(["extends"], { code: "duplicateRule", found: id, allowed: "each id once", fix });
      }
      found.set(id, { file, pack });
    }
  }
  return [...found].flatMap(([id, { file }]) => (own.includes(id) ? [] : [file]));
}

function notInherited(id: string, base: readonly string[]): Complaint {
  if (base.length > 0) return unknownWord("unknownRule", id, base);
  const fix = "remove it: this pack has its rules from nowhere else, so it changes them in their own files";
  return { code: "notAllowed", allowed: "a rule of a pack that it extends", fix };
}

function mergedParameters(
  written: PackFileContent,
  file: string,
  bases: readonly Pack[],
  complain: Complain,
): Pack["parameters"] {
  const all: Record<string, Pack["parameters"][string]> = {};
  for (const [name, parameter] of bases.flatMap(({ parameters }) => Object.entries(parameters))) {
    const other = all[name];
    if (other !== undefined && other.file !== parameter.file && written.parameters[name] === undefined) {
      const fix = `retune it in "parameters": ${other.file} and ${parameter.file} have one each`;
      complain(["extends"], { code: "duplicateParameter", found: name, allowed: "each name once", fix });
    }
    all[name] = parameter;
  }
  for (const [name, parameter] of Object.entries(written.parameters)) {
    const unit = all[name]?.unit ?? parameter.unit;
    if (unit !== parameter.unit) {
      const fix = `write the unit ${unit}`;
      complain(["parameters", name, "unit"], { code: "unitMismatch", allowed: unit, fix });
    }
    all[name] = { ...parameter, file };
  }
  return all;
}

/** By rule, the strictest that any of them says. */
export function strictestModes(all: readonly Readonly<Record<string, Mode>>[]): Record<string, Mode> {
  const modes: Record<string, Mode> = {};
  for (const [id, mode] of all.flatMap((one) => Object.entries(one))) {
    modes[id] = strictest(mode, modes[id] ?? mode);
  }
  return modes;
}
