/** The entities of a case as a platform would list them. */
import type { Budget, Entity } from "../../domain/entity.ts";
import { microsFromMajor } from "../../domain/money.ts";
import type { SharedBudget } from "../../domain/snapshot.ts";
import type { Placed } from "./placed.ts";
import type { OtherFile } from "./schema.ts";

export const MS_PER_DAY = 86_400_000;

export const USUAL_BUDGET = 50;
const USUAL_AGE_DAYS = 90;

/** Each once, also where several entities of the case stand under it: the first says what it is. */
export function entitiesOf(placed: readonly Placed[], nowMs: number): Entity[] {
  const all = placed.flatMap((one) => chainOf(one, nowMs));
  return [
    ...new Map(all.toReversed().map((entity) => [`${entity.level} ${entity.id}`, entity])).values(),
  ].reverse();
}

/** The entity with what it stands in. */
function chainOf(placed: Placed, nowMs: number): Entity[] {
  const { file, owner, campaignId, adGroupId, level, id } = placed;
  const own = ownWords(placed, nowMs);
  const above = {
    ...own,
    status: "active",
    platformStatus: "active",
    objective: file.objective ?? null,
  } as const;
  const isCampaign = adGroupId === null;
  const campaign: Entity = {
    ...(isCampaign ? { ...own, objective: file.objective ?? null } : above),
    ...{ level: "campaign", id: campaignId, parentId: null },
    name:
      file.campaign ??
      (isCampaign && owner === "campaign" ? file.name : undefined) ??
      `Campaign ${campaignId}`,
    budget: owner === "campaign" ? budgetOf(file) : null,
  };
  if (adGroupId === null) return [campaign];
  const isAd = level === "ad";
  const adGroup: Entity = {
    ...(isAd ? above : own),
    ...{ level: "adGroup", id: adGroupId, parentId: campaignId, objective: null },
    name: (isAd ? undefined : file.name) ?? `Ad group ${adGroupId}`,
    budget: owner === "adGroup" ? budgetOf(file) : null,
  };
  if (!isAd) return [campaign, adGroup];
  const ad: Entity = {
    ...own,
    ...{ level: "ad", id, parentId: adGroupId, name: file.name ?? `Ad ${id}`, objective: null, budget: null },
  };
  return [campaign, adGroup, ad];
}

type Own = Omit<Entity, "level" | "id" | "parentId" | "name" | "objective" | "budget">;

function ownWords({ file, platform, accountId }: Placed, nowMs: number): Own {
  const { ageDays = USUAL_AGE_DAYS, daysSinceChange = null, paused = null } = file;
  const status = paused === null ? (file.status ?? "active") : "paused";
  const ago = (days: number | null) => (days === null ? null : nowMs - days * MS_PER_DAY);
  const { bidStrategy, budgetLimited, searchShares } = file;
  return {
    ...{ platform, accountId, status, platformStatus: status, labels: file.labels ?? [] },
    createdAtMs: ago(ageDays),
    lastEditAtMs: ago(daysSinceChange),
    learning: file.learning ?? "learned",
    budgetScheduled: false,
    ...(bidStrategy !== undefined && { bidStrategy }),
    ...(budgetLimited !== undefined && { budgetLimited }),
    ...(searchShares !== undefined && {
      searchShares: {
        impressionPercent: searchShares.impressionPercent ?? null,
        lostToBudgetPercent: searchShares.lostToBudgetPercent ?? null,
        lostToRankPercent: searchShares.lostToRankPercent ?? null,
      },
    }),
  };
}

export function sharedBudgetsOf(placed: readonly Placed[]): SharedBudget[] {
  return placed
    .filter(({ owner }) => owner === "shared")
    .map(({ file, target, campaignId }) => {
      const status = file.paused == null ? (file.status ?? "active") : "paused";
      return {
        id: target.id,
        name: file.name ?? `Budget ${target.id}`,
        ...{ status, platformStatus: status, budget: budgetOf(file), campaignIds: [campaignId] },
      };
    });
}

function budgetOf({ dailyBudget, lifetimeBudget }: OtherFile): Budget {
  return lifetimeBudget === undefined
    ? { period: "daily", amountMicros: microsFromMajor(dailyBudget ?? USUAL_BUDGET) }
    : { period: "lifetime", amountMicros: microsFromMajor(lifetimeBudget) };
}
