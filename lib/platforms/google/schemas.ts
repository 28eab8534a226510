/**
 * Google's rows at the boundary: what Palier reads must be there and well formed, everything else passes. Enum values are plain
 * strings, because Google adds some with each version; 64-bit integers come as texts, and what is zero may be left out.
 * Source: Google Ads API v25, Campaign, CampaignBudget, Customer, AdGroup, ConversionAction, CurrencyConstant, ChangeEvent, Metrics.
 */
import { z } from "zod";
import { daySchema } from "../../domain/day.ts";
import { failureOf, platformError } from "./errors.ts";

/** Ids stay strings: as numbers they would lose digits. */
const id = z.string().regex(/^\d{1,20}$/);
const micros = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);
const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .default(0);
/** Conversions are fractions, and negative where they were taken back. */
const decimal = z.number().min(-1e12).max(1e12).default(0);

const customer = z.object({ id });

const headCustomer = customer.extend({
  descriptiveName: z.string().nullish(),
  currencyCode: z.string().regex(/^[A-Z]{3}$/),
  timeZone: z.string().min(1),
});

export const headSchema = z.object({ customer: headCustomer });

const budget = z.object({
  resourceName: z.string(),
  id,
  name: z.string().default(""),
  amountMicros: micros.nullish(),
  totalAmountMicros: micros.nullish(),
  period: z.string().default("UNSPECIFIED"),
  explicitlyShared: z.boolean().default(false),
  referenceCount: count,
  status: z.string().default("UNSPECIFIED"),
  type: z.string().default("UNSPECIFIED"),
});
export type BudgetRow = z.output<typeof budget>;

/** Resource names. */
const labels = z.array(z.string()).default([]);

export const labelSchema = z.object({ label: z.object({ resourceName: z.string(), name: z.string() }) });

const campaignShape = {
  id,
  status: z.string(),
  experimentType: z.string().default("UNSPECIFIED"),
};

export const campaignSchema = z.object({
  customer: headCustomer,
  campaign: z.object({
    ...campaignShape,
    name: z.string(),
    primaryStatus: z.string().nullish(),
    primaryStatusReasons: z.array(z.string()).default([]),
    biddingStrategyType: z.string().nullish(),
    biddingStrategySystemStatus: z.string().nullish(),
    advertisingChannelType: z.string().nullish(),
    startDateTime: z.string().nullish(),
    labels,
  }),
  campaignBudget: budget.nullish(),
});
export type CampaignRow = z.output<typeof campaignSchema>;

export const liveCampaignSchema = z.object({
  customer: z.object({ id, currencyCode: z.string().regex(/^[A-Z]{3}$/) }),
  campaign: z.object(campaignShape),
  campaignBudget: budget.nullish(),
});

export const liveBudgetSchema = z.object({
  customer: z.object({ id, currencyCode: z.string().regex(/^[A-Z]{3}$/) }),
  campaignBudget: budget,
});

export const adGroupSchema = z.object({
  customer,
  campaign: z.object({ id }),
  adGroup: z.object({
    id,
    name: z.string(),
    status: z.string(),
    primaryStatus: z.string().nullish(),
    labels,
  }),
});
export type AdGroupRow = z.output<typeof adGroupSchema>;

export const conversionActionSchema = z.object({
  customer,
  conversionAction: z.object({
    id,
    name: z.string(),
    status: z.string(),
    includeInConversionsMetric: z.boolean().nullish(),
  }),
});

/** An account below, or the very one that was asked. A cancelled one may name neither currency nor zone. */
export const customerClientSchema = z.object({
  customerClient: z.object({
    id,
    descriptiveName: z.string().nullish(),
    currencyCode: z.string().nullish(),
    timeZone: z.string().nullish(),
    status: z.string(),
    manager: z.boolean().default(false),
    hidden: z.boolean().default(false),
  }),
});

