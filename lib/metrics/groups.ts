/** Whose figure: the group that a subject is in. */
import { entityKey, type Level } from "../domain/ids.ts";
import { cached } from "./cache.ts";
import type { Census, Node, Parts } from "./census.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData } from "./outcome.ts";

/** What `of` may name, from the narrowest to the widest. `objective` and `stage` are those campaigns of the subject's own account. */
export const GROUPS = [
  "adGroup",
  "campaign",
  "siblings",
  "objective",
  "stage",
  "account",
  "platform",
  "brand",
] as const;
export type Group = (typeof GROUPS)[number];

/** What `within` may name. */
export const RANKED_WITHIN = ["campaign", "objective", "stage", "account", "platform", "brand"] as const;

/** The same node for all that are in one group; a subject's siblings are a node of its own. */
export type GroupOf = (node: Node) => Node | NoData;

export interface Groups {
  of(group: Group): GroupOf;
  /** How many of the subject's level deliver in its group, for `siblings` without itself. */
  activeIn(group: Group): (node: Node) => number | NoData;
}

const NO_STAGE = noData(metricMessage("noData.noStage", {}));
const NO_OBJECTIVE = noData(metricMessage("noData.notReported", { fact: "objective" }));
const NO_STATUS = noData(metricMessage("noData.notReported", { fact: "status" }));
const NO_SIBLINGS = noData(metricMessage("noData.noSiblings", {}));
const NONE_ACTIVE = noData(metricMessage("noData.noneActive", {}));
const NO_GROUP: Readonly<Record<"adGroup" | "campaign" | "account" | "platform", NoData>> = {
  adGroup: noGroup("adGroup"),
  campaign: noGroup("campaign"),
  account: noGroup("account"),
  platform: noGroup("platform"),
};

/** Nodes are found by key once, groups that are no subject made when first asked for. */
export function groupsOf(census: Census): Groups {
  const at = (level: Level): ReadonlyMap<string, Node> =>
    new Map(census.nodes[level].map((node) => [node.subject.key, node]));
  const [accounts, campaigns, adGroups] = [at("account"), at("campaign"), at("adGroup")];
  const accountOf: GroupOf = ({ accountKey }) => accounts.get(accountKey ?? "") ?? NO_GROUP.account;
  const campaignOf: GroupOf = ({ campaign }) =>
    (campaign === null ? undefined : campaigns.get(entityKey(campaign))) ?? NO_GROUP.campaign;
  const parentOf: GroupOf = (node) => (isCampaign(node) ? accountOf(node) : campaignOf(node));
  const [brand] = census.nodes.brand;
  const of: Readonly<Record<Group, GroupOf>> = {
    adGroup: (node) => adGroups.get(adGroupKey(node)) ?? NO_GROUP.adGroup,
    campaign: campaignOf,
    account: accountOf,
    objective: partsOfAccount(census, "objective", objectiveOf, NO_OBJECTIVE),
    stage: partsOfAccount(census, "stage", ({ subject }) => subject.stage, NO_STAGE),
    platform: platforms(census),
    siblings: siblings(census, parentOf),
    brand: () => brand ?? NO_GROUP.account,
  };
  const active = new Map<Group, (node: Node) => number | NoData>();
  return {
    of: (group) => of[group],
    activeIn: (group) =>
      cached(active, group, () =>
        group === "siblings" ? activeIn(census, parentOf, 1) : activeIn(census, of[group], 0),
      ),
  };
}

function noGroup(group: string): NoData {
  return noData(metricMessage("noData.noGroup", { group }));
}

/** Of a budget holder what owns its money. */
function isCampaign({ entity }: Node): boolean {
  return entity?.level === "campaign";
}

function adGroupKey({ entity }: Node): string {
  if (entity === null || entity.level === "campaign") return "";
  const id = entity.level === "ad" ? (entity.parentId ?? "") : entity.id;
  return entityKey({ ...entity, level: "adGroup", id });
}

/** A campaign's own, also for what it contains; a shared budget's where all it feeds have the same. */
function objectiveOf({ campaign, holder, entity }: Node): string | null {
  return (campaign ?? holder ?? entity)?.objective ?? null;
}

