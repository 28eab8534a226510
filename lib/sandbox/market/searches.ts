/** The searches that a Google unit could have shown at: a day brings so many, and money and rank decide how many of them it gets. */
import type { Day } from "../../domain/day.ts";
import type { Audience } from "../model.ts";
import { deliveryOf, impressionsFor, type Market } from "./delivery.ts";
import { drawsOf } from "./random.ts";
import type { Unit } from "./units.ts";

/** Share of the day's searches that the money of the plan is enough for. */
const SHARE_AT_REFERENCE: Partial<Record<Audience, number>> = {
  search: 0.55,
  brandSearch: 0.88,
  shopping: 0.42,
};
/** Nobody is shown at every search. */
const MOST_SHARE = 0.98;
/** The others are shown elsewhere too, or only there. */
const CHANNELS: readonly string[] = ["SEARCH", "SHOPPING"];

export interface Searches {
  /** Impressions that there were to be had. */
  eligible: number;
  shown: number;
  /** What of the rest a better rank would have got; more money would have got what is left. */
  lostToRank: number;
}

export const NO_SEARCHES: Searches = { eligible: 0, shown: 0, lostToRank: 0 };

/** None on a day without delivery. */
export function searchesOf(market: Market, unitId: string, day: Day): Searches {
  const unit = market.units.get(unitId);
  const share = unit === undefined ? undefined : SHARE_AT_REFERENCE[unit.response.audience];
  if (unit === undefined || share === undefined || !isBesideSearches(market, unit)) return NO_SEARCHES;
  const shown = deliveryOf(market, unitId, day).impressions;
  if (shown === 0) return NO_SEARCHES;
  const { audience, referenceCents } = unit.response;
  const eligible = Math.max(impressionsFor(audience, referenceCents) / share, shown / MOST_SHARE);
  return { eligible, shown, lostToRank: (eligible - shown) * rankPart(market, unit) };
}

export function sumOfSearches(a: Searches, b: Searches): Searches {
  return {
    eligible: a.eligible + b.eligible,
    shown: a.shown + b.shown,
    lostToRank: a.lostToRank + b.lostToRank,
  };
}

/** Of 1, with four decimals; together they are 1. Null where there was no search. */
export function sharesOf({ eligible, shown, lostToRank }: Searches) {
  if (eligible === 0) return null;
  const [had, rank] = [rounded(shown / eligible), rounded(lostToRank / eligible)];
  return { shown: had, lostToRank: rank, lostToBudget: Math.max(0, rounded(1 - had - rank)) };
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

function isBesideSearches({ world }: Market, { campaignId }: Unit): boolean {
  const campaign = world.google.campaigns.find(({ id }) => id === campaignId);
  return campaign !== undefined && CHANNELS.includes(campaign.channelType);
}

/** Of what a unit misses, the part that its rank costs it. */
function rankPart({ world }: Market, { name }: Unit): number {
  return 0.4 + 0.55 * drawsOf(world.seed, `rank/${name}`)();
}
