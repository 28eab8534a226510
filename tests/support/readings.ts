/** Reads figures of a snapshot as rules do. */
import { eachDay } from "../../lib/domain/day.ts";
import type { Reading } from "../../lib/domain/figure.ts";
import type { Level } from "../../lib/domain/ids.ts";
import type { Insight, ShopDay, Snapshot } from "../../lib/domain/snapshot.ts";
import { createFacts, type FactsInput } from "../../lib/metrics/index.ts";
import type { Facts, Params } from "../../lib/metrics/port.ts";
import {
  aBrand,
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  anInsight,
  aShopDay,
  aSnapshot,
} from "./snapshot.ts";

/** Everything has arrived, so figures are what the rows say. */
export const SETTLED = { meta: [] };
/** Share arrived by age: 60 % after one day, 70 % after two, 78 % after three. */
export const META_MATURITY = { meta: [0.35, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99] };

export const CAMPAIGN_KEY = "meta/1001/campaign/100";
export const AD_GROUP_KEY = "meta/1001/adGroup/200";

export function factsOf(given: Partial<FactsInput> = {}): Facts {
  return createFacts({
    brand: aBrand(),
    snapshot: aSnapshot(),
    state: anEmptyState(),
    maturity: SETTLED,
    ...given,
  });
}

export function reading(facts: Facts, level: Level, key: string, fact: string, params: Params = {}): Reading {
  return facts.read({ level, key, name: "", ref: null, stage: null }, fact, params);
}

/** A reading of ad group 200, over 7 days where nothing else is said. */
export function ofAdGroup(facts: Facts, fact: string, params: Params = { window: "7d" }): Reading {
  return reading(facts, "adGroup", AD_GROUP_KEY, fact, params);
}

export function ofBrand(facts: Facts, fact: string, params: Params = { window: "7d" }): Reading {
  return reading(facts, "brand", "atelier-lune", fact, params);
}

/** A snapshot of one account with campaign 100 and ad group 200 and these rows. */
export function withRows(insights: Insight[], given: Partial<Snapshot> = {}): Snapshot {
  return aSnapshot({
    accounts: [anAccount({ entities: [aCampaign(), anAdGroup()], insights })],
    ...given,
  });
}

/** One row a day for the last days before the round, oldest first. */
export function dailyRows(rows: readonly Partial<Insight>[], shared: Partial<Insight> = {}): Insight[] {
  const days = eachDay("2026-02-04", "2026-03-10").slice(-rows.length);
  return rows.map((row, index) => anInsight({ ...shared, ...row, day: days[index] ?? "" }));
}

/** The shop's last 7 days, all alike. */
export function aShopWeek(day: Partial<ShopDay>): Snapshot["shop"] {
  return {
    source: "csv revenue.csv",
    days: eachDay("2026-03-04", "2026-03-10").map((date) => aShopDay({ ...day, day: date })),
  };
}

/** `times` copies, so that tables of equal days stay short. */
export function repeat<T>(times: number, value: T): T[] {
  return Array.from({ length: times }, () => value);
}
