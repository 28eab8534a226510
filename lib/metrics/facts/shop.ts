/** What the shop earned: one brand, one shop, readable at every level. */
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import { type BrandFact, EVERY_LEVEL, type MetricContext } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData, type Outcome } from "../outcome.ts";
import { type ShopFigure, type ShopTotal, soldTo } from "../shop.ts";

export const revenue: BrandFact = {
  id: "revenue",
  label: { en: "revenue", fr: "chiffre d'affaires" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["customers"],
  goodSide: "high",
  doc: "What the shop earned, net of VAT, discounts and refunds; with `customers` `new`, what new customers brought, with `returning` the rest. No data when a day of the window is missing.",
  source: "the brand's shop",
  read: ({ params, shop }) => toOutcome(soldTo(params, "revenue", shop)),
};

export const orders: BrandFact = {
  id: "orders",
  label: { en: "orders", fr: "commandes" },
  unit: "count",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["customers"],
  goodSide: "high",
  doc: "Orders of the shop; with `customers` `new`, first orders (newCustomers), with `returning` the rest. No data when a day of the window is missing, or tells more first orders than orders.",
  source: "the brand's shop",
  read: ({ params, shop }) => toOutcome(soldTo(params, "orders", shop)),
};

export const newCustomers: BrandFact = {
  id: "newCustomers",
  label: { en: "new customers", fr: "nouveaux clients" },
  unit: "count",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Customers with their first order; no data when a day of the window is missing.",
  source: "the brand's shop",
  read: total("newCustomers"),
};

export const sessions: BrandFact = {
  id: "sessions",
  label: { en: "sessions", fr: "sessions" },
  unit: "count",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Visits of the shop; no data when a day of the window is missing.",
  source: "the brand's shop",
  read: total("sessions"),
};

export const aov: BrandFact = {
  id: "aov",
  label: { en: "average order value", fr: "panier moyen" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["customers"],
  goodSide: "high",
  doc: "revenue / orders, both of the `customers` asked for (all, new or returning); no data without orders.",
  source: "revenue and orders",
  read: ({ params, shop }) => {
    const earned = soldTo(params, "revenue", shop);
    if (earned.kind === "noData") return earned;
    const ordered = soldTo(params, "orders", shop);
    if (ordered.kind === "noData") return ordered;
    if (ordered.value === 0) return noData(metricMessage("noData.noOrders", {}));
    return known(integerRatio(earned.value, ordered.value), earned.source);
  },
};

export const siteConversionRatePercent: BrandFact = {
  id: "siteConversionRatePercent",
  label: { en: "site conversion rate", fr: "taux de conversion du site" },
  unit: "percent",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "100 x orders / sessions; no data without sessions.",
  source: "orders and sessions",
  read: (context) => {
    const ordered = context.shop("orders");
    if (ordered.kind === "noData") return ordered;
    const visits = context.shop("sessions");
    if (visits.kind === "noData") return visits;
    if (visits.value === 0) return noData(metricMessage("noData.noSessions", {}));
    return known(decimalRatio(ordered.value, visits.value, 100), ordered.source);
  },
};

/** What the shop says of one figure over the window. */
export function total(figure: ShopFigure): (context: MetricContext) => Outcome {
  return (context) => toOutcome(context.shop(figure));
}

function toOutcome(sum: ShopTotal | NoData): Outcome {
  return sum.kind === "noData" ? sum : known(sum.value, sum.source);
}
