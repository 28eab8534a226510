/** From rule files to the rules that count on one day, or to everything that is wrong with them. */
import type { Brand } from "../../domain/brand.ts";
import { hashOf } from "../../domain/canonical.ts";
import type { Day } from "../../domain/day.ts";
import type { JsonPath } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { reporter, unknownWord } from "../../domain/shape.ts";
import { factCatalogue } from "../../metrics/index.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import type { Ruleset } from "../types.ts";
import type { KnownFact } from "./context.ts";
import { ruleOn } from "./dates.ts";
import { findPacks, inBrand } from "./pack-files.ts";
import type { Pack } from "./pack-merge.ts";
import { knownFacts, withPackSettings } from "./packs.ts";
import { baseName, type ReadRule, type RuleFile, readRule } from "./rule-file.ts";

export type { RuleFile } from "./rule-file.ts";

/** `brand` is the given one with the packs' own parameters filled in: read facts with it. */
export type RulesetResult =
  | { ok: true; ruleset: Ruleset; brand: Brand }
  | { ok: false; problems: ConfigProblem[] };

/**
 * Loads the packs that the brand names. `files` are all files of all packs, each at `<pack>/<rule>.json`; those of other packs
 * are not looked at. `day` is the round's day in the brand's zone: rules that are switched off or outside their
 * dates are checked and left out, rules whose review is due are at most proposed. So load again for each round.
 */
export function loadRuleset(
  files: readonly RuleFile[],
  brand: Brand,
  day: Day,
  catalogue: readonly FactDefinition[] = factCatalogue,
): RulesetResult {
  const read = readEveryRule(files, brand, { catalogue });
  if (!read.ok || read.problems.length > 0) return { ok: false, problems: read.problems };
  const contents = {
    packs: read.packs.map((pack) => pack.contents),
    rules: read.rules.map(({ json }) => json.value),
  };
  const counting = read.rules
    .filter(({ rule, enabled }) => enabled && read.brand.packs[rule.pack]?.off.includes(rule.id) !== true)
    .flatMap(({ rule, dates }) => ruleOn(day, rule, dates) ?? []);
  return { ok: true, ruleset: { rules: counting, hash: hashOf(contents) }, brand: read.brand };
}

/** Every rule that could be read, and what is wrong with the others; `ok` is false where no rule could even be looked at. */
export type EveryRule =
  | {
      ok: true;
      packs: readonly Pack[];
      rules: readonly ReadRule[];
      problems: ConfigProblem[];
      /** With the packs' own parameters. */
      brand: Brand;
      facts: ReadonlyMap<string, KnownFact>;
    }
  | { ok: false; problems: ConfigProblem[] };

/**
 * The rules of all packs that the brand names, whether they count today or not; of one id where `only` that one is asked for,
 * and the others' files then tell no more than their names.
 */
export function readEveryRule(
  files: readonly RuleFile[],
  brand: Brand,
  { catalogue = factCatalogue, only }: { catalogue?: readonly FactDefinition[]; only?: string } = {},
): EveryRule {
  const packs = findPacks(files, brand);
  if (!packs.ok) return packs;
  const effective = withPackSettings(packs.value, brand);
  if (!effective.ok) return effective;
  const facts = knownFacts(catalogue, effective.value);
  if (!facts.ok) return facts;
  const rules: ReadRule[] = [];
  const problems: ConfigProblem[] = [];
  const wanted = ({ path }: RuleFile) => only === undefined || baseName(path) === only;
  for (const pack of packs.value) {
    for (const file of pack.rules.filter(wanted)) {
      const read = readRule(file, pack, effective.value, facts.value);
      if (read.ok) rules.push(read.value);
      else problems.push(...read.problems);
    }
    problems.push(...unknownRules(pack, brand));
  }
  const known = packs.value.flatMap((pack) => pack.rules.map(({ path }) => baseName(path)));
  problems.push(...unknownStops(brand, known), ...rules.flatMap((read) => unknownNames(read, known)));
  problems.push(...duplicateIds(rules));
  return { ok: true, packs: packs.value, rules, problems, brand: effective.value, facts: facts.value };
}

/** `off` and `modes` must name rules that exist: a slip would leave a rule running that somebody switched off. */
function unknownRules(pack: Pack, brand: Brand): ConfigProblem[] {
  const known = pack.rules.map(({ path }) => baseName(path));
  const settings = brand.packs[pack.id];
  const named: [string, string][] = [
    ...(settings?.off ?? []).map((id, index): [string, string] => [`off[${index}]`, id]),
    ...Object.keys(settings?.modes ?? {}).map((id): [string, string] => [`modes.${id}`, id]),
  ];
  return named
    .filter(([, id]) => !known.includes(id))
    .map(([path, id]) =>
      inBrand(brand, `packs.${pack.id}.${path}`, { ...unknownWord("unknownRule", id, known), found: id }),
    );
}

/** A slip would leave an account running that its rule was meant to stop. */
function unknownStops(brand: Brand, known: readonly string[]): ConfigProblem[] {
  return brand.accountStop.flatMap((id, index) => {
    if (known.includes(id)) return [];
    return [inBrand(brand, `accountStop[${index}]`, { ...unknownWord("unknownRule", id, known), found: id })];
  });
}

/** Rules that another one mutes, or whose pauses it ends, must exist: a slip would mute nobody. */
function unknownNames(
  { rule: { mutes, action }, json }: ReadRule,
  known: readonly string[],
): ConfigProblem[] {
  const paused = action.type === "resume" && action.pausedBy.kind === "rules" ? action.pausedBy.ids : [];
  const named: [JsonPath, string][] = [
    ...(mutes?.rules ?? []).map((id, index): [JsonPath, string] => [["mutes", "rules", index], id]),
    ...paused.map((id, index): [JsonPath, string] => [["action", "pausedBy", index], id]),
  ];
  const report = reporter(json, "rule");
  return named
    .filter(([, id]) => !known.includes(id))
    .map(([path, id]) => report(path, unknownWord("unknownRule", id, known)));
}

/** Cool-downs and the log know a rule by its id alone. */
function duplicateIds(rules: readonly ReadRule[]): ConfigProblem[] {
  const first = new Map<string, string>();
  return rules.flatMap(({ rule }) => {
    const other = first.get(rule.id);
    first.set(rule.id, other ?? rule.file);
    if (other === undefined) return [];
    const fix = `${other} has this id already: rename one of the rules and its file`;
    return [
      {
        code: "rule.duplicateId",
        file: rule.file,
        line: null,
        path: "id",
        found: rule.id,
        allowed: "each id once",
        fix,
      },
    ];
  });
}
