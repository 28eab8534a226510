/** What the rest of Palier knows of Google Ads without loading its SDK. */
import { z } from "zod";
import type { PlatformManifest } from "../port.ts";

const GOOGLE_ADS = "https://ads.google.com/aw";

export const googleManifest: PlatformManifest = {
  id: "google",
  label: "Google Ads",
  otherNames: ["googleAds", "google_ads", "adwords"],
  // Projected for August 2027; its first day is the careful reading. Source: Google Ads API, Sunset dates.
  apiVersion: "v25",
  apiVersionEnds: "2027-08-01",
  levelWords: {
    en: { campaign: "campaign", adGroup: "ad group", ad: "ad", sharedBudget: "shared budget" },
    fr: { campaign: "campagne", adGroup: "groupe d'annonces", ad: "annonce", sharedBudget: "budget partagé" },
  },
  // Ad groups own no budget: campaigns draw on budgets, their own or a shared one.
  holderLevels: ["campaign"],
  accountIdSchema: z
    .string()
    .regex(/^\d{10}$/, { error: "expected the customer id's ten digits as a text, without dashes" })
    .describe("The customer id's ten digits as a text, without dashes (2000000002, not 200-000-0002)."),
  conversionSchema: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(20)
    .describe("Names of conversion actions as Google Ads shows them; all of them count."),
  attributionSchema: null,
  countedOn: "click",
  // A day may cost twice the average daily budget, while the month stays within 30.4 times.
  // Source: Google Ads Help, About average daily budgets.
  worstDayMultiple: 2,
  // Attributed to the day of the click; a typical account's lag, since windows run up to 90 days.
  maturityByAge: [0.4, 0.6, 0.7, 0.78, 0.84, 0.89, 0.93, 0.96, 0.97, 0.98, 0.99],
  entityUrl({ accountId, level, id }) {
    switch (level) {
      case "campaign":
        return `${GOOGLE_ADS}/campaigns?${new URLSearchParams({ campaignId: id, __e: accountId })}`;
      case "adGroup":
        return `${GOOGLE_ADS}/adgroups?${new URLSearchParams({ adGroupId: id, __e: accountId })}`;
      case "ad":
        return null;
      case "sharedBudget":
        return `${GOOGLE_ADS}/budgets?${new URLSearchParams({ __e: accountId })}`;
    }
  },
};
