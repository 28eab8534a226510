/** What the brand's sales leave before advertising. */
import { exactRatio } from "./arithmetic.ts";
import type { MetricContext } from "./fact.ts";
import { metricMessage } from "./messages.ts";
import { type NoData, noData } from "./outcome.ts";

const MILLION = 1_000_000;

/** Exact: `left` is in units of 1 / `scale` of a micro. */
export interface Contribution {
  kind: "contribution";
  revenueMicros: number;
  left: bigint;
  scale: bigint;
  source: string;
}

/**
 * Revenue less product cost and fees where the shop reports both on every day of the window, else revenue x the brand file's
 * default contributionMargin, to six decimals: what single campaigns have is not true of the whole brand.
 */
export function contributionOf(context: MetricContext): Contribution | NoData {
  const revenue = context.shop("revenue");
  if (revenue.kind === "noData") return revenue;
  const productCost = context.shop("productCost");
  const fees = context.shop("fees");
  if (productCost.kind === "shop" && fees.kind === "shop") {
    const left = BigInt(revenue.value) - BigInt(productCost.value) - BigInt(fees.value);
    const source = `${revenue.source}, revenue - product cost - fees`;
    return { kind: "contribution", revenueMicros: revenue.value, left, scale: 1n, source };
  }
  const margin = context.brandParameter("contributionMargin");
  if (margin.kind === "noData") return noData(metricMessage("noData.marginUnknown", {}));
  if (margin.value <= 0 || margin.value > 1) return outOfRange(margin.value);
  return {
    kind: "contribution",
    revenueMicros: revenue.value,
    left: BigInt(revenue.value) * BigInt(Math.round(margin.value * MILLION)),
    scale: BigInt(MILLION),
    source: `${revenue.source}, revenue x contributionMargin; ${margin.source}`,
  };
}

/** The same where sales leave something; no data otherwise, as no advertising breaks even then. */
export function gainOf(context: MetricContext): Contribution | NoData {
  const contribution = contributionOf(context);
  if (contribution.kind === "noData") return contribution;
  const { revenueMicros, left, scale } = contribution;
  if (revenueMicros <= 0) return noData(metricMessage("noData.noRevenue", {}));
  if (left > 0n) return contribution;
  return outOfRange(exactRatio(left * BigInt(MILLION), BigInt(revenueMicros) * scale) / MILLION);
}

function outOfRange(contributionMargin: number): NoData {
  return noData(metricMessage("noData.marginOutOfRange", { contributionMargin, wantedProfit: 0 }));
}
