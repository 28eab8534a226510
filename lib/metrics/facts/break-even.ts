/** Where advertising earns just what it costs, by the margin that the sales of the window left. */
import { exactRatio } from "../arithmetic.ts";
import { gainOf } from "../contribution.ts";
import { type BrandFact, EVERY_LEVEL } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const MILLION = 1_000_000;

export const breakEvenMer: BrandFact = {
  id: "breakEvenMer",
  label: { en: "break-even MER", fr: "MER d'équilibre" },
  unit: "ratio",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "revenue / (revenue - product cost - fees) where the shop reports those costs, else 1 / contributionMargin: 2.13 at 47 % margin. No data without revenue, when the margin is unknown or when sales leave nothing.",
  source: "the brand's shop and its contributionMargin",
  read: (context) => {
    const gain = gainOf(context);
    if (gain.kind === "noData") return gain;
    const revenue = BigInt(gain.revenueMicros) * gain.scale;
    return known(exactRatio(revenue * BigInt(MILLION), gain.left) / MILLION, gain.source);
  },
};

export const breakEvenCpa: BrandFact = {
  id: "breakEvenCpa",
  label: { en: "break-even CPA", fr: "CPA d'équilibre" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "aov x margin: what an order may cost before it loses, with the margin of breakEvenMer; to be held against costPerOrder, since platforms claim more orders than there are. No data without orders or revenue, when the margin is unknown or when sales leave nothing.",
  source: "the brand's shop and its contributionMargin",
  read: (context) => {
    const gain = gainOf(context);
    if (gain.kind === "noData") return gain;
    const orders = context.shop("orders");
    if (orders.kind === "noData") return orders;
    if (orders.value === 0) return noData(metricMessage("noData.noOrders", {}));
    return known(exactRatio(gain.left, gain.scale * BigInt(orders.value)), gain.source);
  },
};
