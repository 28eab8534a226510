/** A night of a brand on Meta and Google Ads: one rule raises a holder on each, somebody else changed a third. */
import type { TargetRef } from "../../lib/domain/ids.ts";
import type { HolderLine, Plan, PlannedChange } from "../../lib/domain/plan.ts";
import {
  aForeignEdit,
  aHolderLine,
  anAccountLine,
  aPlan,
  aPlannedChange,
  aReading,
  aWeek,
} from "./plan-view.ts";
import { edited } from "./protections.ts";

const GOOGLE = { platform: "google", accountId: "1234567890" } as const;
const SEARCH: TargetRef = { ...GOOGLE, level: "campaign", id: "21" };
const GENERIC: TargetRef = { ...GOOGLE, level: "campaign", id: "22" };
const POOL: TargetRef = { ...GOOGLE, level: "sharedBudget", id: "90" };

function keyOf({ platform, accountId, level, id }: TargetRef): string {
  return `${platform}/${accountId}/${level}/${id}`;
}

function googleLine(ref: TargetRef, name: string, given: Partial<HolderLine>): HolderLine {
  const subject = { level: "budgetHolder", key: keyOf(ref), name, ref, stage: "prospecting" } as const;
  return { ...aHolderLine(ref.id, name), subject, owner: "campaign", campaignName: name, ...given };
}

function googleChange(ref: TargetRef, name: string, given: Partial<PlannedChange>): PlannedChange {
  return aPlannedChange(ref.id, name, { holderKey: keyOf(ref), target: ref, ...given });
}

export const googleSource = {
  account: "google/1234567890",
  zone: "Europe/Paris",
  conversion: "Purchase (web)",
  attribution: "asSet",
  countedOn: "click",
} as const;

export function aTwoPlatformPlan(given: Partial<Plan> = {}): Plan {
  const [meta] = aPlan().sources;
  if (meta === undefined) throw new Error("the quiet plan has one account");
  const generic = googleLine(GENERIC, "Search generic", { spend: aReading(1_443_240_000, "money") });
  const { subject } = generic;
  return aPlan({
    holders: [
      aHolderLine("11", "Broad women 25-44", { spend: aReading(1_147_000_000, "money") }),
      aHolderLine("12", "Video viewers"),
      googleLine(SEARCH, "Search brand words", { spend: aReading(990_000_000, "money") }),
      generic,
      googleLine(POOL, "Summer pool", { owner: "shared", campaignName: "Summer FR, Summer BE" }),
    ],
    changes: [
      aPlannedChange("11", "Broad women 25-44"),
      googleChange(SEARCH, "Search brand words", { id: "atelier-lune-20260311-2" }),
    ],
    brandLine: {
      ...aPlan().brandLine,
      claimedValue: aWeek(97_500_000_000, "money"),
      accounts: [
        anAccountLine("meta", "1001", 14_000_000_000, 61_000_000_000),
        anAccountLine("google", "1234567890", 7_000_000_000, 36_500_000_000),
      ],
    },
    ...edited(aForeignEdit("22", "Search generic", { subject, via: "GOOGLE_ADS_WEB_CLIENT" })),
    uncovered: [
      {
        name: "Old shopping",
        level: "campaign",
        ref: { ...SEARCH, id: "23" },
        spend: aWeek(4_000_000, "money"),
      },
    ],
    sources: [meta, googleSource],
    ...given,
  });
}
