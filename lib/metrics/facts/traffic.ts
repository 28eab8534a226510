/** What attention costs: ratios of spend, impressions and clicks, each from the window's sums. */
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import {
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  claimedBy,
  EVERY_LEVEL,
  fromDelivery,
  type MetricFact,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";
import { MILLIONTHS } from "../series.ts";

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
  read: fromDelivery(({ totals, source }) =>
    totals.impressions === 0
      ? noData(noImpressions)
      : known(integerRatio(totals.spendMicros, totals.impressions, 1000), source),
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
  read: fromDelivery(({ totals, source }) =>
    totals.clicks === 0 ? noData(noClicks) : known(integerRatio(totals.spendMicros, totals.clicks), source),
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
  read: fromDelivery(({ totals, source }) =>
    totals.linkClicks === 0
      ? noData(noLinkClicks)
      : known(integerRatio(totals.spendMicros, totals.linkClicks), source),
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
  read: fromDelivery(({ totals, source }) =>
    totals.impressions === 0
      ? noData(noImpressions)
      : known(decimalRatio(totals.clicks, totals.impressions, 100), source),
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
  read: fromDelivery(({ totals, source }) =>
    totals.impressions === 0
      ? noData(noImpressions)
      : known(decimalRatio(totals.linkClicks, totals.impressions, 100), source),
  ),
};

export const conversionRatePercent: MetricFact = {
  id: "conversionRatePercent",
  label: { en: "conversion rate", fr: "taux de conversion" },
  unit: "percent",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON],
  goodSide: "high",
  doc: "100 x conversions / clicks; no data without clicks. `correctedForDelay` counts only the clicks that the conversions there are by now can be held against.",
  source: "conversions and clicks",
  read: fromDelivery((delivery, { params }) => {
    const claimed = claimedBy(delivery, params);
    if (claimed.kind === "noData") return claimed;
    const { totals } = delivery;
    const corrected = params[CORRECTED_FOR_DELAY] === true;
    const clickMillionths = corrected ? totals.settledClickMillionths : totals.clicks * MILLIONTHS;
    if (clickMillionths === 0) return noData(noClicks);
    return known(decimalRatio(claimed.conversionMillionths, clickMillionths, 100), claimed.source);
  }),
};
