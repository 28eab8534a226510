/** Budget holders: what owns a budget, and so what money actions act on. */
import { z } from "zod";
import type { Budget, Entity, EntityStatus, Learning } from "./entity.ts";
import { entityKey, type TargetRef } from "./ids.ts";
import type { AccountSnapshot, SharedBudget } from "./snapshot.ts";

export const holderOwnerSchema = z.enum(["campaign", "adGroup", "shared"]);
export type HolderOwner = z.infer<typeof holderOwnerSchema>;

/**
 * A campaign, an ad group, or a shared budget. What a platform says of entities is told here of the holder as a whole, so
 * that nobody has to ask which of the three it is.
 */
export interface BudgetHolder {
  /** `entityKey` of `ref`. */
  key: string;
  ref: TargetRef;
  owner: HolderOwner;
  name: string;
  budget: Budget;
  /** The entities whose figures, summed, are the holder's: itself, or the campaigns that a shared budget feeds. */
  feeds: readonly Entity[];
  /** The campaign it is or belongs to, or all that a shared budget feeds: stages, names and parameters are resolved on them. */
  campaigns: readonly Entity[];
  /** Ids of fed campaigns that the census lacks or that another shared budget claims, too: figures are then no data. */
  unclearFeeds: readonly string[];
  /** How it delivers: nothing under a paused campaign does. */
  status: EntityStatus;
  /** The platform's own word for that. */
  platformStatus: string;
  learning: Learning;
  createdAtMs: number | null;
  lastEditAtMs: number | null;
  budgetScheduled: boolean;
  objective: string | null;
}

/**
 * The account's budget holders: first its entities in their order (a campaign with its own budget, or each ad group of a
 * campaign without one), then its shared budgets. Whoever owns the money above wins: an ad group under a campaign with a
 * budget is no holder, nor is a campaign that a shared budget feeds, nor anything in it. Neither is an ad group whose
 * campaign is absent from the census, nor a shared budget that feeds nothing.
 */
export function budgetHoldersOf(account: AccountSnapshot): BudgetHolder[] {
  const campaigns = new Map(
    account.entities.filter((entity) => entity.level === "campaign").map((c) => [c.id, c]),
  );
  const claims = claimsOf(account);
  const own = account.entities.flatMap((entity) => {
    const campaign = entity.level === "campaign" ? entity : campaigns.get(entity.parentId ?? "");
    if (entity.budget === null || campaign === undefined || entity.level === "ad") return [];
    if (claims.has(campaign.id) || (entity.level === "adGroup" && campaign.budget !== null)) return [];
    return [entityHolder(entity, entity.level, campaign, entity.budget)];
  });
  const shared = account.sharedBudgets
    .filter((budget) => budget.campaignIds.length > 0)
    .map((budget) => sharedHolder(account, budget, campaigns, claims));
  return [...own, ...shared];
}

/** How many shared budgets claim each campaign; a platform that names two for one contradicts itself. */
function claimsOf(account: AccountSnapshot): ReadonlyMap<string, number> {
  const claims = new Map<string, number>();
  for (const id of account.sharedBudgets.flatMap((budget) => [...new Set(budget.campaignIds)])) {
    claims.set(id, (claims.get(id) ?? 0) + 1);
  }
  return claims;
}

function entityHolder(
  entity: Entity,
  owner: "campaign" | "adGroup",
  campaign: Entity,
  budget: Budget,
): BudgetHolder {
  const { platform, accountId, level, id, name } = entity;
  const ref: TargetRef = { platform, accountId, level, id };
  const off = [entity, campaign].find((one) => one.status !== "active");
  return {
    key: entityKey(ref),
    ref,
    owner,
    name,
    budget,
    feeds: [entity],
    campaigns: [campaign],
    unclearFeeds: [],
    status: campaign.status === "active" ? entity.status : campaign.status,
    platformStatus: (off ?? entity).platformStatus,
    learning: entity.learning,
    createdAtMs: entity.createdAtMs,
    lastEditAtMs: entity.lastEditAtMs,
    budgetScheduled: entity.budgetScheduled,
    objective: entity.objective ?? campaign.objective,
  };
}

function sharedHolder(
  account: AccountSnapshot,
  shared: SharedBudget,
  campaigns: ReadonlyMap<string, Entity>,
  claims: ReadonlyMap<string, number>,
): BudgetHolder {
  const { platform, accountId } = account;
  const ref: TargetRef = { platform, accountId, level: "sharedBudget", id: shared.id };
  // Sorted, so that the order in which a platform lists them changes nothing.
  const ids = [...new Set(shared.campaignIds)].sort();
  const isClear = (id: string): boolean => campaigns.has(id) && claims.get(id) === 1;
  const feeds = ids.filter(isClear).flatMap((id) => campaigns.get(id) ?? []);
  const unclearFeeds = ids.filter((id) => !isClear(id));
  return {
    key: entityKey(ref),
    ref,
    owner: "shared",
    name: shared.name,
    budget: shared.budget,
    feeds,
    campaigns: feeds,
    unclearFeeds,
    ...deliveryOf(shared, feeds),
    learning: learningOf(feeds, unclearFeeds.length === 0),
    ...timesOf(feeds, unclearFeeds.length === 0),
    budgetScheduled: feeds.some((campaign) => campaign.budgetScheduled),
    objective: commonObjective(feeds),
  };
}

/** Money flows as long as one campaign takes it; without any, what they have in common, else `other`. */
function deliveryOf(
  shared: SharedBudget,
  feeds: readonly Entity[],
): Pick<BudgetHolder, "status" | "platformStatus"> {
  const [first] = feeds;
  const active = feeds.some((campaign) => campaign.status === "active");
  if (shared.status !== "active" || active) {
    return { status: shared.status, platformStatus: shared.platformStatus };
  }
  if (first === undefined) return { status: "other", platformStatus: shared.platformStatus };
  const alike = feeds.every((campaign) => campaign.status === first.status);
  return { status: alike ? first.status : "other", platformStatus: first.platformStatus };
}

/**
 * An edit of the budget moves every campaign, so one that learns speaks for all, and only all together have learned.
 * Paused ones count: nobody knows that they will stay so. With one out of sight the others never prove that all have.
 */
function learningOf(feeds: readonly Entity[], complete: boolean): Learning {
  if (feeds.some((campaign) => campaign.learning === "learning")) return "learning";
  return complete && feeds.every((campaign) => campaign.learning === "learned") ? "learned" : "unknown";
}

/**
 * As young as its youngest campaign and edited when any was: a campaign that joined yesterday has yesterday's evidence. An
 * age is unknown as soon as one campaign's is; so is the last edit where a campaign says neither.
 */
function timesOf(
  feeds: readonly Entity[],
  complete: boolean,
): Pick<BudgetHolder, "createdAtMs" | "lastEditAtMs"> {
  const created = feeds.flatMap((campaign) => campaign.createdAtMs ?? []);
  const edited = feeds.flatMap((campaign) => campaign.lastEditAtMs ?? []);
  const dated = feeds.every((campaign) => campaign.createdAtMs !== null || campaign.lastEditAtMs !== null);
  return {
    createdAtMs: complete && created.length === feeds.length ? latest(created) : null,
    lastEditAtMs: complete && dated ? latest(edited) : null,
  };
}

function latest(instants: readonly number[]): number | null {
  return instants.length === 0 ? null : Math.max(...instants);
}

function commonObjective(feeds: readonly Entity[]): string | null {
  const [first] = feeds;
  const alike = first !== undefined && feeds.every((campaign) => campaign.objective === first.objective);
  return alike ? first.objective : null;
}
