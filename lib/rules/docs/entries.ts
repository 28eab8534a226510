/** The words of the language as people look them up, derived from the tables that check and decide. */
import { type DocEntry, descriptionOf } from "../../domain/generated.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import { MAX_WINDOW_DAYS, WINDOWS } from "../../metrics/windows/window.ts";
import { usualRange } from "../files/literal.ts";
import { BASES, neededBy, paramsOf } from "../files/params.ts";
import { packFileSchema, ruleFileSchema } from "../files/schema.ts";
import { paramsShape } from "../files/schema-params.ts";
import { scopeShape } from "../files/schema-scope.ts";
import { kindOf } from "../judge/kinds.ts";
import { type Operator, operators, type RightForm } from "../judge/operators.ts";
import { PACK_EXAMPLES, PARAM_EXAMPLES, RULE_EXAMPLES, SCOPE_EXAMPLES } from "./key-examples.ts";

/** What a fact is about, in the order of the documents. */
export const TOPICS = ["delivery", "evidence", "entity", "brand", "time", "parameters"] as const;
type Topic = (typeof TOPICS)[number];

const RIGHT_SIDES: Readonly<Record<RightForm, string>> = {
  number: "a number, or another fact of the same unit",
  same: "a number, text or flag as the fact is; for numbers also another fact of the same unit",
  range: "[low, high]",
  list: 'a list of texts, such as ["active"]',
  glob: 'a text with * and ?, such as "*PROS*"',
  label: "one label, as it is written",
  flag: "true or false",
};

export function factEntry(fact: FactDefinition): DocEntry {
  const { meaning, noData } = saidOf(fact);
  return {
    id: fact.id,
    doc: meaning,
    rows: [
      ["Unit", unitText(fact)],
      ["No data", noData],
      ["Takes", takesText(fact)],
      ...(fact.kind === "metric" ? [["Windows", windowText(fact)] as const] : []),
      ["Levels", levelText(fact)],
      ...(fact.values === undefined ? [] : [["Values", fact.values.map(code).join(", ")] as const]),
      ["Counted from", fact.source],
    ],
  };
}

export function operatorEntries(): DocEntry[] {
  return operators.map((operator) => ({
    id: operator.id,
    doc: `Reads: ${operator.doc}.`,
    rows: [
      ["On", operator.left.map((kind) => `${kind}s`).join(", ")],
      ["Value", RIGHT_SIDES[operator.right]],
      ["No data", noDataText(operator)],
      ["Opposite", code(operator.opposite)],
    ],
  }));
}

export function actionEntries(): DocEntry[] {
  return ruleFileSchema.shape.action.options.map((option) => {
    const { type, ...fields } = option.shape;
    return { id: [...type.values].join(), doc: descriptionOf(type), rows: describedKeys(fields) };
  });
}

export function parameterEntries(): DocEntry[] {
  return keyEntries("", paramsShape.shape, PARAM_EXAMPLES);
}

/** Keys of a rule, of its `appliesTo` and of a pack. */
export function fileKeyEntries(): DocEntry[] {
  return [
    ...keyEntries("", ruleFileSchema.shape, RULE_EXAMPLES),
    ...keyEntries("appliesTo.", scopeShape.shape, SCOPE_EXAMPLES),
    ...keyEntries("pack.", packFileSchema.shape, PACK_EXAMPLES),
  ];
}

function keyEntries(
  prefix: string,
  shape: Readonly<Record<string, unknown>>,
  examples: Readonly<Record<string, string>>,
): DocEntry[] {
  return describedKeys(shape).map(([key, doc]) => {
    const name = key.replaceAll("`", "");
    const example = examples[name];
    return { id: `${prefix}${name}`, doc, rows: example === undefined ? [] : [["Example", example]] };
  });
}

