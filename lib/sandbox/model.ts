/**
 * A sandbox world: an ad account on each platform, the market they buy in, the shop. Plain data, so that it is stored as JSON
 * and reloads equal. Budgets are whole cents of the one currency; each server shows them in its platform's own unit.
 */
import { z } from "zod";
import { daySchema } from "../domain/day.ts";

export const statusSchema = z.enum(["ACTIVE", "PAUSED"]);
export type Status = z.infer<typeof statusSchema>;

const centsSchema = z.int().positive();

/** Steps ascend in time and each holds until the next, so a day's delivery follows the budget in force on it. */
const budgetStepSchema = z.object({ atMs: z.int(), cents: centsSchema });
export type BudgetStep = z.infer<typeof budgetStepSchema>;
const statusStepSchema = z.object({ atMs: z.int(), status: statusSchema });
export type StatusStep = z.infer<typeof statusStepSchema>;

/** Empty `budgets`: the ad sets own the money. */
const campaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  objective: z.string(),
  createdAtMs: z.int(),
  budgets: z.array(budgetStepSchema),
  statuses: z.array(statusStepSchema).min(1),
});
export type Campaign = z.infer<typeof campaignSchema>;

const audienceSchema = z.enum([
  "awareness",
  "prospecting",
  "retargeting",
  "leftovers",
  "search",
  "brandSearch",
  "shopping",
]);
export type Audience = z.infer<typeof audienceSchema>;

/**
 * How the market answers an ad set. At `referenceCents` of spend a day one claimed conversion costs `cpaCents` (null: never
 * converts), and conversions grow with spend to the power of `elasticity`, below 1: each further euro buys less.
 */
const responseSchema = z.object({
  audience: audienceSchema,
  referenceCents: centsSchema,
  cpaCents: z.number().positive().nullable(),
  elasticity: z.number().positive().max(1),
  /** Share of a campaign budget before the shares of ad sets that do not deliver are given to the others. */
  weight: z.number().positive(),
});

export type Response = z.infer<typeof responseSchema>;

/** `budgets` is empty exactly when the campaign owns the money. */
const adSetSchema = z.object({
  id: z.string(),
  campaignId: z.string(),
  name: z.string(),
  createdAtMs: z.int(),
  budgets: z.array(budgetStepSchema),
  statuses: z.array(statusStepSchema).min(1),
  /** Edits of targeting or creative, which restart learning. Large budget changes do so as well and are not listed here. */
  significantEditsMs: z.array(z.int()),
  /** Meta does not report learning for every ad set. */
  learningHidden: z.boolean(),
  response: responseSchema,
});
export type AdSet = z.infer<typeof adSetSchema>;

/** Google's budget is a resource of its own, which one or several campaigns draw on. */
const googleBudgetSchema = z.object({
  id: z.string(),
  name: z.string(),
  explicitlyShared: z.boolean(),
  period: z.enum(["DAILY", "CUSTOM_PERIOD"]),
  type: z.enum(["STANDARD", "FIXED_CPA", "SMART_CAMPAIGN"]),
  status: z.enum(["ENABLED", "REMOVED"]),
  /** Of a custom period, which has no daily amount; null otherwise. */
  totalCents: centsSchema.nullable(),
  budgets: z.array(budgetStepSchema),
});
export type GoogleBudget = z.infer<typeof googleBudgetSchema>;

const googleCampaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  budgetId: z.string(),
  channelType: z.enum(["SEARCH", "SHOPPING", "PERFORMANCE_MAX", "DISPLAY"]),
  createdAtMs: z.int(),
  statuses: z.array(statusStepSchema).min(1),
  removed: z.boolean(),
  /** Changes of the bidding strategy, which restart its learning. Large budget changes do so as well and are not listed here. */
  significantEditsMs: z.array(z.int()),
  /** Bids by hand: there is no strategy that could learn. */
  manualBidding: z.boolean(),
});
export type GoogleCampaign = z.infer<typeof googleCampaignSchema>;

/** An ad group, or the asset group of a Performance Max campaign, which no list of ad groups shows. */
const googleAdGroupSchema = z.object({
  id: z.string(),
  campaignId: z.string(),
  name: z.string(),
  kind: z.enum(["adGroup", "assetGroup"]),
  createdAtMs: z.int(),
  statuses: z.array(statusStepSchema).min(1),
  response: responseSchema,
});
export type GoogleAdGroup = z.infer<typeof googleAdGroupSchema>;

const conversionActionSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(["ENABLED", "HIDDEN", "REMOVED"]),
  /** Counted in the plain conversions column. */
  primary: z.boolean(),
});
export type ConversionAction = z.infer<typeof conversionActionSchema>;

export const platformSchema = z.enum(["meta", "google"]);
export type Platform = z.infer<typeof platformSchema>;

