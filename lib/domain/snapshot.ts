/** Everything fetched for one brand at one time. Immutable, stored by its hash, never thrown away. */
import { z } from "zod";
import { daySchema } from "./day.ts";
import { budgetSchema, entitySchema, entityStatusSchema } from "./entity.ts";
import { messageSchema } from "./figure.ts";
import { accountRefSchema, targetRefSchema } from "./ids.ts";
import { microsSchema } from "./money.ts";

/** Level of a row: `account` rows carry the account's whole delivery, removed entities included. */
export const insightLevelSchema = z.enum(["account", "campaign", "adGroup", "ad"]);
export type InsightLevel = z.infer<typeof insightLevelSchema>;

/** Which day a conversion belongs to: that of the click that led to it, or its own. */
export const countedOnSchema = z.enum(["click", "conversion"]);
export type CountedOn = z.infer<typeof countedOnSchema>;

/**
 * One entity on one complete account-local day, or on `days` of them from `day` on. Counters are additive, and null where
 * the source does not report them, which is not 0. Conversions are decimals (platforms attribute fractions);
 * `conversionValueMicros` is what the platform claims, never the shop's revenue. Both are the platform's plain columns, on
 * the day that the account's `countedOn` says.
 */
export const insightSchema = z.object({
  level: insightLevelSchema,
  entityId: z.string(),
  day: daySchema,
  /** How many days the row covers, where it is more than one: weekly figures have 7. */
  days: z.number().int().min(2).optional(),
  spendMicros: microsSchema,
  impressions: z.number().nullable(),
  clicks: z.number().nullable(),
  linkClicks: z.number().nullable(),
  conversions: z.number().nullable(),
  conversionValueMicros: microsSchema.nullable(),
  videoViews: z.number().optional(),
  leads: z.number().optional(),
  /** People reached in the days of the row: never summed over rows. */
  reach: z.number().optional(),
  /** Further conversions and attributions that rules name, by `claimKey`: of those that the account's `claims` lists, absent is 0. */
  claims: z
    .record(z.string(), z.object({ conversions: z.number(), conversionValueMicros: microsSchema }))
    .optional(),
  /** The same conversions on their own days, where the platform's plain columns are by click and it offers both. */
  onConversionDay: z.object({ conversions: z.number(), conversionValueMicros: microsSchema }).optional(),
});
export type Insight = z.infer<typeof insightSchema>;

/**
 * A budget that several campaigns draw on. It owns their money, so none of them and none of their ad groups is a budget
 * holder, whatever budget they name themselves.
 */
export const sharedBudgetSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: entityStatusSchema,
  /** The platform's own word, for people. */
  platformStatus: z.string(),
  budget: budgetSchema,
  /** Every campaign that draws on it, paused ones included, removed ones left out. */
  campaignIds: z.array(z.string()),
});
export type SharedBudget = z.infer<typeof sharedBudgetSchema>;

/**
 * A change of a budget or a status as the platform's own history tells it, whoever made it. `target` is what Palier would
 * address: a campaign, an ad group, or a shared budget.
 */
export const pastEditSchema = z.object({
  target: targetRefSchema,
  atMs: z.number(),
  /** Who, in the platform's words: a person's name or address. */
  by: z.string(),
  /** Through what: an application or the platform's own interface; null where the platform does not say. */
  via: z.string().nullable(),
  edit: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("dailyBudget"),
      fromMicros: microsSchema.nullable(),
      toMicros: microsSchema.nullable(),
    }),
    z.object({ kind: z.literal("status"), to: entityStatusSchema }),
  ]),
});
export type PastEdit = z.infer<typeof pastEditSchema>;

/** Every edit from `fromMs` to the fetch, oldest first. */
export const editHistorySchema = z.object({ fromMs: z.number(), edits: z.array(pastEditSchema) });
export type EditHistory = z.infer<typeof editHistorySchema>;

/** People that one entity reached from `from` to `to`, and the impressions they had. `lifetime` counts from its beginning. */
export const peopleSchema = z.object({
  level: insightLevelSchema,
  entityId: z.string(),
  span: z.enum(["7d", "28d", "lifetime"]),
  from: daySchema,
  to: daySchema,
  reach: z.number(),
  impressions: z.number(),
});
export type People = z.infer<typeof peopleSchema>;

