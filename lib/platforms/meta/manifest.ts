/** What the rest of Palier knows of Meta without loading its SDK. */
import type { EntityLevel } from "../../domain/ids.ts";
import type { PlatformManifest } from "../port.ts";

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
  levelWords: {
    en: { campaign: "campaign", adGroup: "ad set", ad: "ad" },
    fr: { campaign: "campagne", adGroup: "ensemble de publicités", ad: "publicité" },
  },
  // A daily budget may be exceeded by 75 % on one day, while the week stays within seven times the budget.
  // Source: Meta Marketing API, Budgets.
  worstDayMultiple: 1.75,
  // Click attribution of 7 days with server events and app reports that may come days late.
  maturityByAge: [0.35, 0.6, 0.7, 0.78, 0.84, 0.9, 0.93, 0.96, 0.98, 0.99],
  entityUrl(target) {
    if (target.level === "sharedBudget") return null;
    const { page, selection } = PAGES[target.level];
    return `${ADS_MANAGER}/${page}?act=${target.accountId}&${selection}=${target.id}`;
  },
};
