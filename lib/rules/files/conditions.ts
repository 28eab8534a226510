/** The tree of a rule's conditions: `all`, `any`, `not` around leaves, within limits of depth and number. */
import { type JsonPath, valueAt } from "../../domain/json-file.ts";
import { unknownWord } from "../../domain/shape.ts";
import type { Condition } from "../types.ts";
import type { RuleContext } from "./context.ts";
import { checkLeaf } from "./leaf.ts";
import { normalise, type Written } from "./normalise.ts";
import { GROUP_WORDS } from "./vocabulary.ts";

/** Deeper trees and longer lists are no longer read by anybody; both bound the work per entity. */
export const MAX_DEPTH = 8;
export const MAX_LEAVES = 64;

const GROUPS = ["all", "any", "not"];
const LEAF_KEYS = ["fact", "operator", "value", "params"];

/** The rule's conditions, checked and normalised; null after a complaint, or without any, of which the schema complains. */
export function checkConditions(context: RuleContext, path: JsonPath): Condition | null {
  const value = valueAt(context.json.value, path);
  if (value === undefined) return null;
  if (
    isObject(value) &&
    !GROUPS.some((group) => Object.hasOwn(value, group)) &&
    Object.hasOwn(value, "fact")
  ) {
    const fix = 'put the condition into a list: { "all": [ ... ] }';
    return context.complain(path, { code: "wrongType", allowed: "all, any or not", fix });
  }
  const leaves = countLeaves(value);
  if (leaves > MAX_LEAVES) {
    const complaint = { code: "tooMany", found: `${leaves} conditions`, allowed: `at most ${MAX_LEAVES}` };
    return context.complain(path, { ...complaint, fix: "split the rule" });
  }
  const written = nodeAt(context, path, 1, false);
  return written === null ? null : normalise(written);
}

function nodeAt(context: RuleContext, path: JsonPath, depth: number, isNegated: boolean): Written | null {
  const value = valueAt(context.json.value, path);
  if (!isObject(value)) {
    return context.complain(path, {
      code: "wrongType",
      allowed: "a condition",
      fix: "write an object with fact, operator and value",
    });
  }
  if (depth > MAX_DEPTH) {
    return context.complain(path, {
      code: "tooDeep",
      allowed: `at most ${MAX_DEPTH} levels`,
      fix: "nest less, or split the rule",
    });
  }
  const keys = Object.keys(value);
  const group = keys.find((key) => GROUPS.includes(key));
  if (group !== undefined) return groupAt(context, path, { group, keys, depth, isNegated });
  if (keys.some((key) => LEAF_KEYS.includes(key))) {
    const leaf = checkLeaf(context, path, isNegated);
    return leaf === null ? null : { kind: "leaf", leaf };
  }
  const word = keys[0] ?? "";
  const complaint = unknownWord("unknownKey", word, [...GROUPS, "fact"], GROUP_WORDS);
  return context.complain(word === "" ? path : [...path, word], complaint);
}

function groupAt(
  context: RuleContext,
  path: JsonPath,
  { group, keys, depth, isNegated }: { group: string; keys: string[]; depth: number; isNegated: boolean },
): Written | null {
  for (const key of keys.filter((one) => one !== group)) {
    context.complain([...path, key], {
      code: "unknownKey",
      allowed: `${group} alone`,
      fix: `put "${key}" into a condition of its own`,
    });
  }
  const here = [...path, group];
  const inner = valueAt(context.json.value, here);
  if (group === "not") {
    const child = nodeAt(context, here, depth + 1, true);
    return child === null ? null : { kind: "not", child };
  }
  if (!Array.isArray(inner) || inner.length === 0) {
    const fix = Array.isArray(inner)
      ? "write at least one condition: an empty list would always hold"
      : "write a list of conditions";
    return context.complain(here, { code: "emptyList", allowed: "a list of at least one condition", fix });
  }
  const children = inner.map((_, index) => nodeAt(context, [...here, index], depth + 1, isNegated));
  const kind = group === "all" ? "all" : "any";
  return children.every((child) => child !== null) ? { kind, children } : null;
}

/** What is no condition at all counts, too: each would be complained of. */
function countLeaves(value: unknown): number {
  if (!isObject(value)) return 1;
  const inner = GROUPS.flatMap((group) => (Object.hasOwn(value, group) ? [Reflect.get(value, group)] : []));
  if (inner.length === 0) return 1;
  return inner.flat().reduce<number>((sum, child) => sum + countLeaves(child), 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
