/** What one unit did on one day, as far as the clock has come. Every number is a function of the world and of nothing else. */
import { type Day, weekdayOf } from "../../domain/day.ts";
import type { Audience, Campaign, World } from "../model.ts";
import { dayEndMs, dayStartMs, daysUpTo } from "./calendar.ts";
import { type Conversion, claimedCount, conversionsOf, LONGEST_LAG_DAYS } from "./conversions.ts";
import { drawsOf, noiseFactor, poissonQuantile } from "./random.ts";
import { claimsOfOthers } from "./shared-claims.ts";
import { changesMs, moneyAt, type Unit, unitsOf } from "./units.ts";

export interface Delivery {
  spendCents: number;
  impressions: number;
  clicks: number;
  /** Clicks that lead to the shop; on Google all do. */
  linkClicks: number;
  /** Newsletter sign-ups, of which Google keeps count; on the day of the click, which is their own. */
  signUps: number;
  /** Of this day's clicks, as far as they have arrived. */
  conversions: readonly Conversion[];
}

/** A world with its entities looked up, and every answer remembered. */
export interface Market {
  world: World;
  /** Ad sets, ad groups and asset groups by id. */
  units: ReadonlyMap<string, Unit>;
  /** Of each campaign of either platform. */
  unitsOfCampaign: ReadonlyMap<string, readonly Unit[]>;
  /** Meta's. */
  campaigns: ReadonlyMap<string, Campaign>;
  /** By unit and day. */
  deliveries: Map<string, Delivery>;
  /** By unit and day of the purchase. */
  purchases: Map<string, readonly Conversion[]>;
  /** By day, then by the unit that claims. */
  sharedClaims: Map<Day, ReadonlyMap<string, readonly Conversion[]>>;
}

/** Not the ledger, faults and edits to come. */
const LOOKED_AT = [
  "meta",
  "google",
  "clockMs",
  "seed",
  "zone",
  "historyFrom",
  "meanOrderCents",
] as const satisfies readonly (keyof World)[];

const markets = new WeakMap<World["meta"], Market>();

/** Worlds never change, so one that differs from the last by nothing that the market looks at answers from the same memory. */
export function marketOf(world: World): Market {
  const known = markets.get(world.meta);
  if (known !== undefined && LOOKED_AT.every((part) => known.world[part] === world[part]))
    return known.world === world ? known : { ...known, world };
  const units = unitsOf(world);
  const market: Market = {
    world,
    units: new Map(units.map((unit) => [unit.id, unit])),
    unitsOfCampaign: Map.groupBy(units, (unit) => unit.campaignId),
    campaigns: new Map(world.meta.campaigns.map((campaign) => [campaign.id, campaign])),
    deliveries: new Map(),
    purchases: new Map(),
    sharedClaims: new Map(),
  };
  markets.set(world.meta, market);
  return market;
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
  search: { cpm: 48, clickRate: 0.055 },
  brandSearch: { cpm: 52, clickRate: 0.16 },
  shopping: { cpm: 9, clickRate: 0.013 },
};
/** On Meta some click on the name or a picture and stay there. */
const CLICKS_PER_LINK_CLICK = { meta: 1.35, google: 1 };
const SIGN_UP_SHARE = { meta: 0, google: 0.02 };

/**
 * What an ad set, ad group or asset group did on a day; conversions are those of that day's clicks that have arrived by now.
 * An id that the market does not know did nothing.
 */
export function deliveryOf(market: Market, unitId: string, day: Day): Delivery {
  const key = `${unitId}/${day}`;
  const known = market.deliveries.get(key);
  if (known !== undefined) return known;
  const unit = market.units.get(unitId);
  const delivery = unit === undefined ? NOTHING : delivered(market, unit, day);
  market.deliveries.set(key, delivery);
  return delivery;
}

/** Conversions that happened on a local day, whatever day their click was. */
export function conversionsOn(market: Market, unitId: string, day: Day): readonly Conversion[] {
  const key = `${unitId}/${day}`;
  const known = market.purchases.get(key);
  if (known !== undefined) return known;
  const { zone } = market.world;
  const [startMs, endMs] = [dayStartMs(day, zone), dayEndMs(day, zone)];
  const conversions = daysUpTo(day, LONGEST_LAG_DAYS).flatMap((clickDay) =>
    deliveryOf(market, unitId, clickDay).conversions.filter(
      ({ arrivesAtMs }) => arrivesAtMs >= startMs && arrivesAtMs < endMs,
    ),
  );
  market.purchases.set(key, conversions);
  return conversions;
}

