/** Snapshots made from the sandbox's market itself, without servers: many nights of many worlds in a moment. */
import { addDays, type Day, eachDay, localDay } from "../../lib/domain/day.ts";
import type { AccountSnapshot, Insight, Snapshot } from "../../lib/domain/snapshot.ts";
import type { World } from "../../lib/sandbox/index.ts";
import { isCountedByDefault } from "../../lib/sandbox/market/conversions.ts";
import { conversionsOn, deliveryOf, marketOf } from "../../lib/sandbox/market/delivery.ts";
import { known } from "./known.ts";
import { aCampaign, aGoogleAccount, anAccount, aSnapshot } from "./snapshot.ts";

type Counters = Pick<Insight, "spendMicros" | "clicks" | "conversions">;

const NOTHING: Counters = { spendMicros: 0n, clicks: 0, conversions: 0 };

/**
 * What both accounts show on the world's clock: 35 days of campaigns and of the whole. Meta counts on the day of the purchase,
 * Google on that of the click.
 */
export function marketSnapshot(world: World): Snapshot {
  const day = localDay(world.clockMs, world.zone);
  const days = eachDay(addDays(day, -35), addDays(day, -1));
  const market = marketOf(world);
  const counters = (platform: "meta" | "google", unitId: string, on: Day): Counters => {
    const { spendCents, clicks, conversions } = deliveryOf(market, unitId, on);
    const counted =
      platform === "meta" ? conversionsOn(market, unitId, on).filter(isCountedByDefault) : conversions;
    return { spendMicros: BigInt(spendCents) * 10_000n, clicks, conversions: counted.length };
  };
  const accountOf = (platform: "meta" | "google"): Partial<AccountSnapshot> => {
    const campaigns = platform === "meta" ? world.meta.campaigns : world.google.campaigns;
    const rows = campaigns.flatMap(({ id }) =>
      days.map((on) => {
        const units = market.unitsOfCampaign.get(id) ?? [];
        const all = units.map((unit) => counters(platform, unit.id, on)).reduce(plus, NOTHING);
        return rowOf("campaign", id, on, all);
      }),
    );
    const whole = days.map((on) =>
      rowOf("account", "whole", on, rows.filter((row) => row.day === on).reduce(plus, NOTHING)),
    );
    return {
      coveredFrom: addDays(day, -35),
      coveredTo: addDays(day, -1),
      countedOn: platform === "meta" ? "conversion" : "click",
      entities: campaigns.map(({ id, name }) => aCampaign({ platform, id, name })),
      insights: [...whole, ...rows],
    };
  };
  return aSnapshot({
    day,
    accounts: [anAccount(accountOf("meta")), aGoogleAccount(accountOf("google"))],
  });
}

/** The same snapshot with the conversions of one account's last day multiplied. */
export function withYesterdayTimes(snapshot: Snapshot, platform: string, factor: number): Snapshot {
  const yesterday = addDays(snapshot.day, -1);
  return {
    ...snapshot,
    accounts: snapshot.accounts.map((account) => {
      if (account.platform !== platform) return account;
      const insights = account.insights.map((row) =>
        row.day === yesterday ? { ...row, conversions: known(row.conversions) * factor } : row,
      );
      return { ...account, insights };
    }),
  };
}

function plus(a: Counters, b: Counters): Counters {
  return {
    spendMicros: a.spendMicros + b.spendMicros,
    clicks: known(a.clicks) + known(b.clicks),
    conversions: known(a.conversions) + known(b.conversions),
  };
}

function rowOf(level: "account" | "campaign", entityId: string, day: Day, counters: Counters): Insight {
  return { level, entityId, day, impressions: 0, linkClicks: 0, conversionValueMicros: 0n, ...counters };
}
