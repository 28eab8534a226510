/** Additive counters of a platform, as its own interface shows them for the same days and settings. */
import { CORRECTED_FOR_DELAY, EVERY_LEVEL, exposureMicros, fromDelivery, type MetricFact } from "../fact.ts";
import { known } from "../outcome.ts";
import { MILLIONTHS } from "../series.ts";

export const spend: MetricFact = {
  id: "spend",
  label: { en: "spend", fr: "dépense" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, "stage"],
  goodSide: null,
  doc: "Money spent, all platforms together for the brand; with `stage`, what the brand spent on that stage (or on `unmapped`) at any level. `correctedForDelay` counts each day at the share of its conversions that has arrived.",
  source: "Meta Marketing API, Insights, field spend",
  read: (context) => {
    const stage = context.params.stage;
    const delivery = stage === undefined ? context.delivery() : context.stageDelivery(String(stage));
    if (delivery.kind === "noData") return delivery;
    return known(exposureMicros(delivery, context.params), delivery.source);
  },
};

export const impressions: MetricFact = {
  id: "impressions",
  label: { en: "impressions", fr: "impressions" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "Times an ad was on screen.",
  source: "Meta Marketing API, Insights, field impressions",
  read: fromDelivery(({ totals, source }) => known(totals.impressions, source)),
};

export const clicks: MetricFact = {
  id: "clicks",
  label: { en: "clicks", fr: "clics" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "All clicks on ads, reactions and profile visits included.",
  source: "Meta Marketing API, Insights, field clicks",
  read: fromDelivery(({ totals, source }) => known(totals.clicks, source)),
};

export const linkClicks: MetricFact = {
  id: "linkClicks",
  label: { en: "link clicks", fr: "clics sur lien" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Clicks that lead to the shop or another place the advertiser chose.",
  source: "Meta Marketing API, Insights, field inline_link_clicks",
  read: fromDelivery(({ totals, source }) => known(totals.linkClicks, source)),
};

export const conversions: MetricFact = {
  id: "conversions",
  label: { en: "conversions", fr: "conversions" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "The brand's primary conversions as the platform claims them, fractions included; recent days still grow.",
  source: "Meta Marketing API, Insights, field actions, one action type",
  read: fromDelivery(({ totals, conversionSource }) =>
    known(totals.conversionMillionths / MILLIONTHS, conversionSource),
  ),
};

export const conversionValue: MetricFact = {
  id: "conversionValue",
  label: { en: "conversion value", fr: "valeur de conversion" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Value of those conversions as the platform claims it: never the shop's revenue.",
  source: "Meta Marketing API, Insights, field action_values, one action type",
  read: fromDelivery(({ totals, conversionSource }) => known(totals.conversionValueMicros, conversionSource)),
};
