/** A change: one field of one budget holder, `from` to `to`. */
import { z } from "zod";
import { hashOf } from "./canonical.ts";
import { daySchema } from "./day.ts";
import { targetRefSchema } from "./ids.ts";
import { microsSchema } from "./money.ts";

/** `dailyBudget` in micros of the account's currency; `status` pauses or resumes the entity. */
export const editSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("dailyBudget"), fromMicros: microsSchema, toMicros: microsSchema }),
  z.object({
    kind: z.literal("status"),
    from: z.enum(["active", "paused"]),
    to: z.enum(["active", "paused"]),
    /** Daily budget at the time, so that the money a pause stops can be stated. */
    budgetMicros: microsSchema,
  }),
]);
export type Edit = z.infer<typeof editSchema>;

export const changeSchema = z.object({
  id: z.string(),
  /** `entityKey` of the budget holder. */
  holderKey: z.string(),
  target: targetRefSchema,
  name: z.string(),
  stage: z.string().nullable(),
  currency: z.string(),
  edit: editSchema,
  ruleId: z.string(),
  pack: z.string(),
  owner: z.string(),
  /** Of a pause that ends by itself, the night in which it does. */
  until: daySchema.optional(),
  /** One of the pauses by which a rule stops a whole account: limits count them together as one. */
  accountStop: z.literal(true).optional(),
  /** Of a resume that ends a pause of the same rule: since when it was paused, and until which night it was meant to be. */
  endsPause: z.object({ sinceMs: z.number(), until: daySchema }).optional(),
});
export type Change = z.infer<typeof changeSchema>;

const DIGEST_LENGTH = 8;

type Terms = Pick<Change, "until" | "accountStop" | "endsPause">;

/** What a change says beside its edit; only what is said, as a change without is the same as before it could be. */
export function termsOf({ until, accountStop, endsPause }: Terms): Terms {
  return {
    ...(until === undefined ? {} : { until }),
    ...(accountStop === undefined ? {} : { accountStop }),
    ...(endsPause === undefined ? {} : { endsPause }),
  };
}

/** The change that takes it back, still without an id of its own: nothing is stopped by it, and nothing ends by itself. */
export function takenBack({ until: _, accountStop: __, endsPause: ___, ...change }: Change): Change {
  const { edit } = change;
  return {
    ...change,
    edit:
      edit.kind === "dailyBudget"
        ? { ...edit, fromMicros: edit.toMicros, toMicros: edit.fromMicros }
        : { ...edit, from: edit.to, to: edit.from },
  };
}

/** Differs between any two versions of a change; both that a planned change and the log's copy of it have. */
export function changeDigest({ id, holderKey, target, currency, edit, until }: Change): string {
  const ends = until === undefined ? {} : { until };
  return hashOf({ id, holderKey, target, currency, edit, ...ends }).slice(0, DIGEST_LENGTH);
}

/** Gross raise in micros that the change adds to the day: 0 for cuts and pauses, never netted. */
export function raiseMicros(edit: Edit): bigint {
  if (edit.kind === "status") return edit.to === "active" ? edit.budgetMicros : 0n;
  return edit.toMicros > edit.fromMicros ? edit.toMicros - edit.fromMicros : 0n;
}

/** What the change adds to the day in micros, negative for cuts and pauses. */
export function differenceMicros(edit: Edit): bigint {
  if (edit.kind === "dailyBudget") return edit.toMicros - edit.fromMicros;
  return edit.to === "active" ? edit.budgetMicros : -edit.budgetMicros;
}

export type Direction = "raise" | "cut" | "pause" | "resume";

export function directionOf(edit: Edit): Direction {
  if (edit.kind === "status") return edit.to === "paused" ? "pause" : "resume";
  return edit.toMicros > edit.fromMicros ? "raise" : "cut";
}

/** Signed change of a daily budget in percent of `from`; null for status edits and from 0. */
export function changePercent(edit: Edit): number | null {
  if (edit.kind === "status" || edit.fromMicros === 0n) return null;
  return Number(((edit.toMicros - edit.fromMicros) * 100_000n) / edit.fromMicros) / 1000;
}
