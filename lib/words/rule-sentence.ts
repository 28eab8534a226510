/** A rule said back as one sentence, from what was loaded and not from its description. */
import type { Matcher } from "../domain/brand.ts";
import type { Figure, Unit } from "../domain/figure.ts";
import { NO_CURRENCY } from "../domain/money.ts";
import { type FactLabels, factLabel } from "./evidence.ts";
import { formatAmount, formatFigure, formatTimes } from "./format.ts";
import { plainText } from "./plain-text.ts";
import type { Reader } from "./reader.ts";
import { phrase, say } from "./say.ts";

type Params = Readonly<Record<string, string | number | boolean>>;

interface ToldFact {
  fact: string;
  params: Params;
}

interface ToldLeaf extends ToldFact {
  operator: string;
  right:
    | { kind: "literal"; value: number | string | boolean | readonly (number | string)[]; unit: Unit }
    | (ToldFact & { kind: "fact"; timesPermille: number; plus: number });
}

export type ToldCondition =
  | { kind: "all" | "any"; children: readonly ToldCondition[] }
  | { kind: "leaf"; leaf: ToldLeaf };

interface ToldScope {
  level: string;
  platforms: readonly string[] | null;
  accounts: readonly string[] | null;
  stages: readonly string[] | null;
  status: readonly string[];
  budget: { owner: readonly string[] | null; period: readonly string[] };
  match: Matcher;
  except: { match: Matcher } | null;
}

type Step = { kind: "percent"; percent: number } | { kind: "amount"; micros: bigint };

type ToldAction =
  | { type: "raiseBudget"; by: Step; ceilingMicros: bigint | null }
  | { type: "cutBudget"; by: Step; floorMicros: bigint | null }
  | { type: "pause" }
  | { type: "notify"; urgency: "digest" | "now" }
  | { type: "hold"; blocks: readonly string[] };

export interface ToldRule {
  appliesTo: ToldScope;
  condition: ToldCondition;
  action: ToldAction;
  mode: "shadow" | "propose" | "apply";
  cooldownNights: number | null;
}

/** `units` are those of facts by id: what is added to a fact is in its unit. */
interface Voice {
  reader: Reader;
  labels: FactLabels;
  units: Readonly<Record<string, Unit>>;
}

export function ruleSentence(rule: ToldRule, voice: Voice): string {
  const { reader } = voice;
  const mode = phrase(`rule.mode.${rule.mode}`, reader);
  const nights = { value: rule.cooldownNights, unit: "nights" } as const;
  return phrase("rule.sentence", reader, {
    who: whoWords(rule.appliesTo, reader),
    action: actionWords(rule.action, reader),
    conditions: conditionWords(rule.condition, voice, false),
    how: rule.cooldownNights === null ? mode : phrase("rule.cooldown", reader, { mode, nights }),
  });
}

