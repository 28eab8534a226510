/** Makes the Google account of a new world from its blueprint and a seed. */
import type { GoogleAdGroup, GoogleBudget, GoogleCampaign, StatusStep, World } from "../model.ts";
import { budgetSteps, type Founding, marketFactor, morningMs } from "./founding.ts";
import {
  type AdGroupPlan,
  CONVERSION_ACTIONS,
  GOOGLE_BLUEPRINT,
  GOOGLE_BUDGETS,
  type GoogleBudgetPlan,
  type GoogleCampaignPlan,
} from "./google-blueprint.ts";
import { drawsOf, hashText, noiseFactor } from "./random.ts";
import { CUSTOM_PERIOD_DAYS } from "./units.ts";

export function foundGoogle(founding: Founding): World["google"] {
  return {
    account: { id: "2000000002", name: "Atelier Lune Search" },
    conversionActions: CONVERSION_ACTIONS.map((name, index) => ({
      id: idOf(founding.seed, "9", index + 1),
      name,
      status: "ENABLED",
      primary: index === 0,
    })),
    budgets: GOOGLE_BUDGETS.map((plan) => foundBudget(founding, plan)),
    campaigns: GOOGLE_BLUEPRINT.map((plan) => foundCampaign(founding, plan)),
    adGroups: GOOGLE_BLUEPRINT.flatMap((campaign) =>
      campaign.adGroups.map((adGroup) => foundAdGroup(founding, campaign, adGroup)),
    ),
  };
}

function foundBudget(founding: Founding, plan: GoogleBudgetPlan): GoogleBudget {
  const users = GOOGLE_BLUEPRINT.filter(({ budget }) => budget === plan.name);
  const ageDays = Math.max(...users.map((campaign) => campaign.ageDays));
  return {
    id: budgetId(founding, plan.name),
    name: plan.name,
    explicitlyShared: plan.shared ?? false,
    period: plan.total ? "CUSTOM_PERIOD" : "DAILY",
    type: "STANDARD",
    status: plan.removed ? "REMOVED" : "ENABLED",
    totalCents: plan.total ? plan.euros * CUSTOM_PERIOD_DAYS * 100 : null,
    budgets: plan.total ? [] : budgetSteps(founding, `google/${plan.name}`, plan.euros, ageDays),
  };
}

function foundCampaign(founding: Founding, plan: GoogleCampaignPlan): GoogleCampaign {
  const createdAtMs = morningMs(founding, plan.ageDays);
  const statuses: StatusStep[] = [{ atMs: createdAtMs, status: "ACTIVE" }];
  const endedDaysAgo = plan.removedDaysAgo ?? plan.pausedDaysAgo;
  if (endedDaysAgo !== undefined)
    statuses.push({ atMs: morningMs(founding, endedDaysAgo), status: "PAUSED" });
  return {
    id: campaignId(founding, plan.name),
    name: plan.name,
    budgetId: budgetId(founding, plan.budget),
    channelType: plan.channelType,
    createdAtMs,
    statuses,
    removed: plan.removedDaysAgo !== undefined,
    significantEditsMs: [],
    manualBidding: plan.manualBidding ?? false,
  };
}

function foundAdGroup(founding: Founding, campaign: GoogleCampaignPlan, plan: AdGroupPlan): GoogleAdGroup {
  const { seed } = founding;
  const createdAtMs = morningMs(founding, campaign.ageDays);
  const draw = drawsOf(seed, `quality/${plan.name}`);
  const quality = noiseFactor(draw, 0.05) * marketFactor(seed);
  const euros = GOOGLE_BUDGETS.find(({ name }) => name === campaign.budget)?.euros ?? 1;
  const weight = campaign.weight * plan.share;
  const index = GOOGLE_BLUEPRINT.flatMap(({ adGroups }) => adGroups).indexOf(plan);
  return {
    id: idOf(seed, "7", index + 1),
    campaignId: campaignId(founding, campaign.name),
    name: plan.name,
    kind: campaign.channelType === "PERFORMANCE_MAX" ? "assetGroup" : "adGroup",
    createdAtMs,
    statuses: [{ atMs: createdAtMs, status: "ACTIVE" }],
    response: {
      audience: campaign.audience,
      referenceCents: Math.round(euros * weight * 100),
      cpaCents: plan.cpa === null ? null : plan.cpa * 100 * quality,
      elasticity: 0.62 + 0.16 * draw(),
      weight,
    },
  };
}

function budgetId({ seed }: Founding, name: string): string {
  return idOf(seed, "1", GOOGLE_BUDGETS.findIndex((plan) => plan.name === name) + 1);
}

function campaignId({ seed }: Founding, name: string): string {
  return idOf(seed, "2", GOOGLE_BLUEPRINT.findIndex((plan) => plan.name === name) + 1);
}

/** Eleven digits as Google's ids often have; the first tells the kind apart, the last two number it. */
function idOf(seed: number, kind: string, number: number): string {
  const middle = String(hashText(`${seed}/google`) % 100_000_000).padStart(8, "0");
  return `${kind}${middle}${String(number).padStart(2, "0")}`;
}
