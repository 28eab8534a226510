/** What a customer is worth against what one costs. */
import { decimalRatio } from "../arithmetic.ts";
import { type BrandFact, EVERY_LEVEL } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";
import { cac } from "./brand.ts";

const NO_SPEND = noData(metricMessage("noData.noSpend", {}));

export const ltvToCac: BrandFact = {
  id: "ltvToCac",
  label: { en: "LTV / CAC", fr: "LTV / CAC" },
  unit: "ratio",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "The brand's parameter ltv / cac: at least 3 is healthy, above 5 says that there is room to spend more. No data without ltv, without new customers, or where none cost anything.",
  source: "the brand file, parameters.ltv; the brand's shop and all its accounts",
  read: (context) => {
    const ltv = context.brandParameter("ltv");
    if (ltv.kind === "noData") return ltv;
    const cost = cac.read(context);
    if (cost.kind === "noData") return cost;
    if (cost.value === 0) return NO_SPEND;
    return known(decimalRatio(ltv.value, Number(cost.value)), `${ltv.source}; ${cost.source}`);
  },
};
