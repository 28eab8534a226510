/**
 * Meta's answers at the boundary: what Palier reads must be there and well formed, everything else passes. Enum values are
 * plain strings, because Meta adds some without notice; numbers come as strings.
 * Source: Meta Marketing API, AdAccount, Campaign, AdSet, AdsInsights, AdActivity.
 */
import { z } from "zod";
import { daySchema } from "../../domain/day.ts";
import { microsFromMajor } from "../../domain/money.ts";
import { failureOf, platformError } from "./errors.ts";

/** Ids stay strings: as numbers they would lose digits. */
const id = z.string().regex(/^\d{1,32}$/);
const minorUnits = z
  .union([z.string().regex(/^\d{1,15}$/), z.number().int().nonnegative()])
  .transform((value) => BigInt(value));
/** "0", null and absent all mean that there is no such budget. */
const budget = minorUnits
  .nullish()
  .transform((value) => (value === null || value === 0n ? undefined : value));
const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const decimal = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,12})?$/)
  .transform(microsFromMajor);

export const accountSchema = z.object({
  account_id: id,
  name: z.string(),
  currency: z.string(),
  timezone_name: z.string(),
  min_daily_budget: minorUnits,
});

/** As a token's accounts are listed; `account_status` 1 is active. */
export const listedAccountSchema = z.object({
  account_id: id,
  name: z.string(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  timezone_name: z.string().min(1),
  account_status: z.number().int(),
});

const holderShape = {
  id,
  account_id: id,
  status: z.string(),
  effective_status: z.string(),
  daily_budget: budget,
  lifetime_budget: budget,
};

/** One budget holder as read just before and after a change. */
export const holderSchema = z.object(holderShape);

const entityShape = {
  ...holderShape,
  name: z.string(),
  created_time: z.string().nullish(),
  adlabels: z.array(z.object({ name: z.string().nullish() })).nullish(),
  bid_strategy: z.string().nullish(),
  is_budget_schedule_enabled: z.boolean().nullish(),
};

export const campaignSchema = z.object({ ...entityShape, objective: z.string().nullish() });
export type CampaignRow = z.output<typeof campaignSchema>;

export const adSetSchema = z.object({
  ...entityShape,
  campaign_id: id,
  learning_stage_info: z
    .object({ status: z.string().nullish(), last_sig_edit_ts: z.number().int().nonnegative().nullish() })
    .nullish(),
});
export type AdSetRow = z.output<typeof adSetSchema>;

const actionSchema = z.looseObject({ action_type: z.string() });
export type ActionStats = z.output<typeof actionSchema>;

/** Spend and impressions stand in every row; Meta leaves out clicks and actions where there were none. */
export const insightSchema = z.object({
  account_id: id,
  campaign_id: id.optional(),
  adset_id: id.optional(),
  date_start: daySchema,
  date_stop: daySchema,
  spend: decimal,
  impressions: count,
  clicks: count.nullish(),
  inline_link_clicks: count.nullish(),
  actions: z.array(actionSchema).nullish(),
  action_values: z.array(actionSchema).nullish(),
});
export type InsightRow = z.output<typeof insightSchema>;

/** One entity over several days. */
export const peopleSchema = z.object({
  account_id: id,
  campaign_id: id.optional(),
  adset_id: id.optional(),
  date_start: daySchema,
  date_stop: daySchema,
  impressions: count,
  reach: count.nullish(),
});
export type PeopleRow = z.output<typeof peopleSchema>;

/** What happened in the account, budgets and statuses among much else. */
export const activityKindSchema = z.object({ event_type: z.string() });

export const activitySchema = z.object({
  event_time: z.string().nullish(),
  object_id: id,
  actor_id: z.string().nullish(),
  actor_name: z.string().nullish(),
  application_name: z.string().nullish(),
  extra_data: z.string().nullish(),
});
export type ActivityRow = z.output<typeof activitySchema>;

export const pageSchema = z.object({
  data: z.array(z.unknown()),
  paging: z.object({ next: z.string().nullish() }).nullish(),
});

/** @throws PlatformError `malformed` that names the places, never the values. */
export function parseAnswer<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join(".") || "the answer"}: ${issue.message}`);
  throw platformError(
    failureOf("malformed", `Meta's answer for ${what} is not as documented: ${places.join("; ")}`),
  );
}
