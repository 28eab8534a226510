/** The account, its campaigns and its ad sets as Graph shows them. */
import { addDays, eachDay, localDay } from "../../domain/day.ts";
import { isCountedByDefault } from "../market/conversions.ts";
import { conversionsOn, type Market, marketOf } from "../market/delivery.ts";
import { centsAt, isDelivering, statusAt } from "../market/histories.ts";
import type { AdSet, Campaign, World } from "../model.ts";
import { lastSignificantEditMs } from "../world.ts";
import type { Fields } from "./params.ts";
import { graphTime, offsetHours } from "./time.ts";

/** Smallest daily budget that Meta takes in euros. */
export const MIN_DAILY_BUDGET_CENTS = 100;
const ENOUGH_TO_LEARN = 50;
const LEARNING_DAYS = 7;
/** Conversions later than this after an edit no longer help it out of learning. */
const LEARNING_LIMIT_DAYS = 28;
const MS_PER_DAY = 86_400_000;

export interface Shown<Entity> {
  market: Market;
  entity: Entity;
}

const absent = () => undefined;
const never = () => false;

export const ACCOUNT_FIELDS: Fields<World> = {
  id: ({ meta }) => `act_${meta.account.id}`,
  account_id: ({ meta }) => meta.account.id,
  account_status: () => 1,
  currency: ({ currency }) => currency,
  min_daily_budget: () => MIN_DAILY_BUDGET_CENTS,
  name: ({ meta }) => meta.account.name,
  timezone_name: ({ zone }) => zone,
  timezone_offset_hours_utc: ({ zone, clockMs }) => offsetHours(clockMs, zone),
};

/** Meta publishes no specification of this object's fields; these are the SDK's. */
export function minimumBudgets({ currency }: World): object {
  return {
    currency,
    min_daily_budget_high_freq: MIN_DAILY_BUDGET_CENTS * 5,
    min_daily_budget_imp: MIN_DAILY_BUDGET_CENTS,
    min_daily_budget_low_freq: MIN_DAILY_BUDGET_CENTS * 40,
    min_daily_budget_video_views: MIN_DAILY_BUDGET_CENTS,
  };
}

function shared<Entity extends Campaign | AdSet>(): Fields<Shown<Entity>> {
  return {
    id: ({ entity }) => entity.id,
    account_id: ({ market }) => market.world.meta.account.id,
    adlabels: absent,
    bid_strategy: () => "LOWEST_COST_WITHOUT_CAP",
    configured_status: ownStatus,
    created_time: ({ market, entity }) => graphTime(entity.createdAtMs, market.world.zone),
    is_budget_schedule_enabled: never,
    issues_info: absent,
    name: ({ entity }) => entity.name,
    start_time: ({ market, entity }) => graphTime(entity.createdAtMs, market.world.zone),
    status: ownStatus,
    updated_time: ({ market, entity }) => {
      const lastMs = Math.max(...[...entity.budgets, ...entity.statuses].map((step) => step.atMs));
      return graphTime(lastMs, market.world.zone);
    },
  };
}

/** A campaign without a budget shows none; an ad set under a campaign budget shows "0". Both mean that another owns the money. */
export const CAMPAIGN_FIELDS: Fields<Shown<Campaign>> = {
  ...shared<Campaign>(),
  buying_type: () => "AUCTION",
  daily_budget: ({ market, entity }) => budgetText(market, entity),
  effective_status: ownStatus,
  is_adset_budget_sharing_enabled: never,
  lifetime_budget: absent,
  objective: ({ entity }) => entity.objective,
  smart_promotion_type: () => "GUIDED_CREATION",
  special_ad_categories: () => [],
  spend_cap: absent,
  stop_time: absent,
};

export const AD_SET_FIELDS: Fields<Shown<AdSet>> = {
  ...shared<AdSet>(),
  attribution_spec: () => [
    { event_type: "CLICK_THROUGH", window_days: 7 },
    { event_type: "VIEW_THROUGH", window_days: 1 },
  ],
  billing_event: () => "IMPRESSIONS",
  campaign_id: ({ entity }) => entity.campaignId,
  daily_budget: ({ market, entity }) => budgetText(market, entity) ?? "0",
  daily_min_spend_target: absent,
  daily_spend_cap: absent,
  effective_status: (shown) => adSetStatus(shown),
  end_time: absent,
  is_dynamic_creative: never,
  learning_stage_info: learningStage,
  lifetime_budget: () => "0",
  optimization_goal: () => "OFFSITE_CONVERSIONS",
  recurring_budget_semantics: () => true,
};

export function adSetStatus({ market, entity }: Shown<AdSet>): string {
  const campaign = market.campaigns.get(entity.campaignId);
  const { clockMs } = market.world;
  if (statusAt(entity.statuses, clockMs) === "PAUSED") return "PAUSED";
  return campaign !== undefined && statusAt(campaign.statuses, clockMs) === "PAUSED"
    ? "CAMPAIGN_PAUSED"
    : "ACTIVE";
}

function ownStatus({ market, entity }: Shown<Campaign | AdSet>): string {
  return statusAt(entity.statuses, market.world.clockMs);
}

/** Budgets are texts in cents. */
function budgetText(market: Market, entity: Campaign | AdSet): string | undefined {
  return centsAt(entity.budgets, market.world.clockMs)?.toString();
}

/** Learning ends with enough conversions since the last significant edit; after a week without them it is limited (`FAIL`). */
function learningStage({ market, entity }: Shown<AdSet>): object | undefined {
  const { clockMs } = market.world;
  const campaign = market.campaigns.get(entity.campaignId);
  if (campaign === undefined || entity.learningHidden || !isDelivering(entity, campaign, clockMs))
    return undefined;
  const steps = campaign.budgets.length > 0 ? campaign.budgets : entity.budgets;
  const editedMs = lastSignificantEditMs(entity, steps);
  const conversions = conversionsSince(market, entity, editedMs);
  const young = clockMs - editedMs < LEARNING_DAYS * MS_PER_DAY;
  const status = conversions >= ENOUGH_TO_LEARN ? "SUCCESS" : young ? "LEARNING" : "FAIL";
  return {
    status,
    conversions,
    last_sig_edit_ts: Math.floor(editedMs / 1000),
    attribution_windows: ["1d_view", "7d_click"],
  };
}

/** An edit before the simulated history is judged by the history's first weeks. */
function conversionsSince(market: Market, adSet: AdSet, sinceMs: number): number {
  const { clockMs, zone, historyFrom } = market.world;
  const dayAfter = addDays(localDay(sinceMs, zone), 1);
  const from = dayAfter > historyFrom ? dayAfter : historyFrom;
  const today = localDay(clockMs, zone);
  const last = addDays(from, LEARNING_LIMIT_DAYS - 1);
  return eachDay(from, last < today ? last : today).reduce(
    (sum, day) => sum + conversionsOn(market, adSet.id, day).filter(isCountedByDefault).length,
    0,
  );
}

export function shownCampaigns(world: World): Shown<Campaign>[] {
  const market = marketOf(world);
  return world.meta.campaigns.map((entity) => ({ market, entity }));
}

export function shownAdSets(world: World): Shown<AdSet>[] {
  const market = marketOf(world);
  return world.meta.adSets.map((entity) => ({ market, entity }));
}
