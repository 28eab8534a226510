/** What a rule says of one entity, with the evidence for every condition. */
import { z } from "zod";
import { readingSchema } from "./figure.ts";
import { levelSchema, targetRefSchema } from "./ids.ts";

export const modeSchema = z.enum(["shadow", "propose", "apply"]);
export type Mode = z.infer<typeof modeSchema>;

const STRICTEST_FIRST: readonly Mode[] = ["shadow", "propose", "apply"];

export function strictest(one: Mode, other: Mode): Mode {
  return STRICTEST_FIRST.find((mode) => mode === one || mode === other) ?? "shadow";
}

export const resultSchema = z.enum(["matched", "notMatched", "noData"]);
export type Result = z.infer<typeof resultSchema>;

/** Whom a verdict is about. `ref` is null for the brand and for accounts; `key` is unique among all subjects of a snapshot. */
export const subjectSchema = z.object({
  level: levelSchema,
  key: z.string(),
  name: z.string(),
  ref: targetRefSchema.nullable(),
  stage: z.string().nullable(),
});
export type Subject = z.infer<typeof subjectSchema>;

/** One condition: what was read, against what, and how far apart. */
export const evidenceSchema = z.object({
  fact: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  operator: z.string(),
  value: readingSchema,
  threshold: readingSchema,
  /** Fact on the right side ("targetCpa") with its factor and what is added in its own unit (micros for money); null for a literal. */
  thresholdFact: z.string().nullable(),
  thresholdTimes: z.number().nullable(),
  thresholdPlus: z.number().nullable(),
  /** What the fact on the right side is asked for (window, whose figure); absent where it takes nothing. */
  thresholdParams: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  result: resultSchema,
  /** Of a condition on several days in a row, each day with its own figures, the newest first; `value` is then that of the day that decided: the nearest to failing, or of those that fail the farthest. */
  days: z
    .array(z.object({ value: readingSchema, threshold: readingSchema, result: resultSchema }))
    .optional(),
  /** How far `value` is from satisfying the condition, in percent of the threshold; null when satisfied or not a distance. */
  distancePercent: z.number().nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/**
 * The case of a rule that its two executors judged differently: what each said of the rule and of every condition, with the
 * figures they read. `reference` is null where the second one refused to judge.
 */
export const disputeSchema = z.object({
  compiled: resultSchema,
  reference: resultSchema.nullable(),
  conditions: z.array(
    z.object({
      left: readingSchema,
      /** Before factor and offset; null for a literal. */
      right: readingSchema.nullable(),
      /** Of a condition on several days in a row, the days before the newest, which `left` and `right` are of. */
      before: z.array(z.object({ left: readingSchema, right: readingSchema.nullable() })).optional(),
      compiled: resultSchema,
      reference: resultSchema.nullable(),
    }),
  ),
});
export type Dispute = z.infer<typeof disputeSchema>;

export const verdictSchema = z.object({
  ruleId: z.string(),
  pack: z.string(),
  subject: subjectSchema,
  result: resultSchema,
  /** Leaves of the rule's conditions in the order written, `not` already pushed into them. */
  evidence: z.array(evidenceSchema),
  /** Present only where the executors of rules disagree: then nothing is done by this verdict, and a hold holds. */
  dispute: disputeSchema.optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;
