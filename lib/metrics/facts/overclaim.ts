/** How often one order is claimed: each platform counts the sales that it had a part in, so together they count some twice. */
import { integerRatio } from "../arithmetic.ts";
import { MILLIONTHS } from "../delivery/columns.ts";
import { sumOf } from "../delivery/sums.ts";
import { type BrandFact, EVERY_LEVEL } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

export const overclaimRatio: BrandFact = {
  id: "overclaimRatio",
  label: { en: "claimed conversions per order", fr: "conversions revendiquées par commande" },
  unit: "ratio",
  kind: "metric",
  counts: "conversions",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "conversions that all platforms claim together / orders of the shop: 1.3 means that of 10 orders 13 are claimed. No data without orders, or when an account or a day of the shop is missing.",
  source: "conversions of all accounts and the brand's shop",
  read: (context) => {
    const delivery = context.brandDelivery();
    if (delivery.kind === "noData") return delivery;
    const orders = context.shop("orders");
    if (orders.kind === "noData") return orders;
    if (orders.value <= 0) return noData(metricMessage("noData.noOrders", {}));
    const millionths = sumOf(delivery, "conversionMillionths");
    if (typeof millionths !== "number") return millionths;
    const ratio = integerRatio(millionths, orders.value) / MILLIONTHS;
    return known(ratio, `${delivery.conversionSource}; ${orders.source}`);
  },
};
