import { describe, expect, it } from "vitest";
import { brandFileSchema } from "../../lib/brand/schema.ts";
import { factCatalogue } from "../../lib/metrics/index.ts";
import { readWindow } from "../../lib/metrics/windows/window.ts";
import { packFileSchema, ruleFileSchema } from "../../lib/rules/files/schema.ts";
import { actionShape } from "../../lib/rules/files/schema-action.ts";
import { paramsShape } from "../../lib/rules/files/schema-params.ts";
import { scopeShape } from "../../lib/rules/files/schema-scope.ts";
import { operators } from "../../lib/rules/judge/operators.ts";

/** The language as it was agreed on: rules that people have written hang on these very words. */
const WORDS = {
  keys: `id description owner reviewOn source validFrom validUntil enabled appliesTo conditions nightsInARow action notify mutes
    mode rollout schedule cooldown atMost onNoData`,
  scope: "level platforms accounts stages groups campaigns names labels ids objectives status budget except",
  params: `window minSettledPercent correctedForDelay daysInARow of per times plus conversion attribution countedOn customers by
    within order against stage group member channel basis`,
  operators: `equal notEqual lessThan lessThanInclusive greaterThan greaterThanInclusive between notBetween in notIn contains
    doesNotContain matches doesNotMatch isKnown`,
  counters:
    "spend impressions clicks linkClicks conversions conversionValue expectedConversions reach frequency",
  ratios: "cpm cpc linkCpc ctrPercent linkCtrPercent conversionRatePercent cpa roas roiPercent cpaAtLeast",
  evidence: `cpaOkProbability cpaUpper80 evidenceUp evidenceDown stable settledPercent dataUnsettled trackingSuspect marginalCpa
    rank rankPercent`,
  entity: `name labels platform stage objective status ageHours ageDays learning bidStrategy dailyBudget lifetimeBudget budgetOwner
    budgetPeriod budgetUsedPercent budgetLimited anchorBudget daysSinceChange lastChangedBy pausedBy pausedByRule hoursSincePaused
    searchImpressionSharePercent searchLostToBudgetPercent searchLostToRankPercent`,
  brand: `revenue orders newCustomers sessions mer cosPercent costPerOrder cac aov ltvToCac cm3 grossMarginLeft breakEvenMer
    breakEvenCpa incrementalMer siteConversionRatePercent overclaimRatio channelSharePercent stageSharePercent groupSharePercent
    monthSpentPercent monthElapsedPercent newAdsPer5000`,
  time: "weekday localHour dayOfMonth daysToEvent daysSinceEvent always",
  actions: "raiseBudget cutBudget setBudget pause resume notify hold allocate assign",
  pack: "id description parameters layers extends",
  brandFile: "parameters metrics conversions groups handsOff accountStop calendar packs",
  windows: `1d 7d 14d..8d today 7d+today lifetime lifetime+today sinceChange sinceChange+today thisWeek thisWeek+today thisMonth
    thisMonth+today lastWeek lastMonth event:black-friday before:black-friday:14d`,
} as const;

function words(text: string): string[] {
  return text.split(/\s+/);
}

function lacking(text: string, known: Iterable<string>): string[] {
  const all = new Set(known);
  return words(text).filter((word) => !all.has(word));
}

describe("the rule language", () => {
  const facts = factCatalogue.map(({ id }) => id);

  it.each(["counters", "ratios", "evidence", "entity", "brand", "time"] as const)(
    "has all facts about %s",
    (topic) => {
      expect(lacking(WORDS[topic], facts)).toEqual([]);
    },
  );

  it.each<[keyof typeof WORDS, object]>([
    ["keys", ruleFileSchema.shape],
    ["scope", scopeShape.shape],
    ["params", paramsShape.shape],
    ["pack", packFileSchema.shape],
    ["brandFile", brandFileSchema.shape],
  ])("has all %s of its files", (part, shape) => {
    expect(lacking(WORDS[part], Object.keys(shape))).toEqual([]);
  });

  it("has all operators, and no second spelling of one", () => {
    expect(operators.map(({ id }) => id).toSorted()).toEqual(words(WORDS.operators).toSorted());
  });

  it("has all actions, and no other", () => {
    const types = actionShape.options.flatMap(({ shape }) => [...shape.type.values]);
    expect([...new Set(types)].toSorted()).toEqual(words(WORDS.actions).toSorted());
  });

  it.each(words(WORDS.windows))("knows the window %s", (window) => {
    expect(readWindow(window)).not.toBeNull();
  });
});
