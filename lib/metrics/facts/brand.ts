/** Spend of all accounts against what the shop earned: the brand's steering figures, readable at every level. */
import { DomainError } from "../../domain/errors.ts";
import { decimalRatio, integerRatio } from "../arithmetic.ts";
import { EVERY_LEVEL, type MetricContext, type MetricFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData, type Outcome } from "../outcome.ts";
import type { ShopFigure } from "../shop.ts";

export const mer: MetricFact = {
  id: "mer",
  label: { en: "MER", fr: "MER" },
  unit: "ratio",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "revenue / spend of all the brand's accounts; no data without spend, or when an account or a day of the shop is missing.",
  source: "the brand's shop and all its accounts",
  read: against("revenue", (spendMicros, revenueMicros) =>
    spendMicros === 0
      ? noData(metricMessage("noData.noSpend", {}))
      : known(decimalRatio(revenueMicros, spendMicros)),
  ),
};

export const cosPercent: MetricFact = {
  id: "cosPercent",
  label: { en: "cost of sale", fr: "coût des ventes" },
  unit: "percent",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  range: [0, 100_000],
  doc: "100 x spend of all accounts / revenue; no data without revenue.",
  source: "the brand's shop and all its accounts",
  read: against("revenue", (spendMicros, revenueMicros) =>
    revenueMicros <= 0
      ? noData(metricMessage("noData.noRevenue", {}))
      : known(decimalRatio(spendMicros, revenueMicros, 100)),
  ),
};

export const cac: MetricFact = {
  id: "cac",
  label: { en: "CAC", fr: "CAC" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "spend of all accounts / newCustomers of the shop; no data without new customers.",
  source: "the brand's shop and all its accounts",
  read: against("newCustomers", (spendMicros, customers) =>
    customers === 0
      ? noData(metricMessage("noData.noNewCustomers", {}))
      : known(integerRatio(spendMicros, customers)),
  ),
};

export const costPerOrder: MetricFact = {
  id: "costPerOrder",
  label: { en: "cost per order", fr: "coût par commande" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "spend of all accounts / orders of the shop, where CPA counts what platforms claim; no data without orders.",
  source: "the brand's shop and all its accounts",
  read: against("orders", (spendMicros, ordered) =>
    ordered === 0 ? noData(metricMessage("noData.noOrders", {})) : known(integerRatio(spendMicros, ordered)),
  ),
};

export const stageSharePercent: MetricFact = {
  id: "stageSharePercent",
  label: { en: "share of spend", fr: "part de la dépense" },
  unit: "percent",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: ["stage", "basis"],
  goodSide: null,
  doc: "100 x spend of the stage named by `stage` / spend of all accounts; `basis` is `spend`. Campaigns of no stage are `unmapped`, so shares make 100. No data without spend.",
  source: "spend of campaigns and of all accounts",
  read: (context) => {
    const { stage, basis } = context.params;
    if (basis !== "spend" || typeof stage !== "string") {
      const detail = 'stageSharePercent needs a stage and the basis "spend"';
      throw new DomainError("metrics.badParams", detail);
    }
    const whole = context.brandDelivery();
    if (whole.kind === "noData") return whole;
    const part = context.stageDelivery(stage);
    if (part.kind === "noData") return part;
    if (whole.totals.spendMicros === 0) return noData(metricMessage("noData.noSpend", {}));
    return known(decimalRatio(part.totals.spendMicros, whole.totals.spendMicros, 100), part.source);
  },
};

/** Brand spend against one figure of the shop; missing as soon as either is. */
function against(
  figure: ShopFigure,
  compute: (spendMicros: number, total: number) => Outcome,
): (context: MetricContext) => Outcome {
  return (context) => {
    const delivery = context.brandDelivery();
    if (delivery.kind === "noData") return delivery;
    const total = context.shop(figure);
    if (total.kind === "noData") return total;
    const outcome = compute(delivery.totals.spendMicros, total.value);
    return outcome.kind === "noData"
      ? outcome
      : { ...outcome, source: `${total.source}; ${delivery.source}` };
  };
}
