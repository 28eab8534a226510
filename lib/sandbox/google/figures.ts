/** What a query's metrics add up to, split by the segments that it selects. */
import type { Day } from "../../domain/day.ts";
import type { Conversion } from "../market/conversions.ts";
import { conversionsOn, deliveryOf, type Market } from "../market/delivery.ts";
import { NO_SEARCHES, type Searches, searchesOf, sharesOf, sumOfSearches } from "../market/searches.ts";
import type { ConversionAction } from "../model.ts";

/** Segments that are simulated, without their owner's name. */
export const SEGMENTS: readonly string[] = ["conversion_action", "conversion_action_name", "date"];

interface Sales {
  count: number;
  cents: number;
}

export interface Counters {
  costCents: number;
  impressions: number;
  clicks: number;
  searches: Searches;
  /** By the day of the click and by their own day; those of primary actions, and all. */
  clicked: Sales;
  allClicked: Sales;
  converted: Sales;
  allConverted: Sales;
}

const MICROS_PER_CENT = 10_000;

/** Metrics that are simulated: `int64` ones are whole, values are in currency units; undefined where Google has no such figure. */
export const METRICS: Readonly<Record<string, (counters: Counters) => number | undefined>> = {
  all_conversions: ({ allClicked }) => allClicked.count,
  all_conversions_by_conversion_date: ({ allConverted }) => allConverted.count,
  all_conversions_value: ({ allClicked }) => allClicked.cents / 100,
  all_conversions_value_by_conversion_date: ({ allConverted }) => allConverted.cents / 100,
  clicks: ({ clicks }) => clicks,
  conversions: ({ clicked }) => clicked.count,
  conversions_by_conversion_date: ({ converted }) => converted.count,
  conversions_value: ({ clicked }) => clicked.cents / 100,
  conversions_value_by_conversion_date: ({ converted }) => converted.cents / 100,
  cost_micros: ({ costCents }) => costCents * MICROS_PER_CENT,
  impressions: ({ impressions }) => impressions,
  search_budget_lost_impression_share: ({ searches }) => lost(sharesOf(searches)?.lostToBudget),
  search_impression_share: ({ searches }) => had(sharesOf(searches)?.shown),
  search_rank_lost_impression_share: ({ searches }) => lost(sharesOf(searches)?.lostToRank),
};

/** Google says no more than that a share is below a tenth ... */
function had(share: number | undefined): number | undefined {
  return share !== undefined && share < 0.1 ? 0.0999 : share;
}

/** ... or a loss above nine. */
function lost(share: number | undefined): number | undefined {
  return share !== undefined && share > 0.9 ? 0.9001 : share;
}

/** Google tells these even where they are 0. */
export function isShare(field: string): boolean {
  return field.endsWith("_impression_share");
}

/** True for metrics that exist per conversion action. */
export function isConversionMetric(field: string): boolean {
  return field.includes("conversions");
}

export interface Group {
  /** Null where the query does not split by it. */
  day: Day | null;
  action: ConversionAction | null;
  counters: Counters;
}

export interface Split {
  byDay: boolean;
  byAction: boolean;
  /** False where only traffic is asked for: conversions take many days to look up. */
  withSales: boolean;
}

/** Sums of what the units did on the days given, one group for each combination of the segments that had anything at all. */
export function groupsOf(
  market: Market,
  unitIds: readonly string[],
  days: readonly Day[],
  { byDay, byAction, withSales }: Split,
): Group[] {
  const groups = new Map<string, Group>();
  for (const day of days) {
    const traffic = unitIds.flatMap((unitId) => trafficOf(market, unitId, day));
    const sales = withSales ? unitIds.flatMap((unitId) => allSalesOf(market, unitId, day)) : [];
    for (const { action, counters } of [...traffic, ...sales]) {
      if (byAction && action === null) continue;
      const key = `${byDay ? day : ""}/${byAction ? action?.id : ""}`;
      const group = groups.get(key) ?? {
        day: byDay ? day : null,
        action: byAction ? action : null,
        counters: NOTHING,
      };
      groups.set(key, { ...group, counters: sum(group.counters, counters) });
    }
  }
  return [...groups.values()];
}

const NO_SALES: Sales = { count: 0, cents: 0 };
export const NOTHING: Counters = {
  costCents: 0,
  impressions: 0,
  clicks: 0,
  searches: NO_SEARCHES,
  clicked: NO_SALES,
  allClicked: NO_SALES,
  converted: NO_SALES,
  allConverted: NO_SALES,
};

interface Part {
  /** Null for traffic, which belongs to no conversion action. */
  action: ConversionAction | null;
  counters: Counters;
}

function trafficOf(market: Market, unitId: string, day: Day): Part[] {
  const { spendCents, impressions, clicks } = deliveryOf(market, unitId, day);
  const searches = searchesOf(market, unitId, day);
  const counters = { ...NOTHING, costCents: spendCents, impressions, clicks, searches };
  return isEmpty(counters) ? [] : [{ action: null, counters }];
}

function allSalesOf(market: Market, unitId: string, day: Day): Part[] {
  const { conversions, signUps } = deliveryOf(market, unitId, day);
  const [purchase, signUp] = market.world.google.conversionActions;
  const signedUp = { count: signUps, cents: 0 };
  const sold = salesOf(purchase, salesIn(conversions), salesIn(conversionsOn(market, unitId, day)));
  return [...sold, ...salesOf(signUp, signedUp, signedUp)].filter(({ counters }) => !isEmpty(counters));
}

function salesOf(action: ConversionAction | undefined, allClicked: Sales, allConverted: Sales): Part[] {
  if (action === undefined) return [];
  const counted = action.primary ? { clicked: allClicked, converted: allConverted } : {};
  return [{ action, counters: { ...NOTHING, allClicked, allConverted, ...counted } }];
}

function salesIn(conversions: readonly Conversion[]): Sales {
  return {
    count: conversions.length,
    cents: conversions.reduce((cents, { valueCents }) => cents + valueCents, 0),
  };
}

function sum(a: Counters, b: Counters): Counters {
  return {
    costCents: a.costCents + b.costCents,
    impressions: a.impressions + b.impressions,
    clicks: a.clicks + b.clicks,
    searches: sumOfSearches(a.searches, b.searches),
    clicked: sumOfSales(a.clicked, b.clicked),
    allClicked: sumOfSales(a.allClicked, b.allClicked),
    converted: sumOfSales(a.converted, b.converted),
    allConverted: sumOfSales(a.allConverted, b.allConverted),
  };
}

function sumOfSales(a: Sales, b: Sales): Sales {
  return { count: a.count + b.count, cents: a.cents + b.cents };
}

function isEmpty({ costCents, impressions, clicks, allClicked, allConverted }: Counters): boolean {
  return costCents + impressions + clicks + allClicked.count + allConverted.count === 0;
}
