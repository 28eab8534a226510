/** Everything of a snapshot that a figure can be about, and in which order. */
import type { Brand, BrandAccount, GroupMember } from "../domain/brand.ts";
import type { Entity } from "../domain/entity.ts";
import { type BudgetHolder, budgetHoldersOf } from "../domain/holder.ts";
import { accountKey, type EntityRef, entityKey, type Level } from "../domain/ids.ts";
import { handsOffEntry, handsOffHolder, memberOf, memberOfHolder, stageOfHolder } from "../domain/match.ts";
import type { AccountSnapshot, CountedOn, Snapshot } from "../domain/snapshot.ts";
import type { Subject } from "../domain/verdict.ts";
import { cached } from "./cache.ts";

/** One subject with what its figures are read from. */
export interface Node {
  subject: Subject;
  /** Its place among all nodes, so that what is read of it is found without a key. */
  ordinal: number;
  /** Null for the brand, for accounts and for shared budgets. */
  entity: Entity | null;
  /** The campaign the entity is or belongs to; null where there is none, not one, or the census lacks it. */
  campaign: Entity | null;
  /** Set for budget holders alone. */
  holder: BudgetHolder | null;
  /** The shared budget that the subject is or lives on; null where there is none. */
  sharedBudget: BudgetHolder | null;
  /** `platform/account`; null for the brand. */
  accountKey: string | null;
  platform: string | null;
  /** By partition of the brand file, the member that it is in; without those where it is in none. */
  groups: Members;
  handsOff: boolean;
  /** Set for a group that is no subject of its own: its figures are the sum of `plus` without `minus`. */
  parts?: Parts;
}

export interface Parts {
  plus: readonly Node[];
  minus: readonly Node[];
}

type Members = Readonly<Record<string, string>>;

const NO_MEMBERS: Members = {};

/** An account of the brand; `snapshot` is null when it could not be fetched. */
export interface KnownAccount {
  key: string;
  account: BrandAccount;
  snapshot: AccountSnapshot | null;
  /** Kinds of day on which its conversions are known. */
  datings: readonly CountedOn[];
}

export interface Census {
  accounts: readonly KnownAccount[];
  /** By level, each sorted by key, so that the order in which a platform lists things changes nothing. */
  nodes: Readonly<Record<Level, readonly Node[]>>;
  /** How many they are, all levels together. */
  size: number;
}

/** Accounts are the brand file's: what the snapshot holds of any other is not this brand's to look at. */
export function censusOf(brand: Brand, snapshot: Snapshot): Census {
  const accounts = brand.accounts.map((account): KnownAccount => {
    const key = accountKey(account);
    const found = snapshot.accounts.find((one) => accountKey(one) === key) ?? null;
    return { key, account, snapshot: found, datings: found === null ? [] : datingsOf(found) };
  });
  const fetched = accounts.flatMap((known) => (known.snapshot === null ? [] : [known.snapshot]));
  const holders = fetched.flatMap(budgetHoldersOf);
  const shared = sharedByCampaign(holders);
  const given = { brand, snapshot, ...campaignFinders(brand) };
  const entities = fetched.flatMap((account) => entityNodes(given, account, shared));
  const ofLevel = (level: Level): Node[] => inOrder(entities.filter((node) => node.subject.level === level));
  const nodes = {
    brand: [brandNode(brand)],
    account: inOrder(accounts.map(accountNode)),
    budgetHolder: inOrder(holders.map((holder) => holderNode(given, holder))),
    campaign: ofLevel("campaign"),
    adGroup: ofLevel("adGroup"),
    ad: ofLevel("ad"),
  };
  const all = Object.values(nodes).flat();
  for (const [ordinal, node] of all.entries()) node.ordinal = ordinal;
  return { accounts, nodes, size: all.length };
}

interface Given {
  brand: Brand;
  snapshot: Snapshot;
  stageOfCampaign(campaign: Entity | null): string | null;
  groupsOfCampaign(campaign: Entity | null): Members;
}

/** A campaign's patterns are tried once, not again for all that it contains. */
function campaignFinders(brand: Brand): Pick<Given, "stageOfCampaign" | "groupsOfCampaign"> {
  const stages = new Map<Entity | null, string | null>();
  const groups = new Map<Entity | null, Members>();
  return {
    stageOfCampaign: (campaign) => cached(stages, campaign, () => memberOf(brand.stages, campaign)),
    groupsOfCampaign: (campaign) =>
      cached(groups, campaign, () => groupsIn(brand, (members) => memberOf(members, campaign))),
  };
}

