/** Daily insights of the account, its campaigns or its ad sets. Source: Meta Marketing API, Insights. */
import { type Day, eachDay, localDay } from "../../domain/day.ts";
import { type Claim, type Conversion, isCountedByDefault } from "../market/conversions.ts";
import { conversionsOn, type Delivery, deliveryOf, type Market, marketOf } from "../market/delivery.ts";
import { reachOf } from "../market/people.ts";
import type { AdSet, Campaign, World } from "../model.ts";
import { badParameter, notSimulated } from "./graph-error.ts";
import {
  checkParams,
  type Fields,
  fieldsAsked,
  listOf,
  pick,
  type RawParams,
  timeRangeOf,
} from "./params.ts";

const MODELLED = [
  "level",
  "time_range",
  "time_increment",
  "action_attribution_windows",
  "action_breakdowns",
  // Changes nothing here: every ad set's own setting is the default one.
  "use_unified_attribution_setting",
];

/** Which claims each window holds. Windows that Meta still accepts but no longer fills hold none. */
const WINDOWS: Readonly<Record<string, readonly Claim[]>> = {
  "1d_click": ["click1d"],
  "7d_click": ["click1d", "click7d"],
  "28d_click": ["click1d", "click7d", "click28d"],
  "1d_view": ["view1d"],
  "1d_ev": ["engaged1d"],
};

type Shown = Omit<Delivery, "signUps">;

interface Row {
  world: World;
  /** As asked for; figures are of those days among them that are simulated. */
  from: Day;
  to: Day;
  delivery: Shown;
  /** Counted only where it is asked for. */
  reach(): number;
  windows: readonly string[];
  campaign: Campaign | undefined;
  adSet: AdSet | undefined;
}

const FIELDS: Fields<Row> = {
  account_id: ({ world }) => world.meta.account.id,
  account_name: ({ world }) => world.meta.account.name,
  account_currency: ({ world }) => world.currency,
  campaign_id: ({ campaign }) => campaign?.id,
  campaign_name: ({ campaign }) => campaign?.name,
  adset_id: ({ adSet }) => adSet?.id,
  adset_name: ({ adSet }) => adSet?.name,
  objective: ({ campaign }) => campaign?.objective,
  attribution_setting: ({ adSet }) => (adSet === undefined ? undefined : "7d_click_1d_view"),
  date_start: ({ from }) => from,
  date_stop: ({ to }) => to,
  spend: ({ delivery }) => majorText(delivery.spendCents),
  impressions: ({ delivery }) => String(delivery.impressions),
  reach: ({ reach }) => String(reach()),
  clicks: ({ delivery }) => String(delivery.clicks),
  inline_link_clicks: ({ delivery }) => (delivery.linkClicks === 0 ? undefined : String(delivery.linkClicks)),
  actions: (row) => nonEmpty([...linkClicks(row), ...purchases(row, (sold) => String(sold.length))]),
  action_values: (row) =>
    nonEmpty(purchases(row, (sold) => majorText(sum(sold.map((one) => one.valueCents))))),
};

/** Worlds never change, so what one answered once it always answers; paging would otherwise count everything anew per page. */
const answered = new WeakMap<World, Map<string, object[]>>();

/**
 * One row per entity and day with impressions or purchases, entity by entity; a day without either has no row. Without
 * `time_increment`, one row per entity over all the days.
 * @throws GraphError 100.
 */
export function insightRows(world: World, query: RawParams): object[] {
  checkParams("GET AdAccount insights", query, MODELLED);
  const fields = [...new Set(["date_start", "date_stop", ...fieldsAsked("AdsInsights", query, FIELDS)])];
  const increment = query.time_increment === undefined ? null : String(query.time_increment);
  if (increment !== null && increment !== "1") throw notSimulated("Any time_increment but 1");
  const breakdowns = query.action_breakdowns === undefined ? [] : listOf(query.action_breakdowns);
  if (breakdowns.some((one) => one !== "action_type"))
    throw notSimulated("Any action breakdown but action_type");
  const level = query.level === undefined ? "account" : String(query.level);
  const range = timeRangeOf(query);
  const windows =
    query.action_attribution_windows === undefined ? [] : listOf(query.action_attribution_windows);
  const key = JSON.stringify([fields, level, range, windows, increment]);
  const known = answered.get(world) ?? new Map<string, object[]>();
  answered.set(world, known);
  const rows =
    known.get(key) ??
    rowsOf(world, level, spansOf(world, range, increment), windows).map((row) => pick(FIELDS, fields, row));
  known.set(key, rows);
  return rows;
}

