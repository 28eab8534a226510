/** How many people saw ads, how often, and how many films were seen. */
import { decimalRatio } from "../arithmetic.ts";
import { EVERY_LEVEL, fromColumn, fromColumns, type MetricFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";
import { isOneRow } from "../series.ts";

const SEVERAL_ROWS = noData(metricMessage("noData.notAdditive", { figure: "reach" }));
const NO_REACH = noData(metricMessage("noData.noReach", {}));

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
  read: ofOneRow(fromColumn("reach", (people, { source }) => known(people, source))),
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
  read: ofOneRow(
    fromColumns(["impressions", "reach"], (impressions, people, { source }) =>
      people === 0 ? NO_REACH : known(decimalRatio(impressions, people), source),
    ),
  ),
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
  read: fromColumn("videoViews", (views, { source }) => known(views, source)),
};

/** People in two rows may be the same ones. */
function ofOneRow(read: MetricFact["read"]): MetricFact["read"] {
  return (context) => {
    const readRow = read(context);
    return (node) => {
      const delivery = context.delivery(node);
      if (delivery.kind === "noData") return delivery;
      return isOneRow(delivery.series, delivery.all) ? readRow(node) : SEVERAL_ROWS;
    };
  };
}
