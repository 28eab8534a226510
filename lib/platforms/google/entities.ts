/** Google's campaigns and ad groups as entities. Source: Google Ads API v25, Campaign and AdGroup. */
import type { Entity, EntityStatus, Learning } from "../../domain/entity.ts";
import type { EditHistory, SharedBudget } from "../../domain/snapshot.ts";
import { budgetOf, feedsOf } from "./budgets.ts";
import type { NamesOfLabels } from "./labels.ts";
import { compareIds } from "./order.ts";
import type { AdGroupRow, CampaignRow } from "./schemas.ts";
import type { SearchShares } from "./search-shares.ts";
import { instantOf } from "./time.ts";

const STATUSES: ReadonlyMap<string, EntityStatus> = new Map([
  ["ENABLED", "active"],
  ["PAUSED", "paused"],
  ["REMOVED", "removed"],
]);

export function statusOf(status: string): EntityStatus {
  return STATUSES.get(status) ?? "other";
}

/** By id. A campaign on a shared budget has none of its own. */
export function campaignEntities(
  rows: readonly CampaignRow[],
  zone: string,
  namesOf: NamesOfLabels,
): Entity[] {
  const own = new Set(
    feedsOf(rows)
      .filter(({ shared }) => !shared)
      .map(({ row }) => row.resourceName),
  );
  return rows
    .map((row) => ({ ...campaignEntity(row, own, zone), labels: namesOf(row.campaign.labels) }))
    .sort((a, b) => compareIds(a.id, b.id));
}

/** By id. They own no budget, and what learns is their campaign's bidding. */
export function adGroupEntities(
  rows: readonly AdGroupRow[],
  campaigns: readonly Entity[],
  namesOf: NamesOfLabels,
): Entity[] {
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  return rows
    .map(({ customer, campaign, adGroup }): Entity => {
      const parent = byId.get(campaign.id);
      return {
        platform: "google",
        accountId: customer.id,
        level: "adGroup",
        id: adGroup.id,
        parentId: campaign.id,
        name: adGroup.name,
        status: adGroupStatus(statusOf(adGroup.status), parent),
        platformStatus: adGroup.primaryStatus ?? adGroup.status,
        objective: parent?.objective ?? null,
        labels: namesOf(adGroup.labels),
        createdAtMs: null,
        budget: null,
        learning: parent?.learning ?? "unknown",
        ...(parent?.bidStrategy !== undefined && { bidStrategy: parent.bidStrategy }),
        lastEditAtMs: null,
        budgetScheduled: false,
      };
    })
    .sort((a, b) => compareIds(a.id, b.id));
}

/** Google has no field for the last edit of a campaign or of its budget; its history says it for as far as that goes back. */
export function withLastEdits(
  entities: readonly Entity[],
  sharedBudgets: readonly SharedBudget[],
  history: EditHistory | null,
): Entity[] {
  const latest = new Map<string, number>();
  for (const { target, atMs } of history?.edits ?? []) {
    const shared = sharedBudgets.find(({ id }) => target.level === "sharedBudget" && id === target.id);
    const ids = target.level === "campaign" ? [target.id] : (shared?.campaignIds ?? []);
    // The history is in order of time, so a later edit overwrites an earlier one.
    for (const id of ids) latest.set(id, atMs);
  }
  return entities.map((entity) =>
    entity.level === "campaign" ? { ...entity, lastEditAtMs: latest.get(entity.id) ?? null } : entity,
  );
}

/** By campaign id; null where nobody asked. What Google has no row of was on no search, so it has no share. */
export function withSearchShares(
  entities: readonly Entity[],
  shares: ReadonlyMap<string, SearchShares> | null,
): Entity[] {
  if (shares === null) return [...entities];
  return entities.map((entity) => {
    const found = entity.level === "campaign" ? shares.get(entity.id) : undefined;
    return found === undefined ? entity : { ...entity, searchShares: found };
  });
}

/** An ad group under a paused campaign stands still as one that was paused itself. */
function adGroupStatus(status: EntityStatus, parent: Entity | undefined): EntityStatus {
  return status === "active" && parent?.status === "paused" ? "paused" : status;
}

function campaignEntity(
  { customer, campaign, campaignBudget }: CampaignRow,
  own: ReadonlySet<string>,
  zone: string,
): Omit<Entity, "labels"> {
  const budget = campaignBudget ?? null;
  const limited = budgetLimited(campaign.primaryStatus ?? null, campaign.primaryStatusReasons);
  return {
    platform: "google",
    accountId: customer.id,
    level: "campaign",
    id: campaign.id,
    parentId: null,
    name: campaign.name,
    status: statusOf(campaign.status),
    platformStatus: campaign.primaryStatus ?? campaign.status,
    objective: objectiveOf(campaign.advertisingChannelType ?? null),
    createdAtMs: instantOf(campaign.startDateTime ?? "", zone),
    budget: budget !== null && own.has(budget.resourceName) ? budgetOf(budget, [campaign]) : null,
    learning: learningOf(campaign.biddingStrategySystemStatus ?? "", campaign.primaryStatus ?? ""),
    lastEditAtMs: null,
    budgetScheduled: false,
    ...(campaign.biddingStrategyType != null && { bidStrategy: campaign.biddingStrategyType }),
    ...(limited !== null && { budgetLimited: limited }),
  };
}

/** Null where Google says nothing of how the campaign serves, for then it names no reasons either. */
function budgetLimited(primary: string | null, reasons: readonly string[]): boolean | null {
  const isTold = primary !== null && primary !== "UNSPECIFIED" && primary !== "UNKNOWN";
  return isTold ? reasons.includes("BUDGET_CONSTRAINED") : null;
}

/** `PERFORMANCE_MAX` as rule and brand files write it: `performanceMax`. */
function objectiveOf(channelType: string | null): string | null {
  return (
    channelType?.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) ?? null
  );
}

/** Of the bidding strategy. Bids by hand learn nothing, and what Google does not say is unknown. */
function learningOf(system: string, primary: string): Learning {
  if (system.startsWith("LEARNING_") || system === "MULTIPLE_LEARNING" || primary === "LEARNING")
    return "learning";
  if (system === "ENABLED") return "learned";
  return system.startsWith("LIMITED_") || system === "MULTIPLE_LIMITED" ? "limited" : "unknown";
}
