/** How much of the searches it could have shown at it did, and what kept it from the rest. */
import type { Entity } from "../../domain/entity.ts";
import type { Level } from "../../domain/ids.ts";
import type { NodeReader, StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const LEVELS: readonly Level[] = ["budgetHolder", "campaign", "adGroup"];
const NOT_REPORTED = noData(metricMessage("noData.notReported", { fact: "searchShares" }));

type Shares = NonNullable<Entity["searchShares"]>;

export const searchImpressionSharePercent: StateFact = {
  id: "searchImpressionSharePercent",
  label: { en: "search impression share", fr: "taux d'impressions sur la recherche" },
  unit: "percent",
  kind: "state",
  levels: LEVELS,
  params: [],
  goodSide: "high",
  doc: "100 x impressions on searches / those it could have had, over the last 7 complete days as the platform itself counts them; no data where it does not say, and for a shared budget.",
  source: "Google Ads API, metrics.search_impression_share",
  read: share(({ impressionPercent }) => impressionPercent),
};

export const searchLostToBudgetPercent: StateFact = {
  id: "searchLostToBudgetPercent",
  label: { en: "searches lost to the budget", fr: "recherches perdues à cause du budget" },
  unit: "percent",
  kind: "state",
  levels: LEVELS,
  params: [],
  goodSide: "low",
  doc: "100 x impressions on searches that its budget cost it / those it could have had, over the last 7 complete days; no data where the platform does not say, and for a shared budget.",
  source: "Google Ads API, metrics.search_budget_lost_impression_share",
  read: share(({ lostToBudgetPercent }) => lostToBudgetPercent),
};

export const searchLostToRankPercent: StateFact = {
  id: "searchLostToRankPercent",
  label: { en: "searches lost to rank", fr: "recherches perdues à cause du classement" },
  unit: "percent",
  kind: "state",
  levels: LEVELS,
  params: [],
  goodSide: "low",
  doc: "100 x impressions on searches that its rank cost it / those it could have had, over the last 7 complete days; no data where the platform does not say, and for a shared budget.",
  source: "Google Ads API, metrics.search_rank_lost_impression_share",
  read: share(({ lostToRankPercent }) => lostToRankPercent),
};

function share(percentOf: (shares: Shares) => number | null): () => NodeReader {
  return () =>
    ({ entity }) => {
      const shares = entity?.searchShares;
      const percent = shares === undefined ? null : percentOf(shares);
      return percent === null ? NOT_REPORTED : known(percent);
    };
}
