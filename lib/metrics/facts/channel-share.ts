/** How much hangs on one channel: by the shop's own sources of revenue, or by what its accounts spend. */
import { DomainError } from "../../domain/errors.ts";
import { decimalRatio } from "../arithmetic.ts";
import {
  type BrandFact,
  brandSpend,
  EVERY_LEVEL,
  type MetricContext,
  type Spent,
  spentWith,
} from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData, type Outcome } from "../outcome.ts";

export const channelSharePercent: BrandFact = {
  id: "channelSharePercent",
  label: { en: "channel share", fr: "part du canal" },
  unit: "percent",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["channel", "basis"],
  goodSide: null,
  doc: "With the basis `revenue` 100 x revenue that the shop puts down to `channel` (`meta`, `google`, `email` ...) / revenue, no data when it does not say so on a day or earned nothing; with `spend` 100 x spend of that platform's accounts, or of that source outside the accounts, / all the brand spends, no data without spend or where it is neither.",
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
  const whole = brandSpend(context);
  if (whole.kind === "noData") return whole;
  const part = channelSpend(context, channel);
  if (part.kind === "noData") return part;
  if (whole.micros === 0) return noData(metricMessage("noData.noSpend", {}));
  return known(decimalRatio(part.micros, whole.micros, 100), `${part.source} of ${whole.source}`);
}

/** A source of spend outside the accounts is a channel, beside the accounts of a platform of that name where there are any. */
function channelSpend(context: MetricContext, channel: string): Spent | NoData {
  const other = context.otherSpend(channel);
  const delivery = context.platformDelivery(channel);
  if (delivery.kind === "delivery") return spentWith(delivery, other);
  return other !== null && delivery.reason.key === "noData.channelUnknown" ? other : delivery;
}

function ofRevenue(context: MetricContext, channel: string): Outcome {
  const whole = context.shop("revenue");
  if (whole.kind === "noData") return whole;
  const part = context.shopSource(channel);
  if (part.kind === "noData") return part;
  if (whole.value <= 0) return noData(metricMessage("noData.noRevenue", {}));
  return known(decimalRatio(part.value, whole.value, 100), `${part.source} source ${channel}`);
}
