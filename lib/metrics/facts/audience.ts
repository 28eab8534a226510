/** How many people saw ads, how often, and how many films were seen. */
import { decimalRatio } from "../arithmetic.ts";
import type { Delivery } from "../delivery.ts";
import { EVERY_LEVEL, fromColumns, fromDelivery, type MetricFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, type NoData, noData } from "../outcome.ts";
import { isOneRow } from "../series.ts";
import { sumOf, sumsOf } from "../sums.ts";

const SEVERAL_ROWS = noData(metricMessage("noData.notAdditive", { figure: "reach" }));

export const reach: MetricFact = {
  id: "reach",
  label: { en: "reach", fr: "couverture" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "People who saw an ad at least once; never summed, so only where the window is exactly one row of the entity: a day, or the days of a longer row.",
  source: "the source's own reach",
  read: fromDelivery((delivery) => {
    const summed = severalRows(delivery);
    if (summed !== null) return summed;
    const people = sumOf(delivery, "reach");
    return typeof people === "number" ? known(people, delivery.source) : people;
  }),
};

export const frequency: MetricFact = {
  id: "frequency",
  label: { en: "frequency", fr: "répétition" },
  unit: "ratio",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  doc: "impressions / reach; no data where the window is more than one row of the entity, or reached nobody.",
  source: "impressions and the source's own reach",
  read: fromDelivery((delivery) => {
    const summed = severalRows(delivery);
    if (summed !== null) return summed;
    const sums = sumsOf(delivery, ["impressions", "reach"]);
    if (sums.kind === "noData") return sums;
    return sums.reach === 0
      ? noData(metricMessage("noData.noReach", {}))
      : known(decimalRatio(sums.impressions, sums.reach), delivery.source);
  }),
};

export const videoViews: MetricFact = {
  id: "videoViews",
  label: { en: "video views", fr: "vues de vidéo" },
  unit: "count",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Films watched, by the source's own measure of a view; no data where it does not report them.",
  source: "the source's own video views",
  read: fromColumns(["videoViews"], ({ videoViews }, { source }) => known(videoViews, source)),
};

/** People in two rows may be the same ones. */
function severalRows({ series, span }: Delivery): NoData | null {
  return isOneRow(series, span) ? null : SEVERAL_ROWS;
}
