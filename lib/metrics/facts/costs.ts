/** What a conversion costs and returns by the platform's own count. */
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import {
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  claimedBy,
  EVERY_LEVEL,
  exposureMicros,
  fromDelivery,
  type MetricFact,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";
import { MILLIONTHS } from "../series.ts";

const noConversions = metricMessage("noData.noConversions", {});
const noSpend = metricMessage("noData.noSpend", {});

export const cpa: MetricFact = {
  id: "cpa",
  label: { en: "CPA", fr: "CPA" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON],
  goodSide: "low",
  doc: "spend / conversions; no data without conversions.",
  source: "spend and conversions",
  read: fromDelivery((delivery, { params }) => {
    const claimed = claimedBy(delivery, params);
    if (claimed.kind === "noData") return claimed;
    const { conversionMillionths, source } = claimed;
    // Corrections can take away more than a short window brought: a CPA below 0 would look like the best of all.
    if (conversionMillionths <= 0) return noData(noConversions);
    return known(integerRatio(exposureMicros(delivery, params), conversionMillionths, MILLIONTHS), source);
  }),
};

export const cpaAtLeast: MetricFact = {
  id: "cpaAtLeast",
  label: { en: "CPA at best", fr: "CPA au mieux" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY],
  goodSide: "low",
  doc: "spend / conversions, counting at least one conversion: the CPA at best of what has none yet.",
  source: "spend and conversions",
  read: fromDelivery((delivery, { params }) => {
    const millionths = Math.max(MILLIONTHS, delivery.totals.conversionMillionths);
    const micros = integerRatio(exposureMicros(delivery, params), millionths, MILLIONTHS);
    return known(micros, delivery.conversionSource);
  }),
};

export const roas: MetricFact = {
  id: "roas",
  label: { en: "ROAS", fr: "ROAS" },
  unit: "ratio",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON],
  goodSide: "high",
  doc: "conversionValue / spend, on claimed value; no data without spend, 0 with spend and no value.",
  source: "conversionValue and spend",
  read: fromDelivery((delivery, { params }) => {
    const claimed = claimedBy(delivery, params);
    if (claimed.kind === "noData") return claimed;
    const spendMicros = exposureMicros(delivery, params);
    if (spendMicros === 0) return noData(noSpend);
    return known(decimalRatio(claimed.valueMicros, spendMicros), claimed.source);
  }),
};

export const roiPercent: MetricFact = {
  id: "roiPercent",
  label: { en: "ROI", fr: "ROI" },
  unit: "percent",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY],
  goodSide: "high",
  range: [-100, 100_000],
  doc: "100 x (conversionValue - spend) / spend, on claimed value, so 300 when 1 brings 4; no data without spend.",
  source: "conversionValue and spend",
  read: fromDelivery((delivery, { params }) => {
    const spendMicros = exposureMicros(delivery, params);
    if (spendMicros === 0) return noData(noSpend);
    const gainMicros = delivery.totals.conversionValueMicros - spendMicros;
    return known(decimalRatio(gainMicros, spendMicros, 100), delivery.conversionSource);
  }),
};
