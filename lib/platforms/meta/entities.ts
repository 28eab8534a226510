/** Meta's campaigns and ad sets as entities. Source: Meta Marketing API, Campaign and AdSet. */
import type { Budget, Entity, EntityStatus, Learning } from "../../domain/entity.ts";
import { microsFromMinor } from "./currency.ts";
import { failureOf, platformError } from "./errors.ts";
import type { AdSetRow, CampaignRow } from "./schemas.ts";

const SHARED_FIELDS = [
  "id",
  "account_id",
  "name",
  "status",
  "effective_status",
  "daily_budget",
  "lifetime_budget",
  "created_time",
  "adlabels",
  "bid_strategy",
  "is_budget_schedule_enabled",
];
export const CAMPAIGN_FIELDS = [...SHARED_FIELDS, "objective"].join(",");
export const AD_SET_FIELDS = [...SHARED_FIELDS, "campaign_id", "learning_stage_info"].join(",");
export const HOLDER_FIELDS = "id,account_id,status,effective_status,daily_budget,lifetime_budget";

const MS_PER_SECOND = 1000;

/** An ad set under a paused campaign stands still as one that was paused itself. */
const STATUSES: ReadonlyMap<string, EntityStatus> = new Map([
  ["ACTIVE", "active"],
  ["PAUSED", "paused"],
  ["CAMPAIGN_PAUSED", "paused"],
  ["DELETED", "removed"],
]);

const LEARNING: ReadonlyMap<string, Learning> = new Map([
  ["LEARNING", "learning"],
  ["SUCCESS", "learned"],
  ["FAIL", "limited"],
]);

export function campaignEntity(row: CampaignRow, adSets: readonly AdSetRow[], currency: string): Entity {
  const own = adSets.filter((adSet) => adSet.campaign_id === row.id);
  return {
    ...sharedFields(row, currency),
    ...bidStrategyOf(row),
    level: "campaign",
    parentId: null,
    objective: row.objective ?? null,
    learning: campaignLearning(own),
    lastEditAtMs: own.reduce<number | null>((latest, adSet) => later(latest, lastEditAtMs(adSet)), null),
  };
}

/** `campaign` is null where the census names none; the objective is the campaign's. */
export function adSetEntity(row: AdSetRow, campaign: CampaignRow | null, currency: string): Entity {
  return {
    ...sharedFields(row, currency),
    // Under a campaign's budget it is the campaign that bids.
    ...bidStrategyOf({ bid_strategy: row.bid_strategy ?? campaign?.bid_strategy }),
    level: "adGroup",
    parentId: row.campaign_id,
    objective: campaign?.objective ?? null,
    learning: learningOf(row),
    lastEditAtMs: lastEditAtMs(row),
  };
}

/** Null for no budget of its own. @throws PlatformError `malformed` when a daily and a lifetime budget stand side by side. */
export function budgetOf(
  row: Pick<CampaignRow, "id" | "daily_budget" | "lifetime_budget">,
  currency: string,
): Budget | null {
  const { daily_budget: daily, lifetime_budget: lifetime } = row;
  if (daily !== undefined && lifetime !== undefined) {
    throw platformError(failureOf("malformed", `Meta names a daily and a lifetime budget for ${row.id}`));
  }
  if (daily !== undefined) return { period: "daily", amountMicros: microsFromMinor(daily, currency) };
  return lifetime === undefined
    ? null
    : { period: "lifetime", amountMicros: microsFromMinor(lifetime, currency) };
}

function sharedFields(row: CampaignRow | AdSetRow, currency: string) {
  return {
    platform: "meta",
    accountId: row.account_id,
    id: row.id,
    name: row.name,
    status: STATUSES.get(row.effective_status) ?? "other",
    platformStatus: row.effective_status,
    labels: (row.adlabels ?? []).flatMap((label) => label.name ?? []),
    createdAtMs: instantOrNull(row.created_time),
    budget: budgetOf(row, currency),
    budgetScheduled: row.is_budget_schedule_enabled ?? false,
  };
}

function bidStrategyOf({
  bid_strategy: word,
}: {
  bid_strategy?: CampaignRow["bid_strategy"];
}): Pick<Entity, "bidStrategy"> {
  return word == null ? {} : { bidStrategy: word };
}

function learningOf(row: AdSetRow): Learning {
  return LEARNING.get(row.learning_stage_info?.status ?? "") ?? "unknown";
}

/**
 * Meta tells learning for ad sets only. A campaign's budget moves all of its delivering ad sets, so it counts as learning when
 * one of them is, and as learned only when all of them are.
 */
function campaignLearning(adSets: readonly AdSetRow[]): Learning {
  const states = adSets.filter((adSet) => adSet.effective_status === "ACTIVE").map(learningOf);
  if (states.length === 0) return "unknown";
  const worst = (["learning", "unknown", "limited"] as const).find((state) => states.includes(state));
  return worst ?? "learned";
}

function lastEditAtMs(row: AdSetRow): number | null {
  const seconds = row.learning_stage_info?.last_sig_edit_ts ?? null;
  return seconds === null || seconds === 0 ? null : seconds * MS_PER_SECOND;
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** Meta writes offsets without a colon (+0300), which is not ISO 8601 as dates are parsed. */
export function instantOrNull(time: string | null | undefined): number | null {
  const atMs = Date.parse((time ?? "").replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(atMs) ? null : atMs;
}
