import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factCatalogue, metricMessageFigures, metricMessageKeys } from "../../lib/metrics/index.ts";
import { metricMessage } from "../../lib/metrics/messages.ts";

const readme = readFileSync(new URL("../../lib/metrics/README.md", import.meta.url), "utf8");

describe("lib/metrics: catalogue", () => {
  it("names each fact once, in one vocabulary", () => {
    expect(factCatalogue.map(({ id }) => id)).toEqual(
      [
        "spend impressions clicks linkClicks conversions conversionValue videoViews reach frequency expectedConversions",
        "cpm cpc linkCpc ctrPercent linkCtrPercent conversionRatePercent cpa cpaAtLeast roas roiPercent",
        "cpaOkProbability stable cpaUpper80 evidenceUp evidenceDown marginalCpa settledPercent dataUnsettled trackingSuspect",
        "rank rankPercent",
        "name platform stage objective labels bidStrategy status learning ageHours ageDays daysSinceChange",
        "lastChangedBy pausedBy pausedByRule hoursSincePaused",
        "dailyBudget lifetimeBudget budgetOwner budgetPeriod budgetUsedPercent budgetLimited anchorBudget",
        "searchImpressionSharePercent searchLostToBudgetPercent searchLostToRankPercent",
        "revenue orders newCustomers sessions qualifiedLeads aov siteConversionRatePercent",
        "mer cosPercent cac ltvToCac costPerOrder costPerQualifiedLead cm3 grossMarginLeft breakEvenMer breakEvenCpa",
        "incrementalMer overclaimRatio stageSharePercent groupSharePercent channelSharePercent newAdsPer5000",
        "targetCpa contributionMargin wantedProfit merFloor merAlarm",
        "stageBandLowPercent stageBandHighPercent weekday localHour dayOfMonth monthSpentPercent monthElapsedPercent daysToEvent daysSinceEvent always",
      ].flatMap((line) => line.split(" ")),
    );
  });

  it("carries percent in every name that has it, and only there", () => {
    const percents = factCatalogue.filter(({ unit }) => unit === "percent").map(({ id }) => id);
    expect(percents).toEqual(factCatalogue.map(({ id }) => id).filter((id) => id.endsWith("Percent")));
  });

  it("says in both languages and one sentence what each fact is", () => {
    for (const { id, label, doc, source } of factCatalogue) {
      expect([id, label.en.length > 0, label.fr.length > 0, source.length > 0]).toEqual([
        id,
        true,
        true,
        true,
      ]);
      expect(doc).toMatch(/^[^\n]{10,}\.$/);
    }
  });
});

describe("lib/metrics/messages", () => {
  it("gives each figure of a message its unit", () => {
    expect(metricMessage("noData.tooFewDays", { have: 3, need: 7 })).toEqual({
      key: "noData.tooFewDays",
      values: { have: { value: 3, unit: "days" }, need: { value: 7, unit: "days" } },
    });
  });

  it("lists every key with its figures in the folder's README", () => {
    const listed = [...readme.matchAll(/^\| `((?:noData|stable|rank)\.\w+)` \| (.*?) \|/gm)].map(
      ([, key, figures]) => [key, figures],
    );
    const expected = metricMessageKeys.map((key) => {
      const figures = Object.entries(metricMessageFigures[key] ?? {});
      return [key, figures.map(([name, unit]) => `${name} (${unit})`).join(", ") || "none"];
    });
    expect(listed).toEqual(expected);
  });
});
