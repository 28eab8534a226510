/** What attention costs: ratios of spend, impressions and clicks, each from the window's sums. */
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import { fromClaimed } from "../claimed.ts";
import { MILLIONTHS } from "../delivery/columns.ts";
import { sumReader } from "../delivery/sums.ts";
import {
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  EVERY_LEVEL,
  fromColumns,
  type MetricFact,
  NAMED,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const NO_IMPRESSIONS = noData(metricMessage("noData.noImpressions", {}));
const NO_CLICKS = noData(metricMessage("noData.noClicks", {}));
const NO_LINK_CLICKS = noData(metricMessage("noData.noLinkClicks", {}));

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
  read: fromColumns(["spendMicros", "impressions"], (spendMicros, impressions, { source }) =>
    impressions === 0 ? NO_IMPRESSIONS : known(integerRatio(spendMicros, impressions, 1000), source),
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
  read: fromColumns(["spendMicros", "clicks"], (spendMicros, clicks, { source }) =>
    clicks === 0 ? NO_CLICKS : known(integerRatio(spendMicros, clicks), source),
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
  read: fromColumns(["spendMicros", "linkClicks"], (spendMicros, linkClicks, { source }) =>
    linkClicks === 0 ? NO_LINK_CLICKS : known(integerRatio(spendMicros, linkClicks), source),
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
  read: fromColumns(["clicks", "impressions"], (clicks, impressions, { source }) =>
    impressions === 0 ? NO_IMPRESSIONS : known(decimalRatio(clicks, impressions, 100), source),
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
  read: fromColumns(["linkClicks", "impressions"], (linkClicks, impressions, { source }) =>
    impressions === 0 ? NO_IMPRESSIONS : known(decimalRatio(linkClicks, impressions, 100), source),
  ),
};

export const conversionRatePercent: MetricFact = {
  id: "conversionRatePercent",
  label: { en: "conversion rate", fr: "taux de conversion" },
  unit: "percent",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, COUNTED_ON, ...NAMED],
  goodSide: "high",
  doc: "100 x conversions / clicks; no data without clicks. `correctedForDelay` counts only the clicks that the conversions there are by now can be held against.",
  source: "conversions and clicks",
  read: fromClaimed("conversions", ({ params }) => {
    const corrected = params[CORRECTED_FOR_DELAY] === true;
    const readClicks = sumReader(corrected ? "settledClickMillionths" : "clicks");
    return (readConversions, source, delivery) => {
      const conversions = readConversions(delivery);
      if (typeof conversions !== "number") return conversions;
      const clicks = readClicks(delivery);
      if (typeof clicks !== "number") return clicks;
      if (clicks === 0) return NO_CLICKS;
      return known(decimalRatio(conversions, corrected ? clicks : clicks * MILLIONTHS, 100), source);
    };
  }),
};
