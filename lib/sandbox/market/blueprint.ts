/**
 * The account every world starts from: twelve campaigns of both budget kinds and forty ad sets of an online shop, with the
 * cases a media buyer knows: a few that earn, many that are all right, some that do not, and a few that never sold a thing.
 * The seed then moves every quality a little and the whole market by a common factor.
 */
import type { Audience } from "../model.ts";

export interface AdSetPlan {
  name: string;
  /** Daily budget in euros, or the share of the campaign's budget where the campaign owns the money. */
  money: number;
  /** Spend per claimed conversion at that money, in euros; null never converts. */
  cpa: number | null;
  /** Days since it was created; default: as old as its campaign. */
  ageDays?: number;
  /** Days since somebody changed its creative or targeting, which restarted learning. */
  editedDaysAgo?: number;
  paused?: true;
  learningHidden?: true;
}

export interface CampaignPlan {
  name: string;
  audience: Audience;
  objective: string;
  /** Daily budget in euros; null where the ad sets own the money. */
  budget: number | null;
  ageDays: number;
  pausedDaysAgo?: number;
  adSets: readonly AdSetPlan[];
}

const SALES = "OUTCOME_SALES";

export const BLUEPRINT: readonly CampaignPlan[] = [
  {
    name: "PROS | Broad | FR",
    audience: "prospecting",
    objective: SALES,
    budget: 430,
    ageDays: 260,
    adSets: [
      { name: "Broad 25-44", money: 0.38, cpa: 45 },
      { name: "Broad 45-65", money: 0.27, cpa: 49 },
      { name: "Broad 18-24", money: 0.15, cpa: 57 },
      { name: "Broad Reels", money: 0.2, cpa: 48, learningHidden: true },
    ],
  },
  {
    name: "PROS | Lookalike | FR",
    audience: "prospecting",
    objective: SALES,
    budget: null,
    ageDays: 240,
    adSets: [
      { name: "Lookalike 1% buyers", money: 160, cpa: 23 },
      { name: "Lookalike 1-3% buyers", money: 140, cpa: 50 },
      { name: "Lookalike 3-5% buyers", money: 90, cpa: 58 },
      { name: "Lookalike 1% high value", money: 130, cpa: 24, editedDaysAgo: 5 },
      { name: "Lookalike newsletter", money: 45, cpa: 46, learningHidden: true },
      { name: "Lookalike video viewers", money: 25, cpa: 52 },
    ],
  },
  {
    name: "PROS | Interests | FR",
    audience: "prospecting",
    objective: SALES,
    budget: null,
    ageDays: 200,
    adSets: [
      { name: "Interior design", money: 110, cpa: 48 },
      { name: "Slow living", money: 70, cpa: 52 },
      { name: "Gift ideas", money: 60, cpa: 58 },
      { name: "Yoga and meditation", money: 22, cpa: null, ageDays: 24 },
      { name: "Scented candles", money: 18, cpa: null, ageDays: 17, learningHidden: true },
      { name: "Ceramics", money: 6, cpa: 60 },
    ],
  },
  {
    name: "PROS | Advantage+ | FR",
    audience: "prospecting",
    objective: SALES,
    budget: 520,
    ageDays: 180,
    adSets: [
      { name: "Advantage+ catalogue", money: 0.7, cpa: 25 },
      { name: "Advantage+ video", money: 0.3, cpa: 29 },
    ],
  },
  {
    name: "PROS | Broad | BE",
    audience: "prospecting",
    objective: SALES,
    budget: 200,
    ageDays: 150,
    adSets: [
      { name: "Broad BE Dutch", money: 0.5, cpa: 58 },
      { name: "Broad BE French", money: 0.5, cpa: 54 },
    ],
  },
  {
    name: "PROS | Creators | FR",
    audience: "prospecting",
    objective: SALES,
    budget: null,
    ageDays: 170,
    adSets: [
      { name: "UGC Clara", money: 105, cpa: 22, learningHidden: true },
      { name: "UGC Ines", money: 75, cpa: 50 },
      { name: "UGC Marc", money: 40, cpa: 62 },
      { name: "UGC test 12", money: 5, cpa: 60 },
      { name: "UGC test 13", money: 4, cpa: 70, paused: true },
    ],
  },
  {
    name: "PROS | Spring collection | FR",
    audience: "prospecting",
    objective: SALES,
    budget: 90,
    ageDays: 2,
    adSets: [
      { name: "Spring carousel", money: 0.6, cpa: 37 },
      { name: "Spring reel", money: 0.4, cpa: 39 },
    ],
  },
  {
    name: "PROS | Winter sale | FR",
    audience: "prospecting",
    objective: SALES,
    budget: 150,
    ageDays: 110,
    pausedDaysAgo: 40,
    adSets: [
      { name: "Winter sale catalogue", money: 0.6, cpa: 28 },
      { name: "Winter sale stories", money: 0.4, cpa: 37 },
    ],
  },
  {
    name: "AWA | Brand film | FR",
    audience: "awareness",
    objective: "OUTCOME_AWARENESS",
    budget: 190,
    ageDays: 190,
    adSets: [
      { name: "Film 30s", money: 0.5, cpa: 420 },
      { name: "Film 15s", money: 0.3, cpa: 460, learningHidden: true },
      { name: "Film stories", money: 0.2, cpa: 500 },
    ],
  },
  {
    name: "RTG | Visitors",
    audience: "retargeting",
    objective: SALES,
    budget: null,
    ageDays: 230,
    adSets: [
      { name: "Visitors 1-7 days", money: 190, cpa: 14.5 },
      { name: "Visitors 8-30 days", money: 130, cpa: 33 },
      { name: "Video 75 %", money: 50, cpa: 32 },
    ],
  },
  {
    name: "RTG | Cart and catalogue",
    audience: "retargeting",
    objective: SALES,
    budget: 320,
    ageDays: 210,
    adSets: [
      { name: "Cart 7 days", money: 0.45, cpa: 28 },
      { name: "Viewed products", money: 0.35, cpa: 33 },
      { name: "Past buyers", money: 0.2, cpa: 36, learningHidden: true },
    ],
  },
  {
    name: "Leftovers | BE",
    audience: "leftovers",
    objective: "OUTCOME_TRAFFIC",
    budget: null,
    ageDays: 250,
    adSets: [
      { name: "Old promotion", money: 20, cpa: 60 },
      { name: "Local shop", money: 15, cpa: 55 },
    ],
  },
];