const entityLevelSchema = z.enum(["campaign", "adset", "budget"]);
export type EntityLevel = z.infer<typeof entityLevelSchema>;

const editSchema = z.discriminatedUnion("field", [
  z.strictObject({ field: z.literal("daily_budget"), cents: centsSchema }),
  z.strictObject({ field: z.literal("status"), status: statusSchema }),
]);
export type Edit = z.infer<typeof editSchema>;

/**
 * What a person or another tool does, at once or when the clock gets there. `entityId` is a campaign, an ad set or one of
 * Google's budgets; `by` defaults to a media buyer of the brand, `via` to the platform's own interface.
 */
export const humanEditSchema = z.strictObject({
  entityId: z.string(),
  edit: editSchema,
  atMs: z.int().optional(),
  by: z.string().optional(),
  via: z.string().optional(),
});
export type HumanEdit = z.infer<typeof humanEditSchema>;
const pendingEditSchema = humanEditSchema.extend({ atMs: z.int() });

/** One attempt to change something, refused ones included: the witness that tests compare an audit log against. */
export const ledgerEntrySchema = z.object({
  seq: z.int(),
  atMs: z.int(),
  actor: z.enum(["api", "person"]),
  /** Who and through what, as the platform's history of changes will tell it. */
  by: z.string(),
  via: z.string(),
  platform: platformSchema,
  level: entityLevelSchema,
  entityId: z.string(),
  field: z.enum(["daily_budget", "status"]),
  from: z.union([z.int(), z.string()]).nullable(),
  /** What was asked for. */
  to: z.union([z.int(), z.string()]),
  applied: z.boolean(),
  /** What the platform holds afterwards; differs from `to` after a refusal and under the `clamp` fault. */
  stored: z.union([z.int(), z.string()]).nullable(),
  /** The platform's code of a refusal, or `validate_only`; null when applied. */
  reason: z.string().nullable(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

const faultKindSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("delay"), delayMs: z.int().positive().max(60_000) }),
  z.strictObject({ kind: z.literal("hang") }),
  z.strictObject({ kind: z.literal("dropBefore") }),
  z.strictObject({ kind: z.literal("dropAfter") }),
  z.strictObject({ kind: z.literal("errorAfter") }),
  z.strictObject({ kind: z.literal("html502") }),
  z.strictObject({ kind: z.literal("throttle"), code: z.int(), subcode: z.int().nullable() }),
  z.strictObject({ kind: z.literal("expiredToken") }),
  z.strictObject({ kind: z.literal("clamp"), cents: centsSchema }),
  z.strictObject({ kind: z.literal("malformed") }),
  z.strictObject({ kind: z.literal("emptyData") }),
  z.strictObject({ kind: z.literal("wrongAccount") }),
  z.strictObject({ kind: z.literal("permissionDenied") }),
  z.strictObject({
    kind: z.literal("quota"),
    code: z.enum(["RESOURCE_EXHAUSTED", "RESOURCE_TEMPORARILY_EXHAUSTED"]),
    retryAfterSeconds: z.int().nullable(),
  }),
]);
export type FaultKind = z.infer<typeof faultKindSchema>;

/**
 * Hits the next request whose method and path fit, once; `*` stands for anything. `path` has no version: `/act_1001/insights`
 * on Meta, `/customers/2002/googleAds:searchStream/campaign` for a query from `campaign` on Google, and with the method `GRPC`
 * service and method, `/CampaignBudgetService/MutateCampaignBudgets`. `/token` is where Google gives access tokens.
 */
export const faultSchema = z.strictObject({
  method: z.enum(["GET", "POST", "GRPC"]),
  path: z.string(),
  fault: faultKindSchema,
});
export type Fault = z.infer<typeof faultSchema>;

const accountSchema = z.object({ id: z.string(), name: z.string() });

export const worldSchema = z.object({
  v: z.literal(2),
  seed: z.int(),
  firstNight: daySchema,
  clockMs: z.int(),
  currency: z.string(),
  zone: z.string(),
  /** Spend before this day is not simulated. */
  historyFrom: daySchema,
  meanOrderCents: centsSchema,
  meta: z.object({
    account: accountSchema,
    campaigns: z.array(campaignSchema),
    adSets: z.array(adSetSchema),
  }),
  google: z.object({
    account: accountSchema,
    conversionActions: z.array(conversionActionSchema),
    budgets: z.array(googleBudgetSchema),
    campaigns: z.array(googleCampaignSchema),
    adGroups: z.array(googleAdGroupSchema),
  }),
  ledger: z.array(ledgerEntrySchema),
  faults: z.array(faultSchema),
  pendingEdits: z.array(pendingEditSchema),
});
export type World = z.infer<typeof worldSchema>;