function whoWords(scope: ToldScope, reader: Reader): string {
  const { level, platforms, accounts, stages, status, budget, match, except } = scope;
  const isHolder = level === "budgetHolder";
  const who = say({ key: `rule.who.${level}`, values: {} }, reader);
  const words = (one: string) => figureWords({ value: one, unit: "state" }, reader);
  return [
    who,
    ...(isHolder ? [scopeWords("status", status.map(words), reader)] : []),
    ...(isHolder ? [scopeWords("period", budget.period.map(words), reader)] : []),
    scopeWords("owner", budget.owner?.map(words), reader),
    scopeWords("platforms", platforms, reader),
    scopeWords("accounts", accounts, reader),
    scopeWords("stages", stages, reader),
    ...matcherWords(match, reader),
    scopeWords("except", except === null ? null : matcherWords(except.match, reader), reader),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function matcherWords(match: Matcher, reader: Reader): string[] {
  const keys = ["campaigns", "names", "labels", "ids", "objectives"] as const;
  return keys.map((key) => scopeWords(key, match[key], reader)).filter((part) => part !== "");
}

type ScopeKey =
  | keyof Matcher
  | keyof ToldScope["budget"]
  | "platforms"
  | "accounts"
  | "stages"
  | "status"
  | "except";

function scopeWords(key: ScopeKey, list: readonly string[] | null | undefined, reader: Reader): string {
  if (list == null || list.length === 0) return "";
  return phrase(`rule.scope.${key}`, reader, {
    list: list.map(plainText).join(phrase("rule.or", reader)),
  });
}

function actionWords(action: ToldAction, reader: Reader): string {
  switch (action.type) {
    case "raiseBudget":
      return limited("ceiling", stepWords(action.type, action.by, reader), action.ceilingMicros, reader);
    case "cutBudget":
      return limited("floor", stepWords(action.type, action.by, reader), action.floorMicros, reader);
    case "notify":
      return phrase(`rule.notify.${action.urgency}`, reader);
    case "hold": {
      const blocks = action.blocks.map((one) => figureWords({ value: one, unit: "state" }, reader));
      return phrase("rule.hold", reader, { blocks: blocks.join(phrase("rule.or", reader)) });
    }
    default:
      return phrase("rule.pause", reader);
  }
}

function stepWords(type: "raiseBudget" | "cutBudget", by: Step, reader: Reader): string {
  const figure: Figure =
    by.kind === "percent"
      ? { value: by.percent, unit: "percent" }
      : { value: Number(by.micros), unit: "money" };
  return phrase(`rule.${type}`, reader, { by: figureWords(figure, reader) });
}

function limited(key: "ceiling" | "floor", action: string, micros: bigint | null, reader: Reader): string {
  if (micros === null) return action;
  const limit = figureWords({ value: Number(micros), unit: "money" }, reader);
  return phrase(`rule.${key}`, reader, { action, limit });
}

function conditionWords(condition: ToldCondition, voice: Voice, isInner: boolean): string {
  if (condition.kind === "leaf") return leafWords(condition.leaf, voice);
  const parts = condition.children.map((child) => conditionWords(child, voice, true));
  const joined = parts.join(phrase(condition.kind === "all" ? "rule.and" : "rule.or", voice.reader));
  return isInner && parts.length > 1 ? phrase("rule.group", voice.reader, { parts: joined }) : joined;
}

function leafWords(leaf: ToldLeaf, voice: Voice): string {
  const { operator, right } = leaf;
  const { reader } = voice;
  const what = factWords(leaf, voice);
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

function rightWords(
  right: ToldFact & { timesPermille: number; plus: number },
  voice: Voice,
  left: string,
): string {
  const { reader, units } = voice;
  const what = factWords(right, voice);
  const times = formatTimes(right.timesPermille / 1000, reader, 2);
  const scaled = right.timesPermille === 1000 ? what : phrase("rule.times", reader, { times, what });
  if (right.plus === 0) return scaled;
  const offset = figureWords({ value: Math.abs(right.plus), unit: units[left] ?? "count" }, reader);
  return phrase(right.plus > 0 ? "rule.plus" : "rule.minus", reader, { what: scaled, offset });
}

/** "channel share (meta, revenue) over 28 days". */
function factWords({ fact, params }: ToldFact, { reader, labels }: Voice): string {
  const { window, correctedForDelay, ...others } = params;
  const told = [
    ...Object.values(others).map((one) => plainText(String(one))),
    ...(correctedForDelay === true ? [phrase("rule.corrected", reader)] : []),
  ];
  const label = factLabel(fact, reader, labels);
  const what =
    told.length === 0 ? label : phrase("rule.with", reader, { what: label, params: told.join(", ") });
  if (window === undefined) return what;
  const [from = "", to] = String(window)
    .split("..")
    .map((end) => end.replace("d", ""));
  if (to !== undefined) return phrase("rule.span", reader, { what, from, to });
  return phrase("rule.window", reader, { what, days: { value: Number(from), unit: "days" } });
}

/** Rules of a pack that no brand uses have no currency: their amounts stand bare. */
function figureWords(figure: Figure, reader: Reader): string {
  const { value, unit } = figure;
  const isBare = unit === "money" && typeof value === "number" && reader.currency === NO_CURRENCY;
  return isBare ? formatAmount(value, reader) : formatFigure(figure, reader);
}
