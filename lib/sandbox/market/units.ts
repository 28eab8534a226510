/** What buys in the market, on either platform alike: units that share pools of money. */
import type { BudgetStep, GoogleBudget, Platform, Response, StatusStep, World } from "../model.ts";
import { centsAt, statusAt } from "./histories.ts";

/** An ad set, an ad group or an asset group. */
export interface Unit {
  id: string;
  /** Names are unique over both platforms: chance is drawn by them. */
  name: string;
  platform: Platform;
  campaignId: string;
  statuses: readonly StatusStep[];
  campaignStatuses: readonly StatusStep[];
  response: Response;
  pool: Pool;
}

/** Money that the delivering members share by weight; on Google they may belong to several campaigns. */
interface Pool {
  /** Cents a day. */
  steps: readonly BudgetStep[];
  members: Unit[];
}

/** How long a Google budget with a total lasts, from the day its first campaign was made. It is spent evenly. */
export const CUSTOM_PERIOD_DAYS = 30;
const MS_PER_DAY = 86_400_000;

/** Every unit of the world: Meta's, then Google's, each in the world's own order. */
export function unitsOf(world: World): Unit[] {
  const units = [...metaUnits(world), ...googleUnits(world)];
  for (const unit of units) unit.pool.members.push(unit);
  return units;
}

function metaUnits({ meta }: World): Unit[] {
  const campaigns = new Map(
    meta.campaigns.map((campaign) => [campaign.id, { campaign, pool: aPool(campaign.budgets) }]),
  );
  return meta.adSets.flatMap(({ id, name, campaignId, statuses, budgets, response }) => {
    const found = campaigns.get(campaignId);
    if (found === undefined) return [];
    const { campaign, pool } = found;
    return {
      id,
      name,
      platform: "meta",
      campaignId,
      statuses,
      campaignStatuses: campaign.statuses,
      response,
      pool: campaign.budgets.length > 0 ? pool : aPool(budgets),
    };
  });
}

function googleUnits({ google }: World): Unit[] {
  const pools = new Map(google.budgets.map((budget) => [budget.id, aPool(stepsOf(budget, google))]));
  const campaigns = new Map(google.campaigns.map((campaign) => [campaign.id, campaign]));
  return google.adGroups.flatMap(({ id, name, campaignId, statuses, response }) => {
    const campaign = campaigns.get(campaignId);
    const pool = pools.get(campaign?.budgetId ?? "");
    if (campaign === undefined || pool === undefined) return [];
    const campaignStatuses = campaign.statuses;
    return { id, name, platform: "google", campaignId, statuses, campaignStatuses, response, pool };
  });
}

function aPool(steps: readonly BudgetStep[]): Pool {
  return { steps, members: [] };
}

function stepsOf({ id, budgets, totalCents }: GoogleBudget, { campaigns }: World["google"]): BudgetStep[] {
  if (totalCents === null) return budgets;
  const firstMs = Math.min(...campaigns.flatMap((one) => (one.budgetId === id ? [one.createdAtMs] : [])));
  return [
    { atMs: firstMs, cents: totalCents / CUSTOM_PERIOD_DAYS },
    { atMs: firstMs + CUSTOM_PERIOD_DAYS * MS_PER_DAY, cents: 0 },
  ];
}

/** Cents a day that the unit may spend at that moment; 0 when it does not deliver. */
export function moneyAt(unit: Unit, atMs: number): number {
  if (!isOn(unit, atMs)) return 0;
  const cents = centsAt(unit.pool.steps, atMs) ?? 0;
  const weights = unit.pool.members
    .filter((member) => isOn(member, atMs))
    .reduce((sum, member) => sum + member.response.weight, 0);
  return (cents * unit.response.weight) / weights;
}

/** When the unit's money may have changed, in no order. */
export function changesMs({ pool }: Unit): number[] {
  const statuses = pool.members.flatMap((member) => [...member.statuses, ...member.campaignStatuses]);
  return [...pool.steps, ...statuses].map((step) => step.atMs);
}

function isOn({ statuses, campaignStatuses }: Unit, atMs: number): boolean {
  return statusAt(statuses, atMs) === "ACTIVE" && statusAt(campaignStatuses, atMs) === "ACTIVE";
}
