/** Who owns an entity's budget, and how much it is. */
import type { Budget } from "../../domain/entity.ts";
import type { HolderOwner } from "../../domain/holder.ts";
import { safeMicros } from "../../domain/money.ts";
import type { Node } from "../census.ts";
import { ENTITY_LEVELS, type StateFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const NO_DAILY_BUDGET = noData(metricMessage("noData.noDailyBudget", {}));
const NO_LIFETIME_BUDGET = noData(metricMessage("noData.noLifetimeBudget", {}));
const UNSAID = noData(metricMessage("noData.notReported", { fact: "budget" }));
const NO_BUDGET = noData(metricMessage("noData.noBudget", {}));

export const dailyBudget: StateFact = {
  id: "dailyBudget",
  label: { en: "daily budget", fr: "budget quotidien" },
  unit: "money",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "The entity's own budget per day; no data for a lifetime budget or where another entity owns the money.",
  source: "Meta Marketing API, field daily_budget; Google Ads API, campaign_budget.amount_micros",
  read: () => (node) => {
    const budget = ownBudget(node);
    return budget?.period === "daily" ? known(safeMicros(budget.amountMicros)) : NO_DAILY_BUDGET;
  },
};

export const lifetimeBudget: StateFact = {
  id: "lifetimeBudget",
  label: { en: "lifetime budget", fr: "budget total" },
  unit: "money",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  doc: "The entity's own budget for its whole time; no data for a daily budget or where another entity owns the money.",
  source: "Meta Marketing API, field lifetime_budget; Google Ads API, campaign_budget.total_amount_micros",
  read: () => (node) => {
    const budget = ownBudget(node);
    return budget?.period === "lifetime" ? known(safeMicros(budget.amountMicros)) : NO_LIFETIME_BUDGET;
  },
};

export const budgetOwner: StateFact = {
  id: "budgetOwner",
  label: { en: "budget owner", fr: "porteur du budget" },
  unit: "state",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  values: ["campaign", "adGroup", "shared"],
  doc: "`campaign`, `adGroup` or `shared`: where the money that feeds the entity is set; `adGroup` for a campaign that leaves it to its ad groups. No data for an ad group without a budget at either level.",
  source: "Meta Marketing API, fields daily_budget and lifetime_budget; Google Ads API, campaign_budget",
  read: () => (node) => {
    const found = owning(node);
    if (found !== null) return known(found.owner);
    const { level, unsaid = [] } = node.entity ?? {};
    if (unsaid.includes("budget")) return UNSAID;
    return level === "campaign" ? known("adGroup") : NO_BUDGET;
  },
};

export const budgetPeriod: StateFact = {
  id: "budgetPeriod",
  label: { en: "budget period", fr: "période du budget" },
  unit: "state",
  kind: "state",
  levels: ENTITY_LEVELS,
  params: [],
  goodSide: null,
  values: ["daily", "lifetime"],
  doc: "`daily` or `lifetime`, of the budget that feeds the entity; no data for a campaign that leaves its budget to its ad groups.",
  source: "Meta Marketing API, fields daily_budget and lifetime_budget; Google Ads API, campaign_budget",
  read: () => (node) => {
    const found = owning(node);
    if (found !== null) return known(found.budget.period);
    return node.entity?.unsaid?.includes("budget") === true ? UNSAID : NO_BUDGET;
  },
};

/** What the subject itself owns; null where the money that feeds it is another's. */
export function ownBudget(node: Node): Budget | null {
  const found = owning(node);
  return found !== null && found.owner === (node.entity?.level ?? node.holder?.owner) ? found.budget : null;
}

/** A shared budget feeds all its campaigns contain, a campaign's all of its own; an ad group's counts only without either. */
function owning({ campaign, entity, sharedBudget }: Node): { owner: HolderOwner; budget: Budget } | null {
  if (sharedBudget !== null) return sharedBudget;
  if (campaign !== null && campaign.budget !== null) return { owner: "campaign", budget: campaign.budget };
  if (entity?.level === "adGroup" && entity.budget !== null)
    return { owner: "adGroup", budget: entity.budget };
  return null;
}
