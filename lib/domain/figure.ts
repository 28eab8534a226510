/**
 * Numbers with a unit, and sentences as keys with numbers. Plans and events carry these; words are made at the rim, in the
 * reader's language.
 */
import { z } from "zod";
import { daySchema } from "./day.ts";

/**
 * `money` values are safe-integer micros of the brand's currency; `percent` runs 0 to 100; `probability` 0 to 1;
 * `instant` is epoch milliseconds; `day` is YYYY-MM-DD; `text` and `state` are strings (a state is translated, and may be a day; a text is not).
 */
export const UNITS = [
  "money",
  "count",
  "ratio",
  "percent",
  "probability",
  "days",
  "nights",
  "hours",
  "instant",
  "day",
  "flag",
  "state",
  "text",
  "labels",
] as const;
export const unitSchema = z.enum(UNITS);
export type Unit = z.infer<typeof unitSchema>;

const scalarSchema = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);

export const figureSchema = z.object({ value: scalarSchema.nullable(), unit: unitSchema });
export type Figure = z.infer<typeof figureSchema>;

/** `key` names a sentence of the catalogue in `lib/words`; `values` fill it. */
export const messageSchema = z.object({ key: z.string(), values: z.record(z.string(), figureSchema) });
export type Message = z.infer<typeof messageSchema>;

/**
 * One figure as a rule or a reader sees it. `value` is null exactly when there is no data, and `reason` says why; of a known one
 * it tells more (what makes results unstable, of how many a rank is).
 * `from` and `to` are the account-local days it covers; `source` says where it was set (parameters) or counted.
 */
export const readingSchema = figureSchema.extend({
  from: daySchema.nullable(),
  to: daySchema.nullable(),
  reason: messageSchema.nullable(),
  source: z.string().nullable(),
});
export type Reading = z.infer<typeof readingSchema>;

export function money(micros: bigint | number): Figure {
  return { value: Number(micros), unit: "money" };
}

export function figure(value: Figure["value"], unit: Unit): Figure {
  return { value, unit };
}

export function message(key: string, values: Record<string, Figure> = {}): Message {
  return { key, values };
}
