/** The dates behind a plan's figures. */
import { type Day, daysBetween } from "../domain/day.ts";
import type { Reading } from "../domain/figure.ts";
import type { Plan } from "../domain/plan.ts";
import { tellsDates } from "../words/evidence-window.ts";

export interface Window {
  days: number;
  from: Day;
  to: Day;
}

/** Every window that a printed figure covers without saying its dates, shortest first. */
export function windowsOf(plan: Plan): Window[] {
  const windows = new Map<string, Window>();
  for (const { from, to } of printed(plan)) {
    if (from !== null && to !== null)
      windows.set(`${from} ${to}`, { days: daysBetween(from, to) + 1, from, to });
  }
  return [...windows.values()].toSorted((a, b) => a.days - b.days || a.from.localeCompare(b.from));
}

function printed(plan: Plan): Reading[] {
  const { brandLine, holders, changes, notices, holds, nearMisses, tooSmall, uncovered } = plan;
  const leaves = [
    ...[...changes, ...notices, ...holds].flatMap((item) => item.evidence),
    ...[...nearMisses, ...tooSmall].flatMap((miss) => miss.failing),
  ];
  return [
    ...[brandLine.spend, brandLine.revenue, brandLine.mer],
    ...brandLine.accounts.flatMap((account) => [account.spend, account.conversionValue]),
    ...brandLine.stages.flatMap((stage) => [stage.spend, stage.sharePercent]),
    ...holders.flatMap((holder) => [holder.spend, holder.conversions, holder.cpa]),
    ...uncovered.map((line) => line.spend),
    ...leaves.flatMap(({ params, value, threshold }) =>
      tellsDates(params) || params.window === "today" ? [threshold] : [value, threshold],
    ),
  ];
}
