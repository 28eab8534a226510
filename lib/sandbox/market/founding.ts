/** Makes the Meta account of a new world from the blueprint and a seed. */
import { addDays, type Day } from "../../domain/day.ts";
import type { AdSet, BudgetStep, Campaign, StatusStep, World } from "../model.ts";
import { type AdSetPlan, BLUEPRINT, type CampaignPlan } from "./blueprint.ts";
import { dayStartMs } from "./calendar.ts";
import { drawsOf, hashText, noiseFactor } from "./random.ts";

const MS_PER_HOUR = 3_600_000;
const MEAN_ORDER_CENTS = 16_000;

export interface Founding {
  seed: number;
  firstNight: Day;
  zone: string;
}

export function foundMeta(founding: Founding): World["meta"] {
  const founded = BLUEPRINT.map((plan, index) => foundCampaign(founding, plan, index + 1));
  return {
    account: { id: "1001", name: "Atelier Lune" },
    campaigns: founded.map(({ campaign }) => campaign),
    adSets: founded.flatMap(({ adSets }) => adSets),
  };
}

function foundCampaign(
  founding: Founding,
  plan: CampaignPlan,
  number: number,
): { campaign: Campaign; adSets: AdSet[] } {
  const createdAtMs = morningMs(founding, plan.ageDays);
  const statuses: StatusStep[] = [{ atMs: createdAtMs, status: "ACTIVE" }];
  if (plan.pausedDaysAgo !== undefined) {
    statuses.push({ atMs: morningMs(founding, plan.pausedDaysAgo), status: "PAUSED" });
  }
  const campaign: Campaign = {
    id: idOf(founding.seed, number, 0),
    name: plan.name,
    objective: plan.objective,
    createdAtMs,
    budgets: plan.budget === null ? [] : budgetSteps(founding, plan.name, plan.budget, plan.ageDays),
    statuses,
  };
  return {
    campaign,
    adSets: plan.adSets.map((adSet, index) =>
      foundAdSet(founding, plan, campaign, adSet, idOf(founding.seed, number, index + 1)),
    ),
  };
}

function foundAdSet(
  founding: Founding,
  plan: CampaignPlan,
  campaign: Campaign,
  adSet: AdSetPlan,
  id: string,
): AdSet {
  const ageDays = adSet.ageDays ?? plan.ageDays;
  const createdAtMs = morningMs(founding, ageDays);
  const draw = drawsOf(founding.seed, `quality/${adSet.name}`);
  const quality = noiseFactor(draw, 0.05) * marketFactor(founding.seed);
  const euros = plan.budget === null ? adSet.money : plan.budget * adSet.money;
  const statuses: StatusStep[] = [{ atMs: createdAtMs, status: "ACTIVE" }];
  if (adSet.paused) statuses.push({ atMs: morningMs(founding, 12), status: "PAUSED" });
  return {
    id,
    campaignId: campaign.id,
    name: adSet.name,
    createdAtMs,
    budgets: plan.budget === null ? budgetSteps(founding, adSet.name, adSet.money, ageDays) : [],
    statuses,
    significantEditsMs: adSet.editedDaysAgo === undefined ? [] : [morningMs(founding, adSet.editedDaysAgo)],
    learningHidden: adSet.learningHidden ?? false,
    response: {
      audience: plan.audience,
      referenceCents: Math.round(euros * 100),
      cpaCents: adSet.cpa === null ? null : adSet.cpa * 100 * quality,
      elasticity: 0.62 + 0.16 * draw(),
      weight: plan.budget === null ? 1 : adSet.money,
    },
  };
}

/** How dear this seed's market is: 1 is the plan, above it every conversion costs more. */
export function marketFactor(seed: number): number {
  return noiseFactor(drawsOf(seed, "market"), 0.04);
}

/** The shop's average order in cents; it decides whether a seed's MER stands above or below the brand's floor. */
export function meanOrderCentsOf(seed: number): number {
  return Math.round(MEAN_ORDER_CENTS * noiseFactor(drawsOf(seed, "basket"), 0.09));
}

/** Older holders began at about 85 % of their budget and were raised once, one to two and a half months ago. */
export function budgetSteps(founding: Founding, name: string, euros: number, ageDays: number): BudgetStep[] {
  const atMs = morningMs(founding, ageDays);
  if (ageDays < 100) return [{ atMs, cents: euros * 100 }];
  const raisedDaysAgo = 30 + Math.floor(45 * drawsOf(founding.seed, `raise/${name}`)());
  return [
    { atMs, cents: Math.round(euros * 0.85) * 100 },
    { atMs: morningMs(founding, raisedDaysAgo), cents: euros * 100 },
  ];
}

/** Ten in the morning, that many days before the first night. */
export function morningMs(founding: Founding, daysAgo: number): number {
  return dayStartMs(addDays(founding.firstNight, -daysAgo), founding.zone) + 10 * MS_PER_HOUR;
}

/** Eighteen digits as Meta's ids have; the last four number campaign and ad set, so no two are alike. */
function idOf(seed: number, campaign: number, adSet: number): string {
  const middle = String(hashText(`${seed}/id`)).padStart(10, "0");
  return `1202${middle}${String(campaign).padStart(2, "0")}${String(adSet).padStart(2, "0")}`;
}
