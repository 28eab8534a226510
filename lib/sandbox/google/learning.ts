/** How Google judges a campaign: its bidding strategy and whether it can serve. Thresholds are the field's habit; Google publishes none. */
import { addDays, eachDay, localDay } from "../../domain/day.ts";
import { deliveryOf, type Market } from "../market/delivery.ts";
import { statusAt } from "../market/histories.ts";
import { NO_SEARCHES, searchesOf, sharesOf, sumOfSearches } from "../market/searches.ts";
import type { GoogleCampaign } from "../model.ts";
import { lastSignificantEditMs } from "../world.ts";

const ENOUGH_TO_LEARN = 50;
const LEARNING_DAYS = 7;
/** With fewer conversions than this in the last 30 days a strategy has too little to go by. */
const ENOUGH_TO_BID = 15;
const JUDGED_DAYS = 30;
/** A campaign that misses more of its searches than this for want of money is limited by its budget. */
const MUCH_LOST_TO_BUDGET = 0.1;
const BUDGET_JUDGED_DAYS = 7;
const MS_PER_DAY = 86_400_000;

/** A value of BiddingStrategySystemStatus. */
export function biddingStatus(market: Market, campaign: GoogleCampaign): string {
  const { clockMs, zone, google } = market.world;
  if (campaign.manualBidding) return "UNAVAILABLE";
  if (campaign.removed || statusAt(campaign.statuses, clockMs) === "PAUSED") return "PAUSED";
  const steps = google.budgets.find(({ id }) => id === campaign.budgetId)?.budgets ?? [];
  const editedMs = lastSignificantEditMs(campaign, steps);
  const young = clockMs - editedMs < LEARNING_DAYS * MS_PER_DAY;
  const today = localDay(clockMs, zone);
  if (young && conversionsFrom(market, campaign, localDay(editedMs, zone), today) < ENOUGH_TO_LEARN) {
    if (editedMs === campaign.createdAtMs) return "LEARNING_NEW";
    return campaign.significantEditsMs.includes(editedMs)
      ? "LEARNING_SETTING_CHANGE"
      : "LEARNING_BUDGET_CHANGE";
  }
  const recent = conversionsFrom(market, campaign, addDays(today, -JUDGED_DAYS), today);
  return recent < ENOUGH_TO_BID ? "LIMITED_BY_DATA" : "ENABLED";
}

/** Values of CampaignPrimaryStatus and CampaignPrimaryStatusReason. */
export function primaryStatus(
  market: Market,
  campaign: GoogleCampaign,
): { status: string; reasons: readonly string[] } {
  if (campaign.removed) return { status: "REMOVED", reasons: ["CAMPAIGN_REMOVED"] };
  if (statusAt(campaign.statuses, market.world.clockMs) === "PAUSED") {
    return { status: "PAUSED", reasons: ["CAMPAIGN_PAUSED"] };
  }
  const bidding = biddingStatus(market, campaign);
  const money = isBudgetConstrained(market, campaign) ? ["BUDGET_CONSTRAINED"] : [];
  if (bidding.startsWith("LEARNING"))
    return { status: "LEARNING", reasons: ["BIDDING_STRATEGY_LEARNING", ...money] };
  const reasons = [...(bidding.startsWith("LIMITED") ? ["BIDDING_STRATEGY_LIMITED"] : []), ...money];
  return { status: reasons.length > 0 ? "LIMITED" : "ELIGIBLE", reasons };
}

function isBudgetConstrained(market: Market, { id }: GoogleCampaign): boolean {
  const today = localDay(market.world.clockMs, market.world.zone);
  const days = eachDay(addDays(today, -BUDGET_JUDGED_DAYS), addDays(today, -1));
  const searches = (market.unitsOfCampaign.get(id) ?? [])
    .flatMap((unit) => days.map((day) => searchesOf(market, unit.id, day)))
    .reduce(sumOfSearches, NO_SEARCHES);
  return (sharesOf(searches)?.lostToBudget ?? 0) > MUCH_LOST_TO_BUDGET;
}

function conversionsFrom(market: Market, campaign: GoogleCampaign, from: string, to: string): number {
  const { historyFrom } = market.world;
  const days = eachDay(from > historyFrom ? from : historyFrom, to);
  const units = market.unitsOfCampaign.get(campaign.id) ?? [];
  return units.reduce(
    (sum, { id }) =>
      sum + days.reduce((count, day) => count + deliveryOf(market, id, day).conversions.length, 0),
    0,
  );
}