/** Each kind of window that rules may write. */
export function windowEntries(): DocEntry[] {
  const own = "Of the subject's own: facts about the brand do not take it.";
  const entries: readonly (readonly [id: string, doc: string, note?: string])[] = [
    ["7d", `The last seven complete days; any number up to ${MAX_WINDOW_DAYS}.`],
    ["14d..8d", "From 14 to 8 days ago: the week before the last seven days."],
    ["today", "The day of the round, which is not over: only beside a schedule by day."],
    ["7d+today", "The last seven complete days and today."],
    ["lifetime", "From the day it was created to the last complete day.", own],
    ["sinceChange", "The complete days after the day of its last change.", own],
    ["thisWeek", "From Monday to the last complete day."],
    ["thisMonth", "From the 1st to the last complete day."],
    ["lastWeek", "The last whole week, Monday to Sunday."],
    ["lastMonth", "The last whole month."],
    [
      "event:black-friday",
      "The complete days of the newest occurrence that has begun, by the brand's calendar.",
    ],
    [
      "before:black-friday:14d",
      "The 14 days before the occurrence that runs or comes next, else the newest.",
    ],
  ];
  return entries.map(([id, doc, note]) => ({
    ...{ id, doc },
    rows: [
      ...(note === undefined ? [] : [["Note", note] as const]),
      ...(WINDOWS.includes(`${id}+today`) ? [["With today", `${id}+today`] as const] : []),
      ["No data", "without a complete day in it, and outside the days that were fetched"],
    ],
  }));
}

/** Keys of a shape with what they say of themselves. */
export function describedKeys(shape: Readonly<Record<string, unknown>>): [key: string, doc: string][] {
  return Object.entries(shape)
    .filter(([key]) => key !== "$schema")
    .map(([key, schema]) => [code(key), descriptionOf(schema)]);
}

export function topicOf(fact: FactDefinition): Topic {
  if (fact.kind === "parameter") return "parameters";
  if (fact.about === "brand") return "brand";
  if (fact.topic !== undefined) return fact.topic;
  if (fact.kind !== "metric") return "entity";
  // A probability or a yes about figures is what they are evidence of.
  return fact.unit === "probability" || fact.unit === "flag" ? "evidence" : "delivery";
}

/** A fact's sentence in two: its formula or meaning, and when there is no data. */
export function saidOf({ doc, kind }: FactDefinition): { meaning: string; noData: string } {
  const parts = doc.split(/(?<=[.;]) (?=[A-Za-z0-9`(])/);
  const isNoData = (part: string | undefined) => part !== undefined && /^no data/i.test(part);
  const noData = parts.filter(isNoData).map((part) => bare(part.slice("no data".length)));
  const meaning = parts
    .flatMap((part, index) => (isNoData(part) ? [] : [isNoData(parts[index + 1]) ? `${bare(part)}.` : part]))
    .join(" ");
  const usual = kind === "metric" ? "where days or accounts of the window are missing" : "never";
  const told = meaning.toLowerCase().includes("no data") ? "as the meaning says" : usual;
  return { meaning: `${bare(meaning)}.`, noData: noData.length === 0 ? told : noData.join("; ") };
}

export function levelText(fact: FactDefinition): string {
  return fact.levels.includes("brand") ? "all" : fact.levels.join(", ");
}

export function takesText(fact: FactDefinition): string {
  const needed = neededBy(fact);
  const basis = BASES[fact.id]?.join(" or ");
  const takes = [
    ...(fact.kind === "metric" ? [code("window")] : []),
    ...paramsOf(fact).map((name) => {
      const says = name === "basis" && basis !== undefined ? ` (${basis})` : "";
      return `${code(name)}${says}${needed.includes(name) ? ", required" : ""}`;
    }),
  ];
  return takes.length === 0 ? "nothing" : takes.join("; ");
}

function unitText(fact: FactDefinition): string {
  if (kindOf(fact.unit) !== "number" || fact.unit === "money") return fact.unit;
  const [least, most] = fact.range ?? usualRange(fact);
  return fact.unit === "percent" || fact.unit === "probability" || fact.range !== undefined
    ? `${fact.unit}, ${least} to ${most}`
    : fact.unit;
}

function windowText({ windows }: FactDefinition): string {
  if (windows !== undefined) return windows.join(", ");
  return `${WINDOWS.join(", ")}, any such as 10d, 14d..8d, event:black-friday or before:black-friday:14d; at most ${MAX_WINDOW_DAYS}d`;
}

function noDataText({ right }: Operator): string {
  return right === "flag" ? "the only operator that answers" : "neither true nor false";
}

function bare(text: string): string {
  return text.trim().replace(/[.;]$/, "");
}

function code(word: string): string {
  return `\`${word}\``;
}
