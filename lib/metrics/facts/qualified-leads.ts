/** Leads that the shop found worth a call: what lead campaigns are for. */
import { integerRatio } from "../arithmetic.ts";
import { type BrandFact, EVERY_LEVEL } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";
import { against } from "./brand.ts";
import { total } from "./shop.ts";

export const qualifiedLeads: BrandFact = {
  id: "qualifiedLeads",
  label: { en: "qualified leads", fr: "prospects qualifiés" },
  unit: "count",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Leads that the shop itself counts as qualified; no data when a day of the window is missing or does not say.",
  source: "the brand's shop",
  read: total("qualifiedLeads"),
};

export const costPerQualifiedLead: BrandFact = {
  id: "costPerQualifiedLead",
  label: { en: "cost per qualified lead", fr: "coût par prospect qualifié" },
  unit: "money",
  kind: "metric",
  about: "brand",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "low",
  doc: "all the brand spends / qualifiedLeads of the shop; no data without qualified leads.",
  source: "the brand's shop and all its accounts",
  read: against("qualifiedLeads", (spendMicros, leads) =>
    leads === 0
      ? noData(metricMessage("noData.noQualifiedLeads", {}))
      : known(integerRatio(spendMicros, leads)),
  ),
};