interface Span {
  from: Day;
  to: Day;
  /** Those of it that are simulated. */
  days: readonly Day[];
}

function spansOf(
  world: World,
  { since, until }: { since: Day; until: Day },
  increment: string | null,
): Span[] {
  const today = localDay(world.clockMs, world.zone);
  const days = eachDay(since > world.historyFrom ? since : world.historyFrom, until < today ? until : today);
  return increment === null
    ? [{ from: since, to: until, days }]
    : days.map((day) => ({ from: day, to: day, days: [day] }));
}

function rowsOf(world: World, level: string, spans: readonly Span[], windows: readonly string[]): Row[] {
  const market = marketOf(world);
  return groupsOf(market, level).flatMap(({ adSets, campaign, adSet }) => {
    const ids = adSets.map(({ id }) => id);
    return spans
      .map(({ from, to, days }) => ({
        ...{ world, from, to, windows, campaign, adSet },
        delivery: deliveryOfAll(market, adSets, days),
        reach: () => reachOf(market, ids, days),
      }))
      .filter(({ delivery }) => delivery.impressions > 0 || delivery.conversions.length > 0);
  });
}

interface Group {
  adSets: readonly AdSet[];
  campaign: Campaign | undefined;
  adSet: AdSet | undefined;
}

function groupsOf(market: Market, level: string): Group[] {
  const { campaigns, adSets } = market.world.meta;
  switch (level) {
    case "account":
      return [{ adSets, campaign: undefined, adSet: undefined }];
    case "campaign":
      return campaigns.map((campaign) => ({
        adSets: adSets.filter((adSet) => adSet.campaignId === campaign.id),
        campaign,
        adSet: undefined,
      }));
    case "adset":
      return adSets.map((adSet) => ({
        adSets: [adSet],
        campaign: market.campaigns.get(adSet.campaignId),
        adSet,
      }));
    default:
      throw badParameter("The sandbox has no ads: level is account, campaign or adset");
  }
}

/** Purchases are counted on the day they were made. Source: Meta Ads, off-site conversions since June 2025. */
function deliveryOfAll(market: Market, adSets: readonly AdSet[], days: readonly Day[]): Shown {
  const deliveries = adSets.flatMap((adSet) => days.map((day) => deliveryOf(market, adSet.id, day)));
  return {
    spendCents: sum(deliveries.map((one) => one.spendCents)),
    impressions: sum(deliveries.map((one) => one.impressions)),
    clicks: sum(deliveries.map((one) => one.clicks)),
    linkClicks: sum(deliveries.map((one) => one.linkClicks)),
    conversions: adSets.flatMap((adSet) => days.flatMap((day) => conversionsOn(market, adSet.id, day))),
  };
}

function linkClicks({ delivery, windows }: Row): object[] {
  if (delivery.linkClicks === 0) return [];
  const value = String(delivery.linkClicks);
  const keys = windows.filter((window) => window.endsWith("_click") && WINDOWS[window] !== undefined);
  return [{ action_type: "link_click", value, ...Object.fromEntries(keys.map((window) => [window, value])) }];
}

/** One purchase shows up under each of these types, which is why they must never be summed. */
function purchases({ delivery, windows }: Row, measure: (sold: readonly Conversion[]) => string): object[] {
  const { conversions } = delivery;
  const byType = {
    omni_purchase: conversions,
    purchase: conversions,
    "offsite_conversion.fb_pixel_purchase": conversions.filter((conversion) => conversion.pixel),
  };
  return Object.entries(byType).flatMap(([type, claimed]) => {
    const counted = claimed.filter(isCountedByDefault);
    const keyed = windows
      .map((window) => [window, claimed.filter(({ claim }) => WINDOWS[window]?.includes(claim))] as const)
      .filter(([, sold]) => sold.length > 0);
    if (counted.length === 0 && keyed.length === 0) return [];
    const byWindow = Object.fromEntries(keyed.map(([window, sold]) => [window, measure(sold)]));
    return [{ action_type: type, value: measure(counted), ...byWindow }];
  });
}

function nonEmpty(list: object[]): object[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Cents as Meta writes amounts in insights: major units, "12.5" rather than "12.50". */
function majorText(cents: number): string {
  return String(cents / 100);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
