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
  if (
    expected === "number" &&
    typeof value === "string" &&
    value.trim() !== "" &&
    Number.isFinite(Number(value))
  ) {
    return `write ${Number(value)} without quotes`;
  }
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

function isNameList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
}
