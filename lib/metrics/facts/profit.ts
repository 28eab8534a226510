/** What is left of the shop's sales once advertising is paid: the profit numbers, below 0 where it costs more than they leave. */
import { exactRatio } from "../arithmetic.ts";
import { contributionOf } from "../contribution.ts";
import { type BrandFact, brandSpend, EVERY_LEVEL, type MetricContext } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData } from "../outcome.ts";

/** In major units: nobody loses more. */
const ANY_AMOUNT = [-1_000_000_000, 1_000_000_000] as const;

export const cm3: BrandFact = {
  id: "cm3",
  label: { en: "CM3", fr: "CM3" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  range: ANY_AMOUNT,
  doc: "Contribution margin after marketing: revenue - product cost - fees - all the brand spends where the shop reports those costs, else revenue x contributionMargin - all the brand spends; below 0 when advertising loses money. No data when neither is known.",
  source: "the brand's shop, all its accounts and its contributionMargin",
  read: (context) => {
    const profit = profitOf(context);
    return profit.kind === "noData" ? profit : known(exactRatio(profit.left, profit.scale), profit.source);
  },
};

export const grossMarginLeft: BrandFact = {
  id: "grossMarginLeft",
  label: { en: "margin left per order", fr: "marge restante par commande" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  range: ANY_AMOUNT,
  doc: "cm3 / orders, which is aov x margin - costPerOrder: baskets of 60 at 80 % margin that cost 50 each leave -2, so every sale loses. No data without orders, or when the margin is unknown.",
  source: "the brand's shop, all its accounts and its contributionMargin",
  read: (context) => {
    const profit = profitOf(context);
    if (profit.kind === "noData") return profit;
    const orders = context.shop("orders");
    if (orders.kind === "noData") return orders;
    if (orders.value === 0) return noData(metricMessage("noData.noOrders", {}));
    return known(exactRatio(profit.left, profit.scale * BigInt(orders.value)), profit.source);
  },
};

/** In units of 1 / `scale` of a micro. */
interface Profit {
  kind: "profit";
  left: bigint;
  scale: bigint;
  source: string;
}

function profitOf(context: MetricContext): Profit | NoData {
  const spent = brandSpend(context);
  if (spent.kind === "noData") return spent;
  const contribution = contributionOf(context);
  if (contribution.kind === "noData") return contribution;
  const { left, scale, source } = contribution;
  return {
    kind: "profit",
    left: left - BigInt(spent.micros) * scale,
    scale,
    source: `${source}; ${spent.source}`,
  };
}
