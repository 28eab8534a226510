/** Reads what a request asks for and refuses what Meta would not understand or the sandbox does not model. */
import { z } from "zod";
import { badParameter, notSimulated } from "./graph-error.ts";
import { type CallName, enumValues, isFieldName, paramsOf, type TypeName } from "./names.ts";

/** Understood on every call; Meta's specification lists them nowhere. */
const COMMON = ["access_token", "appsecret_proof", "fields", "limit", "after", "before"];
const DEFAULT_PAGE_ROWS = 25;
const MOST_PAGE_ROWS = 5000;

/** Raw values by name: text from a query, any JSON from a body. */
export type RawParams = Readonly<Record<string, unknown>>;

/**
 * Checks every parameter's name and, for enumerations, its values.
 * @throws GraphError 100.
 */
export function checkParams(call: CallName, raw: RawParams, modelled: readonly string[]): void {
  const known = paramsOf(call);
  for (const [name, value] of Object.entries(raw)) {
    if (COMMON.includes(name)) continue;
    const type = known[name];
    if (type === undefined) throw badParameter(`Unknown parameter ${name} for ${call}`);
    if (!modelled.includes(name)) throw notSimulated(`Parameter ${name} of ${call}`);
    const allowed = enumValues(type);
    const wrong = allowed === null ? undefined : listOf(value).find((one) => !allowed.includes(one));
    if (wrong !== undefined) {
      throw badParameter(`Param ${name} must be one of {${allowed?.join(", ")}} - got "${wrong}"`);
    }
  }
}

/** How each field of an object is made; undefined leaves it out, as Graph does with what an object does not have. */
export type Fields<Subject> = Readonly<Record<string, (subject: Subject) => unknown>>;

/**
 * The fields asked for, each checked. `id` is added by whoever renders an object.
 * @throws GraphError 100.
 */
export function fieldsAsked<Subject>(type: TypeName, raw: RawParams, modelled: Fields<Subject>): string[] {
  const asked = raw.fields === undefined ? [] : listOf(raw.fields);
  for (const field of asked) {
    if (!isFieldName(type, field)) {
      throw badParameter(`Tried accessing nonexisting field (${field}) on node type (${type})`);
    }
    if (modelled[field] === undefined) throw notSimulated(`Field ${field} of ${type}`);
  }
  return asked;
}

export function pick<Subject>(
  fields: Fields<Subject>,
  names: readonly string[],
  subject: Subject,
): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [name, fields[name]?.(subject)] as const).filter(([, value]) => value !== undefined),
  );
}

/** A list as JSON array, comma-separated text or one value, the ways the SDK and people write it. */
export function listOf(value: unknown): string[] {
  const parsed = typeof value === "string" && value.startsWith("[") ? parseJson(value) : value;
  if (Array.isArray(parsed)) return parsed.map(String);
  return String(parsed)
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

const timeRangeSchema = z.object({ since: z.iso.date(), until: z.iso.date() });

/** @throws GraphError 100 without two calendar days in order. */
export function timeRangeOf(raw: RawParams): { since: string; until: string } {
  const value = typeof raw.time_range === "string" ? parseJson(raw.time_range) : raw.time_range;
  const range = timeRangeSchema.safeParse(value);
  if (!range.success || range.data.since > range.data.until) {
    throw badParameter('Param time_range must be like {"since":"2026-02-01","until":"2026-02-28"}');
  }
  return range.data;
}

/** @throws GraphError 100 outside 1 to 5000. */
export function limitOf(raw: RawParams): number {
  const limit = raw.limit === undefined ? DEFAULT_PAGE_ROWS : Number(raw.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PAGE_ROWS) {
    throw badParameter(`Param limit must be a whole number from 1 to ${MOST_PAGE_ROWS}`);
  }
  return limit;
}

/** @throws GraphError 100. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badParameter(`"${text.slice(0, 80)}" is not valid JSON`);
  }
}
