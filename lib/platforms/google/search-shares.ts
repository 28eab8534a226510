/**
 * Of the searches that a campaign could have shown at, how many it did, and what kept it from the rest. Shares are Google's own
 * over all the days: those of single days cannot be put together. Source: Google Ads API v25, Metrics.
 */
import type { Day } from "../../domain/day.ts";
import type { Entity } from "../../domain/entity.ts";
import { parseRows, refuseDuplicates, refuseStrangers, searchSharesSchema } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

export type SearchShares = NonNullable<Entity["searchShares"]>;

/** Shares have four decimals, so that as percent they have two. */
const PER_TEN_THOUSAND = 10_000;
const PER_CENT = 100;

/**
 * By campaign. Google says 9.99 for any share below 10 percent, and 90.01 for any loss above 90.
 * @throws PlatformError `malformed` for rows of another account and for two of one campaign.
 */
export async function readSearchShares(
  session: ReadSession,
  accountId: string,
  { from, to }: { from: Day; to: Day },
): Promise<ReadonlyMap<string, SearchShares>> {
  const what = "shares of searches";
  const gaql = [
    "SELECT customer.id, campaign.id, metrics.search_impression_share,",
    "metrics.search_budget_lost_impression_share, metrics.search_rank_lost_impression_share FROM campaign",
    `WHERE segments.date BETWEEN '${from}' AND '${to}'`,
  ].join(" ");
  const rows = parseRows(searchSharesSchema, await session.query(gaql), what);
  refuseStrangers(rows, accountId, what);
  refuseDuplicates(
    rows.map(({ campaign }) => campaign.id),
    what,
  );
  return new Map(
    rows.map(({ campaign, metrics }) => [
      campaign.id,
      {
        impressionPercent: percentOf(metrics.searchImpressionShare),
        lostToBudgetPercent: percentOf(metrics.searchBudgetLostImpressionShare),
        lostToRankPercent: percentOf(metrics.searchRankLostImpressionShare),
      },
    ]),
  );
}

function percentOf(share: number | null): number | null {
  return share === null ? null : Math.round(share * PER_TEN_THOUSAND) / PER_CENT;
}
