/** The limits and levels in force, each with where it was set. */
import type { Brand, Limits } from "../domain/brand.ts";
import { figure, money, type Unit } from "../domain/figure.ts";
import type { BrandLine, SettingLine } from "../domain/plan.ts";
import { compareText } from "./draft.ts";

const LIMIT_UNITS: Readonly<Record<keyof Limits, Unit>> = {
  stepPercentProposed: "percent",
  stepPercentApplied: "percent",
  tolerancePercent: "percent",
  dailyFloorMicros: "money",
  dailyCeilingMicros: "money",
  anchorMultiple: "ratio",
  anchorNights: "nights",
  cooldownNightsAfterRaiseProposed: "nights",
  cooldownNightsAfterRaiseApplied: "nights",
  cooldownNightsAfterCut: "nights",
  nightlyRaisePercent: "percent",
  blastRadiusPercent: "percent",
  blastRadiusHolders: "count",
  writesPerRun: "count",
  pausesPerNight: "count",
  settledPercent: "percent",
  minConversionsProposed: "count",
  minConversionsApplied: "count",
  minCpaOkProbabilityProposed: "probability",
  minCpaOkProbabilityApplied: "probability",
  learningUnknownDays: "days",
  foreignEditHours: "hours",
  shadowNights: "nights",
  proposalHours: "hours",
  changesPerHour: "count",
  fourEyesAboveMicros: "money",
  approvalsPerHour: "count",
  rejectedDays: "days",
  rejectedEvidencePercent: "percent",
  restoreDays: "days",
  restoredRuleDays: "days",
  alertAnswerHours: "hours",
  nightFrom: "text",
  nightTo: "text",
};

/** Every limit by name, then the two MER levels, whose source says how they were derived. */
export function settingLines(brand: Brand, { merFloor, merAlarm }: BrandLine): SettingLine[] {
  const ids = Object.keys(LIMIT_UNITS) as (keyof Limits)[];
  const limits = ids.sort(compareText).map((id): SettingLine => {
    const value = brand.limits[id];
    const shown = typeof value === "bigint" ? money(value) : figure(value, LIMIT_UNITS[id]);
    return { id, value: shown, source: brand.limitSources[id] };
  });
  const levels = Object.entries({ merFloor, merAlarm }).map(
    ([id, { value, unit, source }]): SettingLine => ({
      id,
      value: { value, unit },
      source: source ?? "",
    }),
  );
  return [...limits, ...levels];
}
