/** The order in which a pack's rules are looked at, and groups of which the first match takes the entity. */
import type { JsonFile, JsonPath } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { checkShape, reporter, unknownWord } from "../../domain/shape.ts";
import { firstMatchShape } from "./schema-keys.ts";

/** Ids of rules; a list is a group of which the first match takes the entity. */
export type Layers = readonly (string | readonly string[])[];

/** The layers as written; problems are those of rules that are not there or stand in two of them. */
export function layersOf(
  written: readonly unknown[],
  json: JsonFile,
  rules: readonly string[],
): { layers: Layers; problems: ConfigProblem[] } {
  const report = reporter(json, "pack");
  const problems: ConfigProblem[] = [];
  const seen = new Set<string>();
  const look = (id: string, path: JsonPath) => {
    const fix = `keep one "${id}" and remove the other`;
    if (!rules.includes(id)) problems.push(report(path, unknownWord("unknownRule", id, rules)));
    else if (seen.has(id))
      problems.push(report(path, { code: "duplicateRule", allowed: "each rule once", fix }));
    seen.add(id);
  };
  const layers = written.map((layer, index) => {
    const path = ["layers", index];
    if (typeof layer === "string") {
      look(layer, path);
      return layer;
    }
    const shape = checkShape(firstMatchShape, json, path, "pack");
    if (!shape.ok) problems.push(...shape.problems);
    const ids = shape.ok ? shape.value.firstMatch : [];
    for (const [place, id] of ids.entries()) look(id, [...path, "firstMatch", place]);
    return ids;
  });
  return { layers, problems };
}

/** A rule's place in a group; `before` are the rules of the group that come first. */
export interface LayerPlace {
  group: number;
  place: number;
  before: readonly string[];
}

/** Null for a rule outside of any group. */
export function placeOf(layers: Layers, id: string): LayerPlace | null {
  const groups = layers.filter((one) => typeof one !== "string");
  const group = groups.findIndex((one) => one.includes(id));
  const place = groups[group]?.indexOf(id) ?? -1;
  return place < 0 ? null : { group, place, before: groups[group]?.slice(0, place) ?? [] };
}
