/** How much hangs on one channel: by the shop's own sources of revenue, or by what its accounts spend. */
import { DomainError } from "../../domain/errors.ts";
import { decimalRatio } from "../arithmetic.ts";
import { EVERY_LEVEL, type MetricContext, type MetricFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData, type Outcome } from "../outcome.ts";

export const channelSharePercent: MetricFact = {
  id: "channelSharePercent",
  label: { en: "channel share", fr: "part du canal" },
  unit: "percent",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: ["channel", "basis"],
  goodSide: null,
  doc: "With the basis `revenue` 100 x revenue that the shop puts down to `channel` (`meta`, `google`, `email` ...) / revenue, no data when it does not say so on a day or earned nothing; with `spend` 100 x spend of that platform's accounts / spend of all, no data without spend or without an account there.",
  source: "the brand's shop, revenue by source; spend of all accounts",
  read: (context) => {
    const { channel, basis } = context.params;
    if (typeof channel !== "string" || (basis !== "spend" && basis !== "revenue")) {
      const detail = 'channelSharePercent needs a channel and the basis "spend" or "revenue"';
      throw new DomainError("metrics.badParams", detail);
    }
    return basis === "spend" ? ofSpend(context, channel) : ofRevenue(context, channel);
  },
};

function ofSpend(context: MetricContext, channel: string): Outcome {
  const whole = context.brandDelivery();
  if (whole.kind === "noData") return whole;
  const part = context.platformDelivery(channel);
  if (part.kind === "noData") return part;
  if (whole.totals.spendMicros === 0) return noData(metricMessage("noData.noSpend", {}));
  const percent = decimalRatio(part.totals.spendMicros, whole.totals.spendMicros, 100);
  return known(percent, `${part.source} of ${whole.source}`);
}

function ofRevenue(context: MetricContext, channel: string): Outcome {
  const whole = context.shop("revenue");
  if (whole.kind === "noData") return whole;
  const part = context.shopSource(channel);
  if (part.kind === "noData") return part;
  if (whole.value <= 0) return noData(metricMessage("noData.noRevenue", {}));
  return known(decimalRatio(part.value, whole.value, 100), `${part.source} source ${channel}`);
}