function groupsIn({ groups }: Brand, find: (members: readonly GroupMember[]) => string | null): Members {
  const found = Object.entries(groups).flatMap(([group, members]) => {
    const member = find(members);
    return member === null ? [] : [[group, member] as const];
  });
  return Object.fromEntries(found);
}

/** One row without its conversions on their own day would make a sum too small, which nobody could see. */
function datingsOf({ countedOn, insights }: AccountSnapshot): CountedOn[] {
  if (countedOn === "conversion") return ["conversion"];
  return insights.every((row) => row.onConversionDay !== undefined) ? ["click", "conversion"] : ["click"];
}

function brandNode(brand: Brand): Node {
  return {
    subject: { level: "brand", key: brand.id, name: brand.name, ref: null, stage: null },
    ordinal: 0,
    entity: null,
    campaign: null,
    holder: null,
    sharedBudget: null,
    accountKey: null,
    platform: null,
    groups: NO_MEMBERS,
    handsOff: false,
  };
}

function accountNode(known: KnownAccount): Node {
  const name = known.snapshot?.name ?? known.key;
  return {
    subject: { level: "account", key: known.key, name, ref: null, stage: null },
    ordinal: 0,
    entity: null,
    campaign: null,
    holder: null,
    sharedBudget: null,
    accountKey: known.key,
    platform: known.account.platform,
    groups: NO_MEMBERS,
    handsOff: false,
  };
}

/** The shared budget of each campaign that has one, by the campaign's `entityKey`. */
function sharedByCampaign(holders: readonly BudgetHolder[]): ReadonlyMap<string, BudgetHolder> {
  const shared = new Map<string, BudgetHolder>();
  for (const holder of holders.filter(({ owner }) => owner === "shared")) {
    for (const id of [...holder.campaigns.map((campaign) => campaign.id), ...holder.unclearFeeds]) {
      shared.set(entityKey({ ...holder.ref, level: "campaign", id }), holder);
    }
  }
  return shared;
}

function entityNodes(
  given: Given,
  account: AccountSnapshot,
  shared: ReadonlyMap<string, BudgetHolder>,
): Node[] {
  const byLevelAndId = new Map(account.entities.map((entity) => [`${entity.level}/${entity.id}`, entity]));
  const parentOf = (entity: Entity): Entity | null =>
    byLevelAndId.get(`${entity.level === "ad" ? "adGroup" : "campaign"}/${entity.parentId}`) ?? null;
  const campaignOf = (entity: Entity): Entity | null => {
    if (entity.level === "campaign") return entity;
    const parent = parentOf(entity);
    return parent === null ? null : campaignOf(parent);
  };
  return account.entities.map((entity) => {
    const campaign = campaignOf(entity);
    const sharedBudget = campaign === null ? null : (shared.get(entityKey(campaign)) ?? null);
    return entityNode(given, entity, campaign, sharedBudget);
  });
}

function entityNode(
  { brand, snapshot, stageOfCampaign, groupsOfCampaign }: Given,
  entity: Entity,
  campaign: Entity | null,
  sharedBudget: BudgetHolder | null,
): Node {
  const { platform, accountId, level, id, name } = entity;
  const ref: EntityRef = { platform, accountId, level, id };
  return {
    subject: { level, key: entityKey(ref), name, ref, stage: stageOfCampaign(campaign) },
    ordinal: 0,
    entity,
    campaign,
    holder: null,
    sharedBudget,
    accountKey: accountKey(entity),
    platform,
    groups: groupsOfCampaign(campaign),
    handsOff: handsOffEntry(brand.handsOff, snapshot.day, campaign, entity) !== null,
  };
}

function holderNode(given: Given, holder: BudgetHolder): Node {
  const { brand, snapshot, stageOfCampaign, groupsOfCampaign } = given;
  const { key, name, ref } = holder;
  const isShared = holder.owner === "shared";
  const campaign = isShared ? null : (holder.campaigns[0] ?? null);
  const stage = isShared ? stageOfHolder(brand.stages, holder) : stageOfCampaign(campaign);
  return {
    subject: { level: "budgetHolder", key, name, ref, stage },
    ordinal: 0,
    entity: isShared ? null : (holder.feeds[0] ?? null),
    campaign,
    holder,
    sharedBudget: isShared ? holder : null,
    accountKey: accountKey(ref),
    platform: ref.platform,
    groups: isShared
      ? groupsIn(brand, (members) => memberOfHolder(members, holder))
      : groupsOfCampaign(campaign),
    handsOff: handsOffHolder(brand.handsOff, snapshot.day, holder) !== null,
  };
}

function inOrder(nodes: Node[]): Node[] {
  return nodes.sort((a, b) => (a.subject.key < b.subject.key ? -1 : a.subject.key > b.subject.key ? 1 : 0));
}
