/** Everything of a snapshot that a figure can be about, and in which order. */
import type { Brand, BrandAccount } from "../domain/brand.ts";
import type { Entity } from "../domain/entity.ts";
import { type BudgetHolder, budgetHoldersOf } from "../domain/holder.ts";
import { accountKey, type EntityRef, entityKey, type Level } from "../domain/ids.ts";
import { handsOffEntry, stageOf } from "../domain/match.ts";
import type { AccountSnapshot, Snapshot } from "../domain/snapshot.ts";
import type { Subject } from "../domain/verdict.ts";

/** One subject with what its figures are read from. */
export interface Node {
  subject: Subject;
  /** Null for the brand and for accounts. */
  entity: Entity | null;
  /** The campaign the entity is or belongs to; null where there is none or the census lacks it. */
  campaign: Entity | null;
  /** Set for budget holders alone. */
  holder: BudgetHolder | null;
  /** `platform/account`; null for the brand. */
  accountKey: string | null;
  platform: string | null;
  handsOff: boolean;
}

/** An account of the brand; `snapshot` is null when it could not be fetched. */
export interface KnownAccount {
  key: string;
  account: BrandAccount;
  snapshot: AccountSnapshot | null;
}

export interface Census {
  accounts: readonly KnownAccount[];
  /** By level, each sorted by key, so that the order in which a platform lists things changes nothing. */
  nodes: Readonly<Record<Level, readonly Node[]>>;
}

/** Accounts are the brand file's: what the snapshot holds of any other is not this brand's to look at. */
export function censusOf(brand: Brand, snapshot: Snapshot): Census {
  const accounts = brand.accounts.map((account): KnownAccount => {
    const key = accountKey(account);
    return { key, account, snapshot: snapshot.accounts.find((one) => accountKey(one) === key) ?? null };
  });
  const fetched = accounts.flatMap((known) => (known.snapshot === null ? [] : [known.snapshot]));
  const entities = fetched.flatMap((account) => entityNodes(brand, snapshot, account));
  const ofLevel = (level: Level): Node[] => inOrder(entities.filter((node) => node.subject.level === level));
  return {
    accounts,
    nodes: {
      brand: [brandNode(brand)],
      account: inOrder(accounts.map(accountNode)),
      budgetHolder: inOrder(fetched.flatMap((account) => holderNodes(brand, snapshot, account))),
      campaign: ofLevel("campaign"),
      adGroup: ofLevel("adGroup"),
      ad: ofLevel("ad"),
    },
  };
}

function brandNode(brand: Brand): Node {
  return {
    subject: { level: "brand", key: brand.id, name: brand.name, ref: null, stage: null },
    entity: null,
    campaign: null,
    holder: null,
    accountKey: null,
    platform: null,
    handsOff: false,
  };
}

function accountNode(known: KnownAccount): Node {
  const name = known.snapshot?.name ?? known.key;
  return {
    subject: { level: "account", key: known.key, name, ref: null, stage: null },
    entity: null,
    campaign: null,
    holder: null,
    accountKey: known.key,
    platform: known.account.platform,
    handsOff: false,
  };
}

function entityNodes(brand: Brand, snapshot: Snapshot, account: AccountSnapshot): Node[] {
  const byLevelAndId = new Map(account.entities.map((entity) => [`${entity.level}/${entity.id}`, entity]));
  const parentOf = (entity: Entity): Entity | null =>
    byLevelAndId.get(`${entity.level === "ad" ? "adGroup" : "campaign"}/${entity.parentId}`) ?? null;
  const campaignOf = (entity: Entity): Entity | null => {
    if (entity.level === "campaign") return entity;
    const parent = parentOf(entity);
    return parent === null ? null : campaignOf(parent);
  };
  return account.entities.map((entity) =>
    nodeOf(brand, snapshot, entity.level, entity, campaignOf(entity), null),
  );
}

function holderNodes(brand: Brand, snapshot: Snapshot, account: AccountSnapshot): Node[] {
  return budgetHoldersOf(account).map((holder) =>
    nodeOf(brand, snapshot, "budgetHolder", holder.entity, holder.campaign, holder),
  );
}

function nodeOf(
  brand: Brand,
  snapshot: Snapshot,
  level: Level,
  entity: Entity,
  campaign: Entity | null,
  holder: BudgetHolder | null,
): Node {
  const ref: EntityRef = {
    platform: entity.platform,
    accountId: entity.accountId,
    level: entity.level,
    id: entity.id,
  };
  const stage = stageOf(brand.stages, campaign);
  return {
    subject: { level, key: entityKey(ref), name: entity.name, ref, stage },
    entity,
    campaign,
    holder,
    accountKey: accountKey(entity),
    platform: entity.platform,
    handsOff: handsOffEntry(brand.handsOff, snapshot.day, campaign, entity) !== null,
  };
}

function inOrder(nodes: Node[]): Node[] {
  return nodes.sort((a, b) => (a.subject.key < b.subject.key ? -1 : a.subject.key > b.subject.key ? 1 : 0));
}