export const currencySchema = z.object({
  currencyConstant: z.object({
    code: z.string(),
    billableUnitMicros: micros.refine((unit) => unit > 0n, { error: "expected a positive unit" }),
  }),
});

const insightShape = {
  customer,
  campaign: z.object({ id }).nullish(),
  adGroup: z.object({ id }).nullish(),
};

export const deliverySchema = z.object({
  ...insightShape,
  segments: z.object({ date: daySchema }),
  metrics: z
    .object({ costMicros: micros.default(0n), impressions: count, clicks: count })
    .default({ costMicros: 0n, impressions: 0, clicks: 0 }),
});
export type DeliveryRow = z.output<typeof deliverySchema>;

/** Of 1. Google leaves out what a campaign has none of, which is not 0. */
const share = z
  .number()
  .min(0)
  .max(1)
  .nullish()
  .transform((value) => value ?? null);

/** Shares of one campaign over the days of the query. */
export const searchSharesSchema = z.object({
  customer,
  campaign: z.object({ id }),
  metrics: z
    .object({
      searchImpressionShare: share,
      searchBudgetLostImpressionShare: share,
      searchRankLostImpressionShare: share,
    })
    .prefault({}),
});

const conversionMetrics = z.object({
  conversions: decimal,
  conversionsValue: decimal,
  conversionsByConversionDate: decimal,
  conversionsValueByConversionDate: decimal,
  allConversions: decimal,
  allConversionsValue: decimal,
  allConversionsByConversionDate: decimal,
  allConversionsValueByConversionDate: decimal,
});
export type ConversionMetrics = z.output<typeof conversionMetrics>;

export const conversionsSchema = z.object({
  ...insightShape,
  segments: z.object({ date: daySchema, conversionActionName: z.string() }),
  metrics: conversionMetrics.prefault({}),
});
export type ConversionsRow = z.output<typeof conversionsSchema>;

/** Sums over the days of the query. */
export const countedSchema = z.object({
  customer,
  segments: z.object({ conversionActionName: z.string() }),
  metrics: conversionMetrics.prefault({}),
});

const changedResource = z.object({
  campaign: z.object({ status: z.string().nullish(), campaignBudget: z.string().nullish() }).nullish(),
  campaignBudget: z.object({ amountMicros: micros.nullish() }).nullish(),
});

export const changeEventSchema = z.object({
  customer,
  changeEvent: z.object({
    changeDateTime: z.string(),
    changeResourceType: z.string(),
    changeResourceName: z.string(),
    resourceChangeOperation: z.string(),
    clientType: z.string().nullish(),
    userEmail: z.string().nullish(),
    oldResource: changedResource.nullish(),
    newResource: changedResource.nullish(),
  }),
});
export type ChangeEvent = z.output<typeof changeEventSchema>["changeEvent"];

/** @throws PlatformError `malformed` that names the places, never the values. */
export function parseRows<Schema extends z.ZodType>(
  schema: Schema,
  rows: readonly unknown[],
  what: string,
): z.output<Schema>[] {
  return rows.map((row) => {
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    const places = result.error.issues
      .slice(0, 3)
      .map((issue) => `${issue.path.join(".") || "the row"}: ${issue.message}`);
    throw malformed(`Google's answer for ${what} is not as documented: ${places.join("; ")}`);
  });
}

/** @throws PlatformError `malformed` for rows of another account: a manager's credential sees them all. */
export function refuseStrangers(
  rows: readonly { customer: { id: string } }[],
  accountId: string,
  what: string,
): void {
  const stranger = rows.find((row) => row.customer.id !== accountId);
  if (stranger !== undefined)
    throw malformed(`Google answered ${what} with a row of account ${stranger.customer.id}`);
}

/** @throws PlatformError `malformed` for two rows of one thing, which would count twice. */
export function refuseDuplicates(keys: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw malformed(`Google answered ${what} twice for ${key}`);
    seen.add(key);
  }
}

export function malformed(text: string): Error {
  return platformError(failureOf("malformed", text));
}
