/** A budget that two scopes both mean: one is made up to fit both, and the very test that decides at night is asked. */
import type { Brand, Matcher } from "../../domain/brand.ts";
import type { Entity } from "../../domain/entity.ts";
import { type BudgetHolder, budgetHoldersOf, type HolderOwner } from "../../domain/holder.ts";
import type { AccountRef, Level } from "../../domain/ids.ts";
import { handsOffHolder, memberOf, partitionOf, STAGE_GROUP } from "../../domain/match.ts";
import type { AccountSnapshot } from "../../domain/snapshot.ts";
import { inScope, type ScopeFacts } from "../judge/scope.ts";
import type { Scope, Selection } from "../types.ts";
import { commonText } from "./globs.ts";

/** A scope names a handful of patterns; the product of long lists is not tried to its end. */
const MAX_CHOICES = 100;

/** Budgets asked about for one pair of scopes. */
const MAX_TRIED = 5000;

/** Whose budget a rule of the level acts on; levels that own none meet nobody. */
const OWNERS: Readonly<Partial<Record<Level, readonly HolderOwner[]>>> = {
  budgetHolder: ["adGroup", "campaign", "shared"],
  campaign: ["campaign"],
  adGroup: ["adGroup"],
};

const CAMPAIGN: Entity = {
  ...{ platform: "meta", accountId: "1", level: "campaign", id: "1", parentId: null },
  ...{ name: "any campaign", status: "active", platformStatus: "", objective: null, labels: [] },
  ...{ createdAtMs: null, budget: null, learning: "unknown", lastEditAtMs: null, budgetScheduled: false },
};

/** The name of its campaign; null where the scopes have nobody in common that could be found. */
export function commonCampaign(one: Scope, other: Scope, brand: Brand): string | null {
  const owners = shared(OWNERS[one.level] ?? [], OWNERS[other.level] ?? []) ?? [];
  const forever = brand.handsOff.filter(({ until }) => until === null);
  let tried = 0;
  for (const owner of owners) {
    for (const candidate of budgetsLike(one, other, owner, brand)) {
      tried += 1;
      if (tried > MAX_TRIED) return null;
      const { holder } = candidate;
      const isMeant = [one, other].every((scope) => meets(scope, candidate, brand));
      // No rule ever sees what people took out of automation for good.
      if (isMeant && handsOffHolder(forever, "", holder) === null) return holder.campaigns[0]?.name ?? null;
    }
  }
  return null;
}

interface Candidate {
  campaign: Entity;
  self: Entity;
  holder: BudgetHolder;
}

function meets(scope: Scope, { campaign, self, holder }: Candidate, brand: Brand): boolean {
  const facts: ScopeFacts = {
    holder: () => holder,
    entity: () => ({ self, campaign }),
    memberOf: (_, group) => memberOf(partitionOf(brand, group) ?? [], campaign),
  };
  const { key, ref, name } = holder;
  const stage = memberOf(brand.stages, campaign);
  return inScope(scope, { level: scope.level, key, ref, name, stage }, facts);
}

function* budgetsLike(one: Scope, other: Scope, owner: HolderOwner, brand: Brand): Generator<Candidate> {
  const matchers = product([[one.match], [other.match], ...partitions(one, other, brand)]);
  const named = matchers.flatMap((all) => entitiesLike(all, owner === "campaign"));
  for (const [campaign, self] of named) {
    for (const account of accountsOf(one, other, brand)) {
      for (const status of shared(one.status, other.status) ?? []) {
        for (const period of shared(one.budget.period, other.budget.period) ?? []) {
          yield* budgetOf({ ...campaign, ...account }, { ...self, ...account, status }, owner, period);
        }
      }
    }
  }
}

function budgetOf(
  campaign: Entity,
  self: Entity,
  owner: HolderOwner,
  period: "daily" | "lifetime",
): Candidate[] {
  const { platform, accountId } = campaign;
  const budget = { period, amountMicros: 1_000_000n };
  const above = owner === "adGroup" ? campaign : { ...campaign, status: self.status };
  const owning = { ...self, budget: owner === "shared" ? null : budget };
  const pot = { ...budget, id: self.id, name: self.name, status: self.status, platformStatus: "" };
  const account: AccountSnapshot = {
    ...{
      platform,
      accountId,
      name: "",
      currency: "",
      zone: "",
      fetchedAtMs: 0,
      conversion: "",
      attribution: "",
    },
    ...{ coveredFrom: "", coveredTo: "", levels: [], countedOn: "click", insights: [], history: null },
    ...{ minDailyBudgetMicros: 0n, budgetUnitMicros: 1n },
    entities: owner === "adGroup" ? [above, owning] : [owner === "campaign" ? owning : above],
    sharedBudgets: owner === "shared" ? [{ ...pot, budget, campaignIds: [campaign.id] }] : [],
  };
  return budgetHoldersOf(account).map((holder) => ({ campaign: above, self: owning, holder }));
}

