/** A budget holder that two scopes both mean. */
import type { Brand, Matcher } from "../../domain/brand.ts";
import type { Entity } from "../../domain/entity.ts";
import { matches, memberOf } from "../../domain/match.ts";
import type { Scope } from "../types.ts";
import { commonText } from "./globs.ts";

/** A scope names a handful of patterns; the product of long lists is not tried to its end. */
const MAX_CHOICES = 100;

const CAMPAIGN: Entity = {
  ...{ platform: "meta", accountId: "1", level: "campaign", id: "1", parentId: null },
  ...{ name: "any campaign", status: "active", platformStatus: "", objective: null, labels: [] },
  ...{ createdAtMs: null, budget: null, learning: "unknown", lastEditAtMs: null, budgetScheduled: false },
};

/** The name of its campaign; null where the scopes have nobody in common that could be found. */
export function commonCampaign(one: Scope, other: Scope, brand: Brand): string | null {
  const lists = [
    shared(one.platforms, other.platforms),
    shared(one.accounts, other.accounts),
    shared(one.status, other.status),
    shared(one.budget.owner, other.budget.owner),
    shared(one.budget.period, other.budget.period),
  ];
  if (one.level !== other.level || lists.some((list) => list?.length === 0)) return null;
  const stages = shared(one.stages, other.stages);
  const owners = shared(one.budget.owner, other.budget.owner);
  const isCampaign = owners !== null && !owners.includes("adGroup");
  const wanted = brand.stages.filter(({ name }) => stages?.includes(name));
  for (const { name: stage, match } of stages === null ? [{ name: null, match: {} }] : wanted) {
    for (const [campaign, own] of holdersLike([one.match, other.match, match], isCampaign)) {
      const isMeant = [one, other].every(
        (scope) =>
          matches(scope.match, campaign, own) &&
          (scope.except === null || !matches(scope.except.match, campaign, own)),
      );
      if (isMeant && (stage === null || memberOf(brand.stages, campaign) === stage)) return campaign.name;
    }
  }
  return null;
}

/** What both lists have; null stands for everything. */
function shared(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  return a.filter((one) => b.includes(one));
}

/** Campaigns and what owns their budgets, made to fit one entry of each key of each matcher as far as that goes. */
function holdersLike(matchers: readonly Matcher[], isCampaign: boolean): [Entity, Entity][] {
  const first = (key: "ids" | "labels" | "objectives") =>
    matchers.flatMap((matcher) => matcher[key]?.slice(0, 1) ?? []);
  const keysOfName = isCampaign ? (["campaigns", "names"] as const) : (["campaigns"] as const);
  const campaignGlobs = choices(keysOfName.flatMap((key) => matchers.map((matcher) => matcher[key])));
  const ownGlobs = isCampaign ? [[]] : choices(matchers.map(({ names }) => names));
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

function choices(lists: readonly (readonly string[] | undefined)[]): string[][] {
  let made: string[][] = [[]];
  for (const list of lists) {
    if (list === undefined) continue;
    made = made.flatMap((choice) => list.map((one) => [...choice, one])).slice(0, MAX_CHOICES);
  }
  return made;
}

function nameLike(globs: readonly string[]): string | null {
  return globs.length === 0 ? CAMPAIGN.name : commonText(globs);
}
