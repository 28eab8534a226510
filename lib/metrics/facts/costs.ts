/** What a conversion costs and returns by the platform's own count. */
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import { fromClaimed } from "../claimed.ts";
import { MILLIONTHS } from "../delivery/columns.ts";
import {
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  EVERY_LEVEL,
  exposureReader,
  type MetricFact,
  NAMED,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const NO_CONVERSIONS = noData(metricMessage("noData.noConversions", {}));
const NO_SPEND = noData(metricMessage("noData.noSpend", {}));

export const cpa: MetricFact = {
  id: "cpa",
  label: { en: "CPA", fr: "CPA" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON, ...NAMED],
  goodSide: "low",
  doc: "spend / conversions; no data without conversions. With `conversion` `lead`, what a lead costs (CPL).",
  source: "spend and conversions",
  read: fromClaimed("conversions", ({ params }) => {
    const readSpend = exposureReader(params);
    return (readConversions, source, delivery) => {
      const millionths = readConversions(delivery);
      if (typeof millionths !== "number") return millionths;
      // Corrections can take away more than a short window brought: a CPA below 0 would look like the best of all.
      if (millionths <= 0) return NO_CONVERSIONS;
      const spendMicros = readSpend(delivery);
      if (typeof spendMicros !== "number") return spendMicros;
      return known(integerRatio(spendMicros, millionths, MILLIONTHS), source);
    };
  }),
};

export const cpaAtLeast: MetricFact = {
  id: "cpaAtLeast",
  label: { en: "CPA at best", fr: "CPA au mieux" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, ...NAMED],
  goodSide: "low",
  doc: "spend / conversions, counting at least one conversion: the CPA at best of what has none yet.",
  source: "spend and conversions",
  read: fromClaimed("conversions", ({ params }) => {
    const readSpend = exposureReader(params);
    return (readConversions, source, delivery) => {
      const millionths = readConversions(delivery);
      if (typeof millionths !== "number") return millionths;
      const spendMicros = readSpend(delivery);
      if (typeof spendMicros !== "number") return spendMicros;
      const least = Math.max(MILLIONTHS, millionths);
      return known(integerRatio(spendMicros, least, MILLIONTHS), source);
    };
  }),
};

export const roas: MetricFact = {
  id: "roas",
  label: { en: "ROAS", fr: "ROAS" },
  unit: "ratio",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON, ...NAMED],
  goodSide: "high",
  doc: "conversionValue / spend, on claimed value; no data without spend, 0 with spend and no value.",
  source: "conversionValue and spend",
  read: fromClaimed("value", ({ params }) => {
    const readSpend = exposureReader(params);
    return (readValue, source, delivery) => {
      const spendMicros = readSpend(delivery);
      if (typeof spendMicros !== "number") return spendMicros;
      if (spendMicros === 0) return NO_SPEND;
      const valueMicros = readValue(delivery);
      if (typeof valueMicros !== "number") return valueMicros;
      return known(decimalRatio(valueMicros, spendMicros), source);
    };
  }),
};