/** The brand's accounts that both mean; where it has none, the rules' own words for one. */
function accountsOf(one: Selection, other: Selection, { accounts }: Brand): AccountRef[] {
  const [platforms, ids] = [shared(one.platforms, other.platforms), shared(one.accounts, other.accounts)];
  const own = accounts.filter(
    ({ platform, accountId }) =>
      platforms?.includes(platform) !== false && ids?.includes(accountId) !== false,
  );
  if (own.length > 0) return own.map(({ platform, accountId }) => ({ platform, accountId }));
  const [platform = CAMPAIGN.platform] = platforms ?? [];
  const [accountId = CAMPAIGN.accountId] = ids ?? [];
  return platforms?.length === 0 || ids?.length === 0 ? [] : [{ platform, accountId }];
}

/** Of each partition that the scopes name, the members that both mean, as matchers to choose one from. */
function partitions(one: Scope, other: Scope, brand: Brand): Matcher[][] {
  const lists: [string, readonly string[] | null][] = [
    [STAGE_GROUP, shared(one.stages, other.stages)],
    ...Object.keys({ ...one.groups, ...other.groups }).map((group): [string, readonly string[] | null] => [
      group,
      shared(one.groups?.[group] ?? null, other.groups?.[group] ?? null),
    ]),
  ];
  return lists.flatMap(([group, names]) => {
    if (names === null) return [];
    const members = partitionOf(brand, group) ?? [];
    return [members.flatMap(({ name, match }) => (names.includes(name) ? [match] : []))];
  });
}

/** What both lists have; null stands for everything. */
function shared<T>(a: readonly T[] | null, b: readonly T[] | null): readonly T[] | null {
  if (a === null || b === null) return a ?? b;
  return a.filter((one) => b.includes(one));
}

/** Campaigns and what owns their budgets, made to fit one entry of each key of each matcher as far as that goes. */
function entitiesLike(matchers: readonly Matcher[], isCampaign: boolean): [Entity, Entity][] {
  const first = (key: "ids" | "labels" | "objectives") =>
    matchers.flatMap((matcher) => matcher[key]?.slice(0, 1) ?? []);
  const keysOfName = isCampaign ? (["campaigns", "names"] as const) : (["campaigns"] as const);
  const globsOf = (key: "campaigns" | "names") =>
    matchers.flatMap((matcher) => (matcher[key] ? [matcher[key]] : []));
  const campaignGlobs = product(keysOfName.flatMap(globsOf));
  const ownGlobs = isCampaign ? [[]] : product(globsOf("names"));
  return campaignGlobs.flatMap((globs) =>
    ownGlobs.flatMap((own): [Entity, Entity][] => {
      const name = nameLike(globs);
      const ownName = nameLike(own);
      if (name === null || ownName === null) return [];
      const [id = "1", ownId = id] = first("ids");
      const [objective = null, ownObjective = objective] = first("objectives");
      const campaign: Entity = { ...CAMPAIGN, id, name, objective, labels: first("labels") };
      if (isCampaign) return [[campaign, campaign]];
      const adGroup: Entity = { ...campaign, level: "adGroup", id: ownId, name: ownName, parentId: id };
      return [[campaign, { ...adGroup, objective: ownObjective }]];
    }),
  );
}

/** One entry of each list, in every way, up to so many. */
function product<T>(lists: readonly (readonly T[])[]): T[][] {
  let made: T[][] = [[]];
  for (const list of lists) {
    made = made.flatMap((choice) => list.map((one) => [...choice, one])).slice(0, MAX_CHOICES);
  }
  return made;
}

function nameLike(globs: readonly string[]): string | null {
  return globs.length === 0 ? CAMPAIGN.name : commonText(globs);
}