/** A group that is no subject of its own: it is counted from `parts`. */
function madeOf(level: Level, name: string, base: Node, parts: Parts): Node {
  return {
    subject: { level, key: `${base.accountKey} ${name}`, name, ref: null, stage: null },
    ordinal: -1,
    entity: null,
    campaign: null,
    holder: null,
    sharedBudget: null,
    accountKey: base.accountKey,
    platform: base.platform,
    groups: {},
    handsOff: false,
    parts,
  };
}

/** The campaigns of the subject's account that say the same. */
function partsOfAccount(
  census: Census,
  kind: string,
  saidBy: (node: Node) => string | null,
  missing: NoData,
): GroupOf {
  const keyOf = (node: Node): string => `${node.accountKey} ${saidBy(node)}`;
  let members: Map<string, Node[]> | null = null;
  const made = new Map<string, Node>();
  return (node) => {
    const value = saidBy(node);
    if (value === null) return missing;
    members ??= Map.groupBy(census.nodes.campaign, keyOf);
    const plus = members.get(keyOf(node));
    if (plus === undefined) return missing;
    return cached(made, keyOf(node), () => madeOf("account", `${kind} ${value}`, node, { plus, minus: [] }));
  };
}

function platforms(census: Census): GroupOf {
  const made = new Map<string, Node>();
  return ({ platform }) => {
    if (platform === null) return NO_GROUP.platform;
    return cached(made, platform, () => {
      const plus = census.nodes.account.filter((node) => node.platform === platform);
      const [first] = plus as [Node];
      return { ...madeOf("account", platform, first, { plus, minus: [] }), accountKey: null };
    });
  };
}

/** The parent without the subject; an only child has none. */
function siblings(census: Census, parentOf: GroupOf): GroupOf {
  const keyOf = (node: Node, parent: Node): string => `${node.entity?.level} ${parent.subject.key}`;
  const made = new Map<Node, Node>();
  let children: ReadonlyMap<string, readonly Node[]> | null = null;
  const familyOf = (node: Node): string => {
    const parent = parentOf(node);
    return "kind" in parent ? "" : keyOf(node, parent);
  };
  return (node) => {
    const { entity } = node;
    if (entity === null) return NO_SIBLINGS;
    const parent = parentOf(node);
    if ("kind" in parent) return parent;
    children ??= Map.groupBy(
      (["campaign", "adGroup", "ad"] as const).flatMap((level) => census.nodes[level]),
      familyOf,
    );
    if ((children.get(keyOf(node, parent))?.length ?? 0) < 2) return NO_SIBLINGS;
    return cached(made, node, () =>
      madeOf(parent.subject.level, `${entity.level} ${entity.id}`, parent, { plus: [parent], minus: [node] }),
    );
  };
}

/** `less`: 1 where the subject itself does not count. One pass over a level for all who ask. */
function activeIn(census: Census, groupOf: GroupOf, less: 0 | 1): (node: Node) => number | NoData {
  const byLevel = new Map<Level, ReadonlyMap<Node, number | NoData>>();
  return (node) => {
    const counts = cached(
      byLevel,
      node.subject.level,
      (): ReadonlyMap<Node, number | NoData> => countActive(census.nodes[node.subject.level], groupOf),
    );
    const group = groupOf(node);
    if ("kind" in group) return group;
    const count = counts.get(group) ?? 0;
    if (typeof count !== "number") return count;
    const others = isActive(node) === true ? count - less : count;
    return others === 0 ? NONE_ACTIVE : others;
  };
}

function countActive(nodes: readonly Node[], groupOf: GroupOf): ReadonlyMap<Node, number | NoData> {
  const counts = new Map<Node, number | NoData>();
  for (const node of nodes) {
    const group = groupOf(node);
    if ("kind" in group) continue;
    const before = counts.get(group) ?? 0;
    const active = isActive(node);
    if (active === null || typeof before !== "number") counts.set(group, NO_STATUS);
    else counts.set(group, active ? before + 1 : before);
  }
  return counts;
}

/** Null where nobody says. Nothing under a paused campaign delivers; accounts and brands have no status. */
function isActive({ entity, campaign, holder }: Node): boolean | null {
  const parts = [entity, campaign].filter((part) => part !== null);
  if (parts.some(({ unsaid }) => unsaid?.includes("status") === true)) return null;
  return (holder === null || holder.status === "active") && parts.every(({ status }) => status === "active");
}
