/** How many people saw ads, how often, and how many films were seen. */

import type { Brand } from "../../domain/brand.ts";
import { accountKey } from "../../domain/ids.ts";
import type { People } from "../../domain/snapshot.ts";
import { decimalRatio } from "../arithmetic.ts";
import type { Node } from "../census.ts";
import { isOneRow } from "../delivery/series.ts";
import { EVERY_LEVEL, fromColumn, fromColumns, type MetricContext, type MetricFact } from "../fact.ts";
import { metricMessage } from "../messages.ts";
import { known, noData } from "../outcome.ts";

const SPANS = ["7d", "28d", "lifetime"] as const;
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
  windows: SPANS,
  doc: "People who saw an ad at least once, as the platform counts them over exactly 7 or 28 days or the whole life, because people are never summed; no data where nobody asked, unless the window is exactly one row of the entity.",
  source: "the source's own reach",
  read: ofPeople(
    ({ reach: people }) => people,
    fromColumn("reach", (people, { source }) => known(people, source)),
  ),
};

export const frequency: MetricFact = {
  id: "frequency",
  label: { en: "frequency", fr: "répétition" },
  unit: "ratio",
  kind: "metric",
  levels: EVERY_LEVEL,
  params: [],
  goodSide: null,
  windows: SPANS,
  doc: "impressions / reach, over exactly 7 or 28 days or the whole life; no data where reach has none, or nobody was reached.",
  source: "impressions and the source's own reach",
  read: ofPeople(
    ({ reach: people, impressions }) => (people === 0 ? null : decimalRatio(impressions, people)),
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
  additive: true,
  levels: EVERY_LEVEL,
  params: [],
  goodSide: "high",
  doc: "Films watched, by the source's own measure of a view; no data where it does not report them.",
  source: "the source's own video views",
  read: fromColumn("videoViews", (views, { source }) => known(views, source)),
};

/** What was asked as a whole, else a single row: people in two rows may be the same ones. */
function ofPeople(figureOf: (people: People) => number | null, read: MetricFact["read"]): MetricFact["read"] {
  const ofRow = ofOneRow(read);
  return (context) => {
    const asked = peopleIn(context);
    const readRow = ofRow(context);
    return (node) => {
      const people = asked.get(rowKey(node, context.brand));
      if (people === undefined) return readRow(node);
      const value = figureOf(people);
      return value === null ? NO_REACH : known(value, `${people.span} as a whole`);
    };
  };
}

/** By `platform/account level id`, those asked for over the very days of the window. */
function peopleIn({ params, snapshot, window }: MetricContext): ReadonlyMap<string, People> {
  return new Map(
    snapshot.accounts.flatMap(({ people = [], ...account }) =>
      people
        .filter(({ span, from, to }) => {
          const isWhole = span === "lifetime" || from === window.from;
          return span === params.window && isWhole && to === window.to;
        })
        .map((row) => {
          const id = row.level === "account" ? account.accountId : row.entityId;
          return [`${accountKey(account)} ${row.level} ${id}`, row] as const;
        }),
    ),
  );
}

/** A brand with one account is that account; people reached by several may be the same ones. */
function rowKey({ accountKey: ownKey, entity, holder }: Node, { accounts }: Brand): string {
  if (entity !== null) return `${ownKey} ${entity.level} ${entity.id}`;
  if (holder !== null) return "";
  const [only, ...others] = accounts;
  const account =
    accounts.find((one) => accountKey(one) === ownKey) ?? (others.length === 0 ? only : undefined);
  return account === undefined ? "" : `${accountKey(account)} account ${account.accountId}`;
}

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
