/** What the rest of Palier knows of Meta without loading its SDK. */
import { z } from "zod";
import type { EntityLevel } from "../../domain/ids.ts";
import { must } from "../../domain/shape.ts";
import type { PlatformManifest } from "../port.ts";

/** Windows that Meta still reports. Source: Meta Marketing API, Insights, `action_attribution_windows`. */
const ATTRIBUTION_WINDOWS: readonly string[] = ["1dClick", "7dClick", "28dClick", "1dView", "1dEngagedView"];

/** The ad set's own attribution, as Ads Manager shows it. */
const AS_SET = "asSet";

const ADS_MANAGER = "https://adsmanager.facebook.com/adsmanager/manage";

/** Ads Manager's own words for each level, in its addresses. */
const PAGES: Readonly<Record<EntityLevel, { page: string; selection: string }>> = {
  campaign: { page: "campaigns", selection: "selected_campaign_ids" },
  adGroup: { page: "adsets", selection: "selected_adset_ids" },
  ad: { page: "ads", selection: "selected_ad_ids" },
};

export const metaManifest: PlatformManifest = {
  id: "meta",
  label: "Meta",
  otherNames: ["facebook", "facebookAds", "fb"],
  // No end is announced: a year from its release, as those before it had. Source: Meta Marketing API, Changelog.
  apiVersion: "v25.0",
  apiVersionEnds: "2027-02-18",
  levelWords: {
    en: { campaign: "campaign", adGroup: "ad set", ad: "ad" },
    fr: { campaign: "campagne", adGroup: "ensemble de publicités", ad: "publicité" },
  },
  holderLevels: ["campaign", "adGroup"],
  accountIdSchema: z
    .string()
    .regex(/^\d{1,20}$/, { error: "expected the account's digits as a text, without act_" })
    .describe("The ad account's number as a text, without the prefix act_ (1001, not act_1001)."),
  conversionSchema: z
    .string()
    .regex(/^[\w.]{1,100}$/, { error: "expected one action type such as omni_purchase" })
    .describe("The action type that counts, exactly one, such as omni_purchase."),
  attributionSchema: z
    .string()
    .refine(
      isAttribution,
      must(
        `${AS_SET}, or ${ATTRIBUTION_WINDOWS.join(", ")} joined by +, at most one click, one view and one engaged view`,
        "write for instance 7dClick+1dView",
      ),
    )
    .describe("Attribution of every conversion figure: asSet (as in Ads Manager), or windows joined by +."),
  // Off-site conversions count on their own day since June 2025. Source: Meta Marketing API, Insights, best practices.
  countedOn: "conversion",
  // A daily budget may be exceeded by 75 % on one day, while the week stays within seven times the budget.
  // Source: Meta Marketing API, Budgets.
  worstDayMultiple: 1.75,
  // Click attribution of 7 days with server events and app reports that may come days late.
  maturityByAge: [0.35, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99],
  entityUrl({ accountId, level, id }) {
    if (level === "sharedBudget") return null;
    const { page, selection } = PAGES[level];
    return `${ADS_MANAGER}/${page}?${new URLSearchParams({ act: accountId, [selection]: id })}`;
  },
};

function isAttribution(text: string): boolean {
  if (text === AS_SET) return true;
  const windows = text.split("+");
  const kinds = windows.map((window) => window.replace(/^\d+d/, ""));
  return (
    windows.every((window) => ATTRIBUTION_WINDOWS.includes(window)) && new Set(kinds).size === kinds.length
  );
}
