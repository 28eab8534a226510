/** Where the entities of a case stand: in which account and campaign, and what owns their money. */
import { type EntityLevel, entityKey, type TargetRef } from "../../domain/ids.ts";
import { manifestOf, platformIds } from "../../platforms/index.ts";
import type { RuleCase } from "./read.ts";
import type { EntityFile, OtherFile, SeriesFile } from "./schema.ts";

export interface Placed {
  file: EntityFile | OtherFile;
  series: SeriesFile;
  platform: string;
  accountId: string;
  /** Its own level: whatever owns its budget, or an ad. */
  level: EntityLevel | "sharedBudget";
  owner: "campaign" | "adGroup" | "shared";
  campaignId: string;
  /** Null where the platform has none that matters: for a campaign that owns its budget. */
  adGroupId: string | null;
  /** What owns its budget. */
  target: TargetRef;
  /** Its own number. */
  id: string;
}

/** The entity itself first. Those below a campaign that names one share it with others of that name in their account. */
export function placedOf({ entity, series, others }: RuleCase): Placed[] {
  const placed: Placed[] = [];
  for (const [index, file] of [{ ...entity, series }, ...others].entries()) {
    placed.push(placedAt(file, index, placed));
  }
  return placed;
}

function placedAt(file: OtherFile, index: number, before: readonly Placed[]): Placed {
  const platform = file.platform ?? platformIds[0];
  const accountId = file.account ?? String(1_000_000_001 + platformIds.indexOf(platform));
  const owner =
    file.budgetOwner ?? (manifestOf(platform).holderLevels.includes("adGroup") ? "adGroup" : "campaign");
  const isAd = file.level === "ad";
  const mate = before.find(
    (one) =>
      one.platform === platform &&
      one.accountId === accountId &&
      one.owner === owner &&
      file.campaign !== undefined &&
      one.file.campaign === file.campaign &&
      (owner === "adGroup" || isAd),
  );
  const campaignId = mate?.campaignId ?? String(101 + index);
  // Ads of one campaign stand in one ad group unless the ad group owns the budget that each states.
  const adGroupId =
    owner === "adGroup" || isAd ? ((isAd ? mate?.adGroupId : null) ?? String(201 + index)) : null;
  const level = owner === "shared" ? "sharedBudget" : owner;
  const ownerId = owner === "campaign" ? campaignId : owner === "shared" ? String(901 + index) : adGroupId;
  const target: TargetRef = { platform, accountId, level, id: ownerId ?? campaignId };
  return {
    ...{ file, series: file.series ?? {}, platform, accountId, owner, campaignId, adGroupId, target },
    level: isAd ? "ad" : level,
    id: isAd ? String(301 + index) : target.id,
  };
}

/** Key of the subject that a rule of that level looks at when it looks at the entity; null where there is none. */
export function subjectKeyAt(level: string, placed: Placed): string | null {
  const { platform, accountId, campaignId, adGroupId } = placed;
  const keyOf = (at: EntityLevel, id: string | null) =>
    id === null ? null : entityKey({ platform, accountId, level: at, id });
  if (level === "campaign") return keyOf("campaign", campaignId);
  if (level === "adGroup") return keyOf("adGroup", adGroupId);
  if (level === "ad") return placed.level === "ad" ? keyOf("ad", placed.id) : null;
  return entityKey(placed.target);
}