const NOTHING: Delivery = {
  spendCents: 0,
  impressions: 0,
  clicks: 0,
  linkClicks: 0,
  signUps: 0,
  conversions: [],
};

function delivered(market: Market, unit: Unit, day: Day): Delivery {
  const { world } = market;
  const spans = spansOf(world, unit, day);
  if (spans.length === 0) return NOTHING;
  const { platform } = unit;
  const draw = drawsOf(world.seed, `${unit.name}/${day}`);
  const weekday = weekdayOf(day) - 1;
  const pace = (SPEND_BY_WEEKDAY[weekday] ?? 1) * (0.91 + 0.16 * draw());
  const demand = (DEMAND_BY_WEEKDAY[weekday] ?? 1) * noiseFactor(draw, 0.15) * moodOf(world.seed, day);
  const priceNoise = noiseFactor(draw, 0.06);
  const luck = draw();
  const { audience, referenceCents, cpaCents, elasticity } = unit.response;
  let spend = 0;
  let expected = 0;
  for (const span of spans) {
    const rateCents = span.centsPerDay * pace;
    spend += span.dayShare * rateCents;
    if (cpaCents === null) continue;
    expected += span.dayShare * (referenceCents / cpaCents) * (rateCents / referenceCents) ** elasticity;
  }
  const { clickRate } = AUDIENCES[audience];
  const impressions = Math.floor(impressionsFor(audience, spend) * priceNoise);
  const count = poissonQuantile(luck, claimedCount(platform, expected * demand));
  const clicks = { unit, day, count, startMs: dayStartMs(day, world.zone) };
  return {
    spendCents: Math.floor(spend),
    impressions,
    clicks: Math.floor(impressions * clickRate * CLICKS_PER_LINK_CLICK[platform]),
    linkClicks: Math.floor(impressions * clickRate),
    signUps: Math.floor(impressions * clickRate * SIGN_UP_SHARE[platform]),
    conversions: [...conversionsOf(world, draw, clicks), ...othersOrders(market, unit, day)],
  };
}

/** What so much money buys at the audience's usual price. */
export function impressionsFor(audience: Audience, cents: number): number {
  return (cents / (AUDIENCES[audience].cpm * 100)) * 1000;
}

/** Google's units claim some orders that Meta's ads caused. */
function othersOrders(market: Market, unit: Unit, day: Day): readonly Conversion[] {
  if (unit.platform !== "google") return [];
  const known = market.sharedClaims.get(day);
  if (known !== undefined) return known.get(unit.id) ?? [];
  const units = [...market.units.values()];
  const caused = units
    .filter(({ platform }) => platform === "meta")
    .flatMap(({ id }) => conversionsOn(market, id, day).filter((conversion) => conversion.caused));
  const claims = claimsOfOthers(market.world.seed, units, caused);
  market.sharedClaims.set(day, claims);
  return claims.get(unit.id) ?? [];
}

interface Span {
  dayShare: number;
  centsPerDay: number;
}

/** The parts of the day already past in which the unit delivered, each with the money in force. */
function spansOf(world: World, unit: Unit, day: Day): Span[] {
  const startMs = dayStartMs(day, world.zone);
  const dayMs = dayEndMs(day, world.zone) - startMs;
  const endMs = Math.min(startMs + dayMs, world.clockMs);
  if (endMs <= startMs || day < world.historyFrom) return [];
  const changes = changesMs(unit).filter((atMs) => atMs > startMs && atMs < endMs);
  const cutsMs = [startMs, ...[...new Set(changes)].sort((a, b) => a - b), endMs];
  return cutsMs.slice(0, -1).flatMap((fromMs, index) => {
    const centsPerDay = moneyAt(unit, fromMs);
    return centsPerDay === 0
      ? []
      : [{ dayShare: ((cutsMs[index + 1] ?? endMs) - fromMs) / dayMs, centsPerDay }];
  });
}

/** Good and bad days of the whole market. */
function moodOf(seed: number, day: Day): number {
  return noiseFactor(drawsOf(seed, `mood/${day}`), 0.04);
}
