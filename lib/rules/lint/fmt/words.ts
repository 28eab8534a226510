/** What people type instead of a word of the language, as edits of the text: only where one word takes the other's place. */
import { type Edit, type Node, parseTree } from "jsonc-parser";
import { z } from "zod";
import { insteadOf, type Words } from "../../../domain/shape.ts";
import { PLATFORM_WORDS } from "../../../platforms/index.ts";
import { ruleFileSchema } from "../../files/schema.ts";
import { scheduleShape } from "../../files/schema-keys.ts";
import { leafShape, paramsShape } from "../../files/schema-params.ts";
import {
  ACTION_WORDS,
  FACT_WORDS,
  GROUP_WORDS,
  LEAF_WORDS,
  LEVEL_WORDS,
  OPERATOR_WORDS,
  PARAMS_WORDS,
  RULE_WORDS,
  SCHEDULE_WORDS,
  SCOPE_WORDS,
  WINDOW_WORDS,
} from "../../files/vocabulary.ts";

/** Groups hold lists, `not` one condition; the schema leaves both to the loader. */
const GROUP_SHAPE = {
  all: z.array(z.unknown()),
  any: z.array(z.unknown()),
  not: z.looseObject({}),
};

/** The edits of a rule file. `parameters` are names that brands and packs gave: whoever has a `cost` means their own. */
export function wordEdits(text: string, parameters: ReadonlySet<string>): Edit[] {
  const root = parseTree(text);
  return root === undefined ? [] : ruleEdits(root, parameters);
}

function ruleEdits(rule: Node, parameters: ReadonlySet<string>): Edit[] {
  return members(rule, RULE_WORDS, ruleFileSchema.shape).flatMap(({ key, value, edits }) => {
    if (key === "appliesTo") return [...edits, ...scopeEdits(value)];
    if (key === "action") return [...edits, ...actionEdits(value, parameters)];
    if (key === "schedule") return [...edits, ...scheduleEdits(value)];
    return key === "conditions" ? [...edits, ...conditionEdits(value, parameters)] : edits;
  });
}

function actionEdits(action: Node, parameters: ReadonlySet<string>): Edit[] {
  const toward = entry(action, "toward")?.value;
  const metric = toward === undefined ? undefined : entry(toward, "metric")?.value;
  return [
    ...valueEdits(action, "type", ACTION_WORDS),
    ...(metric === undefined ? [] : factWord(metric, parameters)),
    ...(toward === undefined ? [] : valueEdits(toward, "window", WINDOW_WORDS)),
  ];
}

/** One schedule, or a list of them. */
function scheduleEdits(schedule: Node): Edit[] {
  const all = schedule.type === "array" ? (schedule.children ?? []) : [schedule];
  return all.flatMap((one) =>
    members(one, SCHEDULE_WORDS, scheduleShape.shape).flatMap(({ edits }) => edits),
  );
}

function scopeEdits(scope: Node): Edit[] {
  const shape = ruleFileSchema.shape.appliesTo.unwrap().shape;
  return members(scope, SCOPE_WORDS, shape).flatMap(({ key, value, edits }) => {
    if (key === "except") return [...edits, ...scopeEdits(value)];
    if (key === "platforms") {
      return [...edits, ...(value.children ?? []).flatMap((one) => replaced(one, PLATFORM_WORDS))];
    }
    if (key !== "level") return edits;
    const isAdSet = /^ad_?set$/i.test(String(value.value)) && ownedByAdGroups(scope);
    return [...edits, ...(isAdSet ? [edit(value, "budgetHolder")] : replaced(value, LEVEL_WORDS))];
  });
}

/** An ad set is a budget holder exactly where it owns its budget. */
function ownedByAdGroups(scope: Node): boolean {
  const budget = entry(scope, "budget")?.value;
  const owners = budget === undefined ? undefined : entry(budget, "owner")?.value.children;
  return owners?.length === 1 && owners[0]?.value === "adGroup";
}

