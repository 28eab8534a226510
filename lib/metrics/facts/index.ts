/** Every fact, in the order of the documentation. Adding one: a file beside this and a line here. */
import type { Fact } from "../fact.ts";
import { withSharedParams } from "../shared-params.ts";
import { ageDays, ageHours, daysSinceChange } from "./age.ts";
import { frequency, reach, videoViews } from "./audience.ts";
import { cac, cosPercent, costPerOrder, mer, stageSharePercent } from "./brand.ts";
import { breakEvenCpa, breakEvenMer } from "./break-even.ts";
import { budgetOwner, budgetPeriod, dailyBudget, lifetimeBudget } from "./budget.ts";
import { anchorBudget, budgetLimited, budgetUsedPercent } from "./budget-use.ts";
import { hoursSincePaused, lastChangedBy, pausedBy, pausedByRule } from "./changed-by.ts";
import { channelSharePercent } from "./channel-share.ts";
import { cpa, cpaAtLeast, roas } from "./costs.ts";
import { clicks, conversions, conversionValue, impressions, linkClicks, spend } from "./counters.ts";
import { cpaOkProbability, stable } from "./evidence.ts";
import { cpaUpper80, evidenceDown, evidenceUp } from "./evidence-bars.ts";
import { expectedConversions } from "./expected-conversions.ts";
import { groupSharePercent } from "./group-share.ts";
import {
  always,
  bidStrategy,
  labels,
  learning,
  name,
  objective,
  platform,
  stage,
  status,
} from "./identity.ts";
import { incrementalMer } from "./incremental-mer.ts";
import { ltvToCac } from "./ltv-to-cac.ts";
import { marginalCpa } from "./marginal-cpa.ts";
import { merAlarm, merFloor } from "./mer-levels.ts";
import { monthElapsedPercent, monthSpentPercent } from "./month.ts";
import { newAdsPer5000 } from "./new-ads.ts";
import { overclaimRatio } from "./overclaim.ts";
import { cm3, grossMarginLeft } from "./profit.ts";
import { costPerQualifiedLead, qualifiedLeads } from "./qualified-leads.ts";
import { rank, rankPercent } from "./rank.ts";
import { roiPercent } from "./roi.ts";
import {
  searchImpressionSharePercent,
  searchLostToBudgetPercent,
  searchLostToRankPercent,
} from "./search.ts";
import { settledPercent } from "./settled-percent.ts";
import { aov, newCustomers, orders, revenue, sessions, siteConversionRatePercent } from "./shop.ts";
import { stageBandHighPercent, stageBandLowPercent } from "./stage-bands.ts";
import { contributionMargin, targetCpa, wantedProfit } from "./targets.ts";
import { dayOfMonth, daysSinceEvent, daysToEvent, localHour, weekday } from "./time.ts";
import { conversionRatePercent, cpc, cpm, ctrPercent, linkCpc, linkCtrPercent } from "./traffic.ts";
import { dataUnsettled, trackingSuspect } from "./unsettled.ts";

const own: readonly Fact[] = [
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
  cpaUpper80,
  evidenceUp,
  evidenceDown,
  marginalCpa,
  settledPercent,
  dataUnsettled,
  trackingSuspect,
  rank,
  rankPercent,
  name,
  platform,
  stage,
  objective,
  labels,
  bidStrategy,
  status,
  learning,
  ageHours,
  ageDays,
  daysSinceChange,
  lastChangedBy,
  pausedBy,
  pausedByRule,
  hoursSincePaused,
  dailyBudget,
  lifetimeBudget,
  budgetOwner,
  budgetPeriod,
  budgetUsedPercent,
  budgetLimited,
  anchorBudget,
  searchImpressionSharePercent,
  searchLostToBudgetPercent,
  searchLostToRankPercent,
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
  ltvToCac,
  costPerOrder,
  costPerQualifiedLead,
  cm3,
  grossMarginLeft,
  breakEvenMer,
  breakEvenCpa,
  incrementalMer,
  overclaimRatio,
  stageSharePercent,
  groupSharePercent,
  channelSharePercent,
  newAdsPer5000,
  targetCpa,
  contributionMargin,
  wantedProfit,
  merFloor,
  merAlarm,
  stageBandLowPercent,
  stageBandHighPercent,
  weekday,
  localHour,
  dayOfMonth,
  monthSpentPercent,
  monthElapsedPercent,
  daysToEvent,
  daysSinceEvent,
  always,
];

export const facts: readonly Fact[] = own.map(withSharedParams);
