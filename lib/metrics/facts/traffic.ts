/** What attention costs: ratios of spend, impressions and clicks, each from the window's sums. */
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import { MILLIONTHS } from "../columns.ts";
import {
  CONVERSION,
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  claimedBy,
  EVERY_LEVEL,
  fromColumns,
  fromDelivery,
  type MetricFact,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";
import { sumOf } from "../sums.ts";

const noImpressions = metricMessage("noData.noImpressions", {});
const noClicks = metricMessage("noData.noClicks", {});
const noLinkClicks = metricMessage("noData.noLinkClicks", {});

export const cpm: MetricFact = {
  id: "cpm",
  label: { en: "CPM", fr: "CPM" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "1000 x spend / impressions; no data without impressions.",
  source: "spend and impressions",
  read: fromColumns(["spendMicros", "impressions"], ({ spendMicros, impressions }, { source }) =>
    impressions === 0 ? noData(noImpressions) : known(integerRatio(spendMicros, impressions, 1000), source),
  ),
};

export const cpc: MetricFact = {
  id: "cpc",
  label: { en: "CPC", fr: "CPC" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "spend / clicks; no data without clicks.",
  source: "spend and clicks",
  read: fromColumns(["spendMicros", "clicks"], ({ spendMicros, clicks }, { source }) =>
    clicks === 0 ? noData(noClicks) : known(integerRatio(spendMicros, clicks), source),
  ),
};

export const linkCpc: MetricFact = {
  id: "linkCpc",
  label: { en: "cost per link click", fr: "coût par clic sur lien" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "spend / linkClicks; no data without link clicks.",
  source: "spend and linkClicks",
  read: fromColumns(["spendMicros", "linkClicks"], ({ spendMicros, linkClicks }, { source }) =>
    linkClicks === 0 ? noData(noLinkClicks) : known(integerRatio(spendMicros, linkClicks), source),
  ),
};

export const ctrPercent: MetricFact = {
  id: "ctrPercent",
  label: { en: "CTR", fr: "CTR" },
  unit: "percent",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "100 x clicks / impressions; no data without impressions.",
  source: "clicks and impressions",
  read: fromColumns(["clicks", "impressions"], ({ clicks, impressions }, { source }) =>
    impressions === 0 ? noData(noImpressions) : known(decimalRatio(clicks, impressions, 100), source),
  ),
};

export const linkCtrPercent: MetricFact = {
  id: "linkCtrPercent",
  label: { en: "link CTR", fr: "CTR sur lien" },
  unit: "percent",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "100 x linkClicks / impressions; no data without impressions.",
  source: "linkClicks and impressions",
  read: fromColumns(["linkClicks", "impressions"], ({ linkClicks, impressions }, { source }) =>
    impressions === 0 ? noData(noImpressions) : known(decimalRatio(linkClicks, impressions, 100), source),
  ),
};

export const conversionRatePercent: MetricFact = {
  id: "conversionRatePercent",
  label: { en: "conversion rate", fr: "taux de conversion" },
  unit: "percent",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON, CONVERSION],
  goodSide: "high",
  doc: "100 x conversions / clicks; no data without clicks. `correctedForDelay` counts only the clicks that the conversions there are by now can be held against.",
  source: "conversions and clicks",
  read: fromDelivery((delivery, context) => {
    const claimed = claimedBy(delivery, context);
    if (claimed.kind === "noData") return claimed;
    const conversions = sumOf(delivery, claimed.conversions);
    if (typeof conversions !== "number") return conversions;
    const corrected = context.params[CORRECTED_FOR_DELAY] === true;
    const clicks = sumOf(delivery, corrected ? "settledClickMillionths" : "clicks");
    if (typeof clicks !== "number") return clicks;
    if (clicks === 0) return noData(noClicks);
    return known(decimalRatio(conversions, corrected ? clicks : clicks * MILLIONTHS, 100), claimed.source);
  }),
};
