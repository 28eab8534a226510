/** Spend of all accounts and outside them against what the shop earned: the brand's steering figures, readable at every level. */
import { DomainError } from "../../domain/errors.ts";
import { UNMAPPED_STAGE } from "../../domain/match.ts";
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { type BrandFact, brandSpend, EVERY_LEVEL, type MetricContext, spentWith } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData, type Outcome } from "../outcome.ts";
import { type ShopFigure, type ShopTotal, soldTo } from "../shop.ts";

export const mer: BrandFact = {
  id: "mer",
  label: { en: "MER", fr: "MER" },
  unit: "ratio",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["customers"],
  goodSide: "high",
  doc: "revenue / all the brand spends, in its accounts and outside; with `customers` `new`, revenue of new customers alone (acquisition MER), with `returning` of the others. No data without spend, or when an account or a day of the shop is missing.",
  source: "the brand's shop and all its accounts",
  read: (context) =>
    heldAgainst(context, soldTo(context.params, "revenue", context.shop), (spendMicros, revenueMicros) =>
      spendMicros === 0
        ? noData(metricMessage("noData.noSpend", {}))
        : known(decimalRatio(revenueMicros, spendMicros)),
    ),
};

export const cosPercent: BrandFact = {
  id: "cosPercent",
  label: { en: "cost of sale", fr: "coût des ventes" },
  unit: "percent",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  range: [0, 100_000],
  doc: "100 x all the brand spends / revenue; no data without revenue.",
  source: "the brand's shop and all its accounts",
  read: against("revenue", (spendMicros, revenueMicros) =>
    revenueMicros <= 0
      ? noData(metricMessage("noData.noRevenue", {}))
      : known(decimalRatio(spendMicros, revenueMicros, 100)),
  ),
};

export const cac: BrandFact = {
  id: "cac",
  label: { en: "CAC", fr: "CAC" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "all the brand spends / newCustomers of the shop; no data without new customers.",
  source: "the brand's shop and all its accounts",
  read: against("newCustomers", (spendMicros, customers) =>
    customers === 0
      ? noData(metricMessage("noData.noNewCustomers", {}))
      : known(integerRatio(spendMicros, customers)),
  ),
};

export const costPerOrder: BrandFact = {
  id: "costPerOrder",
  label: { en: "cost per order", fr: "coût par commande" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "all the brand spends / orders of the shop, where CPA counts what platforms claim; no data without orders.",
  source: "the brand's shop and all its accounts",
  read: against("orders", (spendMicros, ordered) =>
    ordered === 0 ? noData(metricMessage("noData.noOrders", {})) : known(integerRatio(spendMicros, ordered)),
  ),
};

export const stageSharePercent: BrandFact = {
  id: "stageSharePercent",
  label: { en: "share of spend", fr: "part de la dépense" },
  unit: "percent",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: ["stage", "basis"],
  goodSide: null,
  doc: "100 x spend of the stage named by `stage` / all the brand spends; `basis` is `spend`. Campaigns of no stage and money outside the accounts are `unmapped`, so shares make 100. No data without spend.",
  source: "spend of campaigns and of all accounts",
  read: (context) => {
    const { stage, basis } = context.params;
    if (basis !== "spend" || typeof stage !== "string") {
      const detail = 'stageSharePercent needs a stage and the basis "spend"';
      throw new DomainError("metrics.badParams", detail);
    }
    return shareOfSpend(context, context.stageDelivery(stage), stage === UNMAPPED_STAGE);
  },
};

/** Share of all the brand spends, in percent; what is in no member takes the money outside the accounts with it. */
export function shareOfSpend(
  context: MetricContext,
  delivery: Delivery | NoData,
  isUnmapped: boolean,
): Outcome {
  const whole = brandSpend(context);
  if (whole.kind === "noData") return whole;
  if (delivery.kind === "noData") return delivery;
  const part = spentWith(delivery, isUnmapped ? context.otherSpend() : null);
  if (part.kind === "noData") return part;
  if (whole.micros === 0) return noData(metricMessage("noData.noSpend", {}));
  return known(decimalRatio(part.micros, whole.micros, 100), part.source);
}

/** Brand spend against one figure of the shop; missing as soon as either is. */
export function against(
  figure: ShopFigure,
  compute: (spendMicros: number, total: number) => Outcome,
): (context: MetricContext) => Outcome {
  return (context) => heldAgainst(context, context.shop(figure), compute);
}

function heldAgainst(
  context: MetricContext,
  total: ShopTotal | NoData,
  compute: (spendMicros: number, total: number) => Outcome,
): Outcome {
  const spent = brandSpend(context);
  if (spent.kind === "noData") return spent;
  if (total.kind === "noData") return total;
  const outcome = compute(spent.micros, total.value);
  return outcome.kind === "noData" ? outcome : { ...outcome, source: `${total.source}; ${spent.source}` };
}
