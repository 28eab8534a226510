/** One rule file to one rule, or to everything that is wrong with it. */
import type { Brand } from "../../domain/brand.ts";
import { hashOf } from "../../domain/canonical.ts";
import { LEVELS } from "../../domain/ids.ts";
import { type JsonFile, parseJson } from "../../domain/json-file.ts";
import type { ConfigProblem } from "../../domain/problem.ts";
import { type Checked, checkShape, inFileOrder, reporter } from "../../domain/shape.ts";
import { strictest } from "../../domain/verdict.ts";
import { checkScope } from "../judge/scope.ts";
import type { Rule } from "../types.ts";
import { checkAction, usualLevel } from "./action.ts";
import { checkConditions } from "./conditions.ts";
import { type KnownFact, ruleContext } from "./context.ts";
import type { RuleDates } from "./dates.ts";
import { checkKeys } from "./keys.ts";
import { placeOf } from "./layers.ts";
import type { Pack } from "./pack-merge.ts";
import { type RuleFileContent, ruleFileSchema } from "./schema.ts";

export interface RuleFile {
  /** As people know it; its last two parts are the pack's folder and the file's name. */
  path: string;
  text: string;
}

/** How a file of test cases ends; what stands before it is the id of the rule beside it. */
export const TEST_ENDING = ".test.json";

/** A rule with what decides whether it counts on a day. */
export interface ReadRule {
  rule: Rule;
  enabled: boolean;
  dates: RuleDates;
  json: JsonFile;
}

export function readRule(
  file: RuleFile,
  { id: pack, layers }: Pick<Pack, "id" | "layers">,
  brand: Brand,
  facts: ReadonlyMap<string, KnownFact>,
): Checked<ReadRule> {
  const parsed = parseJson(file.text, file.path);
  if (!parsed.ok) return parsed;
  const { json } = parsed;
  const shape = checkShape(ruleFileSchema, json, [], "rule");
  const written = shape.ok ? shape.value : null;
  const level = written === null ? "budgetHolder" : (written.appliesTo.level ?? usualLevel(written.action));
  const context = ruleContext(json, level ?? "budgetHolder", facts, brand);
  const condition = checkConditions(context, ["conditions"]);
  if (written === null || !shape.ok) {
    return { ok: false, problems: inFileOrder([...(shape.ok ? [] : shape.problems), ...context.problems]) };
  }
  const scope = checkScope(context, written.appliesTo, written.action.type);
  const action = checkAction(context, written.action, brand);
  const keys = checkKeys(context, written);
  const problems = [...context.problems, ...checkNames(written, json, file), ...checkDates(written, json)];
  if (level === null) {
    const report = reporter(json, "rule");
    const allowed = LEVELS.join(", ");
    problems.push(
      report(["appliesTo", "level"], { code: "missing", allowed, fix: 'add "level" to appliesTo' }),
    );
  }
  if (condition === null || action === null || problems.length > 0) {
    return { ok: false, problems: inFileOrder(problems) };
  }
  const { notify, rollout, ...limits } = keys;
  const decides = { id: written.id, pack, appliesTo: scope, condition, action, ...limits };
  const place = placeOf(layers, written.id);
  return {
    ok: true,
    value: {
      rule: {
        ...decides,
        notify,
        rollout,
        layer: place === null ? null : { group: place.group, place: place.place },
        file: file.path,
        hash: hashOf({ ...decides, before: place?.before ?? [] }),
        description: written.description,
        owner: written.owner,
        mode: strictest(written.mode, brand.packs[pack]?.modes[written.id] ?? written.mode),
      },
      enabled: written.enabled,
      dates: { validFrom: written.validFrom, validUntil: written.validUntil, reviewOn: written.reviewOn },
      json,
    },
  };
}

/** The last part of a path without `.json`. */
export function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? "").replace(/\.json$/, "");
}

function checkNames(written: RuleFileContent, json: JsonFile, file: RuleFile): ConfigProblem[] {
  const base = baseName(file.path);
  if (base === written.id) return [];
  const complaint = {
    code: "fileName",
    allowed: `the file's own name, ${base}`,
    fix: "rename the file or change the id",
  };
  return [reporter(json, "rule")(["id"], complaint)];
}

function checkDates({ validFrom, validUntil }: RuleFileContent, json: JsonFile): ConfigProblem[] {
  if (validFrom === undefined || validUntil === undefined || validFrom <= validUntil) return [];
  const complaint = {
    code: "outOfRange",
    allowed: `${validFrom} or later`,
    fix: "end the rule after its first day",
  };
  return [reporter(json, "rule")(["validUntil"], complaint)];
}
