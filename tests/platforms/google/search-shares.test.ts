import { describe, expect, it } from "vitest";
import { aCampaign, aFetchRequest, aGooglePlatform } from "../../support/google-platform.ts";

function aRow(id: string, metrics: object = {}, customerId = "2000000002"): object {
  return { customer: { id: customerId }, campaign: { id }, metrics };
}

async function fetched(rows: readonly object[], searchShares = true) {
  const { google, platform } = await aGooglePlatform({
    campaign: [aCampaign(), aCampaign({ id: "5002" }), aCampaign({ id: "5003" })],
    "campaign shares": rows,
  });
  const { snapshot, requests } = await platform.fetchAccount(aFetchRequest({ searchShares }));
  const shares = snapshot.entities.map((entity) => entity.searchShares);
  return { shares, requests, queries: google.rest.map(({ gaql }) => gaql) };
}

describe("lib/platforms/google/search-shares", () => {
  it("reads shares of the last seven complete days with one query, in percent, what is not told being unknown", async () => {
    const { shares, requests, queries } = await fetched([
      aRow("5002", { searchImpressionShare: 0.0999, searchBudgetLostImpressionShare: 0 }),
      aRow("5001", {
        searchImpressionShare: 0.5713,
        searchBudgetLostImpressionShare: 0.2887,
        searchRankLostImpressionShare: 0.14,
      }),
    ]);
    expect(shares).toEqual([
      { impressionPercent: 57.13, lostToBudgetPercent: 28.87, lostToRankPercent: 14 },
      { impressionPercent: 9.99, lostToBudgetPercent: 0, lostToRankPercent: null },
      undefined,
    ]);
    expect(requests).toBe(7);
    expect(queries).toContain(
      "SELECT customer.id, campaign.id, metrics.search_impression_share, metrics.search_budget_lost_impression_share, metrics.search_rank_lost_impression_share FROM campaign WHERE segments.date BETWEEN '2026-03-04' AND '2026-03-10'",
    );
  });

  it("asks for none where no rule looks at them", async () => {
    const { shares, requests } = await fetched([aRow("5001", { searchImpressionShare: 1 })], false);
    expect(shares).toEqual([undefined, undefined, undefined]);
    expect(requests).toBe(6);
  });

  it.each<[string, object[]]>([
    ["of another account", [aRow("5001", {}, "2000000003")]],
    ["twice", [aRow("5001"), aRow("5001")]],
    ["above everything", [aRow("5001", { searchImpressionShare: 57.13 })]],
  ])("calls rows %s malformed", async (_, rows) => {
    await expect(fetched(rows)).rejects.toMatchObject({ details: { kind: "malformed" } });
  });
});
