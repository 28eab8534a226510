/**
 * The Google account every world starts from: brand and generic search, shopping, Performance Max and display, with budgets of
 * their own and one that two campaigns share. It spends about a quarter of the brand's money.
 */
import type { Audience, GoogleCampaign } from "../model.ts";

export interface AdGroupPlan {
  name: string;
  /** Share of the campaign's part of its budget. */
  share: number;
  /** Spend per claimed conversion at that money, in euros, apart from orders that Meta's ads caused; null never converts. */
  cpa: number | null;
}

export interface GoogleCampaignPlan {
  name: string;
  audience: Audience;
  channelType: GoogleCampaign["channelType"];
  /** Name of one of the budgets below. */
  budget: string;
  /** Its part of what the budget gives. */
  weight: number;
  ageDays: number;
  pausedDaysAgo?: number;
  removedDaysAgo?: number;
  manualBidding?: true;
  adGroups: readonly AdGroupPlan[];
}

export interface GoogleBudgetPlan {
  name: string;
  /** A day, in euros. A budget with a total has that times the days it lasts. */
  euros: number;
  shared?: true;
  /** A total for a period in place of a daily amount. */
  total?: true;
  removed?: true;
}

/** Conversion actions by name; the second is counted beside the plain conversions, not among them. */
export const CONVERSION_ACTIONS = ["Purchase (web)", "Newsletter sign-up"] as const;

export const GOOGLE_BUDGETS: readonly GoogleBudgetPlan[] = [
  { name: "BRAND | Search | FR", euros: 80 },
  { name: "Search generic", euros: 250, shared: true },
  { name: "PROS | Search | Candles | FR", euros: 160 },
  { name: "PROS | Shopping | FR", euros: 200 },
  { name: "PROS | PMax | FR", euros: 200 },
  { name: "RTG | Display | FR", euros: 240 },
  { name: "AWA | Display | FR", euros: 50, total: true },
  { name: "PROS | Search | Winter sale | FR", euros: 80 },
  { name: "PROS | Shopping | Old feed | FR", euros: 60, removed: true },
];

export const GOOGLE_BLUEPRINT: readonly GoogleCampaignPlan[] = [
  {
    name: "BRAND | Search | FR",
    audience: "brandSearch",
    channelType: "SEARCH",
    budget: "BRAND | Search | FR",
    weight: 1,
    ageDays: 270,
    manualBidding: true,
    adGroups: [
      { name: "Brand exact", share: 0.7, cpa: 8 },
      { name: "Brand and product", share: 0.3, cpa: 11 },
    ],
  },
  {
    name: "PROS | Search | Gifts | FR",
    audience: "search",
    channelType: "SEARCH",
    budget: "Search generic",
    weight: 0.6,
    ageDays: 220,
    adGroups: [
      { name: "Gifts for her", share: 0.6, cpa: 66 },
      { name: "Gifts for the home", share: 0.4, cpa: 72 },
    ],
  },
  {
    name: "PROS | Search | Decoration | FR",
    audience: "search",
    channelType: "SEARCH",
    budget: "Search generic",
    weight: 0.4,
    ageDays: 190,
    adGroups: [
      { name: "Wall decoration", share: 0.5, cpa: 64 },
      { name: "Vases", share: 0.5, cpa: 70 },
    ],
  },
  {
    name: "PROS | Search | Candles | FR",
    audience: "search",
    channelType: "SEARCH",
    budget: "PROS | Search | Candles | FR",
    weight: 1,
    ageDays: 210,
    adGroups: [
      { name: "Candles generic", share: 0.65, cpa: 20 },
      { name: "Candles scents", share: 0.35, cpa: 23 },
    ],
  },
  {
    name: "PROS | Shopping | FR",
    audience: "shopping",
    channelType: "SHOPPING",
    budget: "PROS | Shopping | FR",
    weight: 1,
    ageDays: 160,
    adGroups: [{ name: "Shopping all products", share: 1, cpa: 66 }],
  },
  {
    name: "PROS | PMax | FR",
    audience: "shopping",
    channelType: "PERFORMANCE_MAX",
    budget: "PROS | PMax | FR",
    weight: 1,
    ageDays: 140,
    adGroups: [{ name: "PMax bestsellers", share: 1, cpa: 66 }],
  },
  {
    name: "RTG | Display | FR",
    audience: "retargeting",
    channelType: "DISPLAY",
    budget: "RTG | Display | FR",
    weight: 1,
    ageDays: 180,
    adGroups: [{ name: "Display visitors", share: 1, cpa: 36 }],
  },
  {
    name: "AWA | Display | FR",
    audience: "awareness",
    channelType: "DISPLAY",
    budget: "AWA | Display | FR",
    weight: 1,
    ageDays: 12,
    adGroups: [{ name: "Display interiors", share: 1, cpa: 420 }],
  },
  {
    name: "PROS | Search | Winter sale | FR",
    audience: "search",
    channelType: "SEARCH",
    budget: "PROS | Search | Winter sale | FR",
    weight: 1,
    ageDays: 105,
    pausedDaysAgo: 38,
    adGroups: [{ name: "Winter sale search", share: 1, cpa: 40 }],
  },
  {
    name: "PROS | Shopping | Old feed | FR",
    audience: "shopping",
    channelType: "SHOPPING",
    budget: "PROS | Shopping | Old feed | FR",
    weight: 1,
    ageDays: 300,
    removedDaysAgo: 20,
    adGroups: [{ name: "Old feed", share: 1, cpa: 70 }],
  },
];
