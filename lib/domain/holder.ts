/** Budget holders: what owns a budget, and so what money actions act on. */
import type { Budget, Entity } from "./entity.ts";
import { type EntityRef, entityKey } from "./ids.ts";
import type { AccountSnapshot } from "./snapshot.ts";

export interface BudgetHolder {
  /** `entityKey` of the owning entity. */
  key: string;
  ref: EntityRef;
  owner: "campaign" | "adGroup";
  entity: Entity;
  /** The campaign the holder is or belongs to: stages, names and parameters are resolved on it. */
  campaign: Entity;
  budget: Budget;
}

/**
 * The account's budget holders in the order of its entities: a campaign with its own budget, or each ad group of a
 * campaign without one. An ad group that claims a budget under a campaign that has one is not a holder (the campaign owns
 * the money), nor is an ad group whose campaign is absent from the census.
 */
export function budgetHoldersOf(account: AccountSnapshot): BudgetHolder[] {
  const campaigns = new Map(
    account.entities.filter((entity) => entity.level === "campaign").map((c) => [c.id, c]),
  );
  return account.entities.flatMap((entity) => {
    if (entity.budget === null) return [];
    const campaign = entity.level === "campaign" ? entity : campaigns.get(entity.parentId ?? "");
    if (campaign === undefined || entity.level === "ad") return [];
    if (entity.level === "adGroup" && campaign.budget !== null) return [];
    const { platform, accountId, level, id } = entity;
    const ref: EntityRef = { platform, accountId, level, id };
    return [{ key: entityKey(ref), ref, owner: entity.level, entity, campaign, budget: entity.budget }];
  });
}
