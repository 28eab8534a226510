/** What the checks of one rule share: its file, the facts it may name, and the problems found so far. */
import type { Brand } from "../../domain/brand.ts";
import type { Level } from "../../domain/ids.ts";
import { type JsonFile, type JsonPath, valueAt } from "../../domain/json-file.ts";
import { USUAL_STAGES } from "../../domain/match.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Complaint, reporter, unknownWord } from "../../domain/shape.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import { FACT_WORDS } from "./vocabulary.ts";

/** What the checks need to know of a fact; parameters of brand and packs count as facts. */
export type KnownFact = Pick<
  FactDefinition,
  | "id"
  | "unit"
  | "kind"
  | "levels"
  | "params"
  | "values"
  | "range"
  | "about"
  | "additive"
  | "ranked"
  | "windows"
  | "counts"
> &
  Partial<Pick<FactDefinition, "goodSide">>;

export interface RuleContext {
  json: JsonFile;
  level: Level;
  facts: ReadonlyMap<string, KnownFact>;
  stages: readonly string[];
  brand: Brand;
  /** Platforms that the rule can meet: those that it names, else all of the brand's accounts. */
  platforms: readonly string[];
  problems: ConfigProblem[];
  complain(path: JsonPath, complaint: Complaint): null;
}

export function ruleContext(
  json: JsonFile,
  level: Level,
  facts: ReadonlyMap<string, KnownFact>,
  brand: Brand,
): RuleContext {
  const problems: ConfigProblem[] = [];
  const report = reporter(json, "rule");
  return {
    json,
    level,
    facts,
    stages: [...new Set([...brand.stages.map((stage) => stage.name), ...USUAL_STAGES])],
    brand,
    platforms: platformsOf(json, brand),
    problems,
    complain: (path, complaint) => {
      problems.push(report(path, complaint));
      return null;
    },
  };
}

function platformsOf(json: JsonFile, brand: Brand): readonly string[] {
  const named = valueAt(json.value, ["appliesTo", "platforms"]);
  const all = Array.isArray(named) ? named.map(String) : brand.accounts.map(({ platform }) => platform);
  return [...new Set(all)];
}

/** The fact named at `path`, if it exists and can be read at the rule's level; complains otherwise. */
export function factAt(context: RuleContext, path: JsonPath): KnownFact | null {
  const name = valueAt(context.json.value, path);
  const fact = context.facts.get(String(name));
  if (fact === undefined) {
    return context.complain(path, unknownWord("unknownFact", name, [...context.facts.keys()], FACT_WORDS));
  }
  if (fact.levels.includes(context.level) || fact.levels.includes("brand")) return fact;
  const allowed = `facts of the level ${context.level}`;
  const fix = `${fact.id} exists at ${fact.levels.join(", ")}: change appliesTo.level or the fact`;
  return context.complain(path, { code: "wrongLevel", allowed, fix });
}
