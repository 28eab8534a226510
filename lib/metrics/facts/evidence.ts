/** Is a result good, and is it steady? Both ask the same days, with spend discounted by what has arrived. */
import { sixDecimals } from "../arithmetic.ts";
import { MILLIONTHS } from "../columns.ts";
import type { Delivery } from "../delivery.ts";
import { EVERY_LEVEL, fromColumns, fromDelivery, type MetricFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData, type Outcome } from "../outcome.ts";
import { parameterFor } from "../parameters.ts";
import {
  cusum,
  cusumLimit,
  type DayCount,
  MAX_PHI,
  MAX_Z_SPLIT,
  MIN_STABLE_CONVERSIONS,
  MIN_STABLE_DAYS,
  phi,
  cpaOkProbability as probabilityOf,
  zSplit,
} from "../statistics.ts";
import { daysIn, sumsOf } from "../sums.ts";

export const cpaOkProbability: MetricFact = {
  id: "cpaOkProbability",
  label: { en: "P(CPA within 1.25 x target)", fr: "P(CPA à moins de 1,25 x l'objectif)" },
  unit: "probability",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Probability that the true CPA is at most 1.25 x targetCpa, from conversions and settled spend divided by their over-dispersion; no data without a target or under 7 days with spend.",
  source: "Gamma posterior with one conversion at target as prior, Wilson-Hilferty approximation",
  read: fromDelivery((delivery, context) => {
    const target = parameterFor(context.brand, context.node, "targetCpa");
    if (target.kind === "noData") return target;
    const days = deliveringDays(delivery);
    if (!Array.isArray(days)) return days;
    const tooFew = tooFewDays(days);
    if (tooFew !== null) return tooFew;
    const sums = sumsOf(delivery, ["settledSpendMicros", "conversionMillionths"]);
    if (sums.kind === "noData") return sums;
    const probability = probabilityOf({
      spend: sums.settledSpendMicros,
      conversions: Math.max(0, sums.conversionMillionths / MILLIONTHS),
      targetCpa: target.value,
      phi: phi(days),
    });
    return known(sixDecimals(probability), `${delivery.conversionSource}; ${target.source}`);
  }),
};

export const stable: MetricFact = {
  id: "stable",
  label: { en: "stable results", fr: "résultats stables" },
  unit: "flag",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "True when daily conversions scatter no more than 2.5 times Poisson noise (phi), the two halves agree (|zSplit| under 1.64) and a CUSUM against the 28-day CPA raises no alarm; no data under 7 days with spend or 10 conversions.",
  source: "phi, zSplit and Poisson CUSUM on conversions and settled spend",
  read: fromColumns(["conversionMillionths"], ({ conversionMillionths }, delivery, context) => {
    const days = deliveringDays(delivery);
    if (!Array.isArray(days)) return days;
    const tooFew = tooFewDays(days) ?? tooFewConversions(conversionMillionths / MILLIONTHS);
    if (tooFew !== null) return tooFew;
    const base = context.baseDelivery();
    return base.kind === "noData" ? base : stability(days, base, delivery.conversionSource);
  }),
};

/** The first component that fails is the reason, in the order: scatter, halves, worsening. */
function stability(days: readonly DayCount[], base: Delivery, source: string): Outcome {
  const dispersion = sixDecimals(phi(days));
  if (dispersion > MAX_PHI) {
    return known(false, source, metricMessage("stable.overDispersed", { phi: dispersion, limit: MAX_PHI }));
  }
  const split = sixDecimals(zSplit(days, dispersion));
  if (Math.abs(split) >= MAX_Z_SPLIT) {
    return known(false, source, metricMessage("stable.halvesDiffer", { zSplit: split, limit: MAX_Z_SPLIT }));
  }
  const baseDays = deliveringDays(base);
  if (!Array.isArray(baseDays)) return baseDays;
  const sums = sumsOf(base, ["conversionMillionths", "settledSpendMicros"]);
  if (sums.kind === "noData") return sums;
  const conversions = sums.conversionMillionths / MILLIONTHS;
  if (conversions <= 0) return noData(metricMessage("noData.noConversions", {}));
  const highest = sixDecimals(cusum(days, sums.settledSpendMicros / conversions));
  const limit = sixDecimals(cusumLimit(conversions / baseDays.length));
  if (highest >= limit) {
    return known(false, source, metricMessage("stable.worsening", { cusum: highest, limit }));
  }
  return known(true, source);
}

/** Days without spend say nothing of how spend converts, whatever earlier ones still bring on them. */
function deliveringDays(delivery: Delivery): DayCount[] | NoData {
  const columns = daysIn(delivery, ["spendMicros", "settledSpendMicros", "conversionMillionths"]);
  if (!Array.isArray(columns)) return columns;
  const [spent = [], settled = [], conversions = []] = columns;
  const days: DayCount[] = [];
  for (let index = 0; index < spent.length; index++) {
    const spend = settled[index] ?? 0;
    if ((spent[index] ?? 0) <= 0 || spend <= 0) continue;
    days.push({ spend, conversions: (conversions[index] ?? 0) / MILLIONTHS });
  }
  return days;
}

function tooFewDays(days: readonly DayCount[]): NoData | null {
  if (days.length >= MIN_STABLE_DAYS) return null;
  return noData(metricMessage("noData.tooFewDays", { have: days.length, need: MIN_STABLE_DAYS }));
}

function tooFewConversions(have: number): NoData | null {
  if (have >= MIN_STABLE_CONVERSIONS) return null;
  return noData(metricMessage("noData.tooFewConversions", { have, need: MIN_STABLE_CONVERSIONS }));
}
