/** What one ad set did on one day, as far as the clock has come. Every number is a function of the world and of nothing else. */
import type { Day } from "../../domain/day.ts";
import { weekdayOf } from "../../domain/day.ts";
import type { AdSet, Audience, Campaign, World } from "../model.ts";
import { dayEndMs, dayStartMs } from "./calendar.ts";
import { type Conversion, conversionsOf, DEFAULT_ATTRIBUTION_SHARE } from "./conversions.ts";
import { centsAt, isDelivering } from "./histories.ts";
import { drawsOf, noiseFactor, poissonQuantile } from "./random.ts";

export interface Delivery {
  spendCents: number;
  impressions: number;
  clicks: number;
  linkClicks: number;
  conversions: readonly Conversion[];
}

/** A world with its entities looked up by id, for one series of questions. */
export interface Market {
  world: World;
  campaigns: ReadonlyMap<string, Campaign>;
  siblings: ReadonlyMap<string, readonly AdSet[]>;
}

export function marketOf(world: World): Market {
  return {
    world,
    campaigns: new Map(world.campaigns.map((campaign) => [campaign.id, campaign])),
    siblings: Map.groupBy(world.adSets, (adSet) => adSet.campaignId),
  };
}

/** Monday to Sunday; the mean is 1. */
const SPEND_BY_WEEKDAY = [0.98, 0.97, 0.98, 1, 1.01, 1.02, 1.04] as const;
const DEMAND_BY_WEEKDAY = [1.02, 0.97, 0.96, 0.97, 0.96, 1.02, 1.1] as const;

/** Euros per thousand impressions, link clicks per impression. */
const AUDIENCES: Record<Audience, { cpm: number; clickRate: number }> = {
  awareness: { cpm: 4.2, clickRate: 0.0035 },
  prospecting: { cpm: 9.5, clickRate: 0.011 },
  retargeting: { cpm: 14, clickRate: 0.016 },
  leftovers: { cpm: 7, clickRate: 0.009 },
};

export function deliveryOf(market: Market, adSet: AdSet, day: Day): Delivery {
  const { world } = market;
  const draw = drawsOf(world.seed, `${adSet.name}/${day}`);
  const weekday = weekdayOf(day) - 1;
  const pace = (SPEND_BY_WEEKDAY[weekday] ?? 1) * (0.91 + 0.16 * draw());
  const demand = (DEMAND_BY_WEEKDAY[weekday] ?? 1) * noiseFactor(draw, 0.15) * moodOf(world.seed, day);
  const priceNoise = noiseFactor(draw, 0.06);
  const luck = draw();
  const { audience, referenceCents, cpaCents, elasticity } = adSet.response;
  let spend = 0;
  let expected = 0;
  for (const span of spansOf(market, adSet, day)) {
    const rateCents = span.centsPerDay * pace;
    spend += span.dayShare * rateCents;
    if (cpaCents === null) continue;
    expected += span.dayShare * (referenceCents / cpaCents) * (rateCents / referenceCents) ** elasticity;
  }
  const { cpm, clickRate } = AUDIENCES[audience];
  const impressions = Math.floor((spend / (cpm * 100)) * 1000 * priceNoise);
  const count = poissonQuantile(luck, (expected * demand) / DEFAULT_ATTRIBUTION_SHARE);
  return {
    spendCents: Math.floor(spend),
    impressions,
    clicks: Math.floor(impressions * clickRate * 1.35),
    linkClicks: Math.floor(impressions * clickRate),
    conversions: conversionsOf(world, draw, {
      count,
      audience,
      startMs: dayStartMs(day, world.account.zone),
    }),
  };
}

interface Span {
  dayShare: number;
  centsPerDay: number;
}

/** The parts of the day already past in which the ad set delivered, each with the money in force. */
function spansOf(market: Market, adSet: AdSet, day: Day): Span[] {
  const { clockMs, account } = market.world;
  const startMs = dayStartMs(day, account.zone);
  const dayMs = dayEndMs(day, account.zone) - startMs;
  const endMs = Math.min(startMs + dayMs, clockMs);
  const campaign = market.campaigns.get(adSet.campaignId);
  if (campaign === undefined || endMs <= startMs || day < market.world.historyFrom) return [];
  const siblings = market.siblings.get(campaign.id) ?? [];
  const histories = [campaign, ...(campaign.budgets.length > 0 ? siblings : [adSet])];
  const changesMs = histories
    .flatMap((entity) => [...entity.budgets, ...entity.statuses])
    .map((step) => step.atMs)
    .filter((atMs) => atMs > startMs && atMs < endMs);
  const cutsMs = [startMs, ...[...new Set(changesMs)].sort((a, b) => a - b), endMs];
  return cutsMs.slice(0, -1).flatMap((fromMs, index) => {
    const centsPerDay = moneyAt(campaign, siblings, adSet, fromMs);
    return centsPerDay === 0
      ? []
      : [{ dayShare: ((cutsMs[index + 1] ?? endMs) - fromMs) / dayMs, centsPerDay }];
  });
}

function moneyAt(campaign: Campaign, siblings: readonly AdSet[], adSet: AdSet, atMs: number): number {
  if (!isDelivering(adSet, campaign, atMs)) return 0;
  if (campaign.budgets.length === 0) return centsAt(adSet.budgets, atMs) ?? 0;
  const delivering = siblings.filter((sibling) => isDelivering(sibling, campaign, atMs));
  const weights = delivering.reduce((sum, sibling) => sum + sibling.response.weight, 0);
  return ((centsAt(campaign.budgets, atMs) ?? 0) * adSet.response.weight) / weights;
}

/** Good and bad days of the whole market. */
function moodOf(seed: number, day: Day): number {
  return noiseFactor(drawsOf(seed, `mood/${day}`), 0.04);
}