/** Name of a conversion under an attribution among a row's `claims`, both as the brand file writes them; `claimOf` says which is asked for. */
export function claimKey(conversion: string, attribution: string): string {
  return `${conversion}/${attribution}`;
}

/**
 * One account. Inside `coveredFrom`..`coveredTo`, at a level named in `levels`, an absent row is zero delivery;
 * outside, there is no data.
 */
export const accountSnapshotSchema = accountRefSchema.extend({
  name: z.string(),
  currency: z.string(),
  zone: z.string(),
  fetchedAtMs: z.number(),
  coveredFrom: daySchema,
  coveredTo: daySchema,
  levels: z.array(insightLevelSchema),
  /** The conversion and the attribution that every conversion figure of this account uses. */
  conversion: z.string(),
  attribution: z.string(),
  /** Snapshots from before platforms differed were counted as if by click. */
  countedOn: countedOnSchema.default("click"),
  /** Keys of what each row's `claims` were asked for. */
  claims: z.array(z.string()).optional(),
  /** People reached in spans of days, each asked for as a whole: never summed. Absent where nobody asked. */
  people: z.array(peopleSchema).optional(),
  /** Platform minimum for a daily budget; raises and cuts stay above it. */
  minDailyBudgetMicros: microsSchema,
  /** Smallest step in which the platform stores budgets. */
  budgetUnitMicros: microsSchema,
  entities: z.array(entitySchema),
  /** Empty where the platform has none, and in snapshots that were stored before any platform had them. */
  sharedBudgets: z.array(sharedBudgetSchema).default([]),
  insights: z.array(insightSchema),
  /** Null where the platform does not let this credential read it: then nobody knows who changed what. */
  history: editHistorySchema.nullable().default(null),
});
export type AccountSnapshot = z.infer<typeof accountSnapshotSchema>;

/**
 * One day of the shop, or `days` of them from `day` on; null or absent means that the shop does not report that figure, which
 * is not 0. Revenue is net of VAT, discounts and refunds.
 */
export const shopDaySchema = z.object({
  day: daySchema,
  /** How many days the row covers, where it is more than one: weekly figures have 7. */
  days: z.number().int().min(2).optional(),
  revenueMicros: microsSchema,
  orders: z.number().nullable(),
  newCustomers: z.number().nullable(),
  sessions: z.number().nullable(),
  newCustomerRevenueMicros: microsSchema.optional(),
  productCostMicros: microsSchema.optional(),
  /** Logistics and payment fees. */
  feesMicros: microsSchema.optional(),
  /** Told beside revenue, which they have been taken from already. */
  refundsMicros: microsSchema.optional(),
  leads: z.number().optional(),
  qualifiedLeads: z.number().optional(),
  /** Revenue by where the shop itself says an order came from (`meta`, `google`, `email` ...); absent where it does not say. */
  revenueBySource: z.record(z.string(), microsSchema).optional(),
});
export type ShopDay = z.infer<typeof shopDaySchema>;

/** What the brand spent on one day outside the ad accounts: affiliates, influencers, print. A day without a row is 0. */
export const otherSpendSchema = z.object({ day: daySchema, source: z.string(), spendMicros: microsSchema });
export type OtherSpend = z.infer<typeof otherSpendSchema>;

/**
 * The shop's figures in ascending order, none overlapping; a day that no row covers is no data. `otherSpend` counts as the
 * brand's spend beside that of its accounts.
 */
export const shopSnapshotSchema = z.object({
  source: z.string(),
  days: z.array(shopDaySchema),
  otherSpend: z.array(otherSpendSchema).optional(),
});
export type ShopSnapshot = z.infer<typeof shopSnapshotSchema>;

export const missingAccountSchema = accountRefSchema.extend({ reason: messageSchema });
export type MissingAccount = z.infer<typeof missingAccountSchema>;

export const snapshotSchema = z.object({
  v: z.literal(1),
  brand: z.string(),
  roundId: z.string(),
  /** The day of the round in the brand's zone; windows end on the day before. */
  day: daySchema,
  asOfMs: z.number(),
  accounts: z.array(accountSnapshotSchema),
  /** Accounts that could not be fetched: whatever needs them is no data. */
  missing: z.array(missingAccountSchema),
  shop: shopSnapshotSchema.nullable(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
