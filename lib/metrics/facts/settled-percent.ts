/** How much of what a window will ever show has arrived. */
import { decimalRatio } from "../arithmetic.ts";
import { EVERY_LEVEL, fromColumns, type MetricFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const NO_SPEND = noData(metricMessage("noData.noSpend", {}));

export const settledPercent: MetricFact = {
  id: "settledPercent",
  label: { en: "conversions arrived", fr: "conversions arrivées" },
  unit: "percent",
  kind: "metric",
  topic: "evidence",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Share of the window's conversions expected to have arrived by now, at most 100. Where conversions belong to the day of the click: each day's share by its age, weighted by spend. Where they belong to their own day: what the window's days and those before brought into it, so 100 at a steady pace and less after a raise. No data without spend.",
  source: "spend and the platform's maturity by age",
  read: fromColumns(["spendMicros", "settledSpendMicros"], (spendMicros, settledSpendMicros, { source }) =>
    spendMicros === 0
      ? NO_SPEND
      : known(Math.min(100, decimalRatio(settledSpendMicros, spendMicros, 100)), source),
  ),
};
