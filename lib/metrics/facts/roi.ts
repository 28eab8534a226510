/** What a spent euro brought back: as platforms claim it, or as the shop earned it. */
import { DomainError } from "../../domain/errors.ts";
import { decimalRatio, exactRatio } from "../arithmetic.ts";
import { fromClaimed } from "../claimed.ts";
import { contributionOf } from "../contribution.ts";
import {
  brandSpend,
  CORRECTED_FOR_DELAY,
  EVERY_LEVEL,
  exposureReader,
  type MetricContext,
  type MetricFact,
  NAMED,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData, type Outcome } from "../outcome.ts";

const MILLION = 1_000_000;
const NO_SPEND = noData(metricMessage("noData.noSpend", {}));

const onClaimed = fromClaimed("value", ({ params }) => {
  const readSpend = exposureReader(params);
  return (readValue, source, delivery) => {
    const valueMicros = readValue(delivery);
    if (typeof valueMicros !== "number") return valueMicros;
    const spendMicros = readSpend(delivery);
    if (typeof spendMicros !== "number") return spendMicros;
    if (spendMicros === 0) return NO_SPEND;
    return known(decimalRatio(valueMicros - spendMicros, spendMicros, 100), source);
  };
});

export const roiPercent: MetricFact = {
  id: "roiPercent",
  label: { en: "ROI", fr: "ROI" },
  unit: "percent",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, "basis", ...NAMED],
  goodSide: "high",
  range: [-100, 100_000],
  doc: "100 x (conversionValue - spend) / spend, on claimed value, so 300 when 1 brings 4; with the basis `revenue` of the brand, 100 x (revenue - all it spends) / all it spends, with `grossProfit` the same of what its sales leave before advertising (see cm3): 88 at 47 % margin. No data without spend, or when the margin is unknown.",
  source: "conversionValue and spend; with a basis the brand's shop and all its accounts",
  read: (context) => {
    const { basis, ...params } = context.params;
    if (basis === undefined) return onClaimed(context);
    if ((basis !== "revenue" && basis !== "grossProfit") || params[CORRECTED_FOR_DELAY] === true) {
      const detail = `roiPercent has the basis revenue or grossProfit, without ${CORRECTED_FOR_DELAY}`;
      throw new DomainError("metrics.badParams", detail);
    }
    const outcome = basis === "revenue" ? onRevenue(context) : onGrossProfit(context);
    return () => outcome;
  },
};

function onRevenue(context: MetricContext): Outcome {
  const spent = brandSpend(context);
  if (spent.kind === "noData") return spent;
  const revenue = context.shop("revenue");
  if (revenue.kind === "noData") return revenue;
  if (spent.micros === 0) return NO_SPEND;
  const percent = decimalRatio(revenue.value - spent.micros, spent.micros, 100);
  return known(percent, `${revenue.source}; ${spent.source}`);
}

function onGrossProfit(context: MetricContext): Outcome {
  const spent = brandSpend(context);
  if (spent.kind === "noData") return spent;
  const contribution = contributionOf(context);
  if (contribution.kind === "noData") return contribution;
  if (spent.micros === 0) return NO_SPEND;
  const cost = BigInt(spent.micros) * contribution.scale;
  const percent = exactRatio((contribution.left - cost) * 100n * BigInt(MILLION), cost) / MILLION;
  return known(percent, `${contribution.source}; ${spent.source}`);
}
