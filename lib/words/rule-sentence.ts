/** A rule said back as one sentence, from what was loaded and not from its description. */
import type { Matcher } from "../domain/brand.ts";
import type { Condition, Leaf, Rule, Scope, Selection } from "../rules/types.ts";
import { factWords, windowOfParams } from "./fact-words.ts";
import { formatTimes } from "./format.ts";
import type { Reader } from "./reader.ts";
import { actionWords, figureWords, howWords, listWords, type Voice } from "./rule-action.ts";
import { phrase, say } from "./say.ts";

export function ruleSentence(rule: Rule, voice: Voice): string {
  return phrase("rule.sentence", voice.reader, {
    who: whoWords(rule.appliesTo, voice.reader),
    action: actionWords(rule.action, voice),
    conditions: conditionWords(rule.condition, voice, false),
    how: howWords(rule, voice),
  });
}

function whoWords(scope: Scope, reader: Reader): string {
  const { level, except } = scope;
  const own = level === "brand" || level === "account" ? { ...scope, status: null } : scope;
  const budget = level === "budgetHolder" ? scope.budget : { owner: null, period: null };
  const left = except === null ? [] : selectionWords(except, reader);
  return [
    phrase(`rule.who.${level}`, reader),
    ...selectionWords({ ...own, budget }, reader),
    ...(left.length === 0
      ? []
      : [phrase("rule.scope.except", reader, { list: left.join(phrase("rule.or", reader)) })]),
  ].join(", ");
}

function selectionWords(selection: Selection, reader: Reader): string[] {
  const { platforms, accounts, stages, groups, status, budget, match } = selection;
  const states = (list: readonly string[] | null) =>
    list?.map((value) => figureWords({ value, unit: "state" }, reader)) ?? null;
  return [
    scopeWords("status", states(status), reader),
    scopeWords("period", states(budget.period), reader),
    scopeWords("owner", states(budget.owner), reader),
    scopeWords("platforms", platforms, reader),
    scopeWords("accounts", accounts, reader),
    scopeWords("stages", stages, reader),
    ...Object.values(groups ?? {}).map((members) => scopeWords("stages", members, reader)),
    ...matcherWords(match, reader),
  ].filter((part) => part !== "");
}

function matcherWords(match: Matcher, reader: Reader): string[] {
  const keys = ["campaigns", "names", "labels", "ids", "objectives"] as const;
  return keys.map((key) => scopeWords(key, match[key], reader));
}

type ScopeKey = keyof Matcher | keyof Selection["budget"] | "platforms" | "accounts" | "stages" | "status";

function scopeWords(key: ScopeKey, list: readonly string[] | null | undefined, reader: Reader): string {
  if (list == null || list.length === 0) return "";
  return phrase(`rule.scope.${key}`, reader, { list: listWords(list, reader) });
}

function conditionWords(condition: Condition, voice: Voice, isInner: boolean): string {
  if (condition.kind === "leaf") return leafWords(condition.leaf, voice);
  const parts = condition.children.map((child) => conditionWords(child, voice, true));
  const joined = parts.join(phrase(condition.kind === "all" ? "rule.and" : "rule.or", voice.reader));
  return isInner && parts.length > 1 ? phrase("rule.group", voice.reader, { parts: joined }) : joined;
}

function leafWords(leaf: Leaf, voice: Voice): string {
  const { operator, right } = leaf;
  const { reader } = voice;
  const what = dated(leaf, voice);
  if (right.kind === "fact") {
    const value = rightWords(right, voice, leaf.fact);
    return phrase("rule.leaf", reader, { what, operator: operatorWords(operator, reader), value });
  }
  const values = (typeof right.value === "object" ? right.value : [right.value]).map((value) =>
    figureWords({ value, unit: right.unit }, reader),
  );
  if (operator === "between" || operator === "notBetween") {
    const [low = "", high = ""] = values;
    return phrase(`rule.${operator}`, reader, { what, low, high });
  }
  if (operator === "isKnown")
    return phrase(right.value === true ? "rule.known" : "rule.unknown", reader, { what });
  if (typeof right.value === "boolean") {
    const isTrue = right.value === (operator === "equal");
    return phrase(isTrue ? "rule.flag.true" : "rule.flag.false", reader, { what });
  }
  const value = values.join(phrase("rule.or", reader));
  return phrase("rule.leaf", reader, { what, operator: operatorWords(operator, reader), value });
}

function operatorWords(operator: string, reader: Reader): string {
  return say({ key: `operator.${operator}`, values: {} }, reader);
}

function rightWords(right: Extract<Leaf["right"], { kind: "fact" }>, voice: Voice, left: string): string {
  const { reader, units } = voice;
  const what = dated(right, voice);
  const times = formatTimes(right.timesPermille / 1000, reader, 2);
  const scaled = right.timesPermille === 1000 ? what : phrase("rule.times", reader, { times, what });
  if (right.plus === 0) return scaled;
  const offset = figureWords({ value: Math.abs(right.plus), unit: units[left] ?? "count" }, reader);
  return phrase(right.plus > 0 ? "rule.plus" : "rule.minus", reader, { what: scaled, offset });
}

/** "channel share (meta, revenue) over 28 days". */
function dated({ fact, params }: Pick<Leaf, "fact" | "params">, { reader, labels }: Voice): string {
  const what = factWords(fact, params, reader, labels);
  const window = windowOfParams(params, reader);
  return window === "" ? what : `${what} ${window}`;
}
