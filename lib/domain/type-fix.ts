/** Values of the wrong type: the types in words, and how to write what was meant. */
import { shorten } from "./json-file.ts";

export const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  tuple: "a list of two",
  nonoptional: "a value",
};

/** The fix for a value of the wrong type: what was most likely meant, as it is written. `example` is JSON text. */
export function typeFix(expected: string, value: unknown, allowed: string, example?: string): string {
  const number = expected === "number" ? numberMeant(value) : null;
  if (number !== null) return `write ${number}`;
  if (expected === "boolean" && (value === "true" || value === "false"))
    return `write ${value} without quotes`;
  if (expected === "array" && typeof value === "string") return `write it as a list: [${shorten(value)}]`;
  if (example !== undefined) return `write ${allowed} such as ${example}`;
  if (expected === "string" && typeof value === "number") return `write "${value}" in quotes`;
  if ((expected === "record" || expected === "object") && isNameList(value)) {
    return `write an object with a key for each: { ${shorten(value[0])}: ... }`;
  }
  return `write ${allowed}`;
}

/** The number that a text most likely means, and what to leave away: "100" and "100 EUR" and "20%"; null for any other value. */
export function numberMeant(value: unknown): string | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  if (Number.isFinite(Number(value))) return `${Number(value)} without quotes`;
  const number = /^(?:[A-Z]{3}|[€$£])? ?(\d{1,12}(?:\.\d{1,6})?) ?(?:[A-Z]{3}|[€$£%])?$/.exec(
    value.trim(),
  )?.[1];
  return number === undefined ? null : `${Number(number)} without quotes and unit`;
}

function isNameList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
}
