/** The limits of a brand file: their schema, and every limit settled with where it was set. */
import { z } from "zod";
import type { Limits } from "../domain/brand.ts";
import { microsFromMajor } from "../domain/money.ts";
import { SHADOW_NIGHTS } from "./limit-rows.ts";
import { type LimitDefinition, limitDefinitions } from "./limits.ts";

/** The `limits` object of a brand file: every key optional, each within its bounds. */
export const limitShape: Record<string, z.ZodOptional<z.ZodNumber | z.ZodString>> = Object.fromEntries(
  limitDefinitions.map((limit) => [limit.key, valueSchema(limit).optional().describe(limit.doc)]),
);

function valueSchema(limit: LimitDefinition): z.ZodNumber | z.ZodString {
  if (limit.unit === "time")
    return z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "expected a time such as 04:05" });
  const number = z.number().min(limit.min).max(limit.max);
  return limit.unit !== "money" && limit.whole ? number.int() : number;
}

/** Fewest shadow nights that a brand may set. */
export function leastShadowNights(sandbox: boolean): number {
  return sandbox ? SHADOW_NIGHTS.sandbox : SHADOW_NIGHTS.leastReal;
}

/**
 * Every limit settled, and where each was set. `given` is the checked `limits` object of a brand file, money in major units;
 * `sourceOf` names the place of a key in that file.
 */
export function resolveLimits(
  given: Readonly<Record<string, string | number | undefined>>,
  sandbox: boolean,
  sourceOf: (key: string) => string,
): { limits: Limits; limitSources: Record<keyof Limits, string> } {
  const values = limitDefinitions.map(
    (limit) => [limit.id, settled(limit, given[limit.key], sandbox)] as const,
  );
  const sources = limitDefinitions.map((limit) => {
    return [limit.id, given[limit.key] === undefined ? "default" : sourceOf(limit.key)] as const;
  });
  return {
    limits: Object.fromEntries(values) as unknown as Limits,
    limitSources: Object.fromEntries(sources) as Record<keyof Limits, string>,
  };
}

function settled(limit: LimitDefinition, given: string | number | undefined, sandbox: boolean) {
  if (limit.unit === "money") return given === undefined ? null : microsFromMajor(given);
  if (given !== undefined) return given;
  return limit.id === "shadowNights" && sandbox ? SHADOW_NIGHTS.sandbox : limit.default;
}
