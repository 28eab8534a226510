/** Every fact, in the order of the documentation. Adding one: a file beside this and a line here. */
import type { Fact } from "../fact.ts";
import { ageDays, ageHours, daysSinceChange } from "./age.ts";
import { frequency, reach, videoViews } from "./audience.ts";
import { cac, cosPercent, costPerOrder, mer, stageSharePercent } from "./brand.ts";
import { breakEvenCpa, breakEvenMer } from "./break-even.ts";
import { budgetOwner, budgetPeriod, dailyBudget } from "./budget.ts";
import { channelSharePercent } from "./channel-share.ts";
import { cpa, cpaAtLeast, roas } from "./costs.ts";
import { clicks, conversions, conversionValue, impressions, linkClicks, spend } from "./counters.ts";
import { cpaOkProbability, stable } from "./evidence.ts";
import { expectedConversions } from "./expected-conversions.ts";
import { always, learning, name, objective, platform, stage, status } from "./identity.ts";
import { incrementalMer } from "./incremental-mer.ts";
import { merAlarm, merFloor } from "./mer-levels.ts";
import { overclaimRatio } from "./overclaim.ts";
import { cm3, grossMarginLeft } from "./profit.ts";
import { costPerQualifiedLead, qualifiedLeads } from "./qualified-leads.ts";
import { roiPercent } from "./roi.ts";
import { settledPercent } from "./settled-percent.ts";
import { aov, newCustomers, orders, revenue, sessions, siteConversionRatePercent } from "./shop.ts";
import { stageBandHighPercent, stageBandLowPercent } from "./stage-bands.ts";
import { contributionMargin, targetCpa, wantedProfit } from "./targets.ts";
import { dayOfMonth } from "./time.ts";
import { conversionRatePercent, cpc, cpm, ctrPercent, linkCpc, linkCtrPercent } from "./traffic.ts";

export const facts: readonly Fact[] = [
  spend,
  impressions,
  clicks,
  linkClicks,
  conversions,
  conversionValue,
  videoViews,
  reach,
  frequency,
  expectedConversions,
  cpm,
  cpc,
  linkCpc,
  ctrPercent,
  linkCtrPercent,
  conversionRatePercent,
  cpa,
  cpaAtLeast,
  roas,
  roiPercent,
  cpaOkProbability,
  stable,
  settledPercent,
  name,
  platform,
  stage,
  objective,
  status,
  learning,
  ageHours,
  ageDays,
  daysSinceChange,
  dailyBudget,
  budgetOwner,
  budgetPeriod,
  revenue,
  orders,
  newCustomers,
  sessions,
  qualifiedLeads,
  aov,
  siteConversionRatePercent,
  mer,
  cosPercent,
  cac,
  costPerOrder,
  costPerQualifiedLead,
  cm3,
  grossMarginLeft,
  breakEvenMer,
  breakEvenCpa,
  incrementalMer,
  overclaimRatio,
  stageSharePercent,
  channelSharePercent,
  targetCpa,
  contributionMargin,
  wantedProfit,
  merFloor,
  merAlarm,
  stageBandLowPercent,
  stageBandHighPercent,
  dayOfMonth,
  always,
];
