/** Whose figure it is, and where a subject stands among others. */
import type { Level } from "../../domain/ids.ts";
import type { JsonPath } from "../../domain/json-file.ts";
import { kindOf } from "../judge/kinds.ts";
import { factAt, type KnownFact, type RuleContext } from "./context.ts";

type Given = Readonly<Record<string, string | number | boolean | undefined>>;

const ENTITY_GROUPS = ["siblings", "objective", "stage", "account", "platform", "brand"];

/** Groups that a subject of each level is part of without being all of them. */
const GROUPS_OF: Readonly<Record<Level, readonly string[]>> = {
  brand: [],
  account: ["platform", "brand"],
  budgetHolder: ["campaign", ...ENTITY_GROUPS],
  campaign: ENTITY_GROUPS,
  adGroup: ["campaign", ...ENTITY_GROUPS],
  ad: ["adGroup", "campaign", ...ENTITY_GROUPS],
};

/** Parameters of a rank itself; all others are those of the metric that it is made by. */
const OF_RANKS = ["by", "within", "order", "daysInARow"];

export function checkGroup(context: RuleContext, params: Given, path: JsonPath): void {
  for (const name of ["of", "within"].filter((one) => params[one] !== undefined)) {
    const known = GROUPS_OF[context.level];
    if (known.includes(String(params[name]))) continue;
    const fix = `on the level ${context.level} there is no ${String(params[name])} around it: ${known.length === 0 ? `remove ${name}` : `use one of: ${known.join(", ")}`}`;
    context.complain([...path, name], { code: "notAllowed", allowed: known.join(", "), fix });
  }
  if (params.per === undefined || params.of !== undefined) return;
  const fix = 'add "of": whose entities share it, such as siblings';
  context.complain([...path, "per"], { code: "missing", allowed: "per with of", fix });
}

/** The metric that a rank is made by takes what the rank does not. */
export function checkRank(context: RuleContext, fact: KnownFact, params: Given, path: JsonPath): void {
  if (fact.ranked !== true || params.by === undefined) return;
  const by = factAt(context, [...path, "by"]);
  if (by === null) return;
  if (by.kind !== "metric" || by.about === "brand" || by.ranked === true || kindOf(by.unit) !== "number") {
    const fix = `${by.id} is no metric that entities differ by: write such as roas or cpa`;
    context.complain([...path, "by"], { code: "notAllowed", allowed: "a metric of entities", fix });
    return;
  }
  if (by.goodSide === null) {
    const fix = `${by.id} has no good side: write such as roas or cpa`;
    context.complain([...path, "by"], {
      code: "notAllowed",
      allowed: "a metric that is better high or low",
      fix,
    });
  }
  const passed = Object.keys(params).filter((name) => params[name] !== undefined && !OF_RANKS.includes(name));
  for (const name of passed.filter((one) => !by.params.includes(one))) {
    const fix = `remove ${name}: ${by.id} does not take it`;
    context.complain([...path, name], {
      code: "unknownParam",
      allowed: [...OF_RANKS, ...by.params].join(", "),
      fix,
    });
  }
}
