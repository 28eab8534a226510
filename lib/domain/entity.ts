/** What a platform account consists of, in the words every platform shares. */
import { z } from "zod";
import { entityRefSchema } from "./ids.ts";
import { microsSchema } from "./money.ts";

/** `other` is any state in which the platform does not deliver and which Palier must not change (archived, deleted, in review). */
export const entityStatusSchema = z.enum(["active", "paused", "removed", "other"]);
export type EntityStatus = z.infer<typeof entityStatusSchema>;

/** `unknown` where the platform does not say: never the same as `learned`. */
export const learningSchema = z.enum(["learning", "learned", "limited", "unknown"]);
export type Learning = z.infer<typeof learningSchema>;

export const budgetSchema = z.object({
  period: z.enum(["daily", "lifetime"]),
  amountMicros: microsSchema,
  /** The platform's own word for a budget that is not its ordinary kind, which is left alone; absent for the ordinary one. */
  special: z.string().optional(),
});
export type Budget = z.infer<typeof budgetSchema>;

export const entitySchema = entityRefSchema.extend({
  /** Id of the campaign for an ad group; null for a campaign. */
  parentId: z.string().nullable(),
  name: z.string(),
  status: entityStatusSchema,
  /** The platform's own word, for people. */
  platformStatus: z.string(),
  objective: z.string().nullable(),
  labels: z.array(z.string()),
  createdAtMs: z.number().nullable(),
  /** Null where another entity owns the money: absent is not zero. */
  budget: budgetSchema.nullable(),
  learning: learningSchema,
  /** Last significant edit that the platform reports. */
  lastEditAtMs: z.number().nullable(),
  /** A scheduled increase is running, so `budget` is not what may be spent today; such holders are left alone. */
  budgetScheduled: z.boolean(),
  /** The platform's own word for how it bids; absent where it does not say. */
  bidStrategy: z.string().optional(),
  /** Whether the platform says that the budget keeps it from delivering more; absent where it does not say. */
  budgetLimited: z.boolean().optional(),
  /** Share of the searches it could have shown at, and what was lost, in percent over the last 7 complete days. */
  searchShares: z
    .object({
      impressionPercent: z.number().nullable(),
      lostToBudgetPercent: z.number().nullable(),
      lostToRankPercent: z.number().nullable(),
    })
    .optional(),
  /** What a dataset's files leave unsaid, so that `status` and `budget` are stand-ins; absent for what a platform lists. */
  unsaid: z.array(z.enum(["status", "budget"])).optional(),
});
export type Entity = z.infer<typeof entitySchema>;