function conditionEdits(node: Node, parameters: ReadonlySet<string>): Edit[] {
  if (node.type !== "object") return [];
  const words = { instead: { ...GROUP_WORDS.instead, ...LEAF_WORDS.instead } };
  return members(node, words, { ...GROUP_SHAPE, ...leafShape.shape }).flatMap(({ key, value, edits }) => {
    switch (key) {
      case "all":
      case "any":
        return [...edits, ...(value.children ?? []).flatMap((child) => conditionEdits(child, parameters))];
      case "not":
      case "value":
        return [...edits, ...conditionEdits(value, parameters)];
      case "fact":
        return [...edits, ...factWord(value, parameters)];
      case "operator":
        return [...edits, ...replaced(value, OPERATOR_WORDS)];
      case "params":
        return [...edits, ...paramsEdits(value, parameters)];
      default:
        return edits;
    }
  });
}

function paramsEdits(params: Node, parameters: ReadonlySet<string>): Edit[] {
  return members(params, PARAMS_WORDS, paramsShape.shape).flatMap(({ key, value, edits }) => {
    if (key === "window" || key === "against") return [...edits, ...replaced(value, WINDOW_WORDS)];
    if (key === "by") return [...edits, ...factWord(value, parameters)];
    return key === "channel" ? [...edits, ...replaced(value, PLATFORM_WORDS)] : edits;
  });
}

/** Whoever has a `cost` of their own means that. */
function factWord(name: Node, parameters: ReadonlySet<string>): Edit[] {
  return parameters.has(String(name.value)) ? [] : replaced(name, FACT_WORDS);
}

function valueEdits(object: Node, key: string, words: Words): Edit[] {
  const found = entry(object, key);
  return found === null ? [] : replaced(found.value, words);
}

interface Member {
  /** The language's word for it. */
  key: string;
  value: Node;
  /** What makes that word stand there. */
  edits: Edit[];
}

/** Keys are renamed where the better word is free and can hold what stands there. */
function members(object: Node, words: Words, shape: z.ZodRawShape): Member[] {
  if (object.type !== "object") return [];
  const entries = (object.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [{ key, value }] : [],
  );
  const taken = new Set(entries.map(({ key }) => String(key.value)));
  return entries.map(({ key, value }): Member => {
    const typed = String(key.value);
    const word = betterWord(typed, words);
    const schema = word === null ? undefined : shape[word];
    if (word === null || taken.has(word) || !(schema instanceof z.ZodType) || !holds(schema, value)) {
      return { key: typed, value, edits: [] };
    }
    taken.add(word);
    return { key: word, value, edits: [edit(key, word)] };
  });
}

/** What is wrong inside is for the loader to say; the value as a whole must be of the right kind. */
function holds(schema: z.ZodType, value: Node): boolean {
  const result = schema.safeParse(plain(value));
  return result.success || result.error.issues.every(({ path }) => path.length > 0);
}

function plain(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(plain);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key && value ? [[key.value, plain(value)]] : [],
    ),
  );
}

function entry(object: Node, key: string): { value: Node } | null {
  const property = object.children?.find(({ children }) => children?.[0]?.value === key);
  const value = property?.children?.[1];
  return value === undefined ? null : { value };
}

function replaced(node: Node, words: Words): Edit[] {
  const word = node.type === "string" ? betterWord(node.value, words) : null;
  return word === null ? [] : [edit(node, word)];
}

/** Null where the better one is more than a word, or runs 0 to 100 where the typed one need not have. */
function betterWord(typed: string, { instead = {} }: Words): string | null {
  const better = insteadOf(typed, instead);
  const word = /^"?(\w+)"?$/.exec(better ?? "")?.[1] ?? null;
  if (word === typed) return null;
  return word === null || (word.endsWith("Percent") && !typed.endsWith("Percent")) ? null : word;
}

function edit({ offset, length }: Node, word: string): Edit {
  return { offset, length, content: JSON.stringify(word) };
}
