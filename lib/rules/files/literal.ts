/** Literal right sides of conditions: the type an operator takes, the range a fact has, money to micros. */
import { type JsonPath, valueAt } from "../../domain/json-file.ts";
import { microsFromMajor, safeMicros } from "../../domain/money.ts";
import { unknownWord, type Words } from "../../domain/shape.ts";
import { numberMeant } from "../../domain/type-fix.ts";
import { PLATFORM_WORDS, platformIds } from "../../platforms/index.ts";
import { kindOf } from "../judge/kinds.ts";
import type { RightForm } from "../judge/operators.ts";
import type { Literal } from "../types.ts";
import type { KnownFact, RuleContext } from "./context.ts";
import { MAX_NUMBER } from "./schema-words.ts";

/** Comparisons are exact in millionths. */
export const MAX_DECIMALS = 6;

const MAX_LIST = 100;

/** Verdicts carry what a figure was held against, one for each entity. */
export const MAX_TEXT_LENGTH = 500;

/** Digits after the decimal point; infinite for numbers that print as negative powers of ten. */
export function decimalsOf(number: number): number {
  const text = String(number);
  if (text.includes("e-")) return Number.POSITIVE_INFINITY;
  return /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
}

/** The checked literal at `path`, money in micros; null after a complaint. */
export function checkLiteral(
  context: RuleContext,
  fact: KnownFact,
  form: RightForm,
  path: JsonPath,
): Literal | null {
  const value = valueAt(context.json.value, path);
  switch (form) {
    case "number":
      return checkNumber(context, fact, path);
    case "range":
      return rangeAt(context, fact, path);
    case "list":
      return listAt(context, fact, path);
    case "glob":
      if (typeof value === "string" && value.length > MAX_TEXT_LENGTH) return tooLong(context, path);
      if (typeof value === "string" && value !== "") return value;
      return context.complain(path, {
        code: "wrongType",
        allowed: "a text with * and ?",
        fix: 'write a glob such as "*PROS*"',
      });
    case "label":
      return textAt(context, fact, path);
    case "flag":
      return flagAt(context, path);
    case "same":
      if (kindOf(fact.unit) === "number") return checkNumber(context, fact, path);
      return kindOf(fact.unit) === "flag" ? flagAt(context, path) : textAt(context, fact, path);
  }
}

function flagAt(context: RuleContext, path: JsonPath): boolean | null {
  const value = valueAt(context.json.value, path);
  if (typeof value === "boolean") return value;
  return context.complain(path, {
    code: "wrongType",
    allowed: "true or false",
    fix: "write true or false, without quotes",
  });
}

function textAt(context: RuleContext, fact: KnownFact, path: JsonPath): string | null {
  const value = valueAt(context.json.value, path);
  if (typeof value !== "string" || value === "") {
    const fix = value === "" ? "write what is in it" : "write a text in quotes";
    return context.complain(path, { code: "wrongType", allowed: "a text that is not empty", fix });
  }
  if (value.length > MAX_TEXT_LENGTH) return tooLong(context, path);
  const { values, words } = valuesOf(context, fact);
  if (values === undefined || values.includes(value)) return value;
  return context.complain(path, unknownWord("unknownWord", value, values, words));
}

function tooLong(context: RuleContext, path: JsonPath): null {
  const allowed = `a text of at most ${MAX_TEXT_LENGTH} characters`;
  return context.complain(path, { code: "outOfRange", allowed, fix: "shorten it" });
}

/** Stages are the brand's, and platforms are those that are built: the catalogue of facts knows neither. */
function valuesOf(context: RuleContext, fact: KnownFact): { values?: readonly string[]; words?: Words } {
  if (fact.id === "stage") return { values: context.stages };
  if (fact.id === "platform") return { values: platformIds, words: PLATFORM_WORDS };
  return fact.values === undefined ? {} : { values: fact.values };
}

function listAt(context: RuleContext, fact: KnownFact, path: JsonPath): string[] | null {
  const value = valueAt(context.json.value, path);
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_LIST) {
    const fix =
      Array.isArray(value) && value.length === 0
        ? "name at least one value"
        : `write a list such as ["${valuesOf(context, fact).values?.[0] ?? "active"}"]`;
    return context.complain(path, { code: "wrongType", allowed: `a list of 1 to ${MAX_LIST} texts`, fix });
  }
  const texts = value.map((_, index) => textAt(context, fact, [...path, index]));
  return texts.every((text) => text !== null) ? texts : null;
}

function rangeAt(context: RuleContext, fact: KnownFact, path: JsonPath): number[] | null {
  const value = valueAt(context.json.value, path);
  if (!Array.isArray(value) || value.length !== 2) {
    return context.complain(path, { code: "wrongType", allowed: "two numbers", fix: "write [low, high]" });
  }
  const low = checkNumber(context, fact, [...path, 0]);
  const high = checkNumber(context, fact, [...path, 1]);
  if (low === null || high === null) return null;
  if (low <= high) return [low, high];
  return context.complain(path, {
    code: "outOfRange",
    allowed: "the lower number first",
    fix: `write [${value[1]}, ${value[0]}]`,
  });
}

/** The number at `path` in the fact's own unit, micros for money; null after a complaint. */
export function checkNumber(context: RuleContext, fact: KnownFact, path: JsonPath): number | null {
  const value = valueAt(context.json.value, path);
  if (typeof value !== "number") {
    const isShare = fact.unit !== "percent" && String(value).endsWith("%");
    const meant = isShare ? null : numberMeant(value);
    const other = isShare ? "write percent as a share of 1" : 'write a number, or a fact as { "fact": ... }';
    const fix = meant === null ? other : `write ${meant}`;
    return context.complain(path, { code: "wrongType", allowed: `a number (${fact.unit})`, fix });
  }
  const [least, most] = fact.range ?? usualRange(fact);
  if (value < least || value > most) {
    const fix =
      fact.unit === "percent" ? "write percent as 0 to 100" : `${fact.id} lies between ${least} and ${most}`;
    return context.complain(path, { code: "outOfRange", allowed: `${least} to ${most}`, fix });
  }
  if (decimalsOf(value) > MAX_DECIMALS) {
    return context.complain(path, {
      code: "tooPrecise",
      allowed: `at most ${MAX_DECIMALS} decimals`,
      fix: "round it",
    });
  }
  return fact.unit === "money" ? safeMicros(microsFromMajor(value)) : value;
}

/** Numbers that a rule may name where the fact itself has no range. */
export function usualRange(fact: Pick<KnownFact, "unit">): readonly [number, number] {
  if (fact.unit === "percent") return [0, 100];
  return fact.unit === "probability" ? [0, 1] : [0, MAX_NUMBER];
}
