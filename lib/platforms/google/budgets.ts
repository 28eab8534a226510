/**
 * Google's budgets, each a resource of its own that one or several campaigns draw on.
 * Source: Google Ads API v25, CampaignBudget.
 */
import type { Budget } from "../../domain/entity.ts";
import type { SharedBudget } from "../../domain/snapshot.ts";
import { compareIds } from "./order.ts";
import type { BudgetRow, CampaignRow } from "./schemas.ts";

export const BUDGET_FIELDS = [
  "resource_name",
  "id",
  "name",
  "amount_micros",
  "total_amount_micros",
  "period",
  "explicitly_shared",
  "reference_count",
  "status",
  "type",
].map((field) => `campaign_budget.${field}`);

/** A change of it would move other campaigns, now or as soon as one is attached. */
export function isShared({ explicitlyShared, referenceCount }: BudgetRow): boolean {
  return explicitlyShared || referenceCount > 1;
}

/** Null where Google names no amount. `campaigns` are those on it: an experiment's traffic is split, its money left alone. */
export function budgetOf(row: BudgetRow, campaigns: readonly { experimentType: string }[]): Budget | null {
  const lifetime = row.period === "CUSTOM_PERIOD" || (row.totalAmountMicros ?? null) !== null;
  const amountMicros = (lifetime ? row.totalAmountMicros : row.amountMicros) ?? null;
  if (amountMicros === null) return null;
  const special = specialOf(row, campaigns);
  return {
    period: lifetime ? "lifetime" : "daily",
    amountMicros,
    ...(special === null ? {} : { special }),
  };
}

/** Budgets that feed several campaigns or may, by id. `rows` are all campaigns that are not removed. */
export function sharedBudgetsOf(rows: readonly CampaignRow[]): SharedBudget[] {
  return feedsOf(rows)
    .filter((feed) => feed.shared)
    .flatMap(({ row, feeds }) => {
      const budget = budgetOf(
        row,
        feeds.map(({ campaign }) => campaign),
      );
      if (budget === null) return [];
      const campaignIds = feeds.map(({ campaign }) => campaign.id).sort(compareIds);
      const { id, name, status } = row;
      return [{ id, name, status: budgetStatus(status), platformStatus: status, budget, campaignIds }];
    })
    .sort((a, b) => compareIds(a.id, b.id));
}

export interface BudgetFeed {
  row: BudgetRow;
  feeds: readonly CampaignRow[];
  shared: boolean;
}

/** Every budget in use with the campaigns on it. */
export function feedsOf(rows: readonly CampaignRow[]): BudgetFeed[] {
  const byName = new Map<string, { row: BudgetRow; feeds: CampaignRow[] }>();
  for (const campaign of rows) {
    const row = campaign.campaignBudget ?? null;
    if (row === null) continue;
    const known = byName.get(row.resourceName);
    if (known === undefined) byName.set(row.resourceName, { row, feeds: [campaign] });
    else known.feeds.push(campaign);
  }
  // Google's count may lag behind: what several campaigns name is shared whatever it says.
  return [...byName.values()].map(({ row, feeds }) => ({
    row,
    feeds,
    shared: isShared(row) || feeds.length > 1,
  }));
}

function budgetStatus(status: string): SharedBudget["status"] {
  if (status === "ENABLED") return "active";
  return status === "REMOVED" ? "removed" : "other";
}

/** Google's word for why a budget is not an ordinary one; null for an ordinary one. */
function specialOf(row: BudgetRow, campaigns: readonly { experimentType: string }[]): string | null {
  if (row.status === "REMOVED") return "REMOVED";
  if (row.type !== "STANDARD") return row.type;
  const trial = campaigns.find(({ experimentType }) => experimentType !== "BASE");
  if (trial !== undefined) return trial.experimentType;
  return row.period === "DAILY" || row.period === "CUSTOM_PERIOD" ? null : row.period;
}
