/** Additive counters of a platform, as its own interface shows them for the same days and settings. */
import { UNMAPPED_STAGE } from "../../domain/match.ts";
import { fromClaimed } from "../claimed.ts";
import { MILLIONTHS } from "../delivery/columns.ts";
import type { Delivery } from "../delivery/delivery.ts";
import {
  CORRECTED_FOR_DELAY,
  COUNTED_ON,
  EVERY_LEVEL,
  exposureReader,
  fromColumn,
  type MetricContext,
  type MetricFact,
  NAMED,
  spentWith,
} from "../fact.ts";
import { known, type NoData, type Outcome } from "../outcome.ts";

export const spend: MetricFact = {
  id: "spend",
  label: { en: "spend", fr: "dépense" },
  unit: "money",
  kind: "metric",
  additive: true,
  levels: EVERY_LEVEL,
  params: [CORRECTED_FOR_DELAY, "stage"],
  goodSide: null,
  doc: "Money spent, for the brand all platforms together and whatever it spends outside its accounts; with `stage`, what the brand spent on that stage (or on `unmapped`, where money outside the accounts is) at any level. `correctedForDelay` counts only the spend that the conversions there are by now can be held against, in accounts alone.",
  source: "Meta Marketing API, Insights, field spend; Google Ads API, metrics.cost_micros",
  read: (context) => {
    const { stage } = context.params;
    const spentOf = spentReader(context);
    if (stage === undefined) {
      return (node) => spentOf(context.delivery(node), node.subject.level === "brand");
    }
    const ofStage = spentOf(context.stageDelivery(String(stage)), stage === UNMAPPED_STAGE);
    return () => ofStage;
  },
};

export const impressions: MetricFact = {
  id: "impressions",
  label: { en: "impressions", fr: "impressions" },
  unit: "count",
  kind: "metric",
  additive: true,
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "Times an ad was on screen.",
  source: "Meta Marketing API, Insights, field impressions; Google Ads API, metrics.impressions",
  read: fromColumn("impressions", (sum, { source }) => known(sum, source)),
};

export const clicks: MetricFact = {
  id: "clicks",
  label: { en: "clicks", fr: "clics" },
  unit: "count",
  kind: "metric",
  additive: true,
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "All clicks on ads, on Meta reactions and profile visits included.",
  source: "Meta Marketing API, Insights, field clicks; Google Ads API, metrics.clicks",
  read: fromColumn("clicks", (sum, { source }) => known(sum, source)),
};

export const linkClicks: MetricFact = {
  id: "linkClicks",
  label: { en: "link clicks", fr: "clics sur lien" },
  unit: "count",
  kind: "metric",
  additive: true,
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Clicks that lead to the shop or another place the advertiser chose; on Google all clicks, which know no other kind.",
  source: "Meta Marketing API, Insights, field inline_link_clicks; Google Ads API, metrics.clicks",
  read: fromColumn("linkClicks", (sum, { source }) => known(sum, source)),
};

export const conversions: MetricFact = {
  id: "conversions",
  label: { en: "conversions", fr: "conversions" },
  unit: "count",
  kind: "metric",
  counts: "conversions",
  additive: true,
  levels: EVERY_LEVEL,
  params: [COUNTED_ON, ...NAMED],
  goodSide: "high",
  doc: "The brand's primary conversions as the platforms claim them, fractions included; recent days still grow. Each platform's plain column: Meta counts on the conversion's day, Google on the click's. `countedOn` asks for one kind of day; no data where a platform does not count so. `conversion` counts another one of the brand file instead, `lead` as the source tells it, and `attribution` another time after click or view; no data where the account was not asked for them.",
  source:
    "Meta Marketing API, Insights, field actions, one action type; Google Ads API, metrics.conversions and conversions_by_conversion_date, or all_conversions of an action outside them",
  read: fromClaimed("conversions", () => (readConversions, source, delivery) => {
    const millionths = readConversions(delivery);
    return typeof millionths === "number" ? known(millionths / MILLIONTHS, source) : millionths;
  }),
};

export const conversionValue: MetricFact = {
  id: "conversionValue",
  label: { en: "conversion value", fr: "valeur de conversion" },
  unit: "money",
  kind: "metric",
  counts: "conversions",
  additive: true,
  levels: EVERY_LEVEL,
  params: [COUNTED_ON, ...NAMED],
  goodSide: "high",
  doc: "Value of those conversions as the platforms claim it: never the shop's revenue.",
  source:
    "Meta Marketing API, Insights, field action_values, one action type; Google Ads API, metrics.conversions_value and conversions_value_by_conversion_date, or all_conversions_value of an action outside them",
  read: fromClaimed("value", () => (readValue, source, delivery) => {
    const valueMicros = readValue(delivery);
    return typeof valueMicros === "number" ? known(valueMicros, source) : valueMicros;
  }),
};

/** `isAll` where money outside the accounts belongs to what was delivered. */
function spentReader(context: MetricContext): (delivery: Delivery | NoData, isAll: boolean) => Outcome {
  const readExposure = exposureReader(context.params);
  const isCorrected = context.params[CORRECTED_FOR_DELAY] === true;
  return (delivery, isAll) => {
    if (delivery.kind === "noData") return delivery;
    if (isAll && !isCorrected) {
      const spent = spentWith(delivery, context.otherSpend());
      return spent.kind === "noData" ? spent : known(spent.micros, spent.source);
    }
    const micros = readExposure(delivery);
    return typeof micros === "number" ? known(micros, delivery.source) : micros;
  };
}
