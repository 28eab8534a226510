/** Additive counters of a platform, as its own interface shows them for the same days and settings. */
import { UNMAPPED_STAGE } from "../../domain/match.ts";
import { MILLIONTHS } from "../columns.ts";
import {
  CONVERSION,
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  claimedBy,
  EVERY_LEVEL,
  exposureMicros,
  fromColumns,
  fromDelivery,
  type MetricFact,
  spentWith,
} from "../fact.ts";
import { known } from "../outcome.ts";
import { sumOf } from "../sums.ts";

export const spend: MetricFact = {
  id: "spend",
  label: { en: "spend", fr: "dépense" },
  unit: "money",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, "stage"],
  goodSide: null,
  doc: "Money spent, for the brand all platforms together and whatever it spends outside its accounts; with `stage`, what the brand spent on that stage (or on `unmapped`, where money outside the accounts is) at any level. `correctedForDelay` counts only the spend that the conversions there are by now can be held against, in accounts alone.",
  source: "Meta Marketing API, Insights, field spend; Google Ads API, metrics.cost_micros",
  read: (context) => {
    const stage = context.params.stage;
    const delivery = stage === undefined ? context.delivery() : context.stageDelivery(String(stage));
    if (delivery.kind === "noData") return delivery;
    if (context.params[CORRECTED_FOR_DELAY] === true) {
      const settledMicros = exposureMicros(delivery, context.params);
      return typeof settledMicros === "number" ? known(settledMicros, delivery.source) : settledMicros;
    }
    const isAll = stage === undefined ? context.node.subject.level === "brand" : stage === UNMAPPED_STAGE;
    const spent = spentWith(delivery, isAll ? context.otherSpend() : null);
    return spent.kind === "noData" ? spent : known(spent.micros, spent.source);
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
  source: "Meta Marketing API, Insights, field impressions; Google Ads API, metrics.impressions",
  read: fromColumns(["impressions"], ({ impressions }, { source }) => known(impressions, source)),
};

export const clicks: MetricFact = {
  id: "clicks",
  label: { en: "clicks", fr: "clics" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "All clicks on ads, on Meta reactions and profile visits included.",
  source: "Meta Marketing API, Insights, field clicks; Google Ads API, metrics.clicks",
  read: fromColumns(["clicks"], ({ clicks }, { source }) => known(clicks, source)),
};

export const linkClicks: MetricFact = {
  id: "linkClicks",
  label: { en: "link clicks", fr: "clics sur lien" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Clicks that lead to the shop or another place the advertiser chose; on Google all clicks, which know no other kind.",
  source: "Meta Marketing API, Insights, field inline_link_clicks; Google Ads API, metrics.clicks",
  read: fromColumns(["linkClicks"], ({ linkClicks }, { source }) => known(linkClicks, source)),
};

export const conversions: MetricFact = {
  id: "conversions",
  label: { en: "conversions", fr: "conversions" },
  unit: "count",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [COUNTED_ON, CONVERSION],
  goodSide: "high",
  doc: "The brand's primary conversions as the platforms claim them, fractions included; recent days still grow. Each platform's plain column: Meta counts on the conversion's day, Google on the click's. `countedOn` asks for one kind of day; no data where a platform does not count so. `conversion` `lead` counts leads instead, where the source tells them.",
  source:
    "Meta Marketing API, Insights, field actions, one action type; Google Ads API, metrics.conversions and conversions_by_conversion_date, or all_conversions of an action outside them",
  read: fromDelivery((delivery, context) => {
    const claimed = claimedBy(delivery, context);
    if (claimed.kind === "noData") return claimed;
    const millionths = sumOf(delivery, claimed.conversions);
    return typeof millionths === "number" ? known(millionths / MILLIONTHS, claimed.source) : millionths;
  }),
};

export const conversionValue: MetricFact = {
  id: "conversionValue",
  label: { en: "conversion value", fr: "valeur de conversion" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  levels: EVERY_LEVEL,
  params: [COUNTED_ON],
  goodSide: "high",
  doc: "Value of those conversions as the platforms claim it: never the shop's revenue.",
  source:
    "Meta Marketing API, Insights, field action_values, one action type; Google Ads API, metrics.conversions_value and conversions_value_by_conversion_date, or all_conversions_value of an action outside them",
  read: fromDelivery((delivery, context) => {
    const claimed = claimedBy(delivery, context);
    if (claimed.kind === "noData") return claimed;
    const valueMicros = sumOf(delivery, claimed.value);
    return typeof valueMicros === "number" ? known(valueMicros, claimed.source) : valueMicros;
  }),
};
