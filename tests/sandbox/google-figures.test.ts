import { describe, expect, it } from "vitest";
import { search } from "../../lib/sandbox/google/search.ts";
import { deliveryOf, marketOf } from "../../lib/sandbox/market/delivery.ts";
import { advanceToNextNight } from "../../lib/sandbox/world.ts";
import type { GraphBody } from "../support/sandbox.ts";
import { aGoogleWorld, BUDGETS, CAMPAIGNS } from "../support/sandbox-google.ts";

const COST = "metrics.cost_micros, metrics.impressions, metrics.clicks";
const PAST = "segments.date BETWEEN '2026-01-01' AND '2026-01-31'";

function totalOf(rows: readonly GraphBody[], metric: string): number {
  return rows.reduce((sum, { metrics }) => sum + Number(metrics?.[metric] ?? 0), 0);
}

describe("lib/sandbox/google/figures", () => {
  it("adds up what the market's ad groups did, in micros and as texts", async () => {
    const { rows, client } = await aGoogleWorld();
    const market = marketOf(await client.state());
    const units = market.unitsOfCampaign.get("21521288404") ?? [];
    const delivered = units.map(({ id }) => deliveryOf(market, id, "2026-03-02"));
    expect(delivered).toHaveLength(2);
    const [row] = await rows(
      `SELECT campaign.id, segments.date, ${COST} FROM campaign
       WHERE campaign.id = 21521288404 AND segments.date = '2026-03-02'`,
    );
    const sum = (read: (one: (typeof delivered)[number]) => number) =>
      delivered.reduce((total, one) => total + read(one), 0);
    expect(row).toEqual({
      campaign: { resourceName: CAMPAIGNS.candles, id: "21521288404" },
      segments: { date: "2026-03-02" },
      metrics: {
        costMicros: `${sum(({ spendCents }) => spendCents)}0000`,
        impressions: String(sum(({ impressions }) => impressions)),
        clicks: String(sum(({ clicks }) => clicks)),
      },
    });
  });

  it("counts the same at every level, except that ad groups leave out Performance Max", async () => {
    const { rows } = await aGoogleWorld();
    const cost = async (from: string, where = "") =>
      totalOf(await rows(`SELECT ${COST}, segments.date FROM ${from} WHERE ${PAST}${where}`), "costMicros");
    const account = await cost("customer");
    expect(account).toBeGreaterThan(0);
    expect(await cost("campaign")).toBe(account);
    expect(await cost("campaign_budget")).toBe(account);
    const performanceMax = await cost("campaign", " AND campaign.advertising_channel_type = PERFORMANCE_MAX");
    expect(performanceMax).toBeGreaterThan(0);
    expect(await cost("ad_group")).toBe(account - performanceMax);
  });

  it("has no row for a day without any activity, and the history of what was removed", async () => {
    const { rows } = await aGoogleWorld();
    const days = async (campaign: string) => {
      const query = `SELECT segments.date, ${COST} FROM campaign WHERE campaign.name = '${campaign}'
        AND segments.date BETWEEN '2026-01-28' AND '2026-03-10' ORDER BY segments.date`;
      return (await rows(query)).map(({ segments }) => segments.date);
    };
    // Paused 38 days before the first night, at ten in the morning.
    const paused = await days("PROS | Search | Winter sale | FR");
    expect(paused).toEqual(["2026-01-28", "2026-01-29", "2026-01-30", "2026-01-31", "2026-02-01"]);
    const removed = await days("PROS | Shopping | Old feed | FR");
    expect(removed).toHaveLength(23);
    expect(removed.at(-1)).toBe("2026-02-19");
  });

  it("leaves out metrics that are zero, and shows what has none at all unless days are asked for", async () => {
    const { rows } = await aGoogleWorld();
    const where = "WHERE campaign.name = 'PROS | Search | Winter sale | FR' AND segments.date = '2026-03-02'";
    const name = "campaign.name, metrics.clicks";
    expect(await rows(`SELECT ${name} FROM campaign ${where}`)).toEqual([
      { campaign: { resourceName: expect.any(String), name: "PROS | Search | Winter sale | FR" } },
    ]);
    expect(await rows(`SELECT ${name}, segments.date FROM campaign ${where}`)).toEqual([]);
  });

  it("keeps plain conversions to primary actions and counts all beside them, by action where asked", async () => {
    const { rows } = await aGoogleWorld();
    const metrics = "metrics.conversions, metrics.conversions_value, metrics.all_conversions";
    const byAction = await rows(
      `SELECT segments.conversion_action, segments.conversion_action_name, ${metrics} FROM customer WHERE ${PAST}`,
    );
    expect(byAction.map(({ segments }) => segments)).toEqual([
      {
        conversionAction: "customers/2000000002/conversionActions/91521288401",
        conversionActionName: "Purchase (web)",
      },
      {
        conversionAction: "customers/2000000002/conversionActions/91521288402",
        conversionActionName: "Newsletter sign-up",
      },
    ]);
    const [purchase, signUp] = byAction;
    expect(Object.keys(signUp.metrics)).toEqual(["allConversions"]);
    expect(purchase.metrics.conversions).toBe(purchase.metrics.allConversions);
    const [together] = await rows(`SELECT ${metrics} FROM customer WHERE ${PAST}`);
    expect(together.metrics).toEqual({
      conversions: purchase.metrics.conversions,
      conversionsValue: purchase.metrics.conversionsValue,
      allConversions: purchase.metrics.conversions + signUp.metrics.allConversions,
    });
  });

  it("dates plain conversions to the click, which grows while days go by, and the others to their own day", async () => {
    const { rows, client } = await aGoogleWorld();
    const fields = "metrics.conversions, metrics.conversions_by_conversion_date, segments.date";
    const query = `SELECT ${fields} FROM customer WHERE segments.date = '2026-03-10'`;
    const [before] = await rows(query);
    await client.advance({ ms: 3 * 86_400_000 });
    const [after] = await rows(query);
    expect(before.metrics.conversionsByConversionDate).toBe(after.metrics.conversionsByConversionDate);
    expect(after.metrics.conversions).toBeGreaterThan(before.metrics.conversions);
  });

  it("moves the spend of both campaigns on a shared budget, and of no other", async () => {
    const { customer, client } = await aGoogleWorld();
    const query =
      "SELECT campaign.name, metrics.cost_micros FROM campaign WHERE segments.date = '2026-03-11'";
    const nextNight = async (): Promise<GraphBody[]> =>
      search(advanceToNextNight(await client.state()), query).rows;
    const plain = await nextNight();
    await customer.campaignBudgets.update([{ resource_name: BUDGETS.shared, amount_micros: 500_000_000 }]);
    const doubled = await nextNight();
    const ratios = doubled.map(({ campaign, metrics }, index) => [
      campaign.name,
      Number(metrics?.costMicros ?? 0) / Number(plain[index].metrics?.costMicros ?? Number.NaN),
    ]);
    expect(ratios.filter(([, ratio]) => !Number.isNaN(ratio))).toHaveLength(8);
    for (const [name, ratio] of ratios.filter(([, one]) => !Number.isNaN(one))) {
      const isOnIt = name === "PROS | Search | Gifts | FR" || name === "PROS | Search | Decoration | FR";
      // Raised at ten past four: 250 minutes of the day at 250 EUR, the rest at 500.
      expect(ratio, name).toBeCloseTo(isOnIt ? (250 + 1190 * 2) / 1440 : 1, 3);
    }
  });
});
