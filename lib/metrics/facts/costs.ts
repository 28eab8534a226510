/** What a conversion costs and returns by the platform's own count. */
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import { MILLIONTHS } from "../columns.ts";
import {
  CONVERSION,
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  claimedBy,
  EVERY_LEVEL,
  exposureMicros,
  fromColumns,
  fromDelivery,
  type MetricFact,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";
import { sumOf } from "../sums.ts";

const noConversions = metricMessage("noData.noConversions", {});
const noSpend = metricMessage("noData.noSpend", {});

export const cpa: MetricFact = {
  id: "cpa",
  label: { en: "CPA", fr: "CPA" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON, CONVERSION],
  goodSide: "low",
  doc: "spend / conversions; no data without conversions. With `conversion` `lead`, what a lead costs (CPL).",
  source: "spend and conversions",
  read: fromDelivery((delivery, context) => {
    const claimed = claimedBy(delivery, context);
    if (claimed.kind === "noData") return claimed;
    const millionths = sumOf(delivery, claimed.conversions);
    if (typeof millionths !== "number") return millionths;
    // Corrections can take away more than a short window brought: a CPA below 0 would look like the best of all.
    if (millionths <= 0) return noData(noConversions);
    const spendMicros = exposureMicros(delivery, context.params);
    if (typeof spendMicros !== "number") return spendMicros;
    return known(integerRatio(spendMicros, millionths, MILLIONTHS), claimed.source);
  }),
};

export const cpaAtLeast: MetricFact = {
  id: "cpaAtLeast",
  label: { en: "CPA at best", fr: "CPA au mieux" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY],
  goodSide: "low",
  doc: "spend / conversions, counting at least one conversion: the CPA at best of what has none yet.",
  source: "spend and conversions",
  read: fromColumns(["conversionMillionths"], ({ conversionMillionths }, delivery, { params }) => {
    const spendMicros = exposureMicros(delivery, params);
    if (typeof spendMicros !== "number") return spendMicros;
    const millionths = Math.max(MILLIONTHS, conversionMillionths);
    return known(integerRatio(spendMicros, millionths, MILLIONTHS), delivery.conversionSource);
  }),
};

export const roas: MetricFact = {
  id: "roas",
  label: { en: "ROAS", fr: "ROAS" },
  unit: "ratio",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON],
  goodSide: "high",
  doc: "conversionValue / spend, on claimed value; no data without spend, 0 with spend and no value.",
  source: "conversionValue and spend",
  read: fromDelivery((delivery, context) => {
    const claimed = claimedBy(delivery, context);
    if (claimed.kind === "noData") return claimed;
    const spendMicros = exposureMicros(delivery, context.params);
    if (typeof spendMicros !== "number") return spendMicros;
    if (spendMicros === 0) return noData(noSpend);
    const valueMicros = sumOf(delivery, claimed.value);
    if (typeof valueMicros !== "number") return valueMicros;
    return known(decimalRatio(valueMicros, spendMicros), claimed.source);
  }),
};
